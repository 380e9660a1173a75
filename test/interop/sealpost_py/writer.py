"""Making an envelope. It keeps a writer's rules (sections 5.1 and 6) unless it is told not to."""

from __future__ import annotations

import hashlib
import json
import os
import random
import time
from collections.abc import Callable
from typing import Any

from . import chunked, hpke, limits
from .answers import Answers, check_answers
from .encoding import base64url, from_base64url
from .errors import INVALID_ARGUMENT, EnvelopeError
from .header import Kdf, encode, slot_bytes
from .keys import Identity, PublicKey, make_identity, read_identity, read_public_key, sealed_identity_text
from .manifest import deflate, entry_of, write_plaintext
from .passphrase import check_writable, slot_key
from .reader import open_envelope, payload_context, reply_slot_key_of, slot_context, slot_key_of
from .reply import PSK, Proof, Token, read_offer, seal_token, shortened
from .signing import SigningIdentity, read_signing_identity, sealed_signing_identity_text, signature_block
from .text_form import write_envelope

#: Section 5.1.
PROFILES: dict[str, tuple[str, dict[str, int]]] = {
    "standard": ("argon2id", {"m": 65_536, "t": 3, "p": 4}),
    "light": ("argon2id", {"m": 47_104, "t": 1, "p": 1}),
    "fips": ("pbkdf2-hmac-sha256", {"c": 1_300_000}),
}

Randomness = Callable[[int], bytes]


def randomness(seed: int | None) -> Randomness:
    """Fresh bytes; with a seed, always the same ones (for tests)."""
    return os.urandom if seed is None else random.Random(seed).randbytes


def make_envelope(message: dict[str, Any], contents: list[bytes], secrets: list[dict[str, Any]], **options: Any) -> bytes:
    """An envelope.

    `message`: `headers`, `parts` (each `role`, `type`, and as wanted `name`, `contentId`, `inline`, `encoding`: `stored`,
    `deflate` or `auto`), and as wanted `notes`, `idleLock`. `contents`: of each part. `secrets`: one for each slot,
    `passphrase`, `norm` and `kdf` (a profile, or an object with `name` and numbers); an equal `kdf` shares its salt. A secret
    with `answers` in place of these two, and `code` where there is one, makes a slot for the answers to the questions of the face:
    without a code of 50 bits only if it has `weak`.
    A secret with `publicKey`, a public key's text, makes a slot for that key, and with `enc_form` one whose `enc` begins with
    that byte, as if that were the way to spell the point. One with `type` makes a slot of that type with a
    random wrap, and with whatever else it says. One with `publicKey` and `proof`, an object of reply.py, with the sealed
    `token`, makes the slot of a reply. `message` may have `reply`, as it stands in the manifest; `offer` makes one (Section 7.5)
    with a token of its `identity`, and with `recipients`, `issued` and `expires` for that.
    Options: `form`, `pad`, `face`, `connect`, `seed`, `sign` (a signing identity's text, or true for a new one), `now` (seconds, for
    the keys' validity); and to forge what no writer makes: `below_floor` (cheap KDF parameters), `edit_header` (pairs of texts,
    replaced in the header before the payload is made), `predecessors` (any value, in place of those of the signing identity),
    `edit_signature` (a position in the signature block, of which a bit is changed), `manifest` and `plaintext` (bytes to use
    instead).
    """
    now = int(options.get("now", time.time()))
    fresh = randomness(options.get("seed"))
    identifier, file_key = fresh(16), fresh(32)
    kdfs: dict[str, Kdf] = {}
    below_floor = bool(options.get("below_floor"))
    face = options.get("face") or {}
    slots = [
        _key_slot(read_recipient(secret["publicKey"], now), identifier, file_key, fresh, secret)
        if "publicKey" in secret
        else _slot(secret, identifier, file_key, kdfs, fresh, below_floor, face)
        for secret in secrets
    ]
    header: dict[str, Any] = {"v": 1, "id": base64url(identifier), "slots": slots, "face": face}
    if options.get("connect"):
        header["connect"] = options["connect"]
    header_text = encode(header)
    for old, new in options.get("edit_header") or []:
        header_text = header_text.replace(old, new)
    header_bytes = header_text.encode("ascii")
    if "offer" in options:
        message = message | {"reply": _offer(options["offer"], message, identifier, header_bytes, fresh)}
    signer = _signer(options.get("sign"), fresh)
    predecessors = options.get("predecessors", [base64url(item) for item in signer.predecessors] if signer else [])
    stored, manifest = _parts(message if predecessors == [] else message | {"predecessors": predecessors}, contents)
    manifest = options.get("manifest", manifest)
    signature = bytearray(signature_block(signer, header_bytes, manifest) if signer else b"")
    if "edit_signature" in options:
        signature[options["edit_signature"]] ^= 1
    plaintext = options.get("plaintext") or write_plaintext(stored, manifest, bytes(signature), bool(options.get("pad")))
    payload = chunked.encrypt(file_key, payload_context(header_bytes), plaintext, fresh(chunked.SALT))
    return write_envelope(options.get("form") or "html", header_bytes, payload)


def _kdf(wanted: str | dict[str, Any], fresh: Randomness, below_floor: bool) -> Kdf:
    name, numbers = PROFILES[wanted] if isinstance(wanted, str) else (wanted["name"], dict(wanted))
    salt = from_base64url(numbers.pop("salt")) if "salt" in numbers else fresh(16)
    numbers = {key: value for key, value in numbers.items() if key != "name"}
    m, t, c = (numbers.get(key, 0) for key in ("m", "t", "c"))
    argon2id = m >= limits.MIN_ARGON2_MEMORY and m * t >= limits.MIN_ARGON2_COST
    if not (below_floor or argon2id or c >= limits.MIN_PBKDF2_ITERATIONS):
        raise EnvelopeError(INVALID_ARGUMENT, "5.1: a writer's floor")
    return Kdf(name, tuple(numbers.items()), salt)


def _slot(
    secret: dict[str, Any],
    identifier: bytes,
    file_key: bytes,
    kdfs: dict[str, Kdf],
    fresh: Randomness,
    below_floor: bool,
    face: dict[str, Any],
) -> dict[str, Any]:
    if "type" in secret:
        return {**secret, "wrap": base64url(fresh(104))}
    wanted = secret.get("kdf", "standard")
    label = json.dumps(wanted, sort_keys=True)
    if label not in kdfs:
        kdfs[label] = _kdf(wanted, fresh, below_floor)
    kdf = kdfs[label]
    if "answers" in secret:
        answers = Answers(tuple(secret["answers"]), secret.get("code"))
        kind, norm = "answer", answers.norm
        data = check_answers(answers, face, bool(secret.get("weak")))
    else:
        kind, norm = "passphrase", secret.get("norm", "opaque")
        data = check_writable(secret["passphrase"], norm)
    slot: dict[str, Any] = {"type": kind, "kdf": kdf.encoded(), "norm": norm}
    key = slot_key(data, kdf)
    context = slot_context(identifier, slot_bytes(slot))
    return slot | {"wrap": base64url(chunked.encrypt(key, context, file_key, fresh(chunked.SALT)))}


def read_recipient(text: str, now: int) -> PublicKey:
    """A public key that a writer may seal to now (section 5.3). INVALID_ARGUMENT, UNSUPPORTED_VERSION."""
    key = read_public_key(text)
    if not key.is_valid_at(now):
        raise EnvelopeError(INVALID_ARGUMENT, "5.3: outside the key's validity")
    return key


def _key_slot(
    key: PublicKey, identifier: bytes, file_key: bytes, fresh: Randomness, secret: dict[str, Any]
) -> dict[str, Any]:
    """Sections 5.2 and 5.5."""
    enc_form, proof = secret.get("enc_form"), secret.get("proof")
    ephemeral = hpke.new_private(fresh)
    shared_secret, enc = hpke.encapsulate(key.kem, key.public, ephemeral)
    if enc_form is not None:
        shared_secret, enc = hpke.encapsulate(key.kem, key.public, ephemeral, bytes([enc_form]) + enc[1:])
    slot: dict[str, Any] = {"type": "key", "kem": key.kem, "key": base64url(key.id), "enc": base64url(enc)}
    if proof:
        slot["token"] = base64url(secret["token"])
        wrapping = reply_slot_key_of(key.kem, shared_secret, proof)
    else:
        wrapping = slot_key_of(key.kem, shared_secret, identifier, key.id)
    context = slot_context(identifier, slot_bytes(slot))
    return slot | {"wrap": base64url(chunked.encrypt(wrapping, context, file_key, fresh(chunked.SALT)))}


def _offer(
    offer: dict[str, Any], message: dict[str, Any], identifier: bytes, header_bytes: bytes, fresh: Randomness
) -> dict[str, Any]:
    """`reply` of a manifest (section 7.5), with a token that is made for this envelope."""
    identity = read_identity(offer["identity"])
    headers, actions = message.get("headers", {}), offer.get("actions", ["reply", "forward"])
    proof = Proof(identifier, hashlib.sha256(header_bytes).digest(), fresh(PSK))
    issued, expires, references = offer["issued"], offer["expires"], shortened(headers.get("references", []))
    recipients = tuple(offer["recipients"])
    token = Token(proof, recipients, tuple(actions), issued, expires, headers.get("messageId"), tuple(references))
    key = identity.public_key
    return {
        "actions": actions,
        "to": headers.get("from", []),
        "keys": [{"kem": key.kem, "key": base64url(key.public), "to": expires}],
        "psk": base64url(proof.psk),
        "token": base64url(seal_token(token, identity.private, fresh(chunked.SALT))),
        **({"passphrase": 1} if offer.get("passphrase", True) else {}),
    }


def make_answer(data: bytes, passphrase: str, text: str, kind: str, **options: Any) -> bytes:
    """A reply to an envelope that the passphrase opens and that offers one (section 7.5), as its recipient makes it. Options: `seed`,
    `now`. INVALID_ARGUMENT where none is offered.
    """
    fresh = randomness(options.get("seed"))
    opened = open_envelope(data, passphrase)
    offer = read_offer(opened.message.manifest.get("reply"))
    if offer is None or kind not in offer.actions:
        raise EnvelopeError(INVALID_ARGUMENT, "7.5: not offered")
    assert opened.slot.kdf
    original = opened.message.manifest["headers"]
    headers: dict[str, Any] = {"to": list(offer.to), "messageId": f"{fresh(16).hex()}@sealpost.invalid"}
    if "messageId" in original:
        headers["inReplyTo"] = original["messageId"]
        headers["references"] = [*original.get("references", []), original["messageId"]]
    carried = {key: value for key, value in opened.message.manifest["reply"].items() if key != "path"} | {"kind": kind}
    secrets: list[dict[str, Any]] = []
    if offer.token and offer.psk:
        own = Proof(opened.header.id, hashlib.sha256(opened.header.bytes).digest(), offer.psk)
        proof = offer.proof or own
        carried |= {"id": base64url(proof.id), "header": base64url(proof.header)}
        keys = [PublicKey(kem, 0, end or 0, public).text() for kem, public, end in offer.keys]
        secrets += [{"publicKey": key, "proof": proof, "token": offer.token} for key in keys]
    if offer.passphrase:
        kdf = opened.slot.kdf.encoded()
        secrets.append({"passphrase": passphrase, "norm": opened.slot.norm, "kdf": kdf})
    message = {"headers": headers, "parts": [{"role": "text", "type": "text/plain"}], "reply": carried}
    return make_envelope(message, [text.encode("utf-8")], secrets, form="data", below_floor=True, **options)


def generate_identity(start: int = 0, end: int = 0, seed: int | None = None) -> Identity:
    """A new key pair of P-256. INVALID_ARGUMENT for a validity that ends before it begins, or that does not fit in the text."""
    return make_identity(start, end, hpke.new_private(randomness(seed)))


def seal_identity(identity: Identity, secret: dict[str, Any], **options: Any) -> str:
    """Its text under a passphrase. `secret`: as of a slot; options: `seed`, `below_floor`. INVALID_ARGUMENT."""
    fresh = randomness(options.get("seed"))
    kdf = _kdf(secret.get("kdf", "standard"), fresh, bool(options.get("below_floor")))
    return sealed_identity_text(identity, secret["passphrase"], secret.get("norm", "opaque"), kdf, fresh(chunked.SALT))


def _parts(message: dict[str, Any], contents: list[bytes]) -> tuple[bytes, bytes]:
    """The parts' stored bytes, and the manifest's bytes."""
    entries: list[dict[str, Any]] = []
    stored: list[bytes] = []
    offset = 0
    for part, content in zip(message["parts"], contents, strict=True):
        data, encoding = content, part.get("encoding", "auto")
        if encoding != "stored":
            data = deflate(content)
            if encoding == "auto":
                data, encoding = (data, "deflate") if len(data) < len(content) else (content, "stored")
        entries.append(entry_of(part, content, data, offset, encoding))
        stored.append(data)
        offset += len(data)
    manifest = {"headers": message.get("headers", {}), "parts": entries}
    manifest |= {key: message[key] for key in ("notes", "idleLock", "predecessors", "reply") if key in message}
    text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
    return b"".join(stored), text.encode("utf-8")


def _signer(wanted: str | bool | None, fresh: Randomness) -> SigningIdentity | None:
    if isinstance(wanted, str):
        return read_signing_identity(wanted)
    return generate_signing_identity(fresh=fresh) if wanted else None


def generate_signing_identity(seed: int | None = None, fresh: Randomness | None = None) -> SigningIdentity:
    """A new key pair that signs; with a seed, always the same one."""
    return SigningIdentity((fresh or randomness(seed))(32))


def seal_signing_identity(identity: SigningIdentity, secret: dict[str, Any], **options: Any) -> str:
    """Its text under a passphrase, as seal_identity has it."""
    fresh = randomness(options.get("seed"))
    kdf = _kdf(secret.get("kdf", "standard"), fresh, bool(options.get("below_floor")))
    norm = secret.get("norm", "opaque")
    return sealed_signing_identity_text(identity, secret["passphrase"], norm, kdf, fresh(chunked.SALT))
