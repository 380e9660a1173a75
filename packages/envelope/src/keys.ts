import { backend, p256Group } from '#backend';
import {
  EnvelopeError,
  hex,
  openKeySlot,
  p256Kem,
  runKdf,
  tryNormalise,
  type Identity,
  type Kem,
  type KemName,
  type KeySlotOpener,
  type RecipientKey,
  type Validity,
} from '@sealpost/core';
import { hybridKem } from '@sealpost/core/hybrid';
import {
  identityText as writeIdentity,
  inspectIdentityText,
  isValidAt,
  makeIdentity,
  readIdentity as parseIdentity,
  readRecipientKey,
  sealedIdentityText,
  type ReplyToken,
} from '@sealpost/core/keys';
import type { KeyOptions } from './key-options.js';
import { prepareSecret, type SecretOptions } from './secret.js';
import type { Warning } from './warning.js';

const kems: Readonly<Record<KemName, Kem>> = { p256: p256Kem(backend, p256Group), 'mlkem768-x25519': hybridKem };
const all = Object.values(kems);

export interface IdentityOptions extends Validity {
  /**
   * `mlkem768-x25519`, which also withstands quantum computers, or `p256`, for places that may use nothing else.
   * Default: `mlkem768-x25519`.
   */
  readonly kem?: KemName;
}

/**
 * A new key pair: envelopes are sealed to its `publicKey`, a text of about 130 characters for P-256 and 2,000 for
 * MLKEM768-X25519, and opened with it. Keep it as {@link sealIdentity} writes it, or {@link identityText}. Throws
 * {@link EnvelopeError} `INVALID_ARGUMENT` for a KEM that there is not, and for a validity that ends before it begins or that
 * is not between 1970 and 2106.
 */
export async function generateIdentity({
  kem = 'mlkem768-x25519',
  ...validity
}: IdentityOptions = {}): Promise<Identity> {
  if (!Object.hasOwn(kems, kem)) throw new EnvelopeError('INVALID_ARGUMENT', 'kem is not "mlkem768-x25519" or "p256"');
  return makeIdentity(kems[kem], validity, backend);
}

/** The key pair as a line of text that everybody can read who gets it. */
export function identityText(identity: Identity): string {
  return writeIdentity(identity);
}

/**
 * The key pair as a line of text under a passphrase: the given one, or a generated one, which is given back beside it. Throws as
 * `prepareSecret` does.
 */
export async function sealIdentity(
  identity: Identity,
  options: SecretOptions = {},
): Promise<{ readonly text: string; readonly passphrase?: string }> {
  const { prepared, passphrase } = await prepareSecret(options);
  const text = await sealedIdentityText(identity, prepared, backend);
  return { text, ...(passphrase === undefined ? {} : { passphrase }) };
}

export interface ReadIdentityOptions {
  /** For a text of {@link sealIdentity}; a text of {@link identityText} needs none. */
  readonly passphrase?: string;
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads what {@link identityText} or {@link sealIdentity} wrote. Throws {@link EnvelopeError}: `INVALID_ARGUMENT` for another text,
 * or for a sealed one without a passphrase; `DID_NOT_OPEN` for another passphrase; `UNSUPPORTED_VERSION` for a key of a later
 * release; `LIMIT` for a derivation that asks too much; `ABORTED`.
 */
export function readIdentity(text: string, options: ReadIdentityOptions = {}): Promise<Identity> {
  const { passphrase, ...work } = options;
  return parseIdentity(
    text,
    all,
    ({ kdf, norm }) => {
      if (passphrase === undefined)
        throw new EnvelopeError('INVALID_ARGUMENT', 'identity is sealed: give its passphrase');
      const secret = tryNormalise(passphrase, norm);
      return secret === undefined ? Promise.resolve(undefined) : runKdf(secret, kdf, work, backend);
    },
    backend,
  );
}

/** What a public key says about itself. */
export interface PublicKeyInfo extends Validity {
  readonly kem: KemName;
  /** As slots name the key, hexadecimal. */
  readonly id: string;
}

/**
 * Reads a public key. Throws {@link EnvelopeError} `INVALID_ARGUMENT` for a text that is none, or in which a letter is wrong or
 * missing; `UNSUPPORTED_VERSION` for a key of a later release.
 */
export async function inspectPublicKey(text: string): Promise<PublicKeyInfo> {
  const { kem, id, validity } = await readRecipientKey(text, all, backend);
  return { kem: kem.name, id: hex(id), ...validity };
}

/** What the text of an identity says to everybody who has it. */
export interface IdentityInfo extends PublicKeyInfo {
  readonly publicKey: string;
  /** Whether {@link readIdentity} needs its passphrase. */
  readonly sealed: boolean;
}

/** Reads no private key. Throws {@link EnvelopeError} `INVALID_ARGUMENT` or `UNSUPPORTED_VERSION`, as {@link readIdentity}. */
export async function inspectIdentity(text: string): Promise<IdentityInfo> {
  const { publicKey, sealed } = inspectIdentityText(text);
  return { ...(await inspectPublicKey(publicKey)), publicKey, sealed };
}

/** The recipient's keys, and the archive's. Throws as {@link inspectPublicKey}, and `INVALID_ARGUMENT` for a key that is not valid now. */
export async function readValidKeys({
  recipientKeys = [],
  archiveKeys = [],
}: KeyOptions): Promise<readonly RecipientKey[]> {
  const keys = await Promise.all(
    [...recipientKeys, ...archiveKeys].map((text) => readRecipientKey(text, all, backend)),
  );
  keys.forEach(refuseInvalidKey);
  return keys;
}

/** Throws `INVALID_ARGUMENT` for a key that is not valid now. */
export function refuseInvalidKey(key: RecipientKey): void {
  const now = new Date();
  if (isValidAt(key, now)) return;
  const { from, to } = key.validity;
  const when = to !== undefined && now > to ? `was valid until ${day(to)}` : `is not valid before ${day(from)}`;
  throw new EnvelopeError('INVALID_ARGUMENT', `public key ${hex(key.id)} ${when}; ask its owner for another`);
}

/** Strength of a key against what computes today: of a curve with 256 bits, or more. */
export const KEY_BITS = 128;

export function isPostQuantum({ kem }: RecipientKey): boolean {
  return kem.name !== 'p256';
}

export function keyWarnings(keys: readonly RecipientKey[]): readonly Warning[] {
  const strong = keys.filter(isPostQuantum).length;
  return strong === 0 || strong === keys.length
    ? []
    : [{ code: 'MIXED_KEYS', message: 'not all keys withstand quantum computers, so the envelope does not' }];
}

function day(date: Date | undefined): string {
  return date?.toISOString().slice(0, 10) ?? '';
}

/** Opens key slots, and keeps the token of the one that opened. */
export interface SlotOpener {
  readonly openKeySlot: KeySlotOpener;
  readonly tokenOf: () => ReplyToken | undefined;
}

/** Tries a slot with each of these that is of its KEM and has its id, newest first or not: the order means nothing. */
export function slotOpener(identities: readonly Identity[]): SlotOpener {
  let token: ReplyToken | undefined;
  return {
    async openKeySlot(slot, id) {
      for (const identity of identities) {
        const opened = await openKeySlot(slot, id, identity, backend, identities);
        if (opened === undefined) continue;
        token = opened.token;
        return opened.fileKey;
      }
      return undefined;
    },
    tokenOf: () => token,
  };
}
