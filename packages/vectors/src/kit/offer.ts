import { decodeBase64url, encodeBase64url } from './base64url.js';
import type { Kem } from './kem.js';
import { kems } from './kems.js';

/** `reply` of a manifest (section 7.5), as whoever makes an envelope has it. */
export interface OfferRecipe {
  readonly actions: readonly string[];
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly keys?: readonly OfferKey[];
  readonly psk?: Uint8Array;
  readonly token?: Uint8Array;
  readonly id?: Uint8Array;
  readonly header?: Uint8Array;
  readonly passphrase?: 1;
  readonly path?: string;
  readonly kind?: string;
}

/** A public key that a reply is sealed to, and the second after which nothing is. */
export interface OfferKey {
  readonly kem: Kem;
  readonly publicKey: Uint8Array;
  readonly to?: number;
}

/** What a reader makes of `reply` in a manifest. */
export interface Offer {
  readonly actions: readonly string[];
  readonly kind?: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Of a sealed token, in bytes. */
export const greatestToken = 8192;

const actionNames: readonly unknown[] = ['reply', 'replyAll', 'forward'];
const kinds: readonly unknown[] = ['reply', 'replyAll'];
const greatest = { recipients: 10, text: 1000, keys: 4, path: 500 };

/** `reply` as it stands in the manifest, keys in the order of section 7.5. */
export function writeOffer({ actions, to, keys, psk, token, id, header, ...others }: OfferRecipe): Values {
  const { passphrase, path, kind } = others;
  const binaries = Object.entries({ psk, token, id, header }).flatMap(([name, bytes]) =>
    bytes === undefined ? [] : [[name, encodeBase64url(bytes)] as const],
  );
  return {
    actions,
    to,
    ...(keys === undefined ? {} : { keys: keys.map(writeKey) }),
    ...Object.fromEntries(binaries),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(path === undefined ? {} : { path }),
    ...(kind === undefined ? {} : { kind }),
  };
}

/** Reads `reply` of a manifest; undefined where it is left out, and where it is passed over. */
export function readOffer(value: unknown): Offer | undefined {
  if (!isRecord(value) || !isActions(value['actions']) || !isRecipients(value['to'])) return undefined;
  const { actions, passphrase, path, kind } = value;
  if (!hasProof(value) || !isOptional(passphrase, (flag) => flag === 1)) return undefined;
  if (value['token'] === undefined && passphrase === undefined) return undefined;
  if (!isOptional(path, isPath) || !isOptional(kind, (name) => kinds.includes(name))) return undefined;
  return typeof kind === 'string' ? { actions, kind } : { actions };
}

function writeKey({ kem, publicKey, to }: OfferKey): Values {
  return { kem: kem.name, key: encodeBase64url(publicKey), ...(to === undefined ? {} : { to }) };
}

/** Whether `keys`, `psk`, `token`, `id` and `header` are there together, or not, and what they should be. */
function hasProof({ keys, psk, token, id, header }: Values): boolean {
  if (token === undefined) return [keys, psk, id, header].every((value) => value === undefined);
  if (!isBinary(token, (length) => length <= greatestToken) || !isBinary(psk, (length) => length === 32)) return false;
  if (!Array.isArray(keys) || keys.length < 1 || keys.length > greatest.keys || !keys.every(isKey)) return false;
  if (id === undefined && header === undefined) return true;
  return isBinary(id, (length) => length === 16) && isBinary(header, (length) => length === 32);
}

function isKey(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const kem = kems.find(({ name }) => name === value['kem']);
  return (
    kem !== undefined &&
    isBinary(value['key'], (length) => length === kem.publicKeyLength) &&
    isOptional(value['to'], (seconds) => Number.isSafeInteger(seconds) && Number(seconds) >= 0)
  );
}

/** One or more, none twice; those of a token too. */
export function isActions(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every((action) => actionNames.includes(action))
  );
}

function isRecipients(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length <= greatest.recipients &&
    value.every((each) => isRecord(each) && isShort(each['name']) && isShort(each['address']))
  );
}

function isShort(value: unknown): boolean {
  return typeof value === 'string' && value.length <= greatest.text;
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && value.length <= greatest.path && /^\/[\x21-\x7e]*$/.test(value);
}

function isBinary(value: unknown, isLength: (length: number) => boolean): boolean {
  const bytes = typeof value === 'string' ? decodeBase64url(value) : undefined;
  return bytes !== undefined && isLength(bytes.length);
}

function isOptional(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || check(value);
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
