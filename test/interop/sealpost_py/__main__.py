"""The command: `python3 -m sealpost_py open | inspect | make | vectors | serve`. Exit codes as in spec/cli.md, section 6."""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import bech32m, limits
from .answers import Answers, answer_bytes, normalised
from .errors import EXIT_CODES, INVALID_ARGUMENT, EnvelopeError, SlotDidNotOpen
from .hpke import NotCovered
from .keys import Identity, PublicKey, identity_text, parse_identity, read_identities, read_identity, read_public_key
from .manifest import known_headers
from .passphrase import check_writable, passphrase_bytes
from .reader import Opened, look, open_envelope
from .reply import Offer, read_offer, take
from .signing import (
    announce,
    fingerprint,
    parse_signing_identity,
    read_signing_identity,
    read_signing_key,
    signing_identity_text,
    signing_key_text,
)
from .vectors import run_index
from .writer import (
    generate_identity,
    generate_signing_identity,
    make_answer,
    make_envelope,
    seal_identity,
    seal_signing_identity,
)

#: Not one of the envelope's codes: this implementation does not know.
NOT_COVERED = "NOT_COVERED"

_MANIFEST_KEYS = ("notes", "idleLock")
_PART_KEYS = ("role", "name", "type", "size", "contentId", "inline", "encoding")


def read_passphrase(path: Path) -> str:
    """The content of a passphrase file: without a byte order mark and one line end (spec/cli.md, section 5)."""
    text = path.read_bytes().decode("utf-8-sig")
    return text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text


def described(opened: Opened, now: float | None = None, known: Sequence[bytes] = ()) -> dict[str, Any]:
    """An opened message as JSON: what the manifest says of it, and what its parts really are; who signed it, for a reader that knew
    these signing keys; of a reply, who wrote it. REPLY_REFUSED for one that may not be taken at that time, in seconds since 1970,
    or now.
    """
    message = opened.message
    offer = read_offer(message.manifest.get("reply"))
    seconds = int(time.time() if now is None else now)
    verdict = opened.token and take(opened.token, message.manifest, seconds)
    parts = [
        {key: part.entry[key] for key in _PART_KEYS if key in part.entry}
        | {"sha256": hashlib.sha256(part.content).hexdigest()}
        for part in message.parts
    ]
    return {
        "headers": known_headers(message.manifest),
        **{key: message.manifest[key] for key in _MANIFEST_KEYS if key in message.manifest},
        "parts": parts,
        "form": opened.envelope.form,
        "face": opened.header.face,
        "plaintextBytes": opened.plaintext_bytes,
        "signer": None if opened.signer is None else _signing_key_described(opened.signer),
        "standing": opened.standing(known),
        "reply": verdict,
        "offer": offer and _offer_described(offer),
    }


def _signing_key_described(public: bytes) -> dict[str, Any]:
    return {"key": signing_key_text(public), "publicKey": public.hex(), "fingerprint": fingerprint(public)}


def _offer_described(offer: Offer) -> dict[str, Any]:
    return {
        "actions": offer.actions,
        "to": offer.to,
        "keys": [{"kem": kem, "key": key.hex(), "to": end} for kem, key, end in offer.keys],
        "psk": offer.psk and offer.psk.hex(),
        "token": offer.token and offer.token.hex(),
        "id": offer.proof and offer.proof.id.hex(),
        "header": offer.proof and offer.proof.header.hex(),
        "passphrase": offer.passphrase,
        "path": offer.path,
        "kind": offer.kind,
    }


def _failure(error: EnvelopeError) -> dict[str, Any]:
    reason = {"reason": error.reason} if error.reason else {}
    return {"error": error.code, "clause": error.clause, **reason}


def inspected(data: bytes) -> dict[str, Any]:
    """What anybody who holds the envelope can see."""
    envelope, header = look(data)
    return {
        "form": envelope.form,
        "id": header.id.hex(),
        "slots": [
            {
                "type": slot.type,
                "kdf": slot.kdf and slot.kdf.encoded(),
                "norm": slot.norm,
                "kem": slot.kem,
                "key": slot.key.hex() or None,
            }
            for slot in header.slots
        ],
        "face": header.face,
        "connect": header.connect,
        "blocks": len(envelope.blocks),
        "fault": envelope.fault,
    }


def run_open(arguments: argparse.Namespace) -> dict[str, Any]:
    passphrase = None if arguments.passphrase_file is None else read_passphrase(arguments.passphrase_file)
    secret: str | Answers | list[Identity]
    if arguments.identity:
        secret = read_identities(arguments.identity.read_text("utf-8"), passphrase)
    elif arguments.answers_file:
        code = None if arguments.code_file is None else read_passphrase(arguments.code_file)
        secret = Answers(tuple(read_passphrase(arguments.answers_file).splitlines()), code)
    elif passphrase is not None:
        secret = passphrase
    else:
        raise EnvelopeError(INVALID_ARGUMENT, "a passphrase, answers or an identity")
    opened = open_envelope(arguments.file.read_bytes(), secret, arguments.max_bytes)
    if arguments.save:
        arguments.save.mkdir(parents=True, exist_ok=True)
        for number, part in enumerate(opened.message.parts):
            # Never under the name of the part: it is data from a mail (section 7.2).
            (arguments.save / f"part-{number}").write_bytes(part.content)
    return described(opened, known=[read_signing_key(text) for text in arguments.known_key])


def run_inspect(arguments: argparse.Namespace) -> dict[str, Any]:
    return inspected(arguments.file.read_bytes())


def run_make(arguments: argparse.Namespace) -> dict[str, Any]:
    """`make MESSAGE`: a JSON file with `message`, `secrets` and options; a part's `file` is its content, beside it."""
    wanted = json.loads(arguments.message.read_text("utf-8"))
    parts = wanted["message"]["parts"]
    contents = [(arguments.message.parent / part["file"]).read_bytes() for part in parts]
    if arguments.form:
        wanted["form"] = arguments.form
    envelope = make_envelope(wanted.pop("message"), contents, wanted.pop("secrets"), **wanted)
    arguments.output.write_bytes(envelope)
    return {"bytes": len(envelope)}


def run_vectors(arguments: argparse.Namespace) -> dict[str, Any]:
    return run_index(arguments.index)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """One request of `serve`: binary values are base64. An error of the envelope is an answer, not a failure."""
    try:
        return _OPERATIONS[request["op"]](request)
    except EnvelopeError as error:
        return _failure(error)
    except NotCovered as error:
        return {"error": NOT_COVERED, "clause": f"{error} is not covered"}


def _serve_open(request: dict[str, Any]) -> dict[str, Any]:
    data = base64.b64decode(request["file"])
    passphrase = request.get("passphrase")
    secret: str | Answers | list[Identity]
    if "identity" in request:
        secret = [read_identity(request["identity"], passphrase)]
    elif "answers" in request:
        secret = Answers(tuple(request["answers"]), request.get("code"))
    else:
        secret = request["passphrase"]
    opened = open_envelope(data, secret, request.get("maxBytes", limits.MAX_MESSAGE_BYTES))
    known = [read_signing_key(text) for text in request.get("knownKeys", [])]
    return described(opened, request.get("now"), known)


def _serve_make(request: dict[str, Any]) -> dict[str, Any]:
    wanted = {key: value for key, value in request.items() if key != "op"}
    contents = [base64.b64decode(content) for content in wanted.pop("contents")]
    for key in ("manifest", "plaintext"):
        if key in wanted:
            wanted[key] = base64.b64decode(wanted[key])
    envelope = make_envelope(wanted.pop("message"), contents, wanted.pop("secrets"), **wanted)
    return {"file": base64.b64encode(envelope).decode("ascii")}


def _serve_answer(request: dict[str, Any]) -> dict[str, Any]:
    """A reply to a file, by somebody who has its passphrase."""
    options = {key: request[key] for key in ("seed", "now") if key in request}
    data, passphrase = base64.b64decode(request["file"]), request["passphrase"]
    answered = make_answer(data, passphrase, request["text"], request["kind"], **options)
    return {"file": base64.b64encode(answered).decode("ascii")}


def _serve_normalise(request: dict[str, Any]) -> dict[str, Any]:
    """The bytes of a passphrase in hexadecimal, as a reader or as a writer wants them; null where it refuses it."""
    try:
        prepare = check_writable if request.get("writer") else passphrase_bytes
        return {"bytes": prepare(request["passphrase"], request["norm"]).hex()}
    except (SlotDidNotOpen, EnvelopeError):
        return {"bytes": None}


def _serve_normalise_answers(request: dict[str, Any]) -> dict[str, Any]:
    """What is left of each of many answers."""
    return {"left": [normalised(answer) for answer in request["answers"]]}


def _serve_answers(request: dict[str, Any]) -> dict[str, Any]:
    """The bytes that answers, and a code where there is one, are derived from, in hexadecimal; null where they open no slot."""
    typed = Answers(tuple(request["answers"]), request.get("code"))
    try:
        return {"bytes": answer_bytes(typed, typed.norm).hex()}
    except SlotDidNotOpen:
        return {"bytes": None}


def _serve_signing_key(request: dict[str, Any]) -> dict[str, Any]:
    return _signing_key_described(read_signing_key(request["text"]))


def _serve_signing_identity(request: dict[str, Any]) -> dict[str, Any]:
    """What a signing identity's text says; with `read`, after its private key was read too, under `passphrase` where it has one."""
    text = parse_signing_identity(request["text"])
    if request.get("read"):
        read_signing_identity(request["text"], request.get("passphrase"))
    said = {"predecessors": [statement.hex() for statement in text.predecessors], "sealed": text.lock.secret is None}
    return _signing_key_described(text.public) | said


def _serve_generate_signing(request: dict[str, Any]) -> dict[str, Any]:
    """A new signing identity; with `after`, the text of another, as its successor. With `secret` also the text under that passphrase."""
    identity = generate_signing_identity(request.get("seed"))
    if "after" in request:
        before = read_signing_identity(request["after"])
        identity = replace(identity, predecessors=announce(before, identity.public))
    options = {key: request[key] for key in ("seed", "below_floor") if key in request}
    sealed = seal_signing_identity(identity, request["secret"], **options) if "secret" in request else None
    texts = {"identity": signing_identity_text(identity), "sealedIdentity": sealed}
    return _signing_key_described(identity.public) | texts


def _key_described(key: PublicKey) -> dict[str, Any]:
    return {"kem": key.kem, "id": key.id.hex(), "from": key.start, "to": key.end, "publicKey": key.text()}


def _serve_public_key(request: dict[str, Any]) -> dict[str, Any]:
    return _key_described(read_public_key(request["text"]))


def _serve_identity(request: dict[str, Any]) -> dict[str, Any]:
    """What an identity's text says; with `read`, after its keys were read too, under `passphrase` where it has one."""
    text = parse_identity(request["text"])
    if request.get("read"):
        read_identity(request["text"], request.get("passphrase"))
    return _key_described(text.public_key) | {"sealed": text.lock.secret is None}


def _serve_generate(request: dict[str, Any]) -> dict[str, Any]:
    """A new identity of P-256: its text, and with `secret` the text under that passphrase. To forge: another `private` key
    (base64) than the public key's.
    """
    identity = generate_identity(request.get("from", 0), request.get("to", 0), request.get("seed"))
    if "private" in request:
        identity = Identity(identity.public_key, base64.b64decode(request["private"]))
    options = {key: request[key] for key in ("seed", "below_floor") if key in request}
    sealed = seal_identity(identity, request["secret"], **options) if "secret" in request else None
    return _key_described(identity.public_key) | {"identity": identity_text(identity), "sealedIdentity": sealed}


def _serve_bech32m(request: dict[str, Any]) -> dict[str, Any]:
    """Any bytes as a text with a right checksum."""
    return {"text": bech32m.encode(request["prefix"], base64.b64decode(request["data"]))}


_OPERATIONS = {
    "answer": _serve_answer,
    "answers": _serve_answers,
    "generateSigning": _serve_generate_signing,
    "normaliseAnswers": _serve_normalise_answers,
    "signingIdentity": _serve_signing_identity,
    "signingKey": _serve_signing_key,
    "bech32m": _serve_bech32m,
    "generate": _serve_generate,
    "identity": _serve_identity,
    "publicKey": _serve_public_key,
    "open": _serve_open,
    "make": _serve_make,
    "normalise": _serve_normalise,
}


def serve() -> None:
    """One JSON object a line in, one out, in the same order, until standard input ends."""
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="sealpost_py", description="The Sealpost envelope, from its specification alone.")
    commands = top.add_subparsers(dest="command", required=True)
    command = commands.add_parser("open", help="open an envelope, print what is in it as JSON")
    command.add_argument("file", type=Path)
    command.add_argument("--passphrase-file", type=Path, help="of the envelope, or of the identities")
    command.add_argument("--answers-file", type=Path, help="in place of a passphrase: one answer in each line")
    command.add_argument("--code-file", type=Path, help="the code that goes with the answers")
    command.add_argument("--identity", type=Path, metavar="FILE", help="private keys, one in each line")
    command.add_argument("--known-key", action="append", default=[], metavar="KEY", help="a signing key that is trusted")
    command.add_argument("--save", type=Path, metavar="DIR", help="write the contents as part-0, part-1, ...")
    command.add_argument("--max-bytes", type=int, default=limits.MAX_MESSAGE_BYTES)
    command.set_defaults(run=run_open)
    command = commands.add_parser("inspect", help="what shows without a passphrase, as JSON")
    command.add_argument("file", type=Path)
    command.set_defaults(run=run_inspect)
    command = commands.add_parser("make", help=run_make.__doc__)
    command.add_argument("message", type=Path)
    command.add_argument("-o", "--output", type=Path, required=True)
    command.add_argument("--form", choices=("html", "data"))
    command.set_defaults(run=run_make)
    command = commands.add_parser("vectors", help="open every vector of an index, say which come out otherwise than it says")
    command.add_argument("index", type=Path)
    command.set_defaults(run=run_vectors)
    commands.add_parser("serve", help="answer JSON lines on standard input")
    return top


def main() -> int:
    arguments = parser().parse_args()
    if arguments.command == "serve":
        serve()
        return 0
    try:
        print(json.dumps(arguments.run(arguments)))
    except EnvelopeError as error:
        print(json.dumps(_failure(error)))
        return EXIT_CODES[error.code]
    except NotCovered as error:
        print(json.dumps({"error": NOT_COVERED, "clause": f"{error} is not covered"}))
        return 1
    except OSError as error:
        print(f"sealpost_py: {error.strerror}: {error.filename}", file=sys.stderr)
        return 8
    return 0


if __name__ == "__main__":
    sys.exit(main())
