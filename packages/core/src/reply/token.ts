import { concat, fromUtf8, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { openChunked, sealChunked } from '../crypto/chunks.js';
import type { RandomSource } from '../crypto/random.js';
import { EnvelopeError } from '../errors.js';
import type { Identity } from '../keys/identity.js';
import { MAX_TOKEN_BYTES } from '../limits.js';
import { encodeBinary, FieldReader } from '../wire/fields.js';
import { decodeWire, encodeWire, type WireValue } from '../wire/json.js';
import { isReplyAction, type ReplyAction, type ReplyOrigin } from './reply-info.js';

/**
 * What a sender's side tells itself about an envelope that may be answered (spec/envelope-v1.md, section 5.5). It is sealed under a
 * key that only that side has, never to its public key: anybody could seal to that, and so invent an envelope that was never sent.
 */
export interface ReplyToken extends ReplyOrigin {
  /** What proves that a reply was made by somebody who opened the envelope, 32 bytes. */
  readonly psk: Bytes;
  /** Addresses that the envelope was for: one of them wrote a reply, whatever its From says. */
  readonly recipients: readonly string[];
  readonly actions: readonly ReplyAction[];
  /** Seconds since 1970. */
  readonly issued: number;
  readonly expires: number;
  readonly messageId?: string;
  /** Of the message, oldest first. */
  readonly references: readonly string[];
}

const LABEL = utf8('sealpost/v1 token');
const CONTEXT = concat(LABEL, Uint8Array.of(0));

/** Only the owner of the private key can make it. */
function tokenKey(identity: Identity, backend: Backend): Promise<Bytes> {
  return backend.hmac('sha256', identity.pair.privateKey, LABEL);
}

/** Throws `LIMIT` where the token would be larger than 8,192 bytes, `INVALID_ARGUMENT` for values that it cannot hold. */
export async function sealToken(
  token: ReplyToken,
  identity: Identity,
  backend: Backend,
  random: RandomSource,
): Promise<Bytes> {
  const key = await tokenKey(identity, backend);
  const sealed = await sealChunked(key, CONTEXT, utf8(tokenText(token)), backend, random);
  key.fill(0);
  if (sealed.length > MAX_TOKEN_BYTES) {
    throw new EnvelopeError(
      'LIMIT',
      `recipients and thread of the message are too many for replies: their token would be larger than ${String(MAX_TOKEN_BYTES)} bytes`,
    );
  }
  return sealed;
}

function tokenText({ id, header, psk, messageId, ...rest }: ReplyToken): string {
  const { recipients, actions, issued, expires, references } = rest;
  try {
    return encodeWire({
      token: 1,
      id: encodeBinary(id),
      header: encodeBinary(header),
      psk: encodeBinary(psk),
      recipients,
      actions,
      issued,
      expires,
      ...(messageId === undefined ? {} : { messageId }),
      references,
    });
  } catch (cause) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'an address or identifier of the message is no well-formed text', {
      cause,
    });
  }
}

/** The reverse, or `undefined` for what this identity did not seal. */
export async function openToken(sealed: Bytes, identity: Identity, backend: Backend): Promise<ReplyToken | undefined> {
  const key = await tokenKey(identity, backend);
  const bytes = await openChunked(key, CONTEXT, sealed, backend);
  key.fill(0);
  return bytes && readToken(bytes);
}

/** Authenticated: what does not fit was made by another release with the same key. */
function readToken(bytes: Bytes): ReplyToken | undefined {
  try {
    const fields = new FieldReader(decodeWire(fromUtf8(bytes)), 'token');
    if (fields.integer('token') !== 1) return undefined;
    const token: ReplyToken = {
      id: bytesOf(fields, 'id', 16),
      header: bytesOf(fields, 'header', 32),
      psk: bytesOf(fields, 'psk', 32),
      recipients: texts(fields.list('recipients')),
      actions: texts(fields.list('actions')).filter(isReplyAction),
      issued: fields.integer('issued'),
      expires: fields.integer('expires'),
      ...messageIdOf(fields),
      references: texts(fields.list('references')),
    };
    fields.end();
    return token;
  } catch {
    return undefined;
  }
}

function bytesOf(fields: FieldReader, key: string, length: number): Bytes {
  const bytes = fields.bytes(key);
  if (bytes?.length !== length) throw fields.wrong(key, 'is missing, or of another length');
  return bytes;
}

function messageIdOf(fields: FieldReader): { readonly messageId?: string } {
  const messageId = fields.text('messageId', Infinity);
  return messageId === undefined ? {} : { messageId };
}

function texts(values: readonly WireValue[]): readonly string[] {
  return values.map((value) => {
    if (typeof value !== 'string') throw new TypeError();
    return value;
  });
}
