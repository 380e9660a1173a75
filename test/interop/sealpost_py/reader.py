"""Opening an envelope: sections 5, 7 and 9 put in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import chunked, hpke, limits, reply
from .answers import Answers, answer_bytes
from .errors import DAMAGED, DID_NOT_OPEN, EnvelopeError, SlotDidNotOpen
from .header import Header, Kdf, Slot, parse_header
from .keys import Identity
from .manifest import Plaintext, read_plaintext
from .passphrase import passphrase_bytes, slot_key
from .signing import KEY, signed_bytes, standing, verifies
from .text_form import Envelope, file_text, find_envelope, payload_of

SLOT_LABEL = b"sealpost/v1 slot\x00"
PAYLOAD_LABEL = b"sealpost/v1 payload\x00"
KEY_LABEL = b"sealpost/v1 key"
REPLY_LABEL = b"sealpost/v1 reply"


@dataclass(frozen=True)
class Opened:
    """An opened message, and the slot that opened it. `token` where that is a reply's, and an identity opened it: whether the
    reply may be taken, reply.py knows.
    """

    envelope: Envelope
    header: Header
    message: Plaintext
    plaintext_bytes: int
    slot: Slot
    token: reply.Token | None

    @property
    def signer(self) -> bytes | None:
        """The public key of whoever signed."""
        return self.message.signature[:KEY] or None

    def standing(self, known: Sequence[bytes]) -> str | None:
        """What a reader that knew these signing keys says of whoever signed; None where nobody did (section 7.4)."""
        signer = self.signer
        return None if signer is None else standing(signer, self.message.manifest.get("predecessors"), known)


def slot_context(identifier: bytes, slot_bytes: bytes) -> bytes:
    """Section 5."""
    return SLOT_LABEL + identifier + slot_bytes


def slot_key_of(kem: str, shared_secret: bytes, identifier: bytes, key: bytes) -> bytes:
    """The slot key of section 5.2, from what the KEM gave; `key` is the key's identifier."""
    return hpke.exported(hpke.KEMS[kem], shared_secret, KEY_LABEL + b"\x00" + identifier + key, KEY_LABEL)


def reply_slot_key_of(kem: str, shared_secret: bytes, proof: reply.Proof) -> bytes:
    """The slot key of section 5.5, for the slot of a reply."""
    info = REPLY_LABEL + b"\x00" + proof.header
    return hpke.exported(hpke.KEMS[kem], shared_secret, info, KEY_LABEL, psk=proof.psk, psk_id=proof.id)


def payload_context(header_bytes: bytes) -> bytes:
    """Section 7."""
    return PAYLOAD_LABEL + header_bytes


def look(data: bytes) -> tuple[Envelope, Header]:
    """What shows without a key: all that NOT_AN_ENVELOPE, UNSUPPORTED_VERSION and LIMIT of the header can refuse."""
    envelope = find_envelope(file_text(data))
    return envelope, parse_header(envelope.header)


def open_envelope(
    data: bytes, secret: str | Answers | Sequence[Identity], max_bytes: int = limits.MAX_MESSAGE_BYTES
) -> Opened:
    """The message, verified whole, opened with a passphrase, with answers or with identities. NotCovered where a slot names one of these
    and only a KEM that is not covered could tell what comes of it.

    Precedence, from section 9: the header first, then its limits, then the slots, and only with the file
    key what is damaged; so a change that reaches a slot is DID_NOT_OPEN although the end block differs too.
    """
    envelope, header = look(data)
    if isinstance(secret, (str, Answers)):
        unlocked = _open_slot(header, secret)
    else:
        unlocked = _open_slot_for_identities(header, secret)
    if unlocked is None:
        raise EnvelopeError(DID_NOT_OPEN, "5: no slot opened")
    file_key, slot, token = unlocked
    payload = payload_of(envelope, header.bytes)
    try:
        plaintext = chunked.decrypt(file_key, payload_context(header.bytes), payload)
    except chunked.WrongCommitment:
        raise EnvelopeError(DAMAGED, "7: commitment") from None
    except chunked.BrokenChunk:
        raise EnvelopeError(DAMAGED, "3: payload") from None
    message = read_plaintext(plaintext, max_bytes)
    if message.signature and not verifies(message.signature, signed_bytes(header.bytes, message.manifest_bytes)):
        raise EnvelopeError(DAMAGED, "7.4: signature")
    return Opened(envelope, header, message, len(plaintext), slot, token)


#: File key, slot, and the token of a reply.
_Unlocked = tuple[bytes, Slot, "reply.Token | None"]


def _open_slot(header: Header, secret: str | Answers) -> _Unlocked | None:
    questions = header.face.get("questions", [])
    if isinstance(secret, Answers) and (not questions or len(questions) != len(secret.answers)):
        return None
    wanted = "passphrase" if isinstance(secret, str) else "answer"
    keys: dict[tuple[Kdf, str], bytes | None] = {}
    for slot in header.slots:
        if slot.type != wanted or slot.kdf is None or slot.norm is None:
            continue
        pair = (slot.kdf, slot.norm)
        if pair not in keys:
            keys[pair] = _derived(secret, *pair)
        key = keys[pair]
        file_key = key and _unwrapped(key, header.id, slot)
        if file_key:
            return file_key, slot, None
    return None


def _open_slot_for_identities(header: Header, identities: Sequence[Identity]) -> _Unlocked | None:
    """The first slot that opens."""
    for slot in header.slots:
        for identity in identities:
            if slot.kem != identity.public_key.kem or slot.key != identity.public_key.id:
                continue
            token = None if slot.token is None else reply.open_token(slot.token, identity.private)
            if slot.token is not None and token is None:
                continue
            key = _key_for(slot, header.id, identity, token)
            file_key = key and _unwrapped(key, header.id, slot)
            if file_key:
                return file_key, slot, token
    return None


def _key_for(slot: Slot, identifier: bytes, identity: Identity, token: reply.Token | None) -> bytes | None:
    """The slot key, where `enc` decapsulates (sections 5.2, 5.5). The slot names this key and its KEM."""
    assert slot.kem
    try:
        shared_secret = hpke.decapsulate(slot.kem, identity.private, slot.enc)
    except hpke.InvalidKey:
        return None
    if token:
        return reply_slot_key_of(slot.kem, shared_secret, token.proof)
    return slot_key_of(slot.kem, shared_secret, identifier, slot.key)


def _derived(secret: str | Answers, kdf: Kdf, norm: str) -> bytes | None:
    try:
        data = passphrase_bytes(secret, norm) if isinstance(secret, str) else answer_bytes(secret, norm)
        return slot_key(data, kdf)
    except SlotDidNotOpen:
        return None


def _unwrapped(key: bytes, identifier: bytes, slot: Slot) -> bytes | None:
    try:
        return chunked.decrypt(key, slot_context(identifier, slot.slot_bytes), slot.wrap)
    except (chunked.WrongCommitment, chunked.BrokenChunk):
        return None
