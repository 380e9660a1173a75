"""HPKE (RFC 9180) in modes Base and PSK, with HKDF-SHA256 and the export-only AEAD, over DHKEM(P-256, HKDF-SHA256) alone (sections 5.2, 5.5)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass(frozen=True)
class Kem:
    """A row of the table in section 5.2: its number in IANA's registry, and lengths in bytes."""

    number: int
    public: int
    private: int
    enc: int


KEMS = {
    "p256": Kem(0x0010, 65, 32, 65),
    "mlkem768-x25519": Kem(0x647A, 1_216, 32, 1_120),
}
P256 = "p256"

_EXPORT_ONLY = 0xFFFF
_HKDF_SHA256 = 0x0001
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class InvalidKey(Exception):
    """Bytes that are no public key, no private key or no encapsulation of their KEM."""


class NotCovered(Exception):
    """A KEM that this implementation knows by its lengths alone."""


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _labeled_extract(suite: bytes, salt: bytes, label: bytes, key: bytes) -> bytes:
    return _hmac(salt or bytes(32), b"HPKE-v1" + suite + label + key)


def _labeled_expand(suite: bytes, prk: bytes, label: bytes, info: bytes) -> bytes:
    """RFC 9180, section 4, for 32 bytes: one round of HKDF-Expand with SHA-256."""
    return _hmac(prk, (32).to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\x01")


def _kem_suite(number: int) -> bytes:
    return b"KEM" + number.to_bytes(2, "big")


def exported(
    kem: Kem,
    shared_secret: bytes,
    info: bytes,
    context: bytes,
    aead: int = _EXPORT_ONLY,
    psk: bytes = b"",
    psk_id: bytes = b"",
) -> bytes:
    """32 bytes of Context.Export: the key schedule of RFC 9180, section 5.1, and section 5.3. With a PSK in mode PSK."""
    if bool(psk) != bool(psk_id):
        raise ValueError("a PSK without its identifier, or the other way round")
    suite = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (kem.number, _HKDF_SHA256, aead))
    psk_id_hash = _labeled_extract(suite, b"", b"psk_id_hash", psk_id)
    info_hash = _labeled_extract(suite, b"", b"info_hash", info)
    secret = _labeled_extract(suite, shared_secret, b"secret", psk)
    mode = b"\x01" if psk else b"\x00"
    exporter_secret = _labeled_expand(suite, secret, b"exp", mode + psk_id_hash + info_hash)
    return _labeled_expand(suite, exporter_secret, b"sec", context)


def _private_key(private: bytes) -> ec.EllipticCurvePrivateKey:
    scalar = int.from_bytes(private, "big")
    if len(private) != 32 or not 1 <= scalar < _ORDER:
        raise InvalidKey("a scalar out of its range")
    return ec.derive_private_key(scalar, ec.SECP256R1())


def _point(public: bytes) -> ec.EllipticCurvePublicKey:
    if len(public) != 65 or public[0] != 4:
        raise InvalidKey("not an uncompressed point")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    except ValueError:
        raise InvalidKey("not a point of the curve") from None


def _serialised(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_of(private: bytes) -> bytes:
    """The public key of a private key of P-256. InvalidKey."""
    return _serialised(_private_key(private).public_key())


def new_private(fresh: Callable[[int], bytes]) -> bytes:
    """A private key of P-256: the first of the random numbers that is in its range."""
    while not 1 <= int.from_bytes(private := fresh(32), "big") < _ORDER:
        pass
    return private


def check_public(kem: str, public: bytes) -> None:
    """InvalidKey. Of a KEM that is not covered only the length is looked at."""
    if len(public) != KEMS[kem].public:
        raise InvalidKey("another length")
    if kem == P256:
        _point(public)


def _shared_secret(key: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey, kem_context: bytes) -> bytes:
    """ExtractAndExpand of RFC 9180, section 4.1. Curves of prime order have no shared point that is zero."""
    suite = _kem_suite(KEMS[P256].number)
    prk = _labeled_extract(suite, b"", b"eae_prk", key.exchange(ec.ECDH(), other))
    return _labeled_expand(suite, prk, b"shared_secret", kem_context)


def encapsulate(kem: str, public: bytes, ephemeral: bytes, forged: bytes | None = None) -> tuple[bytes, bytes]:
    """Shared secret and `enc`, with the ephemeral private key given; with `forged`, as if it were spelled so. InvalidKey,
    NotCovered.
    """
    if kem != P256:
        raise NotCovered(kem)
    key = _private_key(ephemeral)
    enc = forged or _serialised(key.public_key())
    return _shared_secret(key, _point(public), enc + public), enc


def decapsulate(kem: str, private: bytes, enc: bytes) -> bytes:
    """The shared secret. InvalidKey for an `enc` that does not decapsulate, NotCovered."""
    if kem != P256:
        raise NotCovered(kem)
    key = _private_key(private)
    return _shared_secret(key, _point(enc), enc + _serialised(key.public_key()))
