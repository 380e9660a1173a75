import { concat, u16, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { invalid } from '../errors.js';
import type { Kem } from '../kem/kem.js';

/** Key ids: enough that two keys of one owner never meet, and no more, since they stand in headers. */
const ID_BYTES = 8;

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
export async function keyId(kem: Pick<Kem, 'id'>, publicKey: Bytes, backend: Backend): Promise<Bytes> {
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

/** Whether the key may be sealed to at a time. */
export function isValidAt({ validity: { from, to } }: RecipientKey, time: Date): boolean {
  return !(from !== undefined && time < from) && !(to !== undefined && time > to);
}

/** Zero stands for no date. */
export function secondsOf(date: Date | undefined): number {
  if (date === undefined) return 0;
  const seconds = Math.floor(date.getTime() / 1_000);
  if (seconds > 0 && seconds < 2 ** 32) return seconds;
  throw invalid('validity is no date between 1970 and 2106');
}
