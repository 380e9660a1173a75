"""Bech32m (BIP 350) of whole bytes, without BIP 173's limit of 90 characters (section 5.3)."""

from __future__ import annotations

from collections.abc import Iterable

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CONSTANT = 0x2BC830A3
_CHECKSUM = 6


def _polymod(values: Iterable[int]) -> int:
    remainder = 1
    for value in values:
        top = remainder >> 25
        remainder = (remainder & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                remainder ^= generator
    return remainder


def _expanded(prefix: str) -> list[int]:
    return [ord(character) >> 5 for character in prefix] + [0] + [ord(character) & 31 for character in prefix]


def encode(prefix: str, data: bytes) -> str:
    """The text, in lower case."""
    bits = len(data) * 8
    length = -(-bits // 5)
    number = int.from_bytes(data, "big") << (length * 5 - bits)
    values = [number >> 5 * place & 31 for place in reversed(range(length))]
    remainder = _polymod([*_expanded(prefix), *values, *[0] * _CHECKSUM]) ^ _CONSTANT
    values += [remainder >> 5 * place & 31 for place in reversed(range(_CHECKSUM))]
    return f"{prefix}1{''.join(_ALPHABET[value] for value in values)}"


def decode(prefix: str, text: str) -> bytes:
    """The bytes. ValueError for another prefix, both cases, a wrong checksum, and padding that is not 0 to 4 zero bits."""
    if not text.isascii() or text not in (text.lower(), text.upper()):
        raise ValueError("letters of both cases, or of another alphabet")
    start, _, rest = text.lower().rpartition("1")
    if start != prefix or len(rest) < _CHECKSUM:
        raise ValueError("another prefix, or no checksum")
    values = [_ALPHABET.index(character) for character in rest]
    if _polymod([*_expanded(prefix), *values]) != _CONSTANT:
        raise ValueError("checksum")
    values = values[:-_CHECKSUM]
    number = 0
    for value in values:
        number = number << 5 | value
    padding = len(values) * 5 % 8
    if padding > 4 or number & (1 << padding) - 1:
        raise ValueError("padding")
    return (number >> padding).to_bytes(len(values) * 5 // 8, "big")
