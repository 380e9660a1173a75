"""Running published vectors: packages/vectors/README.md is the description of the index."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from .errors import REPLY_REFUSED, EnvelopeError
from .hpke import NotCovered
from .keys import Identity, read_identities
from .manifest import known_headers
from .reader import Opened, open_envelope
from .reply import read_offer, take


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
    return {"tried": tried, "differences": differences, "skipped": skipped}


_WANTED = ("expected", "headers", "parts", "manifestSha256", "reply", "offers")


def _difference(folder: Path, vector: dict[str, Any]) -> dict[str, Any] | None:
    wanted = {key: vector[key] for key in _WANTED if key in vector}
    found: dict[str, Any]
    try:
        found = _found(open_envelope((folder / vector["file"]).read_bytes(), _secret(vector)), vector.get("at", 0))
        # What is offered is told of the vectors that are about it, and a reply of every one that is one.
        if "offers" not in vector:
            del found["offers"]
    except EnvelopeError as error:
        found = {"expected": error.code}
        if found != wanted:
            found["clause"] = error.clause
    return None if found == wanted else {"name": vector["name"], "wanted": wanted, "found": found}


def _secret(vector: dict[str, Any]) -> str | list[Identity]:
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
