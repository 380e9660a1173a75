"""Bytes to text and back: sections 1 and 8.1."""

from __future__ import annotations

import base64
import re
import struct

#: Section 1: TAB, LF, FF, CR and SPACE, and nothing else.
WHITE_SPACE = "\t\n\f\r "

_BASE64URL = re.compile(r"[A-Za-z0-9_-]*\Z")
_DROP_WHITE_SPACE = {ord(character): None for character in WHITE_SPACE}


def u32(number: int) -> bytes:
    """Four bytes, big-endian (section 1)."""
    return struct.pack(">I", number)


def from_u32(data: bytes) -> int:
    return struct.unpack(">I", data)[0]


def without_white_space(text: str) -> str:
    return text.translate(_DROP_WHITE_SPACE)


def base64url(data: bytes) -> str:
    """RFC 4648, section 5, without padding (section 1)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """The bytes. ValueError for other characters, padding, and unused bits that are not zero (section 1)."""
    if not _BASE64URL.match(text) or len(text) % 4 == 1:
        raise ValueError("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64url(data) != text:
        raise ValueError("unused bits are not zero")
    return data


def base85(data: bytes) -> str:
    """The digits of RFC 1924's alphabet, in one line (section 8.1)."""
    return base64.b85encode(data).decode("ascii")


def from_base85(text: str) -> bytes:
    """The bytes; white space is ignored. ValueError where encoding again gives another text (section 8.1)."""
    digits = without_white_space(text)
    data = base64.b85decode(digits)
    if base85(data) != digits:
        raise ValueError("not the canonical base85")
    return data
