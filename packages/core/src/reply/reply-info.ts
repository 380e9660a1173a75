import { base64urlnopad } from '@scure/base';
import type { Bytes } from '../bytes.js';
import { MAX_REPLY_KEYS, MAX_TOKEN_BYTES } from '../limits.js';
import type { Address } from '../message/message.js';
import type { KemName } from '../wire/key-slot.js';

/** What a manifest says about replies (spec/envelope-v1.md, section 7.5). */

/** What a recipient may do with a message in the page. */
export type ReplyAction = 'reply' | 'replyAll' | 'forward';

/** What a sealed reply is: `replyAll` asks the sender's side to send it to everybody who got the message. */
export type ReplyKind = Exclude<ReplyAction, 'forward'>;

/** A public key that replies are sealed to. */
export interface ReplyKey {
  readonly kem: KemName;
  readonly publicKey: Bytes;
  /** Seconds since 1970 after which nothing is sealed to it any more. */
  readonly to?: number;
}

/** The envelope that a token was made for: what a reply's key slots are bound to. */
export interface ReplyOrigin {
  /** Its identifier, 16 bytes. */
  readonly id: Bytes;
  /** SHA-256 of its header bytes. */
  readonly header: Bytes;
}

/** What makes a reply one that only somebody who opened the envelope can have made. */
export interface ReplyProof {
  readonly keys: readonly ReplyKey[];
  /** 32 bytes. */
  readonly psk: Bytes;
  /** For the sender's side alone to open; goes back in each slot for its keys. */
  readonly token: Bytes;
  /** Left out where the token is of the envelope itself; a reply names the one that began the exchange. */
  readonly origin?: ReplyOrigin;
}

export interface ReplyInfo {
  /** At least one, none twice. */
  readonly actions: readonly ReplyAction[];
  /** Whom a reply goes to; empty where that is not known. */
  readonly to: readonly Address[];
  /** Without it, a reply is sealed to the passphrase alone, and proves nothing. */
  readonly proof?: ReplyProof;
  /** Whether a reply is sealed to the passphrase of this envelope too. True where there is no proof. */
  readonly passphrase: boolean;
  /** Path of the reply endpoint, whose origin stands in the header. */
  readonly path?: string;
  /** Set where the envelope is a reply itself. */
  readonly kind?: ReplyKind;
}

const ACTIONS: readonly unknown[] = ['reply', 'replyAll', 'forward'] satisfies readonly ReplyAction[];
const KEY_BYTES: Readonly<Record<string, number>> = { p256: 65, 'mlkem768-x25519': 1_216 } satisfies Record<
  KemName,
  number
>;
const MAX_TO = 10;
const MAX_ADDRESS = 1_000;
const PSK_BYTES = 32;

export function isReplyAction(value: unknown): value is ReplyAction {
  return ACTIONS.includes(value);
}

type Json = Readonly<Record<string, unknown>>;

/** As the manifest holds it. */
export function replyToJson({ actions, to, proof, passphrase, path, kind }: ReplyInfo): Json {
  return {
    actions,
    to,
    ...(proof && {
      keys: proof.keys.map(({ kem, publicKey, to: until }) => ({
        kem,
        key: base64urlnopad.encode(publicKey),
        to: until,
      })),
      psk: base64urlnopad.encode(proof.psk),
      token: base64urlnopad.encode(proof.token),
      ...(proof.origin && {
        id: base64urlnopad.encode(proof.origin.id),
        header: base64urlnopad.encode(proof.origin.header),
      }),
    }),
    ...(passphrase ? { passphrase: 1 } : {}),
    path,
    kind,
  };
}

/**
 * Reads the member `reply` of a manifest that has verified. Unknown keys are ignored. `undefined` where there is none, and where it is
 * not as the format wants it: then the message is read all the same, and nothing is offered.
 */
export function readReplyInfo(json: unknown): ReplyInfo | undefined {
  try {
    return infoOf(object(json));
  } catch {
    return undefined;
  }
}

function infoOf(fields: Json): ReplyInfo {
  const actions = list(fields['actions'], ACTIONS.length).filter(isReplyAction);
  const to = list(fields['to'], MAX_TO).map(readAddress);
  const proof = fields['token'] === undefined ? undefined : readProof(fields);
  const passphrase = fields['passphrase'] !== undefined;
  check(!passphrase || fields['passphrase'] === 1);
  check(proof !== undefined || ['keys', 'psk', 'id', 'header'].every((key) => fields[key] === undefined));
  const { path, kind } = fields;
  check(actions.length > 0 && new Set(actions).size === list(fields['actions'], ACTIONS.length).length);
  check(passphrase || proof !== undefined);
  check(path === undefined || (typeof path === 'string' && /^\/[!-~]{0,499}$/.test(path)));
  check(kind === undefined || kind === 'reply' || kind === 'replyAll');
  return {
    actions,
    to,
    ...(proof && { proof }),
    passphrase,
    ...(path === undefined ? {} : { path }),
    ...(kind === undefined ? {} : { kind }),
  };
}

function readProof(fields: Json): ReplyProof {
  const keys = list(fields['keys'], MAX_REPLY_KEYS).map(readKey);
  const token = binary(fields['token']);
  check(keys.length > 0 && token.length <= MAX_TOKEN_BYTES);
  return {
    keys,
    psk: binary(fields['psk'], PSK_BYTES),
    token,
    ...(fields['id'] === undefined && fields['header'] === undefined
      ? {}
      : { origin: { id: binary(fields['id'], 16), header: binary(fields['header'], 32) } }),
  };
}

function readKey(value: unknown): ReplyKey {
  const { kem, key, to } = object(value);
  check(typeof kem === 'string' && Object.hasOwn(KEY_BYTES, kem));
  check(to === undefined || (Number.isSafeInteger(to) && (to as number) >= 0));
  return {
    kem: kem as KemName,
    publicKey: binary(key, KEY_BYTES[kem]),
    ...(to === undefined ? {} : { to: to as number }),
  };
}

function readAddress(value: unknown): Address {
  const { name, address } = object(value);
  check(typeof name === 'string' && name.length <= MAX_ADDRESS);
  check(typeof address === 'string' && address.length <= MAX_ADDRESS);
  return { name, address };
}

function check(fine: boolean): asserts fine {
  if (!fine) throw new TypeError();
}

function object(value: unknown): Json {
  check(typeof value === 'object' && value !== null);
  return value as Json;
}

function list(value: unknown, maximum: number): readonly unknown[] {
  check(value instanceof Array && value.length <= maximum);
  return value;
}

function binary(value: unknown, length?: number): Bytes {
  check(typeof value === 'string');
  const bytes = new Uint8Array(base64urlnopad.decode(value));
  check(length === undefined || bytes.length === length);
  return bytes;
}
