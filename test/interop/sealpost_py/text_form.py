"""The two forms of the file: finding header and blocks in a text, and writing them (section 8)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from .chunked import PREAMBLE, SEALED_CHUNK
from .encoding import WHITE_SPACE, base85, from_base85, from_u32, u32, without_white_space
from .errors import DAMAGED, NOT_AN_ENVELOPE, UNSUPPORTED_VERSION, EnvelopeError

CHUNKS_PER_BLOCK = 64
END_DIGITS = 15
_END_BYTES = 12

_HEADER_TAG = '<script type="application/vnd.sealpost.header+json" id="sealpost-header">'
_PAYLOAD_TAG = '<script type="application/vnd.sealpost.payload" id="sealpost-payload-{}">'
_CLOSE = "</script>"
_HEADER_START = re.compile("^" + re.escape(_HEADER_TAG), re.MULTILINE)
# A line that begins like a block's start tag is a block, whatever follows; under a name that no block has it is misplaced.
_BLOCK_START = re.compile(
    "^" + re.escape(_PAYLOAD_TAG.partition("{")[0]) + r'(?:(0|[1-9][0-9]*|end)">)?', re.MULTILINE
)
_FIRST_LINE = re.compile(r"[\t\n\f\r ]*sealpost/(0|[1-9][0-9]*)[\t\f ]*(?:\n|\Z)")
_WHITE_LINES = re.compile(r"\n(?:[\t\f ]*\n)+")
_HEADER_LINE = 900
_PAYLOAD_LINE = 985


@dataclass(frozen=True)
class Envelope:
    """What stands in the file: still text, nothing decoded. `fault` is the first broken rule of the payload's text."""

    form: str
    header: str
    blocks: tuple[str, ...]
    end: str | None
    fault: str | None


def file_text(data: bytes) -> str:
    """The text of a file, after what transport does to text (section 8.4). Lines end in LF."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    elif data[:1] == b"\0":
        text = data.decode("utf-16-be", "replace")
    elif data[1:2] == b"\0":
        text = data.decode("utf-16-le", "replace")
    else:
        text = data.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def find_envelope(text: str) -> Envelope:
    """Header and blocks of either form. NOT_AN_ENVELOPE, or UNSUPPORTED_VERSION by the data form's first line."""
    first = _FIRST_LINE.match(text)
    if not first:
        return _find_in_html(text)
    if first[1] != "1":
        raise EnvelopeError(UNSUPPORTED_VERSION, "8.2: first line")
    return _find_in_data_form(text[first.end() :])


def _find_in_data_form(rest: str) -> Envelope:
    header, *blocks = _WHITE_LINES.split(rest.strip(WHITE_SPACE))
    if any(block.lstrip(WHITE_SPACE).startswith('{"') for block in blocks):
        raise EnvelopeError(NOT_AN_ENVELOPE, "8.2: a second header")
    if not blocks or len(without_white_space(blocks[-1])) != END_DIGITS:
        return Envelope("data", header, tuple(blocks), None, "8.2: cut off")
    return Envelope("data", header, tuple(blocks[:-1]), blocks[-1], None)


def _find_in_html(text: str) -> Envelope:
    # A header's start tag counts wherever it stands, in the text of another element too.
    headers = list(_HEADER_START.finditer(text))
    if len(headers) != 1:
        raise EnvelopeError(NOT_AN_ENVELOPE, "8.3: no header, or more than one")
    header = _element_text(text, headers[0].end())
    if header is None:
        raise EnvelopeError(NOT_AN_ENVELOPE, "8.3: the header is not closed")
    names: list[str | None] = []
    blocks: list[str] = []
    position = 0
    while tag := _BLOCK_START.search(text, position):
        block = _element_text(text, tag.end())
        if block is None:
            return Envelope("html", header, tuple(blocks), None, "8.3: a block is not closed")
        if tag.start() < headers[0].start():
            return Envelope("html", header, tuple(blocks), None, "8.3: a block before the header")
        names.append(tag[1])
        blocks.append(block)
        position = tag.end() + len(block)
    if names != [*map(str, range(len(names) - 1)), "end"]:
        return Envelope("html", header, tuple(blocks), None, "8.3: a block is doubled, missing or misplaced")
    return Envelope("html", header, tuple(blocks[:-1]), blocks[-1], None)


def _element_text(text: str, start: int) -> str | None:
    """What stands between a start tag's end and the next end tag; None where the element is not closed."""
    close = text.find(_CLOSE, start)
    return None if close < 0 else text[start:close]


def _block_length(number: int) -> int:
    return CHUNKS_PER_BLOCK * SEALED_CHUNK + (PREAMBLE if number == 0 else 0)


def payload_of(envelope: Envelope, header_bytes: bytes) -> bytes:
    """The payload's bytes, after every check that needs no key. DAMAGED (sections 8.1 to 8.3)."""
    if envelope.fault or envelope.end is None:
        raise EnvelopeError(DAMAGED, envelope.fault or "8.1: no end block")
    try:
        blocks = [from_base85(block) for block in envelope.blocks]
        end = from_base85(envelope.end)
    except ValueError:
        raise EnvelopeError(DAMAGED, "8.1: base85") from None
    if len(end) != _END_BYTES:
        raise EnvelopeError(DAMAGED, "8.1: end block")
    if from_u32(end[:4]) != len(blocks):
        raise EnvelopeError(DAMAGED, "8.1: number of blocks")
    if end[4:] != hashlib.sha256(header_bytes).digest()[:8]:
        raise EnvelopeError(DAMAGED, "8.1: the end block is of another header")
    for number, block in enumerate(blocks[:-1]):
        if len(block) != _block_length(number):
            raise EnvelopeError(DAMAGED, "8.1: length of a block")
    if blocks and not 0 < len(blocks[-1]) < _block_length(len(blocks) - 1):
        raise EnvelopeError(DAMAGED, "8.1: length of the last block")
    return b"".join(blocks)


def _blocks(payload: bytes) -> list[bytes]:
    first = _block_length(0)
    size = _block_length(1)
    return [payload[:first], *(payload[start : start + size] for start in range(first, len(payload), size))]


def _header_lines(header_bytes: bytes) -> str:
    text = header_bytes.decode("ascii")
    lines = (text[start : start + _HEADER_LINE] for start in range(0, len(text), _HEADER_LINE))
    return "\n".join(f" {line}" if line.startswith(".") else line for line in lines)


def _payload_lines(block: bytes) -> str:
    """Lines of 985 digits, with a line feed inside every `<!` (section 8.1)."""
    digits = base85(block)
    lines = (digits[start : start + _PAYLOAD_LINE] for start in range(0, len(digits), _PAYLOAD_LINE))
    return "\n".join(line.replace("<!", "<\n!") for line in lines)


def write_envelope(form: str, header_bytes: bytes, payload: bytes) -> bytes:
    """The file in the form `data` or `html`. The page has no code: it opens in a reader, not in a browser."""
    blocks = _blocks(payload)
    header = _header_lines(header_bytes)
    texts = [_payload_lines(block) for block in blocks]
    end = base85(u32(len(blocks)) + hashlib.sha256(header_bytes).digest()[:8])
    if form == "data":
        return ("sealpost/1\n" + "\n\n".join([header, *texts, end]) + "\n").encode("ascii")
    elements = [f"{_HEADER_TAG}\n{header}\n{_CLOSE}"]
    names = [*map(str, range(len(texts))), "end"]
    for name, text in zip(names, [*texts, end], strict=True):
        elements.append(f"{_PAYLOAD_TAG.format(name)}\n{text}\n{_CLOSE}")
    head = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Sealed message</title>\n</head>'
    body = "<p>This envelope has no code. Open it with a Sealpost reader.</p>"
    return "\n".join([head, "<body>", body, *elements, "</body>", "</html>", ""]).encode("ascii")
