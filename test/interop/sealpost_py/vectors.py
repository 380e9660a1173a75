"""Running published vectors: packages/vectors/README.md is the description of the index."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from .answers import Answers
from .errors import DID_NOT_OPEN, INVALID_ARGUMENT, LIMIT, REPLY_REFUSED, UNSUPPORTED_VERSION, EnvelopeError
from .hpke import NotCovered
from .keys import Identity, read_identities
from .manifest import known_headers
from .reader import Opened, open_envelope
from .reply import read_offer, take
from .signing import fingerprint, read_signing_identity, read_signing_key


def run_index(index: Path) -> dict[str, Any]:
    """How many vectors were tried, what came out otherwise than the index says, and what was skipped and why."""
    content = json.loads(index.read_text("utf-8"))
    if content["format"] != 1:
        raise ValueError("an index of another format")
    tried = 0
    differences: list[dict[str, Any]] = []
    skipped: list[dict[str, str]] = []
    for vector in content["vectors"]:
        try:
            difference = _difference(index.parent, vector)
        except NotCovered as reason:
            skipped.append({"name": vector["name"], "reason": f"{reason} is not covered"})
            continue
        tried += 1
        if difference:
            differences.append(difference)
    for text in content["texts"]:
        wanted = {key: text[key] for key in _TEXT_WANTED if key in text}
        found = _text_found(text)
        if found != wanted:
            differences.append({"name": text["name"], "wanted": wanted, "found": found})
    return {"tried": tried, "texts": len(content["texts"]), "differences": differences, "skipped": skipped}


_WANTED = ("expected", "headers", "parts", "manifestSha256", "signer", "reply", "offers")
_TEXT_WANTED = ("expected", "publicKey", "fingerprint", "seed", "predecessors")
_TEXT_CODES = (UNSUPPORTED_VERSION, LIMIT, DID_NOT_OPEN)


def _text_found(text: dict[str, Any]) -> dict[str, Any]:
    """Of a text of a signing key, or of a signing identity."""
    try:
        if text["kind"] == "key":
            public = read_signing_key(text["text"])
            return {"expected": "success", "publicKey": public.hex(), "fingerprint": fingerprint(public)}
        identity = read_signing_identity(text["text"], text.get("passphrase"))
    except EnvelopeError as error:
        if error.code == INVALID_ARGUMENT:
            return {"expected": "refused"}
        if error.code not in _TEXT_CODES:
            raise
        return {"expected": error.code}
    return {
        "expected": "success",
        "publicKey": identity.public.hex(),
        "fingerprint": fingerprint(identity.public),
        "seed": identity.seed.hex(),
        "predecessors": len(identity.predecessors),
    }


def _difference(folder: Path, vector: dict[str, Any]) -> dict[str, Any] | None:
    wanted = {key: vector[key] for key in _WANTED if key in vector}
    found: dict[str, Any]
    try:
        opened = open_envelope((folder / vector["file"]).read_bytes(), _secret(vector))
        found = _found(opened, vector.get("at", 0))
        if "knownKeys" in vector and opened.signer:
            found["signer"] = opened.standing([read_signing_key(text) for text in vector["knownKeys"]])
        # What is offered is told of the vectors that are about it, and a reply of every one that is one.
        if "offers" not in vector:
            del found["offers"]
    except EnvelopeError as error:
        found = {"expected": error.code}
        if found != wanted:
            found["clause"] = error.clause
    return None if found == wanted else {"name": vector["name"], "wanted": wanted, "found": found}


def _secret(vector: dict[str, Any]) -> str | Answers | list[Identity]:
    if "answers" in vector:
        return Answers(tuple(vector["answers"]), vector.get("code"))
    if "identity" in vector:
        return read_identities(vector["identity"], vector.get("passphrase"))
    return vector["passphrase"]


def _found(opened: Opened, now: int) -> dict[str, Any]:
    message = opened.message
    parts = [
        {
            "role": part.entry["role"],
            "name": part.entry.get("name", ""),
            "type": part.entry["type"],
            "size": len(part.content),
            "sha256": hashlib.sha256(part.content).hexdigest(),
        }
        for part in message.parts
    ]
    offer = read_offer(message.manifest.get("reply"))
    return {
        "expected": "success",
        "headers": known_headers(message.manifest),
        "parts": parts,
        "manifestSha256": hashlib.sha256(message.manifest_bytes).hexdigest(),
        "offers": list(offer.actions) if offer else [],
        **({"reply": _verdict(opened, now)} if opened.token else {}),
    }


def _verdict(opened: Opened, now: int) -> dict[str, Any]:
    assert opened.token
    try:
        return take(opened.token, opened.message.manifest, now)
    except EnvelopeError as error:
        if error.code != REPLY_REFUSED:
            raise
        return {"refused": error.reason}
