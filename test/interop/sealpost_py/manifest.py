"""Plaintext, manifest and parts (section 7)."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any, NoReturn

from . import limits
from .encoding import base64url, from_base64url, from_u32, u32
from .errors import DAMAGED, LIMIT, EnvelopeError
from .header import utf16_length

TRAILER = 8
SIGNATURE = 96
ROLES = ("text", "html", "attachment", "original")
BODIES = ("text", "html")
MAX_INFLATION = 1_032

_HEADER_TEXTS = ("subject", "date", "messageId", "inReplyTo")
_HEADER_LISTS = ("from", "replyTo", "to", "cc")


@dataclass(frozen=True)
class Part:
    """A verified part: its entry in the manifest, and its content."""

    entry: dict[str, Any]
    content: bytes


@dataclass(frozen=True)
class Plaintext:
    manifest: dict[str, Any]
    parts: tuple[Part, ...]
    manifest_bytes: bytes
    signature: bytes


def _damaged(clause: str) -> NoReturn:
    raise EnvelopeError(DAMAGED, clause)


def _limit(clause: str) -> NoReturn:
    raise EnvelopeError(LIMIT, clause)


def padme(length: int) -> int:
    """Section 7.1."""
    e = length.bit_length() - 1
    s = e.bit_length()
    unit = 1 << (e - s)
    return -(-length // unit) * unit


def write_plaintext(stored: bytes, manifest: bytes, signature: bytes, pad: bool) -> bytes:
    trailer = u32(len(manifest)) + u32(len(signature))
    length = len(stored) + len(manifest) + len(signature) + len(trailer)
    padding = padme(length) - length if pad else 0
    return b"".join([stored, bytes(padding), manifest, signature, trailer])


def read_plaintext(plaintext: bytes, max_bytes: int = limits.MAX_MESSAGE_BYTES) -> Plaintext:
    """Manifest and parts, all verified. LIMIT or DAMAGED."""
    if len(plaintext) < TRAILER:
        _damaged("7.1: trailer")
    manifest_length, signature_length = from_u32(plaintext[-8:-4]), from_u32(plaintext[-4:])
    if manifest_length > limits.MAX_MANIFEST_BYTES:
        _limit("7.1: manifest")
    if signature_length not in (0, SIGNATURE):
        _damaged("7.1: signature block")
    parts_end = len(plaintext) - TRAILER - signature_length - manifest_length
    if parts_end < 0:
        _damaged("7.1: lengths")
    manifest_bytes = plaintext[parts_end : parts_end + manifest_length]
    signature = plaintext[parts_end + manifest_length : -TRAILER]
    manifest = parse_manifest(manifest_bytes, max_bytes)
    stored_end = sum(part["length"] for part in manifest["parts"])
    if stored_end > parts_end:
        _damaged("7.3: parts are longer than the plaintext")
    if any(plaintext[stored_end:parts_end]):
        _damaged("7.1: padding")
    parts = tuple(_part(entry, plaintext) for entry in manifest["parts"])
    return Plaintext(manifest, parts, manifest_bytes, signature)


def _part(entry: dict[str, Any], plaintext: bytes) -> Part:
    start = entry["offset"]
    content = plaintext[start : start + entry["length"]]
    if entry["encoding"] == "deflate":
        content = inflate(content, entry["size"])
    if hashlib.sha256(content).digest() != from_base64url(entry["sha256"]):
        _damaged("7.3: sha256")
    if entry["role"] in BODIES:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            _damaged("7.3: a body is not UTF-8")
    return Part(entry, content)


def inflate(stored: bytes, size: int) -> bytes:
    """Exactly one stream of exactly `size` bytes, and never more than one byte beyond it. DAMAGED (section 7.3)."""
    stream = zlib.decompressobj(wbits=-15)
    try:
        content = stream.decompress(stored, size + 1)
    except zlib.error:
        _damaged("7.3: deflate")
    if len(content) != size or not stream.eof or stream.unused_data:
        _damaged("7.3: size of a deflated part")
    return content


def deflate(content: bytes) -> bytes:
    stream = zlib.compressobj(9, wbits=-15)
    return stream.compress(content) + stream.flush()


def _number(digits: str) -> int | float:
    """An integer, or for one that is too long to matter here its double."""
    return int(digits) if len(digits) < 20 else float(digits)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def parse_manifest(data: bytes, max_bytes: int) -> dict[str, Any]:
    """The manifest with what sections 7.2 and 7.3 want of it. LIMIT or DAMAGED."""
    try:
        manifest = json.loads(data.decode("utf-8"), parse_int=_number, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        _damaged("7.2: JSON")
    _object(manifest, "7.2")
    parts = _array(manifest.get("parts"), "7.2: parts")
    if len(parts) > limits.MAX_PARTS:
        _limit("7.2: parts")
    sizes = [_integer(_object(part, "7.3").get("size"), "7.3: size") for part in parts]
    if sum(sizes) > max_bytes:
        _limit("7.3: sum of the sizes")
    for part, size in zip(parts, sizes, strict=True):
        if part.get("role") in BODIES and size > limits.MAX_BODY_BYTES:
            _limit("7.3: size of a body")
    _check_headers(_object(manifest.get("headers"), "7.2: headers"))
    _check_notes(manifest)
    _check_parts(parts)
    return manifest


def _object(value: Any, clause: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        _damaged(f"{clause}: an object")
    return value


def _array(value: Any, clause: str) -> list[Any]:
    if not isinstance(value, list):
        _damaged(f"{clause}: an array")
    return value


def _text(value: Any, clause: str) -> str:
    if not isinstance(value, str):
        _damaged(f"{clause}: a string")
    return value


def _integer(value: Any, clause: str) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= limits.MAX_INTEGER:
        _damaged(f"{clause}: an integer")
    return value


def _address(value: Any, clause: str) -> None:
    _text(_object(value, clause).get("name"), clause)
    _text(value.get("address"), clause)


def known_headers(manifest: dict[str, Any]) -> dict[str, Any]:
    """The headers without what section 7.2 does not name; of addresses too."""

    def address(value: dict[str, str]) -> dict[str, str]:
        return {"name": value["name"], "address": value["address"]}

    headers = manifest["headers"]
    known = {key: headers[key] for key in (*_HEADER_TEXTS, "references") if key in headers}
    known |= {key: [address(item) for item in headers[key]] for key in _HEADER_LISTS if key in headers}
    return known | ({"sender": address(headers["sender"])} if "sender" in headers else {})


def _check_headers(headers: dict[str, Any]) -> None:
    """Types and counts; how dates and identifiers are spelled is not looked at."""
    for key in _HEADER_LISTS:
        for address in _bounded(headers.get(key, []), f"7.2: {key}"):
            _address(address, f"7.2: {key}")
    if "sender" in headers:
        _address(headers["sender"], "7.2: sender")
    for key in _HEADER_TEXTS:
        _text(headers.get(key, ""), f"7.2: {key}")
    for reference in _bounded(headers.get("references", []), "7.2: references"):
        _text(reference, "7.2: references")


def _bounded(value: Any, clause: str) -> list[Any]:
    if len(_array(value, clause)) > limits.MAX_ADDRESSES:
        _damaged(clause)
    return value


def _check_notes(manifest: dict[str, Any]) -> None:
    notes = _object(manifest.get("notes", {}), "7.2: notes")
    if "handling" in notes and utf16_length(_text(notes["handling"], "7.2: handling")) > 1000:
        _damaged("7.2: handling")
    if "expires" in notes:
        _integer(notes["expires"], "7.2: expires")
    if "archive" in notes and _integer(notes["archive"], "7.2: archive") != 1:
        _damaged("7.2: archive")
    if "idleLock" in manifest and not 1 <= _integer(manifest["idleLock"], "7.2: idleLock") <= 1440:
        _damaged("7.2: idleLock")


def _check_parts(parts: list[dict[str, Any]]) -> None:
    roles = [part.get("role") for part in parts]
    if any(role not in ROLES for role in roles):
        _damaged("7.3: role")
    if any(roles.count(role) > 1 for role in ("text", "html", "original")):
        _damaged("7.3: a role twice")
    bodies = sum(role in BODIES for role in roles)
    if any(role not in BODIES for role in roles[:bodies]):
        _damaged("7.3: bodies come first")
    offset = 0
    for part in parts:
        _check_part(part)
        if part["offset"] != offset:
            _damaged("7.3: offset")
        offset += part["length"]


def _check_part(part: dict[str, Any]) -> None:
    """One entry; its integers are integers afterwards."""
    for key in ("size", "offset", "length"):
        part[key] = _integer(part.get(key), f"7.3: {key}")
    if utf16_length(_text(part.get("type"), "7.3: type")) > 255:
        _damaged("7.3: type")
    if len(_text(part.get("name", ""), "7.3: name").encode("utf-8", "surrogatepass")) > limits.MAX_NAME_BYTES:
        _damaged("7.3: name")
    _text(part.get("contentId", ""), "7.3: contentId")
    if "inline" in part and _integer(part["inline"], "7.3: inline") != 1:
        _damaged("7.3: inline")
    try:
        if len(from_base64url(_text(part.get("sha256"), "7.3: sha256"))) != 32:
            _damaged("7.3: sha256")
    except ValueError:
        _damaged("7.3: sha256")
    if part.get("encoding") == "stored":
        if part["size"] != part["length"]:
            _damaged("7.3: size of a stored part")
    elif part.get("encoding") == "deflate":
        if part["size"] > MAX_INFLATION * part["length"]:
            _damaged("7.3: size of a deflated part")
    else:
        _damaged("7.3: encoding")


def entry_of(part: dict[str, Any], content: bytes, stored: bytes, offset: int, encoding: str) -> dict[str, Any]:
    """A part's entry in the manifest, keys in the order of section 7.3."""
    entry: dict[str, Any] = {"role": part["role"]}
    if part["role"] == "attachment":
        entry["name"] = part.get("name", "")
    entry["type"] = part["type"]
    entry["size"] = len(content)
    entry |= {key: part[key] for key in ("contentId", "inline") if key in part}
    entry["sha256"] = base64url(hashlib.sha256(content).digest())
    return entry | {"offset": offset, "length": len(stored), "encoding": encoding}
