"""Chunked encryption (section 3): Cobblestone-256 of c2sp.org/chunked-encryption."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 16_384
TAG = 16
SEALED_CHUNK = CHUNK + TAG
SALT = 24
PREAMBLE = 56

_LABEL = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00"


class WrongCommitment(Exception):
    """The input key, the context, the salt or the commitment is not the one of the encryption."""


class BrokenChunk(Exception):
    """The length is impossible, or a chunk does not verify."""


def hkdf_expand_sha512(prk: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869, section 2.3, with SHA-512, for a PRK of any length."""
    output, block, counter = b"", b"", 1
    while len(output) < length:
        block = hmac.digest(prk, block + info + bytes([counter]), hashlib.sha512)
        output += block
        counter += 1
    return output[:length]


def derive(input_key: bytes, salt: bytes, context: bytes) -> tuple[bytes, bytes, bytes]:
    """Key, nonce and commitment (step 2)."""
    if len(input_key) != 32:
        raise ValueError("an input key has 32 bytes")
    material = hkdf_expand_sha512(input_key, _LABEL + salt + context, 76)
    return material[:32], material[32:44], material[44:]


def _chunk_nonce(nonce: bytes, number: int) -> bytes:
    return (int.from_bytes(nonce, "big") ^ number).to_bytes(12, "big")


def is_possible_length(length: int) -> bool:
    """Whether a ciphertext can have this length: 56 + 16400 k + r with 16 <= r < 16400."""
    return length >= PREAMBLE and (length - PREAMBLE) % SEALED_CHUNK >= TAG


def encrypt(input_key: bytes, context: bytes, message: bytes, salt: bytes) -> bytes:
    key, nonce, commitment = derive(input_key, salt, context)
    cipher = AESGCM(key)
    chunks = [
        cipher.encrypt(_chunk_nonce(nonce, number), message[number * CHUNK : (number + 1) * CHUNK], None)
        for number in range(len(message) // CHUNK + 1)
    ]
    return b"".join([salt, commitment, *chunks])


def decrypt(input_key: bytes, context: bytes, ciphertext: bytes) -> bytes:
    """The message, whole. WrongCommitment before any chunk is decrypted; BrokenChunk for everything else."""
    if len(ciphertext) < PREAMBLE:
        raise BrokenChunk("shorter than a preamble")
    salt, stated = ciphertext[:SALT], ciphertext[SALT:PREAMBLE]
    key, nonce, commitment = derive(input_key, salt, context)
    if not hmac.compare_digest(stated, commitment):
        raise WrongCommitment
    if not is_possible_length(len(ciphertext)):
        raise BrokenChunk("an impossible length")
    cipher = AESGCM(key)
    try:
        return b"".join(
            cipher.decrypt(_chunk_nonce(nonce, number), chunk, None)
            for number, chunk in enumerate(_chunks(ciphertext))
        )
    except InvalidTag:
        raise BrokenChunk("a chunk does not verify") from None


def _chunks(ciphertext: bytes) -> Iterator[bytes]:
    for start in range(PREAMBLE, len(ciphertext), SEALED_CHUNK):
        yield ciphertext[start : start + SEALED_CHUNK]
