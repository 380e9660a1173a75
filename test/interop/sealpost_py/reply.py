"""Replies: tokens and which replies may be taken (section 5.5), and what a manifest says of replies (section 7.5)."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Any

from . import chunked, limits
from .encoding import base64url, from_base64url
from .errors import REPLY_REFUSED, EnvelopeError
from .header import binary, encode, keys_of, parse_spelled, utf16_length
from .hpke import KEMS

TOKEN_LABEL = b"sealpost/v1 token"
TOKEN_CONTEXT = TOKEN_LABEL + b"\x00"
PSK = 32

ACTIONS = ("reply", "replyAll", "forward")
KINDS = ("reply", "replyAll")

_TOKEN_KEYS = ("token", "id", "header", "psk", "recipients", "actions", "issued", "expires")
_PAGE_SUFFIX = "@sealpost.invalid"
_MAX_REFERENCES = 20
_MAX_RECIPIENTS = 10
_MAX_ADDRESS = 1_000
_PATH = re.compile(r"/[\x21-\x7e]{0,499}\Z")


@dataclass(frozen=True)
class Proof:
    """What a reply is bound to: the identifier of the envelope that the token was made for, its header's hash, and the PSK."""

    id: bytes
    header: bytes
    psk: bytes


@dataclass(frozen=True)
class Token:
    """What a token says."""

    proof: Proof
    recipients: tuple[str, ...]
    actions: tuple[str, ...]
    issued: int
    expires: int
    message_id: str | None
    references: tuple[str, ...]


@dataclass(frozen=True)
class Offer:
    """`reply` of a manifest; `proof` where it has a token and names the envelope that this was made for."""

    actions: tuple[str, ...]
    to: tuple[dict[str, str], ...]
    keys: tuple[tuple[str, bytes, int | None], ...]
    psk: bytes | None
    token: bytes | None
    proof: Proof | None
    passphrase: bool
    path: str | None
    kind: str | None


def token_key(private: bytes) -> bytes:
    return hmac.digest(private, TOKEN_LABEL, hashlib.sha256)


def seal_token(token: Token, private: bytes, salt: bytes) -> bytes:
    fields: dict[str, Any] = {
        "token": 1,
        "id": base64url(token.proof.id),
        "header": base64url(token.proof.header),
        "psk": base64url(token.proof.psk),
        "recipients": list(token.recipients),
        "actions": list(token.actions),
        "issued": token.issued,
        "expires": token.expires,
    }
    if token.message_id is not None:
        fields["messageId"] = token.message_id
    fields["references"] = list(token.references)
    return chunked.encrypt(token_key(private), TOKEN_CONTEXT, encode(fields).encode("ascii"), salt)


def open_token(sealed: bytes, private: bytes) -> Token | None:
    """What the token says; None where it was not sealed with this private key, or is not as it should be."""
    try:
        text = chunked.decrypt(token_key(private), TOKEN_CONTEXT, sealed)
        return _token(parse_spelled(text.decode("ascii")))
    except (chunked.WrongCommitment, chunked.BrokenChunk, ValueError, EnvelopeError):
        return None


def _token(value: Any) -> Token:
    """ValueError, or an EnvelopeError of the header's syntax."""
    optional = ("messageId",) if isinstance(value, dict) and "messageId" in value else ()
    fields = keys_of(value, (*_TOKEN_KEYS, *optional, "references"), (), "5.5")
    proof = Proof(*(binary(fields[key], "5.5", length) for key, length in (("id", 16), ("header", 32), ("psk", PSK))))
    numbers = [fields[key] for key in ("token", "issued", "expires")]
    if not all(isinstance(number, int) for number in numbers) or numbers[0] != 1:
        raise ValueError("5.5: a number")
    message_id = fields.get("messageId")
    if message_id is not None and not isinstance(message_id, str):
        raise ValueError("5.5: messageId")
    actions = _actions(fields["actions"])
    recipients, references = _texts(fields["recipients"]), _texts(fields["references"])
    return Token(proof, recipients, actions, numbers[1], numbers[2], message_id, references)


def take(token: Token, manifest: dict[str, Any], now: int) -> dict[str, Any]:
    """Kind and authors of a reply whose slot has opened. REPLY_REFUSED, with the reason; deliveries are not remembered."""
    if now > token.expires:
        raise EnvelopeError(REPLY_REFUSED, "5.5: after expires", "expired")
    offer = read_offer(manifest.get("reply"))
    if offer is None or offer.kind is None or offer.kind not in token.actions:
        raise EnvelopeError(REPLY_REFUSED, "5.5: kind", "kind")
    if not is_in_thread(token, manifest["headers"]):
        raise EnvelopeError(REPLY_REFUSED, "5.5: thread", "thread")
    return {"kind": offer.kind, "authors": list(token.recipients)}


def shortened(references: list[str]) -> list[str]:
    """As a token holds them."""
    return references if len(references) <= _MAX_REFERENCES else [references[0], *references[1 - _MAX_REFERENCES :]]


def is_in_thread(token: Token, headers: dict[str, Any]) -> bool:
    references: list[str] = headers.get("references", [])
    if headers.get("inReplyTo") != (references[-1] if references else None):
        return False
    if token.message_id is None:
        return all(map(_is_from_page, references))
    return any(
        reference == token.message_id
        and shortened(references[:place]) == list(token.references)
        and all(map(_is_from_page, references[place + 1 :]))
        for place, reference in enumerate(references)
    )


def _is_from_page(identifier: str) -> bool:
    return identifier.endswith(_PAGE_SUFFIX)


def read_offer(value: Any) -> Offer | None:
    """None where a manifest has no `reply`, and where that is passed over."""
    try:
        return None if value is None else _offer(value)
    except (ValueError, KeyError):
        return None


def _offer(value: Any) -> Offer:
    fields = _object(value)
    actions = _actions(fields["actions"])
    to = tuple(_address(item) for item in _list(fields["to"], 0, _MAX_RECIPIENTS))
    keys, psk, token, proof = _proof_of(fields)
    if "passphrase" in fields and _integer(fields["passphrase"]) != 1:
        raise ValueError("7.5: passphrase")
    if "passphrase" not in fields and token is None:
        raise ValueError("7.5: neither token nor passphrase")
    path, kind = fields.get("path"), fields.get("kind")
    if "path" in fields and not _PATH.match(_text(path)):
        raise ValueError("7.5: path")
    if "kind" in fields and kind not in KINDS:
        raise ValueError("7.5: kind")
    return Offer(actions, to, keys, psk, token, proof, "passphrase" in fields, path, kind)


def _proof_of(
    fields: dict[str, Any],
) -> tuple[tuple[tuple[str, bytes, int | None], ...], bytes | None, bytes | None, Proof | None]:
    if "token" not in fields:
        if any(key in fields for key in ("keys", "psk", "id", "header")):
            raise ValueError("7.5: what comes with a token, without one")
        return (), None, None, None
    token, psk = from_base64url(_text(fields["token"])), _bytes(fields["psk"], PSK)
    if len(token) > limits.MAX_TOKEN_BYTES:
        raise ValueError("7.5: token")
    keys = tuple(_key(item) for item in _list(fields["keys"], 1, limits.MAX_REPLY_KEYS))
    if "id" not in fields and "header" not in fields:
        return keys, psk, token, None
    return keys, psk, token, Proof(_bytes(fields["id"], 16), _bytes(fields["header"], 32), psk)


def _key(value: Any) -> tuple[str, bytes, int | None]:
    fields = _object(value)
    kem = _text(fields["kem"])
    if kem not in KEMS:
        raise ValueError("7.5: kem")
    return kem, _bytes(fields["key"], KEMS[kem].public), _integer(fields["to"]) if "to" in fields else None


def _address(value: Any) -> dict[str, str]:
    fields = _object(value)
    address = {key: _text(fields[key]) for key in ("name", "address")}
    if any(utf16_length(text) > _MAX_ADDRESS for text in address.values()):
        raise ValueError("7.5: to")
    return address


def _actions(value: Any) -> tuple[str, ...]:
    actions = _texts(value)
    if not actions or len(set(actions)) != len(actions) or any(action not in ACTIONS for action in actions):
        raise ValueError("7.5: actions")
    return actions


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(item) for item in _list(value, 0, limits.MAX_INTEGER))


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("an object")
    return value


def _list(value: Any, least: int, most: int) -> list[Any]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise ValueError("a list")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a string")
    return value


def _integer(value: Any) -> int:
    """An integer of a manifest, however JSON spells it (section 7.2)."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= limits.MAX_INTEGER:
        raise ValueError("an integer")
    return value


def _bytes(value: Any, length: int) -> bytes:
    data = from_base64url(_text(value))
    if len(data) != length:
        raise ValueError("another length")
    return data
