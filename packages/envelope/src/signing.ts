import { backend, ed25519 } from '#backend';
import { EnvelopeError, judgeSigner, readPredecessors, runKdf, tryNormalise } from '@sealpost/core';
import type { EnvelopeSignature, EnvelopeSigner, Signer } from '@sealpost/core';
import {
  fingerprint as fingerprintOf,
  inspectIdentityText,
  makeSigningIdentity,
  readSigningIdentity as parseSigningIdentity,
  readSigningKey,
  sealedSigningIdentityText,
  SigningIdentity,
  signingIdentityText as writeSigningIdentity,
  signingKeyText,
} from '@sealpost/core/keys';
import type { ReadIdentityOptions } from './keys.js';
import { prepareSecret, type SecretOptions } from './secret.js';

export interface SigningIdentityOptions {
  /** The key that it takes the place of: whoever knows that one will know the new one. */
  readonly successorOf?: SigningIdentity;
}

/**
 * A new key pair that signs envelopes (Ed25519). Its `publicKey`, a text of some 70 letters, goes to whoever is to check them, on another
 * way than the envelopes. Keep it as {@link sealSigningIdentity} writes it, or {@link signingIdentityText}.
 */
export function generateSigningIdentity({ successorOf }: SigningIdentityOptions = {}): Promise<SigningIdentity> {
  return makeSigningIdentity(ed25519, successorOf);
}

/** The key pair as a line of text that everybody can read who gets it. */
export function signingIdentityText(identity: SigningIdentity): string {
  return writeSigningIdentity(identity);
}

/** The key pair as a line of text under a passphrase: the given one, or a generated one. Throws as `prepareSecret` does. */
export async function sealSigningIdentity(
  identity: SigningIdentity,
  options: SecretOptions = {},
): Promise<{ readonly text: string; readonly passphrase?: string }> {
  const { prepared, passphrase } = await prepareSecret(options);
  const text = await sealedSigningIdentityText(identity, prepared, backend);
  return { text, ...(passphrase === undefined ? {} : { passphrase }) };
}

/** Reads what {@link signingIdentityText} or {@link sealSigningIdentity} wrote. Throws as `readIdentity` does. */
export function readSigningIdentity(text: string, options: ReadIdentityOptions = {}): Promise<SigningIdentity> {
  const { passphrase, ...work } = options;
  return parseSigningIdentity(
    text,
    ed25519,
    ({ kdf, norm }) => {
      if (passphrase === undefined)
        throw new EnvelopeError('INVALID_ARGUMENT', 'identity is sealed: give its passphrase');
      const secret = tryNormalise(passphrase, norm);
      return secret === undefined ? Promise.resolve(undefined) : runKdf(secret, kdf, work, backend);
    },
    backend,
  );
}

/** A signing key as 40 digits, for people to compare: what the page shows. Throws `INVALID_ARGUMENT` or `UNSUPPORTED_VERSION`. */
export async function fingerprint(publicKey: string): Promise<string> {
  return fingerprintOf(readSigningKey(publicKey), backend);
}

/** What the text of a signing identity says to everybody who has it. */
export interface SigningIdentityInfo {
  readonly publicKey: string;
  readonly fingerprint: string;
  /** Whether {@link readSigningIdentity} needs its passphrase. */
  readonly sealed: boolean;
}

/** Reads no private key. Throws `INVALID_ARGUMENT` or `UNSUPPORTED_VERSION`, as {@link readSigningIdentity}. */
export async function inspectSigningIdentity(text: string): Promise<SigningIdentityInfo> {
  const { publicKey, sealed } = inspectIdentityText(text);
  return { publicKey, fingerprint: await fingerprint(publicKey), sealed };
}

/** Throws `INVALID_ARGUMENT` for what is no signing identity. */
export function signerOf(identity: SigningIdentity): EnvelopeSigner {
  if (!((identity as unknown) instanceof SigningIdentity))
    throw new EnvelopeError('INVALID_ARGUMENT', 'signKey is not a signing identity');
  const { pair, predecessors } = identity;
  return { pair, predecessors, ed25519 };
}

/** Who signed an envelope. The signature itself has verified, but where `unchecked` is set. */
export interface OpenedSignature {
  /** The signer's key. It came with the envelope: alone it says nothing about who that is. */
  readonly publicKey: string;
  /** The same as 40 digits, for people to compare. */
  readonly fingerprint: string;
  /** One of `verifyKeys`, a successor of one, or, where none were given, nobody that is known. */
  readonly signer: Signer;
  /** Set where the platform has no Ed25519, as older browsers: then it proves nothing, and `signer` is `unknown`. */
  readonly unchecked?: true;
}

/** Whether one of these keys signed, or a successor of one. Where nothing could check the signature, nobody did. */
function signerAmong(
  { publicKey, predecessors, checked }: EnvelopeSignature,
  known: readonly Uint8Array<ArrayBuffer>[],
): Promise<Signer> {
  return checked
    ? judgeSigner(publicKey, readPredecessors(predecessors), known, ed25519)
    : Promise.resolve('unknown' as const);
}

/** Throws `SIGNER_REFUSED` where there are known keys and none of them vouches for the envelope. */
export async function judgeSignature(
  signature: EnvelopeSignature | undefined,
  verifyKeys: readonly string[] | undefined,
): Promise<OpenedSignature | undefined> {
  // Read in any case: what is no key is the caller's mistake.
  const known = verifyKeys?.map(readSigningKey);
  if (signature === undefined) {
    if (known === undefined) return undefined;
    throw new EnvelopeError('SIGNER_REFUSED', 'envelope is not signed', { reason: 'unsigned' });
  }
  const { publicKey, checked } = signature;
  const signer = await signerAmong(signature, known ?? []);
  if (known !== undefined && signer === 'unknown') {
    const message = checked
      ? 'envelope is signed with a key that is not among those given'
      : 'the signature of the envelope cannot be checked here: this platform has no Ed25519';
    throw new EnvelopeError('SIGNER_REFUSED', message, { reason: 'unknown' });
  }
  return {
    publicKey: signingKeyText(publicKey),
    fingerprint: await fingerprintOf(publicKey, backend),
    signer,
    ...(checked ? {} : { unchecked: true }),
  };
}
