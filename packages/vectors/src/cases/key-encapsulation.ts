import { createECDH, createHash } from 'node:crypto';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { decodeBase64url, encodeBase64url } from '../kit/base64url.js';
import { ByteSource } from '../kit/byte-source.js';
import { ascii, concat, hex } from '../kit/bytes.js';
import type { JsonObject } from '../kit/header-json.js';
import type { KeySchedule } from '../kit/hpke.js';
import { keyId, type Identity } from '../kit/identity.js';
import type { Encapsulation } from '../kit/kem.js';
import type { KeySlotLies } from '../kit/key-slot.js';
import type { Lie } from '../kit/lie.js';
import { extractAndExpand } from '../kit/p256.js';
import { hybridPairs, p256Pairs } from './key-pair.js';
import type { Scenario } from './scenario.js';

const { own, other } = p256Pairs;
const strong = hybridPairs;

/** Of P-256 (SEC 2, section 2.4.2): the prime, and b of y^2 = x^3 - 3x + b. */
const prime = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** Of MLKEM768-X25519: the length of ML-KEM's ciphertext and of its public key, which X25519's follow. */
const mlKemLength = { enc: 1088, publicKey: 1184 };

/** Section 5.2: what the KEM makes of an encapsulation, and the key schedule of its secret. All of these follow the syntax. */
export const keyEncapsulations: readonly Scenario[] = [
  // Encapsulations of P-256. The slot key is that of the honest one, unless something else is said.
  encoded('enc-no-point', 'Its encapsulation is no point of the curve.', flipped(64)),
  encoded('enc-infinity', 'Its encapsulation is 65 zero bytes.', () => new Uint8Array(65)),
  encoded('enc-first-byte-02', 'Its encapsulation begins as a compressed point does, and has 65 bytes.', (honest) =>
    Uint8Array.of(2, ...honest.slice(1)),
  ),
  lying(
    'enc-first-byte-06',
    'Its encapsulation is a point in the hybrid spelling, which RFC 9180 does not have; everything else fits it.',
    { encapsulation: inHybridSpelling },
  ),
  lying(
    'enc-unreduced',
    'Its encapsulation is a point whose x is the prime where it should be 0; everything else fits it.',
    { encapsulation: () => withX(prime) },
  ),
  {
    ...lying('enc-x-zero', 'Its encapsulation is a point whose x is 0.', { encapsulation: () => withX(0n) }),
    expected: 'success',
  },
  {
    ...lying('shared-leading-zero', 'What both sides compute on the curve begins with a zero byte.', {
      encapsulation: withLeadingZero,
    }),
    expected: 'success',
  },
  encoded('enc-negated', 'Its encapsulation is the negative of the right point, with the same x.', negated),
  encoded('enc-own', 'Its encapsulation is the public key itself.', () => own.publicKey),
  encoded('enc-of-another', 'Its encapsulation is from another key\u2019s slot.', () => encapsulationTo(other).enc),

  // Encapsulations of MLKEM768-X25519.
  encoded('enc-mlkem-bit', 'A bit of its ML-KEM ciphertext is another.', flipped(543), strong.own),
  encoded('enc-x25519-bit', 'A bit of its X25519 part is another.', flipped(mlKemLength.enc + 7), strong.own),
  encoded(
    'enc-x25519-top-bit',
    'The top bit of its X25519 part is another, which X25519 does not look at.',
    (honest) => honest.map((byte, i) => (i === honest.length - 1 ? byte ^ 0x80 : byte)),
    strong.own,
  ),
  encoded(
    'enc-x25519-zeros',
    'Its X25519 part is zeros.',
    (honest) => honest.map((byte, i) => (i < mlKemLength.enc ? byte : 0)),
    strong.own,
  ),
  lying(
    'enc-x25519-zeros-fitting',
    'Its X25519 part is zeros, and so is its X25519 secret; everything else fits it.',
    { encapsulation: () => withX25519Part(new Uint8Array(32), () => new Uint8Array(32)) },
    strong.own,
  ),
  {
    ...lying(
      'enc-x25519-base-point-top-bit',
      'Its X25519 part is the base point with the top bit set, which X25519 does not look at; everything else fits it.',
      { encapsulation: () => withX25519Part(littleEndian(9n + 2n ** 255n), (publicKey) => publicKey) },
      strong.own,
    ),
    expected: 'success',
  },
  {
    ...lying(
      'enc-x25519-base-point-unreduced',
      'Its X25519 part is the base point, not reduced by the prime; everything else fits it.',
      { encapsulation: () => withX25519Part(littleEndian(9n + 2n ** 255n - 19n), (publicKey) => publicKey) },
      strong.own,
    ),
    expected: 'success',
  },
  encoded(
    'mlkem768-x25519-enc-of-another',
    'Its encapsulation is from another key\u2019s slot.',
    () => encapsulationTo(strong.other).enc,
    strong.own,
  ),

  // Whose it is.
  lying('id-of-another', 'It is for this key and names another; everything else fits that.', {
    key: () => keyId(other),
  }),
  to('id-for-another', 'It names this key and is for another; everything else fits that.', other, own),
  to('kem-of-another', 'It names a key of P-256 and is for one of MLKEM768-X25519.', strong.other, own),
  to('mlkem768-x25519-kem-of-another', 'It names a key of MLKEM768-X25519 and is for one of P-256.', other, strong.own),
  lying('enc-changed', 'Its encapsulation was changed after the wrap was made.', {
    wrapped: (honest) => ({ ...honest, enc: encodeBase64url(encapsulationTo(own).enc) }),
  }),

  // The key schedule of HPKE.
  schedule('info-without-id', 'Its info lacks the envelope\u2019s identifier.', ({ info, ...others }) => ({
    ...others,
    info: concat(info.slice(0, 16), info.slice(32)),
  })),
  schedule('info-without-key', 'Its info lacks the key\u2019s identifier.', ({ info, ...others }) => ({
    ...others,
    info: info.slice(0, 32),
  })),
  schedule('info-label', 'The label of its info is not followed by a zero byte.', ({ info, ...others }) => ({
    ...others,
    info: concat(info.slice(0, 15), info.slice(16)),
  })),
  schedule('info-empty', 'Its info is empty.', (honest) => ({ ...honest, info: new Uint8Array() })),
  schedule('exporter-context', 'Its exporter context is another label.', (honest) => ({
    ...honest,
    exporterContext: ascii('sealpost/v1 slot'),
  })),
  schedule('exporter-context-zero', 'A zero byte follows its exporter context.', ({ exporterContext, ...others }) => ({
    ...others,
    exporterContext: concat(exporterContext, new Uint8Array(1)),
  })),
  schedule('mode-psk', 'The mode is PSK, with a secret that everybody knows.', (honest) => ({
    ...honest,
    mode: 1,
    psk: new Uint8Array(32),
    pskId: ascii('sealpost'),
  })),
  schedule('aead', 'The AEAD is AES-256-GCM.', (honest) => ({ ...honest, aead: 0x0002 })),
  schedule('mlkem768-x25519-aead', 'The AEAD is AES-256-GCM.', (honest) => ({ ...honest, aead: 0x0002 }), strong.own),
];

function lying(name: string, about: string, lies: KeySlotLies, identity = own): Scenario {
  return {
    name: `key-${name}`,
    about,
    section: '5.2',
    expected: 'DID_NOT_OPEN',
    identity,
    recipe: { slots: [{ to: identity, lies }] },
  };
}

/** Another encapsulation in the slot than that which the slot key comes from; the wrap fits the slot. */
function encoded(name: string, about: string, change: (honest: Uint8Array) => Uint8Array, identity = own): Scenario {
  const slot: Lie<JsonObject> = ({ enc = '', ...others }) => {
    const honest = (typeof enc === 'string' ? decodeBase64url(enc) : undefined) ?? new Uint8Array();
    return { ...others, enc: encodeBase64url(change(honest)) };
  };
  return lying(name, about, { slot }, identity);
}

/** A slot that everything was done right in, but that it names the key of whoever opens it. */
function to(name: string, about: string, recipient: Identity, opener: Identity): Scenario {
  const slots = [{ to: recipient, lies: { key: () => keyId(opener) } }];
  return { ...lying(name, about, {}, opener), recipe: { slots } };
}

function schedule(name: string, about: string, lie: (honest: KeySchedule) => KeySchedule, identity = own): Scenario {
  return lying(name, about, { schedule: lie }, identity);
}

function encapsulationTo({ kem, publicKey }: Identity): Encapsulation {
  return kem.encapsulate(publicKey, new ByteSource('another encapsulation').take(kem.randomLength));
}

function flipped(at: number): (honest: Uint8Array) => Uint8Array {
  return (honest) => honest.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

/** The other point with the same x. */
function negated(point: Uint8Array): Uint8Array {
  const y = BigInt(`0x${hex(point.slice(33))}`);
  return concat(point.slice(0, 33), bigEndian(prime - y));
}

/** Of X9.62: 06 or 07, by the parity of y, before both coordinates. OpenSSL takes it. */
function inHybridSpelling(): Encapsulation {
  const ephemeral = createECDH('prime256v1');
  ephemeral.setPrivateKey(new ByteSource('hybrid spelling').take(32));
  const enc = new Uint8Array(ephemeral.getPublicKey(null, 'hybrid'));
  return { enc, secret: extractAndExpand(ephemeral.computeSecret(own.publicKey), enc, own.publicKey) };
}

/** An encapsulation of MLKEM768-X25519 with a chosen X25519 part, and the secret that X25519 gives with it for the public key. */
function withX25519Part(part: Uint8Array, secretFor: (publicKey: Uint8Array) => Uint8Array): Encapsulation {
  const { publicKey } = strong.own;
  const [mlKemKey, x25519Key] = [publicKey.slice(0, mlKemLength.publicKey), publicKey.slice(mlKemLength.publicKey)];
  const { cipherText, sharedSecret } = ml_kem768.encapsulate(mlKemKey, new ByteSource('chosen X25519 part').take(32));
  const combined = concat(sharedSecret, secretFor(x25519Key), part, x25519Key, ascii('\\.//^\\'));
  return { enc: concat(cipherText, part), secret: createHash('sha3-256').update(combined).digest() };
}

/** An encapsulation with the point of x = 0, its x as it is given: nobody knows what it is the public key of. */
function withX(x: bigint): Encapsulation {
  const y = bigEndian(power(b, (prime + 1n) / 4n));
  const point = concat(Uint8Array.of(4), new Uint8Array(32), y);
  const enc = concat(Uint8Array.of(4), bigEndian(x), y);
  const recipient = createECDH('prime256v1');
  recipient.setPrivateKey(own.privateKey);
  return { enc, secret: extractAndExpand(recipient.computeSecret(point), enc, own.publicKey) };
}

/** The first of many encapsulations for which this holds. */
function withLeadingZero(): Encapsulation {
  const random = new ByteSource('leading zero');
  const ephemeral = createECDH('prime256v1');
  do ephemeral.setPrivateKey(random.take(32));
  while (ephemeral.computeSecret(own.publicKey)[0] !== 0);
  return own.kem.encapsulate(own.publicKey, ephemeral.getPrivateKey());
}

/** Modulo the prime. */
function power(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n) return 1n;
  const root = power(base, exponent / 2n);
  return (root * root * (exponent % 2n === 0n ? 1n : base)) % prime;
}

function bigEndian(n: bigint): Uint8Array {
  return new Uint8Array(Buffer.from(n.toString(16).padStart(64, '0'), 'hex'));
}

function littleEndian(n: bigint): Uint8Array {
  return bigEndian(n).reverse();
}
