import { createHash } from 'node:crypto';
import { ByteSource } from '../kit/byte-source.js';
import { ascii, concat, utf8 } from '../kit/bytes.js';
import { signEd25519 } from '../kit/ed25519.js';
import { buildEnvelope, type EnvelopeRecipe } from '../kit/envelope.js';
import { smallestPbkdf2 } from '../kit/kdf.js';
import type { MessageRecipe } from '../kit/plaintext.js';
import { signatureBlock, signedBytes, type Signer } from '../kit/signature.js';
import type { SigningIdentity } from '../kit/signing-key.js';
import { passphrase, type Scenario } from './scenario.js';
import { first, other, own, second, sign } from './signer.js';

type Sign = NonNullable<MessageRecipe['sign']>;

const parts = [{ role: 'text', type: 'text/plain', content: utf8('Hi.') }] as const;
const nothing = new Uint8Array();
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Section 7.4, but successors. */
export const signatures: readonly Scenario[] = [
  // Who signed.
  signed('known', 'The reader knew the key.', 'known', [own]),
  signed('known-among-others', 'The reader knew several keys, this one last.', 'known', [first, second, other, own]),
  signed('no-key-known', 'The reader knew no key.', 'unknown', []),
  signed('another-known', 'The reader knew another key.', 'unknown', [other]),
  signed('by-another', 'Somebody else signed it, with a key of their own.', 'unknown', [own], (manifest, header) =>
    signatureBlock(other.seed, manifest, header),
  ),
  { ...signed('html-form', 'It is a page, and the reader knew the key.', 'known', [own]), form: 'html' },
  {
    ...signed('padded', 'There is padding before the manifest.', 'known', [own]),
    recipe: { message: { parts, sign, padding: 3 } },
  },
  {
    ...signed('no-parts', 'The message has no part.', 'known', [own]),
    recipe: { message: { parts: [], sign } },
  },
  unsigned('none', 'There is no signature, and the reader knew a key.', [own]),

  // What does not verify.
  wrong('key-changed', 'A bit of the key is another.', (...all) => flipped(sign(...all), 5)),
  wrong('key-of-another', 'The key is another one, which the reader knew.', (...all) =>
    concat(own.publicKey, signatureBlock(other.seed, ...all).slice(32)),
  ),
  wrong('key-replaced', 'The key was replaced by another one.', (...all) =>
    concat(other.publicKey, sign(...all).slice(32)),
  ),
  wrong('first-half-changed', 'A bit of the signature is another, in its first half.', (...all) =>
    flipped(sign(...all), 32 + 7),
  ),
  wrong('second-half-changed', 'A bit of the signature is another, in its second half.', (...all) =>
    flipped(sign(...all), 64 + 7),
  ),
  wrong('zeros', 'The signature is zeros, behind the right key.', () => concat(own.publicKey, new Uint8Array(64))),
  wrong('second-half-zeros', 'The second half of the signature is zeros.', (...all) =>
    concat(sign(...all).slice(0, 64), new Uint8Array(32)),
  ),
  wrong('not-reduced', 'The second half of the signature, S, is larger by the order of the group.', (...all) =>
    notReduced(sign(...all)),
  ),
  wrong('halves-swapped', 'The halves of the signature are swapped.', (...all) => {
    const block = sign(...all);
    return concat(block.slice(0, 32), block.slice(64), block.slice(32, 64));
  }),
  wrong('key-behind', 'The key stands behind the signature.', (...all) => {
    const block = sign(...all);
    return concat(block.slice(32), block.slice(0, 32));
  }),
  wrong('header-other', 'It is over a header with another bit.', (manifest, header) =>
    sign(manifest, flipped(header, 9)),
  ),
  wrong('manifest-other', 'It is over a manifest with another bit.', (manifest, header) =>
    sign(flipped(manifest, 9), header),
  ),
  wrong('manifest-alone', 'It is over the manifest and no header.', (manifest) => sign(manifest, nothing)),
  wrong('header-alone', 'It is over the header and no manifest.', (_, header) => sign(nothing, header)),
  over('hashes-swapped', 'It is over the hash of the manifest before that of the header.', (manifest, header) =>
    signedBytes(header, manifest),
  ),
  over('sha-256', 'It is over SHA-256 of both.', (manifest, header) =>
    concat(ascii('sealpost/v1 sig'), Uint8Array.of(0), sha256(header), sha256(manifest)),
  ),
  over('not-hashed', 'It is over header and manifest as they are.', (manifest, header) =>
    concat(ascii('sealpost/v1 sig'), Uint8Array.of(0), header, manifest),
  ),
  over('label-other', 'It is over another label, that of statements.', (manifest, header) =>
    signedBytes(manifest, header, ascii('sealpost/v1 successor')),
  ),
  over('label-without-zero', 'There is no zero byte behind the label.', (manifest, header) => {
    const bytes = signedBytes(manifest, header);
    return concat(bytes.slice(0, 15), bytes.slice(16));
  }),
  over('label-missing', 'There is no label.', (manifest, header) => signedBytes(manifest, header, nothing)),
  wrong('moved', 'The block is that of another envelope with the same message and signer.', () =>
    blockOf(twin('other', 'Hi.')),
  ),
  swapped('first', 'second'),
  swapped('second', 'first'),
  {
    ...wrong('wrong-and-unknown', 'A bit of the signature is another, and the reader knew no key.', (...all) =>
      flipped(sign(...all), 40),
    ),
    knownKeys: [],
  },
];

/** A signature that verifies, unless it is said how it is made. */
function signed(
  name: string,
  about: string,
  signer: Signer,
  known: readonly SigningIdentity[],
  how: Sign = sign,
): Scenario {
  return {
    name: `signature-${name}`,
    about,
    section: '7.4',
    expected: 'success',
    knownKeys: known.map(({ publicKey }) => publicKey),
    signer,
    recipe: { message: { parts, sign: how } },
  };
}

function unsigned(name: string, about: string, known: readonly SigningIdentity[]): Scenario {
  return {
    name: `signature-${name}`,
    about,
    section: '7.4',
    expected: 'success',
    knownKeys: known.map(({ publicKey }) => publicKey),
    recipe: { message: { parts } },
  };
}

function wrong(name: string, about: string, how: Sign): Scenario {
  return {
    name: `signature-${name}`,
    about,
    section: '7.4',
    expected: 'DAMAGED',
    knownKeys: [own.publicKey],
    recipe: { message: { parts, sign: how } },
  };
}

/** The right key signs other bytes. */
function over(name: string, about: string, message: Sign): Scenario {
  return wrong(name, about, (...all) => concat(own.publicKey, signEd25519(own.seed, message(...all))));
}

/** One of two envelopes by the same signer, each with the other's block. */
function swapped(which: string, from: string): Scenario {
  const about = `The blocks of two envelopes with different messages were swapped; this is the ${which}.`;
  const { slots, message } = twin(which, which);
  return {
    ...wrong(`swapped-${which}`, about, sign),
    recipe: { slots, message: { ...message, sign: () => blockOf(twin(from, from)) } },
  };
}

function twin(which: string, text: string): EnvelopeRecipe {
  const random = new ByteSource(`signature-swapped-${which}`);
  // Drawn for the KDF of a plain vector.
  random.take(16);
  const slot = { passphrase, norm: 'words', kdf: smallestPbkdf2(new Uint8Array(16)) } as const;
  return { random, slots: [slot], message: { parts: [{ ...parts[0], content: utf8(text) }], sign } };
}

function blockOf(recipe: EnvelopeRecipe): Uint8Array {
  return buildEnvelope(recipe).pieces.signature;
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

function notReduced(block: Uint8Array): Uint8Array {
  const digits = Buffer.from(block.slice(64)).reverse().toString('hex');
  const sum = (BigInt(`0x${digits}`) + order).toString(16).padStart(64, '0');
  return concat(block.slice(0, 64), new Uint8Array(Buffer.from(sum, 'hex').reverse()));
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
