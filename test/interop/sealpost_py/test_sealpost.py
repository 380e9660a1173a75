"""Primitives against published vectors, and Appendix A to the last byte: `python3 -m unittest sealpost_py.test_sealpost`.

The vectors are read from the folder that SEALPOST_VECTORS names; without it their tests are skipped.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unittest
import zlib
from dataclasses import replace
from pathlib import Path

from . import bech32m, chunked, hpke, reply
from .encoding import from_base85
from .errors import EnvelopeError
from .header import Kdf, parse_header
from .keys import identity_text, read_identity, read_public_key
from .manifest import padme
from .passphrase import passphrase_bytes, slot_key
from .reader import open_envelope, payload_context, slot_context
from .text_form import file_text, find_envelope, payload_of, write_envelope
from .writer import generate_identity, make_envelope, seal_identity

_SPEC = Path(__file__).parents[3] / "spec" / "envelope-v1.md"
_VECTORS = os.environ.get("SEALPOST_VECTORS")
_CHEAP = {"name": "argon2id", "m": 8, "t": 1, "p": 1}


def _groups(name: str) -> list[dict]:
    path = Path(_VECTORS or "") / "wycheproof" / name
    return json.loads(path.read_text("utf-8"))["testGroups"]


class AppendixA(unittest.TestCase):
    """Everything that the worked example states, computed again."""

    def setUp(self) -> None:
        appendix = _SPEC.read_text("utf-8").split("## Appendix A.")[1]
        self.fences = re.findall(r"^```\n(.*?)^```", appendix, re.MULTILINE | re.DOTALL)

    def _joined(self, number: int) -> str:
        return self.fences[number].replace("\n", "")

    def test_every_value(self) -> None:
        passphrase, passphrase_hex = self.fences[0].splitlines()
        identifier, slot_bytes = bytes.fromhex(self._joined(1)), self._joined(2).encode()
        key, file_key, context = (bytes.fromhex(self._joined(number)) for number in (3, 4, 5))
        self.assertEqual(passphrase_bytes(passphrase, "words").hex(), passphrase_hex)
        data_form = self.fences[-1].encode()
        envelope = find_envelope(file_text(data_form))
        header = parse_header(envelope.header)
        slot = header.slots[0]
        assert slot.kdf
        self.assertEqual((header.id, slot.slot_bytes), (identifier, slot_bytes))
        self.assertEqual(slot_key(bytes.fromhex(passphrase_hex), slot.kdf), key)
        self.assertEqual(slot_context(identifier, slot_bytes), context)
        salt, *derived = map(bytes.fromhex, self._derivation(6))
        self.assertEqual([*chunked.derive(key, salt, context)], derived)
        wrap = bytes.fromhex(self._joined(7))
        self.assertEqual((chunked.encrypt(key, context, file_key, salt), slot.wrap), (wrap, wrap))
        self.assertEqual(header.bytes, self._joined(8).encode())
        self.assertEqual(len(header.bytes), 354)
        self.assertEqual(header.bytes[:32].hex(), self._joined(9))
        part, manifest, plaintext = bytes.fromhex(self._joined(10)), self._joined(11), bytes.fromhex(self._joined(12))
        context = payload_context(header.bytes)
        self.assertEqual((context[:32].hex(), len(context)), (self._joined(13), 374))
        salt, *derived = map(bytes.fromhex, self._derivation(14))
        self.assertEqual([*chunked.derive(file_key, salt, context)], derived)
        payload = bytes.fromhex(self._joined(15))
        self.assertEqual(chunked.encrypt(file_key, context, plaintext, salt), payload)
        self.assertEqual(from_base85(self._joined(16)), payload)
        end, end_digits = self.fences[17].splitlines()
        self.assertEqual(from_base85(end_digits).hex(), end)
        self.assertEqual(payload_of(envelope, header.bytes), payload)
        self.assertEqual(write_envelope("data", header.bytes, payload), data_form)
        opened = open_envelope(data_form, passphrase)
        self.assertEqual(opened.message.manifest_bytes.decode(), manifest)
        self.assertEqual([part.content for part in opened.message.parts], [part])

    def _derivation(self, number: int) -> list[str]:
        """Salt, key, nonce and commitment; the appendix folds nothing here but gives each its line."""
        return self.fences[number].split()


@unittest.skipUnless(_VECTORS, "SEALPOST_VECTORS names no folder")
class Published(unittest.TestCase):
    def test_chunked_encryption(self) -> None:
        tried = 0
        for group in _groups("c2sp_chunked_encryption_aes_256_gcm_test.json"):
            for case in group["tests"]:
                with self.subTest(case["tcId"], comment=case["comment"]):
                    tried += 1
                    self._chunked_case(case)
        self.assertGreater(tried, 0)

    def _chunked_case(self, case: dict) -> None:
        ciphertext = zlib.decompress(bytes.fromhex(case["ct"]))
        key, context = bytes.fromhex(case["key"]), bytes.fromhex(case["ctx"])
        if case["result"] == "invalid":
            with self.assertRaises((chunked.WrongCommitment, chunked.BrokenChunk, ValueError)):
                chunked.decrypt(key, context, ciphertext)
            return
        message = chunked.decrypt(key, context, ciphertext)
        self.assertEqual(hashlib.sha512(message).hexdigest(), case["msgSha512"])
        self.assertEqual(chunked.encrypt(key, context, message, ciphertext[: chunked.SALT]), ciphertext)

    def test_pbkdf2(self) -> None:
        tried = 0
        for group in _groups("pbkdf2_hmacsha256_test.json"):
            for case in group["tests"]:
                if case["dkLen"] != 32 or case["iterationCount"] > 100_000 or case["result"] != "valid":
                    continue
                kdf = Kdf("pbkdf2-hmac-sha256", (("c", case["iterationCount"]),), bytes.fromhex(case["salt"]))
                self.assertEqual(slot_key(bytes.fromhex(case["password"]), kdf).hex(), case["dk"])
                tried += 1
        self.assertGreater(tried, 0)


class Hpke(unittest.TestCase):
    """RFC 9180, A.3.1: the same KEM and KDF. Only the AEAD's number differs from ours."""

    PRIVATE = bytes.fromhex("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2")
    EPHEMERAL = bytes.fromhex("4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb")
    ENC = bytes.fromhex(
        "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9"
        "8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4"
    )
    SHARED_SECRET = bytes.fromhex("c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8")

    def test_kem(self) -> None:
        self.assertEqual(hpke.decapsulate("p256", self.PRIVATE, self.ENC), self.SHARED_SECRET)
        public = hpke.public_of(self.PRIVATE)
        self.assertEqual(hpke.encapsulate("p256", public, self.EPHEMERAL), (self.SHARED_SECRET, self.ENC))

    def test_export(self) -> None:
        info = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
        for context, wanted in (
            (b"", "5e9bc3d236e1911d95e65b576a8a86d478fb827e8bdfe77b741b289890490d4d"),
            (b"\0", "6cff87658931bda83dc857e6353efe4987a201b849658d9b047aab4cf216e796"),
            (b"TestContext", "d8f1ea7942adbba7412c6d431c62d01371ea476b823eb697e1f6e6cae1dab85a"),
        ):
            exported = hpke.exported(hpke.KEMS["p256"], self.SHARED_SECRET, info, context, aead=0x0001)
            self.assertEqual(exported.hex(), wanted)

    def test_export_with_psk(self) -> None:
        """A.7.2, whose KEM is not one of ours: only its number goes in here."""
        kem = hpke.Kem(0x0020, 32, 32, 32)
        secret = bytes.fromhex("024573db58c887decb4c57b6ed39f2c9a09c85600a8a0ecb11cac24c6aaec195")
        info = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
        psk = bytes.fromhex("0247fd33b913760fa1fa51e1892d9f307fbe65eb171e8132c2af18555a738b82")
        psk_id = bytes.fromhex("456e6e796e20447572696e206172616e204d6f726961")
        for context, wanted in (
            (bytes.fromhex(""), "be6c76955334376aa23e936be013ba8bbae90ae74ed995c1c6157e6f08dd5316"),
            (bytes.fromhex("00"), "1721ed2aa852f84d44ad020c2e2be4e2e6375098bf48775a533505fd56a3f416"),
            (bytes.fromhex("54657374436f6e74657874"), "7c9d79876a288507b81a5a52365a7d39cc0fa3f07e34172984f96fec07c44cba"),
        ):
            self.assertEqual(hpke.exported(kem, secret, info, context, psk=psk, psk_id=psk_id).hex(), wanted)
        with self.assertRaises(ValueError):
            hpke.exported(kem, secret, info, b"", psk=psk)

    def test_refused(self) -> None:
        compressed = b"\x02" + self.ENC[1:]
        hybrid = bytes([6 + self.ENC[-1] % 2]) + self.ENC[1:]
        off_curve = self.ENC[:-1] + bytes([self.ENC[-1] ^ 1])
        for enc in (b"", self.ENC[:-1], compressed, hybrid, off_curve, bytes(65), b"\x04" + bytes(64)):
            with self.assertRaises(hpke.InvalidKey):
                hpke.decapsulate("p256", self.PRIVATE, enc)
        for private in (bytes(32), b"\xff" * 32):
            with self.assertRaises(hpke.InvalidKey):
                hpke.public_of(private)
        with self.assertRaises(hpke.NotCovered):
            hpke.decapsulate("mlkem768-x25519", bytes(32), bytes(1120))


class Bech32m(unittest.TestCase):
    """Texts of BIP 350 whose values are whole bytes, and its invalid ones."""

    def test_valid(self) -> None:
        for prefix, text, wanted in (
            ("a", "A1LQFN3A", ""),
            ("a", "a1lqfn3a", ""),
            ("abcdef", "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx", "ffbbcdeb38bdab49ca307b9ac5a928398a418820"),
            ("?", "?1v759aa", ""),
            (
                "split",
                "split1checkupstagehandshakeupstreamerranterredcaperredlc445v",
                "c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d",
            ),
        ):
            self.assertEqual(bech32m.decode(prefix, text).hex(), wanted)
            self.assertEqual(bech32m.encode(prefix, bytes.fromhex(wanted)), text.lower())

    def test_invalid(self) -> None:
        for prefix, text in (
            ("a", "a1lqfn3q"),
            ("a", "A1lqfn3a"),
            ("b", "a1lqfn3a"),
            ("", "1xj0phk"),
            ("y", "y1b0jsk6g"),
            ("in", "in1muywd"),
            ("mm", "mm1crxm3i"),
            ("m", "M1VUXWEZ"),
            ("", ""),
            ("a", "a1lqfn3\u212a"),
        ):
            with self.assertRaises(ValueError):
                bech32m.decode(prefix, text)

    def test_one_wrong_letter(self) -> None:
        text = bech32m.encode("sealpost", bytes(range(76)))
        for position, letter in enumerate(text):
            other = "q" if letter != "q" else "p"
            with self.assertRaises(ValueError):
                bech32m.decode("sealpost", text[:position] + other + text[position + 1 :])


class Small(unittest.TestCase):
    def test_padme(self) -> None:
        for length, padded in ((8, 8), (9, 10), (100, 104), (1000, 1024), (1_000_000, 1_015_808)):
            self.assertEqual(padme(length), padded)

    def test_normalisations(self) -> None:
        for norm, typed, wanted in (
            ("opaque", " A\u3000\u00c5ngstro\u0308m ", " A \u00c5ngstr\u00f6m "),
            ("words", "--Seal\t\u2014the  POST.", "seal the post"),
            ("words", "\u039f\u0394\u039f\u03a3 \u03a3", "\u03bf\u03b4\u03bf\u03c2 \u03c3"),
            ("words", "\u0130", "i\u0307"),
            ("code", "oO-iI lL.\u00df", "001111\u00df"),
        ):
            self.assertEqual(passphrase_bytes(typed, norm).decode(), wanted)

    def test_own_envelopes(self) -> None:
        parts = [{"role": "text", "type": "text/plain"}, {"role": "attachment", "name": "\u00e9", "type": "a/b"}]
        contents = [b"hello", bytes(range(256)) * 8200]
        secrets = [
            {"passphrase": "one", "norm": "words", "kdf": _CHEAP},
            {"type": "card", "x": 1},
            {"passphrase": "two", "norm": "code", "kdf": _CHEAP},
        ]
        for form in ("html", "data"):
            options = {"form": form, "pad": True, "sign": True, "below_floor": True, "seed": 7}
            file = make_envelope({"parts": parts}, contents, secrets, **options)
            self.assertEqual(file, make_envelope({"parts": parts}, contents, secrets, **options))
            for passphrase in ("One", "t-w-o"):
                opened = open_envelope(file, passphrase)
                self.assertEqual([part.content for part in opened.message.parts], contents)
                self.assertEqual(padme(opened.plaintext_bytes), opened.plaintext_bytes)
            with self.assertRaisesRegex(EnvelopeError, "DID_NOT_OPEN"):
                open_envelope(file, "three")

    def test_own_keys(self) -> None:
        identity = generate_identity(5, 10, seed=1)
        public = identity.public_key.text()
        self.assertEqual(read_public_key(public.upper()), identity.public_key)
        message, contents = {"parts": [{"role": "text", "type": "text/plain"}]}, [b"hello"]
        secrets = [{"passphrase": "one", "norm": "words", "kdf": _CHEAP}, {"publicKey": public}]
        file = make_envelope(message, contents, secrets, below_floor=True, seed=2, now=10)
        texts = [identity_text(identity), seal_identity(identity, secrets[0], below_floor=True)]
        for text in texts:
            opened = open_envelope(file, [generate_identity(), read_identity(text, "One")])
            self.assertEqual(opened.message.parts[0].content, contents[0])
        self.assertEqual(open_envelope(file, "one").message.parts[0].content, contents[0])
        for now in (4, 11):
            with self.assertRaisesRegex(EnvelopeError, "INVALID_ARGUMENT: 5.3"):
                make_envelope(message, contents, secrets, below_floor=True, now=now)
        with self.assertRaisesRegex(EnvelopeError, "DID_NOT_OPEN"):
            open_envelope(file, [generate_identity()])
        with self.assertRaisesRegex(EnvelopeError, "DID_NOT_OPEN"):
            read_identity(texts[1], "two")
        with self.assertRaisesRegex(EnvelopeError, "INVALID_ARGUMENT: 5.4: the keys are no pair"):
            read_identity(texts[0].replace(public, generate_identity().public_key.text()))


class Replies(unittest.TestCase):
    TOKEN = reply.Token(
        reply.Proof(bytes(16), bytes(32), bytes(range(32))), ("a@b", "<\u00e9>@b"), ("reply",), 1, 2, "m@b", ("l@b",)
    )

    def test_token(self) -> None:
        private = bytes([7] * 32)
        for token in (self.TOKEN, replace(self.TOKEN, message_id=None, references=())):
            sealed = reply.seal_token(token, private, bytes(24))
            self.assertEqual(reply.open_token(sealed, private), token)
            self.assertIsNone(reply.open_token(sealed, bytes([8] * 32)))
            self.assertIsNone(reply.open_token(sealed[:-1], private))

    def test_taken(self) -> None:
        manifest = {
            "headers": {"references": ["l@b", "m@b"], "inReplyTo": "m@b"},
            "reply": {"actions": ["forward"], "to": [], "passphrase": 1, "kind": "reply"},
        }
        self.assertEqual(reply.take(self.TOKEN, manifest, 2), {"kind": "reply", "authors": ["a@b", "<\u00e9>@b"]})
        for token, now, reason in (
            (self.TOKEN, 3, "expired"),
            (replace(self.TOKEN, actions=("forward",)), 2, "kind"),
            (replace(self.TOKEN, message_id="n@b"), 2, "thread"),
            (replace(self.TOKEN, references=()), 2, "thread"),
        ):
            with self.assertRaises(EnvelopeError) as caught:
                reply.take(token, manifest, now)
            self.assertEqual((caught.exception.code, caught.exception.reason), ("REPLY_REFUSED", reason))


if __name__ == "__main__":
    unittest.main()
