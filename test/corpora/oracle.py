"""What Python's standard library makes of raw mails: the second opinion for corpora.test.ts.

Usage: /usr/bin/python3 oracle.py FILE...   prints one line of JSON per file:
  {"leaves": [{"type", "sha256"}], "texts": [...], "htmls": [...]}

`email` decides the tree, the headers and the charsets. The bytes of a leaf are a slice of the source file, found there
again, since `email` rewrites line ends when it decodes or prints; binascii and quopri decode them.
"""

import binascii
import email.feedparser
import email.message
import email.policy
import hashlib
import json
import quopri
import re
import sys

# Labels under which browsers and mail programs understand another charset than Python does (Encoding Standard, 4.2).
CODECS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "gb2312": "gbk",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
}


class LeafMessage(email.message.Message):
    """A message in whose tree a mail within the mail is a leaf, its bytes unread."""

    def real_type(self):
        return super().get_content_type()

    def source_bytes(self):
        # Not get_payload(): it decodes what is not ASCII.
        return self._payload.encode("ascii", "surrogateescape")

    def get_content_type(self):
        kind = super().get_content_type()
        return "application/x-leaf" if kind.startswith("message/") else kind

    def get_content_maintype(self):
        return self.get_content_type().partition("/")[0]


def parse(source):
    # Not message_from_bytes: that reads through a text file object, which turns CRLF into LF.
    parser = email.feedparser.BytesFeedParser(LeafMessage, policy=email.policy.compat32)
    parser.feed(source)
    return parser.close()


def decode(body, encoding):
    encoding = encoding.strip().lower().split(";")[0].split("(")[0].strip()
    if encoding == "base64":
        clean = re.sub(rb"[^A-Za-z0-9+/=]", b"", body)
        try:
            return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
        except binascii.Error:
            return binascii.a2b_base64(clean[: len(clean) // 4 * 4])
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return decode_uu(body)
    return body


def decode_uu(body):
    lines = iter(body.splitlines())
    for line in lines:
        if line.startswith(b"begin "):
            break
    out = []
    for line in lines:
        if line.strip() == b"end":
            break
        if line:
            # As the uu module does: some encoders write lines that are longer than they say.
            out.append(binascii.a2b_uu(line[: (((line[0] - 32) & 63) * 4 + 5) // 3 + 1]))
    return b"".join(out)


def text_of(data, charset):
    label = (charset or "ascii").strip("\"' ").lower()
    for codec in (CODECS.get(label, label), "utf-8", "cp1252"):
        try:
            return data.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def report(file):
    with open(file, "rb") as handle:
        source = handle.read()
    # What stands in front of a mail: a byte order mark, blank lines.
    start = 3 if source.startswith(b"\xef\xbb\xbf") else 0
    while source[start : start + 1] in (b"\r", b"\n"):
        start += 1
    source = source[start:]

    leaves, texts, htmls = [], [], []
    for part in parse(source).walk():
        if part.is_multipart():
            continue
        body = part.source_bytes()
        at = source.find(body)
        assert at >= 0, "a payload that is no slice of its source"
        data = decode(source[at : at + len(body)], str(part.get("content-transfer-encoding", "")))
        kind = part.real_type()
        leaves.append({"type": kind, "sha256": hashlib.sha256(data).hexdigest()})
        if part.get_content_disposition() != "attachment" and kind in ("text/plain", "text/html"):
            text = text_of(data, part.get_content_charset())
            (texts if kind == "text/plain" else htmls).append(text)
    return {"leaves": leaves, "texts": texts, "htmls": htmls}


for path in sys.argv[1:]:
    print(json.dumps(report(path)))
