import type { AnswerNorm } from './answers.js';
import { decodeBase64url } from './base64url.js';
import { ascii } from './bytes.js';
import { isFace } from './face.js';
import { OpenFailure } from './failure.js';
import { isArray, isObject, readJson, type Json, type JsonObject } from './header-json.js';
import { isInRange, type Kdf } from './kdf.js';
import { kems } from './kems.js';
import type { KeySlot } from './key-slot.js';
import type { Norm } from './normalise.js';
import { greatestToken } from './offer.js';
import { isSlotShaped } from './wrap.js';

/** A `passphrase` slot that was read. `json` is the slot as it stood, for the wrap's context. */
export interface PassphraseSlot {
  readonly type: 'passphrase';
  readonly kdf: Kdf;
  readonly norm: Norm;
  readonly json: JsonObject;
}

/** An `answer` slot that was read, likewise. */
export interface AnswerSlot {
  readonly type: 'answer';
  readonly kdf: Kdf;
  readonly norm: AnswerNorm;
  readonly json: JsonObject;
}

export interface Header {
  /** The header bytes, white space removed. */
  readonly bytes: Uint8Array;
  readonly id: Uint8Array;
  /** Those of a type that this reader implements, at least one. */
  readonly slots: readonly (PassphraseSlot | AnswerSlot | KeySlot)[];
  readonly face: JsonObject;
  readonly connect: string | undefined;
}

const whiteSpace = /[\t\n\f\r ]/g;
const greatestLength = 65_536;
const greatestSlots = 16;
const greatestDerivations = 4;
const greatestOrigin = 300;
const keyIdLength = 8;
const origin =
  /^(?:https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9][0-9]{0,4})?|http:\/\/(?:localhost|127\.0\.0\.1):[1-9][0-9]{0,4})$/;

/** Parses and checks a header's text by sections 4 and 5. Throws {@link OpenFailure}; derives nothing. */
export function readHeader(text: string): Header {
  const written = text.replace(whiteSpace, '');
  if (written.length > greatestLength) throw new OpenFailure('LIMIT', '4.1: header bytes');
  const version = /^\{"v":(0|[1-9][0-9]*)[,}]/.exec(written)?.[1];
  if (version !== undefined && version !== '1') throw new OpenFailure('UNSUPPORTED_VERSION', '4.2: v');
  const header = readJson(written);
  if (!isObject(header)) throw syntax('4.1');
  const { v, id, slots, face, connect } = header;
  const keys = ['v', 'id', 'slots', 'face', ...(connect === undefined ? [] : ['connect'])];
  if (Object.keys(header).join() !== keys.join() || v !== 1) throw syntax('4.2: keys');
  const idBytes = typeof id === 'string' ? decodeBase64url(id) : undefined;
  if (idBytes?.length !== 16) throw syntax('4.2: id');
  if (!isArray(slots) || slots.length === 0) throw syntax('4.2: slots');
  if (slots.length > greatestSlots) throw new OpenFailure('LIMIT', '4.2: slots');
  if (!isObject(face) || !isFace(face)) throw syntax('4.3');
  if (connect !== undefined && !isOrigin(connect)) throw syntax('4.2: connect');
  return { bytes: ascii(written), id: idBytes, slots: readSlots(slots), face, connect };
}

function isOrigin(value: Json): value is string {
  return typeof value === 'string' && value.length <= greatestOrigin && origin.test(value);
}

function readSlots(slots: readonly Json[]): Header['slots'] {
  const implemented = slots.flatMap(readSlot);
  if (implemented.length === 0) throw new OpenFailure('UNSUPPORTED_VERSION', '5: no slot type implemented');
  const derived = implemented.filter((slot) => slot.type !== 'key');
  if (!derived.every(({ kdf }) => isInRange(kdf))) throw new OpenFailure('LIMIT', '5.1: KDF parameters');
  const derivations = new Set(derived.map(derivationOf));
  if (derivations.size > greatestDerivations) throw new OpenFailure('LIMIT', '5.1: derivations');
  const tokens = implemented.flatMap((slot) => (slot.type === 'key' ? [slot.token?.length ?? 0] : []));
  if (tokens.some((length) => length > greatestToken)) throw new OpenFailure('LIMIT', '5.5: token');
  return implemented;
}

/** What a derivation depends on beside the passphrase or the answers; equal for slots that share one. */
export function derivationOf({ json }: PassphraseSlot | AnswerSlot): string {
  return JSON.stringify([json['kdf'], json['norm']]);
}

function readSlot(slot: Json): Header['slots'] {
  if (!isSlotShaped(slot)) throw syntax('5: slot');
  const { type, kdf, norm } = slot;
  if (type === 'card') return [];
  if (type === 'key') return [readKeySlot(slot)];
  if (type !== 'passphrase' && type !== 'answer') throw syntax('5: slot type');
  if (Object.keys(slot).join() !== 'type,kdf,norm,wrap') throw syntax('5.1, 5.6: keys');
  if (type === 'passphrase') return [{ type, kdf: readKdf(kdf), norm: readNorm(norm), json: slot }];
  if (norm !== 'answers' && norm !== 'answers-code') throw syntax('5.6: norm');
  return [{ type, kdf: readKdf(kdf), norm, json: slot }];
}

/** The `norm` of a passphrase. Throws {@link OpenFailure}. */
export function readNorm(norm: Json | undefined): Norm {
  if (norm !== 'opaque' && norm !== 'words' && norm !== 'code') throw syntax('5.1: norm');
  return norm;
}

function readKeySlot(json: JsonObject): KeySlot {
  const hasToken = 'token' in json;
  const keys = `type,kem,key,enc,${hasToken ? 'token,' : ''}wrap`;
  if (Object.keys(json).join() !== keys) throw syntax('5.2: keys');
  const kem = kems.find(({ name }) => name === json['kem']);
  if (kem === undefined) throw syntax('5.2: kem');
  const [key, enc, token] = [json['key'], json['enc'], json['token']].map((text) =>
    typeof text === 'string' ? decodeBase64url(text) : undefined,
  );
  if (key?.length !== keyIdLength || enc?.length !== kem.encLength) throw syntax('5.2: key or enc');
  if (hasToken && token === undefined) throw syntax('5.5: token');
  return { type: 'key', kem, key, enc, json, ...(token === undefined ? {} : { token }) };
}

/** A `kdf` of section 5.1, its ranges not looked at. Throws {@link OpenFailure}. */
export function readKdf(kdf: Json | undefined): Kdf {
  if (!isObject(kdf)) throw syntax('5.1: kdf');
  const { name, m, t, p, c } = kdf;
  const keys = Object.keys(kdf).join();
  const salt = typeof kdf['salt'] === 'string' ? decodeBase64url(kdf['salt']) : undefined;
  if (salt === undefined) throw syntax('5.1: salt');
  if (name === 'argon2id' && keys === 'name,m,t,p,salt') {
    if (typeof m === 'number' && typeof t === 'number' && typeof p === 'number') return { name, m, t, p, salt };
  }
  if (name === 'pbkdf2-hmac-sha256' && keys === 'name,c,salt' && typeof c === 'number') return { name, c, salt };
  throw syntax('5.1: kdf');
}

function syntax(clause: string): OpenFailure {
  return new OpenFailure('NOT_AN_ENVELOPE', clause);
}
