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

from . import bech32m, chunked, hpke, reply, signing
from .answers import Answers, answer_bytes, normalised
from .encoding import from_base85
from .errors import EnvelopeError, SlotDidNotOpen
from .header import Kdf, parse_header
from .keys import identity_text, read_identity, read_public_key
from .manifest import padme
from .passphrase import passphrase_bytes, slot_key
from .reader import open_envelope, payload_context, slot_context
from .text_form import file_text, find_envelope, payload_of, write_envelope
from .writer import generate_identity, generate_signing_identity, make_envelope, seal_identity, seal_signing_identity

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


class AnswersToBytes(unittest.TestCase):
    """Section 6.1."""

    def test_normalised(self) -> None:
        for typed, left in (
            ("Caf\u00e9 M\u00fcller, 12!", "cafemuller12"),
            ("Stra\u00dfe", "strasse"),
            ("\u0130I\u0131i", "iiii"),
            ("\u039f\u0394\u039f\u03a3 \u03a3", "\u03bf\u03b4\u03bf\u03c3\u03c3"),
            ("\ufb01 \u2167 \u00bd \uff21", "fiviii12a"),
            ("\u1109\u1165", "\uc11c"),
            ("\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f", "\u0645\u062d\u0645\u062f"),
            ("\ud800a\U0001f436\u200b", "a"),
            (" -\u0301", ""),
        ):
            self.assertEqual(normalised(typed), left)

    def test_bytes(self) -> None:
        typed = Answers(("Ab", "\u00e9"), "o-1")
        self.assertEqual(answer_bytes(typed, "answers").hex(), "000000026162" "0000000165")
        self.assertEqual(answer_bytes(typed, "answers-code").hex(), "000000026162" "0000000165" "000000023031")
        self.assertEqual(len(answer_bytes(Answers(("\u00e9" * 1024,)), "answers")), 1028)
        for wrong in (Answers(("",)), Answers(("a", "-")), Answers(("a" * 1025,)), Answers(("a",), "-"), Answers(("a",))):
            with self.assertRaises(SlotDidNotOpen):
                answer_bytes(wrong, "answers-code")

    def test_own_envelopes(self) -> None:
        message, contents = {"parts": [{"role": "text", "type": "text/plain"}]}, [b"hello"]
        face = {"questions": ["Where?", "When?"]}
        typed = {"answers": ["Berlin", "1968"], "kdf": _CHEAP}
        secrets = [
            {"passphrase": "one", "norm": "words", "kdf": _CHEAP},
            typed | {"code": "0123-4567-89AB"},
        ]
        file = make_envelope(message, contents, secrets, face=face, below_floor=True)
        for secret in ("one", Answers(("berlin!", "1968"), "ol234567 89ab")):
            self.assertEqual(open_envelope(file, secret).message.parts[0].content, contents[0])
        for answers, code in ((["Berlin", "1968"], None), (["Berlin"], "0123456789AB"), (["1968", "Berlin"], "0123456789AB")):
            with self.assertRaisesRegex(EnvelopeError, "DID_NOT_OPEN"):
                open_envelope(file, Answers(tuple(answers), code))
        weak = make_envelope(message, contents, [typed | {"weak": True}], face=face, below_floor=True)
        open_envelope(weak, Answers(("Berlin", "1968"), "not wanted"))
        for secret, asked in (
            (typed, face),
            (typed | {"code": "012345678"}, face),
            (typed | {"code": "0123456789\u00e9"}, face),
            (secrets[1], {"questions": ["Where?"]}),
            (secrets[1], {}),
            (secrets[1] | {"answers": ["-", "1968"]}, face),
            (secrets[1] | {"answers": ["Berlin\u0378", "1968"]}, face),
        ):
            with self.assertRaisesRegex(EnvelopeError, "INVALID_ARGUMENT: (5.6|6.1)"):
                make_envelope(message, contents, [secret], face=asked, below_floor=True)


class Signing(unittest.TestCase):
    """Sections 5.7 and 7.4."""

    def setUp(self) -> None:
        self.oldest, older, own = (generate_signing_identity(number) for number in (1, 2, 3))
        self.older = replace(older, predecessors=signing.announce(self.oldest, older.public))
        self.own = replace(own, predecessors=signing.announce(self.older, own.public))

    def test_rfc_8032(self) -> None:
        """Section 7.1, test 2."""
        identity = signing.SigningIdentity(bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
        self.assertEqual(identity.public.hex(), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        signature = (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        )
        self.assertEqual(identity.signed(b"\x72")[32:].hex(), signature)

    def test_standing(self) -> None:
        message, contents = {"parts": [{"role": "text", "type": "text/plain"}]}, [b"hello"]
        secrets = [{"passphrase": "one", "norm": "words", "kdf": _CHEAP}]
        options = {"sign": signing.signing_identity_text(self.own), "below_floor": True}
        opened = open_envelope(make_envelope(message, contents, secrets, **options), "one")
        for known, wanted in (
            ([], "unknown"),
            ([generate_signing_identity(4).public], "unknown"),
            ([self.oldest.public], "successor"),
            ([self.older.public], "successor"),
            ([self.oldest.public, self.own.public], "known"),
        ):
            self.assertEqual(opened.standing(known), wanted)
        unsigned = open_envelope(make_envelope(message, contents, secrets, below_floor=True), "one")
        self.assertIsNone(unsigned.standing([self.own.public]))
        for position in (0, 31, 32, 63, 64, 95):
            with self.assertRaisesRegex(EnvelopeError, "DAMAGED: 7.4"):
                open_envelope(make_envelope(message, contents, secrets, edit_signature=position, **options), "one")

    def test_announced(self) -> None:
        identity = self.oldest
        for number in range(10, 19):
            identity = signing.SigningIdentity(
                generate_signing_identity(number).seed,
                signing.announce(identity, generate_signing_identity(number).public),
            )
        self.assertEqual(len(identity.predecessors), 8)
        self.assertEqual(signing.read_signing_identity(signing.signing_identity_text(identity)), identity)

    def test_texts(self) -> None:
        text = signing.signing_identity_text(self.own)
        secret = {"passphrase": "one", "norm": "words", "kdf": _CHEAP}
        sealed = seal_signing_identity(self.own, secret, below_floor=True)
        for line in (text, sealed, f" {sealed}\r\n"):
            self.assertEqual(signing.read_signing_identity(line, "One"), self.own)
        key = signing.signing_key_text(self.own.public)
        self.assertEqual(signing.read_signing_key(f"\t{key.upper()}\n"), self.own.public)
        other = signing.signing_key_text(self.older.public)
        for line, code in (
            (text.replace(key, other), "INVALID_ARGUMENT"),
            (text.replace('"identity":1', '"identity":2'), "UNSUPPORTED_VERSION"),
            (sealed.replace('"p":1', '"p":17'), "LIMIT"),
            (sealed.replace('"words"', '"answers"'), "INVALID_ARGUMENT"),
            (sealed.replace('"words"', '"opaque"'), "DID_NOT_OPEN"),
            (identity_text(generate_identity(seed=1)), "INVALID_ARGUMENT"),
        ):
            with self.assertRaisesRegex(EnvelopeError, code):
                signing.read_signing_identity(line, "one")

    def test_fingerprint(self) -> None:
        """(printf 'sealpost/v1 fingerprint\\0'; head -c 32 /dev/zero) | sha256sum, each eight digits of it modulo 100,000."""
        self.assertEqual(signing.fingerprint(bytes(32)), "35604 02251 36979 22816 15429 01458 60525 20932")


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
