"""Signatures, successors and fingerprints (section 7.4), and signing keys as text (section 5.7)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from . import bech32m, limits
from .encoding import WHITE_SPACE, base64url, from_base64url, from_u32
from .errors import INVALID_ARGUMENT, UNSUPPORTED_VERSION, EnvelopeError
from .header import Kdf, encode
from .keys import IDENTITY_FRONT, Lock, parse_identity_text, sealed_text, unlocked

PREFIX = "sealpostsign"
VERSION = 1
ED25519 = b"\x00\x01"
KEY = 32
BLOCK = 96
SIGNATURE_LABEL = b"sealpost/v1 sig\x00"
SUCCESSOR_LABEL = b"sealpost/v1 successor\x00"
FINGERPRINT_LABEL = b"sealpost/v1 fingerprint\x00"

KNOWN, SUCCESSOR, UNKNOWN = "known", "successor", "unknown"


@dataclass(frozen=True)
class SigningIdentity:
    """A key pair that signs; with the statements by which its public key was announced, oldest first."""

    seed: bytes
    predecessors: tuple[bytes, ...] = ()

    @property
    def public(self) -> bytes:
        return _private(self.seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def signed(self, message: bytes) -> bytes:
        """The public key, and the signature: 96 bytes."""
        return self.public + _private(self.seed).sign(message)


def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def signed_bytes(header_bytes: bytes, manifest: bytes) -> bytes:
    return SIGNATURE_LABEL + hashlib.sha512(header_bytes).digest() + hashlib.sha512(manifest).digest()


def signature_block(identity: SigningIdentity, header_bytes: bytes, manifest: bytes) -> bytes:
    return identity.signed(signed_bytes(header_bytes, manifest))


def verifies(block: bytes, message: bytes) -> bool:
    """Whether a public key and a signature behind it are of that message."""
    try:
        Ed25519PublicKey.from_public_bytes(block[:KEY]).verify(block[KEY:], message)
    except (InvalidSignature, ValueError):
        return False
    return True


def announce(identity: SigningIdentity, public: bytes) -> tuple[bytes, ...]:
    """The statements that lead to the next key: those of this one, and its own. Of more than eight, the last ones."""
    statement = identity.signed(SUCCESSOR_LABEL + public)
    return (*identity.predecessors, statement)[-limits.MAX_PREDECESSORS :]


def read_predecessors(value: Any) -> tuple[bytes, ...] | None:
    """The statements; None for what is no array of them, and is passed over."""
    if not isinstance(value, list) or not 1 <= len(value) <= limits.MAX_PREDECESSORS:
        return None
    try:
        statements = tuple(from_base64url(text) if isinstance(text, str) else b"" for text in value)
    except ValueError:
        return None
    return statements if all(len(statement) == BLOCK for statement in statements) else None


def standing(signer: bytes, predecessors: Any, known: Sequence[bytes]) -> str:
    """What a reader that knew these public keys says of a signer whose signature verifies."""
    if signer in known:
        return KNOWN
    # From the newest statement back, as long as each announces the key behind it.
    following = signer
    for statement in reversed(read_predecessors(predecessors) or ()):
        if not verifies(statement, SUCCESSOR_LABEL + following):
            break
        following = statement[:KEY]
        if following in known:
            return SUCCESSOR
    return UNKNOWN


def fingerprint(public: bytes) -> str:
    digest = hashlib.sha256(FINGERPRINT_LABEL + public).digest()
    return " ".join(f"{from_u32(digest[at : at + 4]) % 100_000:05}" for at in range(0, len(digest), 4))


def signing_key_text(public: bytes) -> str:
    return bech32m.encode(PREFIX, bytes([VERSION]) + ED25519 + public)


def read_signing_key(text: str) -> bytes:
    """The public key. INVALID_ARGUMENT, or UNSUPPORTED_VERSION for another version or algorithm."""
    try:
        data = bech32m.decode(PREFIX, text.strip(WHITE_SPACE))
    except ValueError as error:
        raise EnvelopeError(INVALID_ARGUMENT, f"5.7: {error}") from None
    if data and data[0] != VERSION:
        raise EnvelopeError(UNSUPPORTED_VERSION, "5.7: version")
    if len(data) >= 3 and data[1:3] != ED25519:
        raise EnvelopeError(UNSUPPORTED_VERSION, "5.7: algorithm")
    if len(data) != 3 + KEY:
        raise EnvelopeError(INVALID_ARGUMENT, "5.7: length")
    return data[3:]


def signing_identity_text(identity: SigningIdentity) -> str:
    """The readable form."""
    return encode({**_front(identity), "secret": base64url(identity.seed)})


def sealed_signing_identity_text(identity: SigningIdentity, passphrase: str, norm: str, kdf: Kdf, salt: bytes) -> str:
    """The form under a passphrase. The KDF's parameters are the caller's business."""
    return sealed_text(_front(identity), identity.seed, passphrase, norm, kdf, salt)


def _front(identity: SigningIdentity) -> dict[str, Any]:
    front: dict[str, Any] = {**IDENTITY_FRONT, "key": signing_key_text(identity.public)}
    if identity.predecessors:
        front["predecessors"] = [base64url(statement) for statement in identity.predecessors]
    return front


@dataclass(frozen=True)
class SigningIdentityText:
    """What a signing identity says to everybody who has it."""

    public: bytes
    predecessors: tuple[bytes, ...]
    lock: Lock


def parse_signing_identity(text: str) -> SigningIdentityText:
    """INVALID_ARGUMENT, LIMIT for a KDF out of its range, and as read_signing_key."""
    (public, predecessors), lock = parse_identity_text(text, ("predecessors",), _signing_key_and_predecessors)
    return SigningIdentityText(public, predecessors, lock)


def _signing_key_and_predecessors(text: str, value: dict[str, Any]) -> tuple[bytes, tuple[bytes, ...]]:
    public = read_signing_key(text)
    if "predecessors" not in value:
        return public, ()
    predecessors = read_predecessors(value["predecessors"])
    if predecessors is None or not verifies(predecessors[-1], SUCCESSOR_LABEL + public):
        raise EnvelopeError(INVALID_ARGUMENT, "5.7: predecessors")
    return public, predecessors


def read_signing_identity(text: str, passphrase: str | None = None) -> SigningIdentity:
    """As parse_signing_identity; DID_NOT_OPEN for another passphrase; INVALID_ARGUMENT where one is missing, or for keys that are
    no pair.
    """
    parsed = parse_signing_identity(text)
    identity = SigningIdentity(unlocked(parsed.lock, passphrase), parsed.predecessors)
    if identity.public != parsed.public:
        raise EnvelopeError(INVALID_ARGUMENT, "5.4: the keys are no pair")
    return identity
