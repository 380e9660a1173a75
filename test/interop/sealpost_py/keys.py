"""Public keys and identities as text (sections 5.3 and 5.4)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from . import bech32m, chunked, hpke
from .encoding import WHITE_SPACE, base64url, from_u32, u32
from .errors import (
    DID_NOT_OPEN,
    INVALID_ARGUMENT,
    LIMIT,
    NOT_AN_ENVELOPE,
    UNSUPPORTED_VERSION,
    EnvelopeError,
    SlotDidNotOpen,
)
from .header import KEY_ID, WRAP, Kdf, binary, derivation, encode, kdf_in_range, keys_of, parse_spelled
from .passphrase import check_writable, passphrase_bytes, slot_key

PREFIX = "sealpost"
VERSION = 1
IDENTITY_LABEL = b"sealpost/v1 identity\x00"
#: What the text of an identity begins with.
IDENTITY_FRONT = {"identity": VERSION}
PRIVATE = 32
_FRONT = 11
_MAX_TIME = 2**32 - 1


@dataclass(frozen=True)
class PublicKey:
    """A public key, and the seconds between which a writer may seal to it; 0 is no limit."""

    kem: str
    start: int
    end: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The key's identifier (section 5.2)."""
        return hashlib.sha256(_number(self.kem) + self.public).digest()[:KEY_ID]

    def text(self) -> str:
        return bech32m.encode(PREFIX, bytes([VERSION]) + _number(self.kem) + u32(self.start) + u32(self.end) + self.public)

    def is_valid_at(self, seconds: int) -> bool:
        return self.start <= seconds and (self.end == 0 or seconds <= self.end)


@dataclass(frozen=True)
class Identity:
    """A key pair. That the two belong together is known of the KEMs that are covered."""

    public_key: PublicKey
    private: bytes


@dataclass(frozen=True)
class Lock:
    """How an identity's text holds the private key: readable as `secret`, or under a passphrase."""

    secret: bytes | None
    kdf: Kdf | None
    norm: str
    sealed_bytes: bytes
    wrap: bytes


@dataclass(frozen=True)
class IdentityText:
    """What an identity says to everybody who has it."""

    public_key: PublicKey
    lock: Lock


_Key = TypeVar("_Key")


def _number(kem: str) -> bytes:
    return hpke.KEMS[kem].number.to_bytes(2, "big")


def _invalid(clause: str) -> EnvelopeError:
    return EnvelopeError(INVALID_ARGUMENT, clause)


def read_public_key(text: str) -> PublicKey:
    """INVALID_ARGUMENT, or UNSUPPORTED_VERSION for another version or another KEM (section 5.3). White space around the text
    means nothing.
    """
    try:
        data = bech32m.decode(PREFIX, text.strip(WHITE_SPACE))
    except ValueError as error:
        raise _invalid(f"5.3: {error}") from None
    if data and data[0] != VERSION:
        raise EnvelopeError(UNSUPPORTED_VERSION, "5.3: version")
    kem = next((name for name in hpke.KEMS if _number(name) == data[1:3]), None)
    if kem is None and len(data) >= 3:
        raise EnvelopeError(UNSUPPORTED_VERSION, "5.3: KEM")
    if kem is None or len(data) < _FRONT:
        raise _invalid("5.3: length")
    key = PublicKey(kem, from_u32(data[3:7]), from_u32(data[7:11]), data[_FRONT:])
    _check_validity(key)
    try:
        hpke.check_public(kem, key.public)
    except hpke.InvalidKey as error:
        raise _invalid(f"5.3: {error}") from None
    return key


def _check_validity(key: PublicKey) -> None:
    if key.end and key.start > key.end:
        raise _invalid("5.3: a validity that ends before it begins")


def make_identity(start: int, end: int, private: bytes) -> Identity:
    """An identity of P-256 with that private key; `start` and `end` as in section 5.3. INVALID_ARGUMENT."""
    if not (0 <= start <= _MAX_TIME and 0 <= end <= _MAX_TIME):
        raise _invalid("5.3: seconds in four bytes")
    key = PublicKey(hpke.P256, start, end, hpke.public_of(private))
    _check_validity(key)
    return Identity(key, private)


def identity_text(identity: Identity) -> str:
    """The readable form (section 5.4)."""
    return encode({**_front(identity), "secret": base64url(identity.private)})


def sealed_identity_text(identity: Identity, passphrase: str, norm: str, kdf: Kdf, salt: bytes) -> str:
    """The form under a passphrase (section 5.4). The KDF's parameters are the caller's business."""
    return sealed_text(_front(identity), identity.private, passphrase, norm, kdf, salt)


def sealed_text(front: dict[str, Any], private: bytes, passphrase: str, norm: str, kdf: Kdf, salt: bytes) -> str:
    """An identity of any kind under a passphrase; `front` is what stands before its KDF."""
    fields = {**front, "kdf": kdf.encoded(), "norm": norm}
    key = slot_key(check_writable(passphrase, norm), kdf)
    wrap = chunked.encrypt(key, IDENTITY_LABEL + encode(fields).encode("ascii"), private, salt)
    return encode(fields | {"wrap": base64url(wrap)})


def _front(identity: Identity) -> dict[str, Any]:
    return {**IDENTITY_FRONT, "key": identity.public_key.text()}


def parse_identity(text: str) -> IdentityText:
    """One line, maybe with white space around it. INVALID_ARGUMENT, LIMIT for a KDF out of its range, and as read_public_key."""
    return IdentityText(*parse_identity_text(text, (), lambda key, _: read_public_key(key)))


def parse_identity_text(
    text: str, optional: tuple[str, ...], read_key: Callable[[str, dict[str, Any]], _Key]
) -> tuple[_Key, Lock]:
    """The same of an identity of any kind, which may have further keys behind its public key."""
    try:
        return _identity_text(parse_spelled(text.strip(WHITE_SPACE)), optional, read_key)
    except EnvelopeError as error:
        # Section 5.4 borrows the syntax of the header and of 5.1, and names no code for a text that breaks it.
        raise _invalid(f"5.4: {error.clause}") if error.code == NOT_AN_ENVELOPE else error from None


def _identity_text(
    value: Any, optional: tuple[str, ...], read_key: Callable[[str, dict[str, Any]], _Key]
) -> tuple[_Key, Lock]:
    if isinstance(value, dict) and next(iter(value), None) == "identity":
        version = value["identity"]
        if type(version) is int and version != VERSION:
            raise EnvelopeError(UNSUPPORTED_VERSION, "5.4: version")
    behind = ("secret",) if isinstance(value, dict) and "secret" in value else ("kdf", "norm", "wrap")
    further = tuple(name for name in optional if isinstance(value, dict) and name in value)
    keys_of(value, ("identity", "key", *further, *behind), (), "5.4")
    if value["identity"] != VERSION or not isinstance(value["key"], str):
        raise _invalid("5.4: identity or key")
    key = read_key(value["key"], value)
    if "secret" in value:
        return key, Lock(binary(value["secret"], "5.4: secret", PRIVATE), None, "", b"", b"")
    kdf, norm = derivation(value)
    wrap = binary(value["wrap"], "5.4: wrap", WRAP)
    if not kdf_in_range(kdf):
        raise EnvelopeError(LIMIT, "5.1: range")
    sealed_bytes = encode({name: item for name, item in value.items() if name != "wrap"}).encode("ascii")
    return key, Lock(None, kdf, norm, sealed_bytes, wrap)


def read_identity(text: str, passphrase: str | None = None) -> Identity:
    """The key pair. As parse_identity; DID_NOT_OPEN for another passphrase; INVALID_ARGUMENT where one is missing, or for keys
    that are no pair: of a KEM that is not covered nobody knows.
    """
    parsed = parse_identity(text)
    private = unlocked(parsed.lock, passphrase)
    if parsed.public_key.kem == hpke.P256 and not _is_pair(parsed.public_key, private):
        raise _invalid("5.4: the keys are no pair")
    return Identity(parsed.public_key, private)


def unlocked(lock: Lock, passphrase: str | None) -> bytes:
    """The private key. DID_NOT_OPEN for another passphrase, INVALID_ARGUMENT where one is missing."""
    if lock.secret is not None:
        return lock.secret
    if passphrase is None:
        raise _invalid("5.4: sealed, and no passphrase")
    assert lock.kdf
    try:
        key = slot_key(passphrase_bytes(passphrase, lock.norm), lock.kdf)
        return chunked.decrypt(key, IDENTITY_LABEL + lock.sealed_bytes, lock.wrap)
    except (SlotDidNotOpen, chunked.WrongCommitment, chunked.BrokenChunk):
        raise EnvelopeError(DID_NOT_OPEN, "5.4: the passphrase") from None


def _is_pair(key: PublicKey, private: bytes) -> bool:
    try:
        return hpke.public_of(private) == key.public
    except hpke.InvalidKey:
        return False


def read_identities(text: str, passphrase: str | None = None) -> list[Identity]:
    """Of a file that holds several, one in each line (section 5.4)."""
    return [read_identity(line, passphrase) for line in text.split("\n") if line.strip()]
