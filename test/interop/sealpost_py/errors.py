"""Error codes (section 9) and the exit codes of the registry."""

from __future__ import annotations

NOT_AN_ENVELOPE = "NOT_AN_ENVELOPE"
UNSUPPORTED_VERSION = "UNSUPPORTED_VERSION"
LIMIT = "LIMIT"
DID_NOT_OPEN = "DID_NOT_OPEN"
DAMAGED = "DAMAGED"
INVALID_ARGUMENT = "INVALID_ARGUMENT"

EXIT_CODES = {
    INVALID_ARGUMENT: 2,
    NOT_AN_ENVELOPE: 3,
    UNSUPPORTED_VERSION: 4,
    LIMIT: 5,
    DID_NOT_OPEN: 6,
    DAMAGED: 7,
}


class EnvelopeError(Exception):
    """One of the codes above, and the clause of the specification that was broken."""

    def __init__(self, code: str, clause: str) -> None:
        super().__init__(f"{code}: {clause}")
        self.code = code
        self.clause = clause


class SlotDidNotOpen(Exception):
    """A secret does not fit one slot; the others are tried (sections 5 and 6)."""
