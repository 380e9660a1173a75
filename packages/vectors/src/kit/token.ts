import { createHmac } from 'node:crypto';
import { decodeBase64url, encodeBase64url } from './base64url.js';
import { ascii, concat, fromUtf8 } from './bytes.js';
import { openChunked, sealChunked } from './chunked.js';
import { isArray, isObject, readJson, writeJson, type Json, type JsonObject } from './header-json.js';
import { told, type Lie } from './lie.js';
import { isActions } from './offer.js';

/** What a token of section 5.5 says. */
export interface Token {
  /** Of the envelope that it was made for: identifier, and SHA-256 of its header bytes. */
  readonly id: Uint8Array;
  readonly header: Uint8Array;
  readonly psk: Uint8Array;
  readonly recipients: readonly string[];
  readonly actions: readonly string[];
  /** Seconds since 1970, like `expires`. */
  readonly issued: number;
  readonly expires: number;
  readonly messageId?: string;
  readonly references: readonly string[];
}

/** Where the making of a token can lie. What comes after a lie is made to fit. */
export interface TokenLies {
  /** The object: further keys, missing ones, other values. */
  readonly object?: Lie<JsonObject>;
  /** Its text: another spelling. */
  readonly text?: Lie<string>;
  readonly key?: Lie<Uint8Array>;
  readonly context?: Lie<Uint8Array>;
  /** The sealed token: cut, changed. */
  readonly sealed?: Lie<Uint8Array>;
}

const label = ascii('sealpost/v1 token');
const context = concat(label, Uint8Array.of(0));

/** A sealed token, by the private key of the sender's side, with the given 24-byte salt. */
export function sealToken(
  { id, header, psk, recipients, actions, issued, expires, messageId, references }: Token,
  privateKey: Uint8Array,
  salt: Uint8Array,
  lies: TokenLies = {},
): Uint8Array {
  const object = told(lies.object, {
    token: 1,
    id: encodeBase64url(id),
    header: encodeBase64url(header),
    psk: encodeBase64url(psk),
    recipients,
    actions,
    issued,
    expires,
    ...(messageId === undefined ? {} : { messageId }),
    references,
  });
  const text = ascii(told(lies.text, writeJson(object)));
  const key = told(lies.key, tokenKey(privateKey));
  return told(lies.sealed, sealChunked(key, told(lies.context, context), text, salt));
}

/** What a token says, or undefined where it is not one of this private key's, or not as it should be. */
export function openToken(sealed: Uint8Array, privateKey: Uint8Array): Token | undefined {
  const text = openChunked(tokenKey(privateKey), context, sealed);
  return text && readToken(readJson(fromUtf8(text) ?? ''));
}

/** `token key` of section 5.5; a lie gives it another key or another label. */
export function tokenKey(privateKey: Uint8Array, what: Uint8Array = label): Uint8Array {
  return new Uint8Array(createHmac('sha256', privateKey).update(what).digest());
}

function readToken(value: Json | undefined): Token | undefined {
  if (!isObject(value)) return undefined;
  const { token, recipients, actions, issued, expires, messageId, references } = value;
  const optional = messageId === undefined ? [] : ['messageId'];
  const keys = [
    'token',
    'id',
    'header',
    'psk',
    'recipients',
    'actions',
    'issued',
    'expires',
    ...optional,
    'references',
  ];
  if (token !== 1 || Object.keys(value).join() !== keys.join()) return undefined;
  const id = binary(value['id'], 16);
  const [header, psk] = [binary(value['header'], 32), binary(value['psk'], 32)];
  if (id === undefined || header === undefined || psk === undefined) return undefined;
  if (!isTexts(recipients) || !isTexts(references) || !isActions(actions)) return undefined;
  if (typeof issued !== 'number' || typeof expires !== 'number') return undefined;
  if (messageId !== undefined && typeof messageId !== 'string') return undefined;
  const always = { id, header, psk, recipients, actions, issued, expires, references };
  return messageId === undefined ? always : { ...always, messageId };
}

function binary(text: Json | undefined, length: number): Uint8Array | undefined {
  const bytes = typeof text === 'string' ? decodeBase64url(text) : undefined;
  return bytes?.length === length ? bytes : undefined;
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return isArray(value) && value.every((item) => typeof item === 'string');
}
