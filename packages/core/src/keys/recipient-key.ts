import { bech32m } from '@scure/base';
import { concat, readU32, u32, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { EnvelopeError } from '../errors.js';
import type { Kem } from '../kem/kem.js';

/** Key ids: enough that two keys of one owner never meet, and no more, since they stand in headers. */
const ID_BYTES = 8;
/** Begins the text, so that nobody takes it for something else. */
const PREFIX = 'sealpost';
const FORMAT = 1;
/** Format, KEM, valid from, valid to. */
const FIXED_BYTES = 1 + 2 + 4 + 4;

/** When a key may be sealed to, in whole seconds. Opening is not bound to it: old mail stays readable. */
export interface Validity {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** A public key that envelopes are sealed to (spec/envelope-v1.md, section 5.3). Nothing in it is secret. */
export interface RecipientKey {
  readonly kem: Kem;
  readonly publicKey: Bytes;
  readonly validity: Validity;
  /** 8 bytes, made from the two: the same key has the same id whatever its validity. */
  readonly id: Bytes;
}

/** The first 8 bytes of SHA-256 over the KEM's number and the public key. */
async function keyId(kem: Kem, publicKey: Bytes, backend: Backend): Promise<Bytes> {
  return (await backend.sha256(concat(u16(kem.id), publicKey))).slice(0, ID_BYTES);
}

/** Throws `INVALID_ARGUMENT` for what is no key of the KEM, or dates that no 32 bits hold or that are the wrong way round. */
export async function makeRecipientKey(
  kem: Kem,
  publicKey: Bytes,
  validity: Validity,
  backend: Backend,
): Promise<RecipientKey> {
  if (!(await kem.isPublicKey(publicKey))) throw invalid('public key is none of its kind');
  const [from, to] = [secondsOf(validity.from), secondsOf(validity.to)];
  if (to !== 0 && from > to) throw invalid('validity ends before it begins');
  return { kem, publicKey, validity, id: await keyId(kem, publicKey, backend) };
}

/**
 * The key as a text of letters and digits with a checksum (bech32m, BIP 350): about 130 characters for P-256, 2,000 for
 * the hybrid.
 */
export function recipientKeyText({ kem, publicKey, validity }: RecipientKey): string {
  const bytes = concat(
    Uint8Array.of(FORMAT),
    u16(kem.id),
    u32(secondsOf(validity.from)),
    u32(secondsOf(validity.to)),
    publicKey,
  );
  return bech32m.encode(PREFIX, bech32m.toWords(bytes), false);
}

/**
 * The reverse; white space around the text means nothing. Throws `INVALID_ARGUMENT` for a text that is no key, or one that was
 * mistyped; `UNSUPPORTED_VERSION` for a key of a kind that is not among `kems`.
 */
export async function readRecipientKey(text: string, kems: readonly Kem[], backend: Backend): Promise<RecipientKey> {
  const bytes = decoded(text.trim());
  const [format = FORMAT, high = 0, low] = bytes;
  const kem = kems.find(({ id }) => id === high * 256 + (low ?? 0));
  if (format !== FORMAT || (low !== undefined && kem === undefined))
    throw new EnvelopeError('UNSUPPORTED_VERSION', 'public key is of a kind that this release does not know');
  if (kem === undefined || bytes.length < FIXED_BYTES) throw invalid('public key is cut off');
  const validity = { from: dateOf(readU32(bytes, 3)), to: dateOf(readU32(bytes, 7)) };
  return makeRecipientKey(kem, bytes.slice(FIXED_BYTES), validity, backend);
}

/** Whether the key may be sealed to at a time. */
export function isValidAt({ validity: { from, to } }: RecipientKey, time: Date): boolean {
  return !(from !== undefined && time < from) && !(to !== undefined && time > to);
}

function decoded(text: string): Bytes {
  try {
    const { prefix, words } = bech32m.decode(text as `${string}1${string}`, false);
    if (prefix === PREFIX) return new Uint8Array(bech32m.fromWords(words));
  } catch {
    // As below.
  }
  throw invalid('text is no public key, or a letter of it is wrong');
}

/** Zero stands for no date. */
function secondsOf(date: Date | undefined): number {
  if (date === undefined) return 0;
  const seconds = Math.floor(date.getTime() / 1_000);
  if (seconds > 0 && seconds < 2 ** 32) return seconds;
  throw invalid('validity is no date between 1970 and 2106');
}

function dateOf(seconds: number): Date | undefined {
  return seconds === 0 ? undefined : new Date(seconds * 1_000);
}

function u16(value: number): Bytes {
  return Uint8Array.of(value >> 8, value & 0xff);
}

function invalid(message: string): EnvelopeError {
  return new EnvelopeError('INVALID_ARGUMENT', message);
}
