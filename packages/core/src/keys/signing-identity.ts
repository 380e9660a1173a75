import { utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { invalid } from '../errors.js';
import { MAX_PREDECESSORS } from '../limits.js';
import type { PreparedSecret } from '../secret/prepared.js';
import { KEY_BYTES, type Ed25519, type SigningPair } from '../signature/ed25519.js';
import { readSigningKey, signingKeyText } from '../signature/signing-key.js';
import { announce, isOn } from '../signature/successor.js';
import { parseIdentity, plainText, privateKeyOf, sealedText, type IdentityUnlocker } from './identity-text.js';

/**
 * A key pair that signs envelopes. It is a secret: never printed, `JSON.stringify` and the console show no private key.
 */
export class SigningIdentity {
  /** How it was announced, 96 bytes each, the oldest first. */
  readonly predecessors: readonly Bytes[];
  readonly #pair: SigningPair;

  /** Made by {@link makeSigningIdentity} and {@link readSigningIdentity}. */
  constructor(pair: SigningPair, predecessors: readonly Bytes[]) {
    this.#pair = pair;
    this.predecessors = predecessors;
  }

  /** The caller neither changes nor keeps it. */
  get pair(): SigningPair {
    return this.#pair;
  }

  /** The text by which others check what it signs. */
  get publicKey(): string {
    return signingKeyText(this.#pair.publicKey);
  }

  toJSON(): string {
    return '[signing identity]';
  }
}

/**
 * A new one; with a predecessor, whoever knows that one will know it. A chain holds the last 8 predecessors: who has not heard of
 * the sender for longer needs the new key.
 */
export async function makeSigningIdentity(ed25519: Ed25519, predecessor?: SigningIdentity): Promise<SigningIdentity> {
  const pair = await ed25519.generate();
  if (predecessor === undefined) return new SigningIdentity(pair, []);
  const statement = await announce(predecessor.pair, pair.publicKey, ed25519);
  return new SigningIdentity(pair, [...predecessor.predecessors, statement].slice(-MAX_PREDECESSORS));
}

/** As a line of text, readable for everybody. To be kept where only its owner reads. */
export function signingIdentityText({ publicKey, predecessors, pair }: SigningIdentity): string {
  return plainText({ key: publicKey, predecessors }, pair.privateKey);
}

/** As a line of text, sealed under a passphrase. */
export function sealedSigningIdentityText(
  { publicKey, predecessors, pair }: SigningIdentity,
  secret: PreparedSecret,
  backend: Backend,
): Promise<string> {
  return sealedText({ key: publicKey, predecessors }, pair.privateKey, secret, backend);
}

const TRIAL = utf8('sealpost/v1 identity\0');

/**
 * Reads either text. Throws as `readIdentity` of core does, and `INVALID_ARGUMENT` for an identity that opens envelopes and signs none.
 */
export async function readSigningIdentity(
  text: string,
  ed25519: Ed25519,
  unlock: IdentityUnlocker,
  backend: Backend,
): Promise<SigningIdentity> {
  const fields = parseIdentity(text);
  const publicKey = readSigningKey(fields.key);
  const pair = { publicKey, privateKey: await privateKeyOf(fields, unlock, backend) };
  if (!(await isPair(pair, ed25519))) throw invalid('identity holds two keys that are no pair');
  const { predecessors = [] } = fields;
  const last = predecessors.at(-1);
  if (last !== undefined && !(await isOn(publicKey, last, ed25519)))
    throw invalid('identity holds predecessors of another key');
  return new SigningIdentity(pair, predecessors);
}

/** What the private key signs, the public one verifies. */
async function isPair(pair: SigningPair, ed25519: Ed25519): Promise<boolean> {
  if (pair.privateKey.length !== KEY_BYTES) return false;
  try {
    return await ed25519.verify(pair.publicKey, TRIAL, await ed25519.sign(pair, TRIAL));
  } catch {
    return false;
  }
}
