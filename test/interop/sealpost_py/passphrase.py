"""Passphrase to bytes (section 6), and bytes to a slot key (section 5.1)."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from argon2.low_level import Type, hash_secret_raw

from . import limits
from .errors import INVALID_ARGUMENT, EnvelopeError, SlotDidNotOpen
from .header import Kdf

#: Category Zs, as it has been since Unicode 6.3.
_ZS = "\x20\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SEPARATORS = re.compile(rf"[{_ZS}\t\n\r_.,\u2010-\u2015-]+")
_SPACES_OUTSIDE_ASCII = re.compile(rf"[{_ZS[1:]}]")
_CODE_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_CODE_DIGITS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def _normalised(text: str, norm: str) -> str:
    if norm == "opaque":
        return unicodedata.normalize("NFC", _SPACES_OUTSIDE_ASCII.sub(" ", text))
    if norm == "words":
        # str.lower is Unicode's full mapping without languages, with the rule for final sigma.
        lower = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
        return _SEPARATORS.sub(" ", lower).strip(" ")
    return _SEPARATORS.sub("", text.translate(_CODE_LETTERS)).translate(_CODE_DIGITS)


def passphrase_bytes(text: str, norm: str) -> bytes:
    """The bytes of a passphrase. SlotDidNotOpen where the rule leaves none, or more than 1,024 (section 6)."""
    try:
        data = _normalised(text, norm).encode("utf-8")
    except UnicodeEncodeError:
        raise SlotDidNotOpen from None  # not Unicode text
    if not 1 <= len(data) <= limits.MAX_PASSPHRASE_BYTES:
        raise SlotDidNotOpen
    return data


def slot_key(secret: bytes, kdf: Kdf) -> bytes:
    """The KDF's 32 bytes. The parameters must be in range."""
    if kdf.name == "pbkdf2-hmac-sha256":
        return hashlib.pbkdf2_hmac("sha256", secret, kdf.salt, kdf.number("c"), 32)
    return hash_secret_raw(
        secret,
        kdf.salt,
        time_cost=kdf.number("t"),
        memory_cost=kdf.number("m"),
        parallelism=kdf.number("p"),
        hash_len=32,
        type=Type.ID,
        version=0x13,
    )


# RFC 8264, section 9: what the FreeformClass makes of a code point, in the order of section 8.
_PVALID = set("\u00df\u03c2\u06fd\u06fe\u0f0b\u3007")
_CONTEXT = re.compile("[\u00b7\u0375\u05f3\u05f4\u30fb\u0660-\u0669\u06f0-\u06f9\u200c\u200d]")
_EXCLUDED = re.compile(
    "[\u0640\u07fa\u302e\u302f\u3031-\u3035\u303b"  # exceptions
    "\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb"  # old Hangul jamo
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"  # default-ignorable
)
_CLASSES = ("L", "N", "M", "S", "P", "Zs")


def _is_freeform(character: str) -> bool:
    if character in _PVALID or _CONTEXT.match(character):
        return True
    category = unicodedata.category(character)
    if _EXCLUDED.match(character) or category in ("Cn", "Cc"):
        return False
    return unicodedata.normalize("NFKC", character) != character or category.startswith(_CLASSES)


def check_writable(text: str, norm: str) -> bytes:
    """The bytes of a passphrase for a new envelope. INVALID_ARGUMENT for what a writer refuses (section 6)."""
    if not all(map(_is_freeform, text)):
        raise EnvelopeError(INVALID_ARGUMENT, "6: a code point that the FreeformClass disallows")
    try:
        return passphrase_bytes(text, norm)
    except SlotDidNotOpen:
        raise EnvelopeError(INVALID_ARGUMENT, "6: 1 to 1,024 bytes") from None
