"""Error codes (section 9) and the exit codes of the registry."""

from __future__ import annotations

NOT_AN_ENVELOPE = "NOT_AN_ENVELOPE"
UNSUPPORTED_VERSION = "UNSUPPORTED_VERSION"
LIMIT = "LIMIT"
DID_NOT_OPEN = "DID_NOT_OPEN"
DAMAGED = "DAMAGED"
REPLY_REFUSED = "REPLY_REFUSED"
INVALID_ARGUMENT = "INVALID_ARGUMENT"

EXIT_CODES = {
    INVALID_ARGUMENT: 2,
    NOT_AN_ENVELOPE: 3,
    UNSUPPORTED_VERSION: 4,
    LIMIT: 5,
    DID_NOT_OPEN: 6,
    DAMAGED: 7,
    REPLY_REFUSED: 9,
}


class EnvelopeError(Exception):
    """One of the codes above, and the clause of the specification that was broken; of a reply, why it may not be taken."""

    def __init__(self, code: str, clause: str, reason: str | None = None) -> None:
        super().__init__(f"{code}: {clause}")
        self.code = code
        self.clause = clause
        self.reason = reason


class SlotDidNotOpen(Exception):
    """A secret does not fit one slot; the others are tried (sections 5 and 6)."""
