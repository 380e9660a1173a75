"""Answers to bytes (section 6.1)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from . import limits
from .encoding import u32
from .errors import INVALID_ARGUMENT, EnvelopeError, SlotDidNotOpen
from .passphrase import passphrase_bytes

ANSWERS = "answers"
WITH_CODE = "answers-code"

#: Bits of one character of a generated code.
_CODE_BITS = 5
_CODE_ALPHABET = frozenset(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_KEPT = ("L", "N")
#: Letters to Unicode; a hyphen and apostrophes to who types them.
_FILLERS = "\u0640\u02bb\u02bc"


@dataclass(frozen=True)
class Answers:
    """What is typed for the questions of a face, in their order, and the code that was told on another way."""

    answers: tuple[str, ...]
    code: str | None = None

    @property
    def norm(self) -> str:
        """Of a slot that is made for them."""
        return ANSWERS if self.code is None else WITH_CODE


def normalised(answer: str) -> str:
    """What is left of one answer. Half a surrogate pair is of category Cs, and so is not."""
    kept = (character for character in unicodedata.normalize("NFKD", answer) if _is_kept(character))
    # str.upper and str.lower are Unicode's full mappings without languages.
    lower = "".join(kept).lower().upper().lower().replace("\u03c2", "\u03c3")
    return unicodedata.normalize("NFKC", lower)


def _is_kept(character: str) -> bool:
    return unicodedata.category(character).startswith(_KEPT) and character not in _FILLERS


def _bounded(data: bytes) -> bytes:
    if not 1 <= len(data) <= limits.MAX_PASSPHRASE_BYTES:
        raise SlotDidNotOpen
    return data


def answer_bytes(typed: Answers, norm: str) -> bytes:
    """What is derived from. SlotDidNotOpen where too little or too much is left of an answer or of the code, or this is missing."""
    pieces = [_bounded(normalised(answer).encode("utf-8")) for answer in typed.answers]
    if norm == WITH_CODE:
        if typed.code is None:
            raise SlotDidNotOpen
        pieces.append(passphrase_bytes(typed.code, "code"))
    return b"".join(u32(len(piece)) + piece for piece in pieces)


def check_answers(typed: Answers, face: dict[str, object], insists: bool) -> bytes:
    """The bytes of answers for a new envelope. INVALID_ARGUMENT for others than the face asks for, for what this Unicode version does
    not know, and unless the caller insists for a code below its floor, or none (section 5.6).
    """
    questions = face.get("questions")
    if not isinstance(questions, list) or len(questions) != len(typed.answers):
        raise EnvelopeError(INVALID_ARGUMENT, "5.6: an answer for each question of the face")
    if any(unicodedata.category(character) == "Cn" for answer in typed.answers for character in answer):
        raise EnvelopeError(INVALID_ARGUMENT, "6.1: a code point that is not known")
    try:
        data = answer_bytes(typed, typed.norm)
        if not insists and _code_bits(typed.code) < limits.MIN_CODE_BITS:
            raise EnvelopeError(INVALID_ARGUMENT, "5.6: a code of 50 bits")
    except SlotDidNotOpen:
        raise EnvelopeError(INVALID_ARGUMENT, "6.1: 1 to 1,024 bytes") from None
    return data


def _code_bits(code: str | None) -> int:
    """Of a code as it is generated; of another nobody knows how many it has."""
    data = b"" if code is None else passphrase_bytes(code, "code")
    return _CODE_BITS * len(data) if _CODE_ALPHABET.issuperset(data) else 0
