"""The header: its one spelling (section 4.1), its keys (4.2, 4.3), and the slots (5, 5.1, 5.2, 5.5, 5.6)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from . import limits
from .encoding import base64url, from_base64url, without_white_space
from .errors import LIMIT, NOT_AN_ENVELOPE, UNSUPPORTED_VERSION, EnvelopeError
from .hpke import KEMS

SLOT_TYPES = ("passphrase", "answer", "key", "card")
NORMS = ("opaque", "words", "code")
ANSWER_NORMS = ("answers", "answers-code")
IMPLEMENTED = ("passphrase", "answer", "key")
WRAP = 104
KEY_ID = 8

_VERSION = re.compile(r'\{"v":(0|[1-9][0-9]*)[,}]')
_COLOR = re.compile(r"#[0-9a-f]{6}\Z")
_OPENER = re.compile(r"https://[\x21-\x7e]+\Z")
_CONNECT = re.compile(
    r"(https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?"
    r"|http://(localhost|127\.0\.0\.1):[1-9][0-9]{0,4})\Z"
)
_FACE_TEXTS = {"org": 200, "contact": 500, "opener": 500, "subject": 1000, "hint": 500}
_FACE_KEYS = ("org", "contact", "color", "logo", "opener", "subject", "date", "hint", "questions")
_LOGO_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True)
class Kdf:
    """What a slot says of its key derivation: the name, the numbers, the salt."""

    name: str
    numbers: tuple[tuple[str, int], ...]
    salt: bytes

    def number(self, key: str) -> int:
        return dict(self.numbers)[key]

    def encoded(self) -> dict[str, Any]:
        return {"name": self.name, **dict(self.numbers), "salt": base64url(self.salt)}


@dataclass(frozen=True)
class Slot:
    """A slot: `kdf` and `norm` of one with a passphrase or for answers, `kem`, `key` and `enc` of one for a key, neither of other types.
    `token`, still sealed, of one that is a reply's.
    """

    type: str
    slot_bytes: bytes
    wrap: bytes
    kdf: Kdf | None = None
    norm: str | None = None
    kem: str | None = None
    key: bytes = b""
    enc: bytes = b""
    token: bytes | None = None


@dataclass(frozen=True)
class Header:
    bytes: bytes
    id: bytes
    slots: tuple[Slot, ...]
    face: dict[str, Any]
    connect: str | None


def _syntax(clause: str) -> NoReturn:
    raise EnvelopeError(NOT_AN_ENVELOPE, clause)


def encode(value: Any) -> str:
    """The one spelling of section 4.1. ValueError for a value that it does not have."""
    if isinstance(value, str):
        return f'"{_encode_characters(value)}"'
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= limits.MAX_INTEGER:
        return str(value)
    if isinstance(value, list):
        return f"[{','.join(map(encode, value))}]"
    if isinstance(value, dict):
        return f"{{{','.join(f'{encode(key)}:{encode(item)}' for key, item in value.items())}}}"
    raise ValueError("a value that a header does not have")


def _encode_characters(text: str) -> str:
    units = text.encode("utf-16-be")  # refuses lone surrogates: UnicodeEncodeError is a ValueError
    out = []
    for high, low in zip(units[::2], units[1::2], strict=True):
        unit = high << 8 | low
        if not 0x21 <= unit <= 0x7E or unit in b"<>&":
            out.append(f"\\u{unit:04x}")
        elif unit in b'"\\':
            out.append("\\" + chr(unit))
        else:
            out.append(chr(unit))
    return "".join(out)


def _depth(text: str) -> int:
    """How deep lists and objects are nested; the outermost counts as one."""
    depth = deepest = 0
    for bracket in re.sub(r'"(?:[^"\\]|\\.)*"', "", text):
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in "]}":
            depth -= 1
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for key, _ in pairs:
        if key == "__proto__" or re.match(r"(0|[1-9][0-9]*)\Z", key):
            raise ValueError("a key that does not occur in this format")
    return dict(pairs)


def parse_header(text: str) -> Header:
    """The header of a file from its lines. NOT_AN_ENVELOPE, UNSUPPORTED_VERSION or LIMIT (sections 4, 5, 9)."""
    spelled = without_white_space(text)
    if len(spelled) > limits.MAX_HEADER_BYTES:
        raise EnvelopeError(LIMIT, "4.1: header bytes")
    version = _VERSION.match(spelled)
    if version and version[1] != "1":
        raise EnvelopeError(UNSUPPORTED_VERSION, "4.2: v")
    return _header(parse_spelled(spelled), spelled.encode("ascii"))


def parse_spelled(text: str) -> Any:
    """What a text says in the spelling of section 4.1. NOT_AN_ENVELOPE."""
    if _depth(text) > limits.MAX_HEADER_DEPTH:
        _syntax("4.1: nesting")
    try:
        value = json.loads(text, object_pairs_hook=_unique)
        canonical = encode(value)
    except (ValueError, RecursionError):
        _syntax("4.1: JSON")
    if canonical != text:
        _syntax("4.1: spelling")
    return value


def keys_of(value: Any, required: tuple[str, ...], optional: tuple[str, ...], clause: str) -> dict[str, Any]:
    """The object, if it has exactly such keys in this order: the required ones, then optional ones."""
    if not isinstance(value, dict):
        _syntax(f"{clause}: an object")
    expected = [*required, *(key for key in optional if key in value)]
    if list(value) != expected:
        _syntax(f"{clause}: keys or their order")
    return value


def binary(value: Any, clause: str, length: int | None = None) -> bytes:
    """The bytes, if it is base64url, and of that length. NOT_AN_ENVELOPE."""
    try:
        data = from_base64url(_text(value, clause))
    except ValueError:
        _syntax(f"{clause}: base64url")
    if length is not None and len(data) != length:
        _syntax(f"{clause}: length")
    return data


def _text(value: Any, clause: str) -> str:
    if not isinstance(value, str):
        _syntax(f"{clause}: a string")
    return value


def _integer(value: Any, clause: str) -> int:
    if not isinstance(value, int):
        _syntax(f"{clause}: an integer")
    return value


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-be", "surrogatepass")) // 2


def _header(value: Any, header_bytes: bytes) -> Header:
    keys_of(value, ("v", "id", "slots", "face"), ("connect",), "4.2")
    if value["v"] != 1:
        _syntax("4.2: v")
    identifier = binary(value["id"], "4.2: id", 16)
    if not isinstance(value["slots"], list) or not value["slots"]:
        _syntax("4.2: slots")
    if len(value["slots"]) > limits.MAX_SLOTS:
        raise EnvelopeError(LIMIT, "4.2: slots")
    slots = tuple(_slot(slot) for slot in value["slots"])
    face = _face(value["face"])
    connect = value.get("connect")
    if connect is not None and (len(_text(connect, "4.2: connect")) > 300 or not _CONNECT.match(connect)):
        _syntax("4.2: connect")
    _check_limits(slots)
    if not any(slot.type in IMPLEMENTED for slot in slots):
        raise EnvelopeError(UNSUPPORTED_VERSION, "5: no slot of a known type")
    return Header(header_bytes, identifier, slots, face, connect)


def _face(value: Any) -> dict[str, Any]:
    keys_of(value, (), _FACE_KEYS, "4.3")
    for key, most in _FACE_TEXTS.items():
        if key in value and utf16_length(_text(value[key], f"4.3: {key}")) > most:
            _syntax(f"4.3: {key}")
    if "color" in value and not _COLOR.match(_text(value["color"], "4.3: color")):
        _syntax("4.3: color")
    if "logo" in value:
        logo = binary(value["logo"], "4.3: logo")
        if len(logo) > limits.MAX_LOGO_BYTES or not logo.startswith(_LOGO_STARTS):
            _syntax("4.3: logo")
    if "opener" in value and not _OPENER.match(value["opener"]):
        _syntax("4.3: opener")
    if "date" in value:
        _integer(value["date"], "4.3: date")
    if "questions" in value:
        questions = value["questions"]
        if not isinstance(questions, list) or not 1 <= len(questions) <= 3:
            _syntax("4.3: questions")
        if any(utf16_length(_text(question, "4.3: questions")) > 500 for question in questions):
            _syntax("4.3: questions")
    return value


def _slot(value: Any) -> Slot:
    if not isinstance(value, dict) or len(value) < 2 or next(iter(value)) != "type" or list(value)[-1] != "wrap":
        _syntax("5: a slot begins with type and ends with wrap")
    if _text(value["type"], "5: type") not in SLOT_TYPES:
        _syntax("5: type")
    wrap = binary(value["wrap"], "5: wrap", WRAP)
    if value["type"] in ("passphrase", "answer"):
        keys_of(value, ("type", "kdf", "norm", "wrap"), (), "5.1, 5.6")
        kdf, norm = derivation(value, NORMS if value["type"] == "passphrase" else ANSWER_NORMS)
        return Slot(value["type"], slot_bytes(value), wrap, kdf=kdf, norm=norm)
    if value["type"] == "key":
        keys_of(value, ("type", "kem", "key", "enc", *(["token"] if "token" in value else []), "wrap"), (), "5.2")
        kem = _text(value["kem"], "5.2: kem")
        if kem not in KEMS:
            _syntax("5.2: kem")
        key, enc = binary(value["key"], "5.2: key", KEY_ID), binary(value["enc"], "5.2: enc", KEMS[kem].enc)
        token = binary(value["token"], "5.5: token") if "token" in value else None
        return Slot("key", slot_bytes(value), wrap, kem=kem, key=key, enc=enc, token=token)
    return Slot(value["type"], slot_bytes(value), wrap)


def derivation(value: dict[str, Any], norms: tuple[str, ...] = NORMS) -> tuple[Kdf, str]:
    """`kdf` and `norm` of a slot of section 5.1, or with other norms of 5.6, their ranges not looked at. NOT_AN_ENVELOPE."""
    kdf, norm = _kdf(value["kdf"]), _text(value["norm"], "5.1: norm")
    if norm not in norms:
        _syntax("5.1, 5.6: norm")
    return kdf, norm


def slot_bytes(slot: dict[str, Any]) -> bytes:
    """The slot's encoding with the key `wrap` left out (section 5)."""
    return encode({key: value for key, value in slot.items() if key != "wrap"}).encode("ascii")


def _kdf(value: Any) -> Kdf:
    if not isinstance(value, dict):
        _syntax("5.1: kdf")
    names = {"argon2id": ("m", "t", "p"), "pbkdf2-hmac-sha256": ("c",)}
    name = _text(value.get("name"), "5.1: kdf")
    if name not in names:
        _syntax("5.1: kdf")
    keys_of(value, ("name", *names[name], "salt"), (), "5.1: kdf")
    numbers = tuple((key, _integer(value[key], f"5.1: {key}")) for key in names[name])
    return Kdf(name, numbers, binary(value["salt"], "5.1: salt"))


def _check_limits(slots: tuple[Slot, ...]) -> None:
    """Everything that must be refused before any derivation is begun, once the syntax is right (sections 5.1, 5.5)."""
    for slot in slots:
        if slot.token and len(slot.token) > limits.MAX_TOKEN_BYTES:
            raise EnvelopeError(LIMIT, "5.5: token")
        if slot.kdf and not kdf_in_range(slot.kdf):
            raise EnvelopeError(LIMIT, "5.1: range")
    if len({(slot.kdf, slot.norm) for slot in slots if slot.kdf}) > limits.MAX_KDF_RUNS:
        raise EnvelopeError(LIMIT, "5.1: pairs of kdf and norm")


def kdf_in_range(kdf: Kdf) -> bool:
    """The reader's range (section 5.1)."""
    if not limits.MIN_SALT_BYTES <= len(kdf.salt) <= limits.MAX_SALT_BYTES:
        return False
    if kdf.name == "pbkdf2-hmac-sha256":
        return 1 <= kdf.number("c") <= limits.MAX_PBKDF2_ITERATIONS
    m, t, p = kdf.number("m"), kdf.number("t"), kdf.number("p")
    return (
        8 * p <= m <= limits.MAX_ARGON2_MEMORY
        and 1 <= t <= limits.MAX_ARGON2_PASSES
        and 1 <= p <= limits.MAX_ARGON2_LANES
        and m * t <= limits.MAX_ARGON2_COST
    )
