import { base64urlnopad } from '@scure/base';

import { fromUtf8, utf8, type Bytes } from '../bytes.js';
import { damaged, EnvelopeError } from '../errors.js';
import { MAX_ADDRESSES, MAX_BODY_BYTES, MAX_MANIFEST_BYTES, MAX_NAME_BYTES, MAX_PARTS } from '../limits.js';
import { encodeBinary } from '../wire/fields.js';
import type { Address, MessageHeaders } from './message.js';

/** The manifest: a message's table of contents, at the end of the plaintext (spec/envelope-v1.md, section 7.2). */

export type PartRole = 'text' | 'html' | 'attachment' | 'original';

export interface ManifestPart {
  readonly role: PartRole;
  /** As its author wrote it; empty for bodies. */
  readonly name: string;
  readonly type: string;
  /** Bytes of the content. */
  readonly size: number;
  readonly contentId?: string;
  readonly inline: boolean;
  readonly sha256: Bytes;
  /** Where the stored bytes stand in the plaintext. */
  readonly offset: number;
  readonly length: number;
  readonly encoding: 'stored' | 'deflate';
}

/** What the sender asks of the reader; nothing enforces it. */
export interface Notes {
  /** How the message is to be handled, in words. */
  readonly handling?: string;
  /** Seconds since 1970. */
  readonly expires?: number;
  /** The sender's organisation keeps a key that opens the envelope, too. */
  readonly archive?: 1;
}

export interface Manifest {
  readonly headers: MessageHeaders;
  readonly parts: readonly ManifestPart[];
  readonly notes: Notes;
  /** Minutes without input after which a page locks. */
  readonly idleLock?: number;
  /** How the signing key was announced, not looked at yet: `readPredecessors` does. */
  readonly predecessors?: unknown;
  /** What it says about replies, not looked at yet: `readReplyInfo` does. */
  readonly reply?: unknown;
}

const ROLES: readonly unknown[] = ['text', 'html', 'attachment', 'original'] satisfies readonly PartRole[];
const MAX_TYPE = 255;
const MAX_HANDLING = 1_000;
const MAX_IDLE_LOCK = 1_440;

/** Deflate's best: 258 bytes for two bits, and block headers besides. Bounds what a part claims before memory is taken. */
const MAX_INFLATION = 1_032;

/** Throws `LIMIT` where the manifest would be larger than its maximum. */
export function encodeManifest({ headers, parts, notes, idleLock, predecessors, reply }: Manifest): Bytes {
  const bytes = utf8(
    JSON.stringify({
      headers,
      parts: parts.map(({ role, name, inline, sha256, type, size, contentId, offset, length, encoding }) => ({
        role,
        ...(name === '' ? {} : { name }),
        type,
        size,
        contentId,
        ...(inline ? { inline: 1 } : {}),
        sha256: encodeBinary(sha256),
        offset,
        length,
        encoding,
      })),
      ...(Object.keys(notes).length === 0 ? {} : { notes }),
      idleLock,
      predecessors,
      reply,
    }),
  );
  if (bytes.length > MAX_MANIFEST_BYTES)
    throw new EnvelopeError('LIMIT', 'headers and part table of the message are larger than 4 MiB');
  return bytes;
}

function fail(what: string): never {
  throw damaged(`manifest is not as the format wants it: ${what}`);
}

type Json = Readonly<Record<string, unknown>>;

function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || value instanceof Array) fail(`${what} is not an object`);
  return value as Json;
}

function list(value: unknown, maximum: number, what: string): readonly unknown[] {
  if (!(value instanceof Array) || value.length > maximum) fail(`${what} is not a list of at most ${String(maximum)}`);
  return value;
}

function text(value: unknown, what: string, maximum = Infinity): string {
  if (typeof value !== 'string' || value.length > maximum) fail(`${what} is not a text of at most ${String(maximum)}`);
  return value;
}

function integer(value: unknown, what: string, maximum: number = Number.MAX_SAFE_INTEGER, minimum = 0): number {
  if (!Number.isSafeInteger(value) || (value as number) < minimum || (value as number) > maximum)
    fail(`${what} is not an integer in its range`);
  return value as number;
}

type Reader<T> = (value: unknown, what: string) => T;

/** Reads members that may be missing, each with its own reader; what is missing stays so. */
function optional<T extends object>(from: Json, readers: { readonly [K in keyof T]: Reader<T[K]> }): Partial<T> {
  const present = Object.entries<Reader<unknown>>(readers).filter(([key]) => from[key] !== undefined);
  return Object.fromEntries(present.map(([key, read]) => [key, read(from[key], key)])) as Partial<T>;
}

function address(value: unknown, what: string): Address {
  const fields = object(value, what);
  return { name: text(fields['name'], `${what}.name`), address: text(fields['address'], `${what}.address`) };
}

function addresses(value: unknown, what: string): readonly Address[] {
  return list(value, MAX_ADDRESSES, what).map((item) => address(item, what));
}

function readHeaders(value: unknown): MessageHeaders {
  const fields = object(value, 'headers');
  return optional<Required<MessageHeaders>>(fields, {
    from: addresses,
    sender: address,
    replyTo: addresses,
    to: addresses,
    cc: addresses,
    subject: text,
    date: text,
    messageId: text,
    inReplyTo: text,
    references: (items, what) => list(items, MAX_ADDRESSES, what).map((item) => text(item, what)),
  });
}

function readPart(value: unknown, index: number): ManifestPart {
  const path = `parts[${String(index)}]`;
  const fields = object(value, path);
  const { role, encoding } = fields;
  if (!ROLES.includes(role)) fail(`${path}.role is not known`);
  if (encoding !== 'stored' && encoding !== 'deflate') fail(`${path}.encoding is not known`);
  const sha256 = base64urlnopad.decode(text(fields['sha256'], `${path}.sha256`, 43));
  if (sha256.length !== 32) fail(`${path}.sha256 is not 32 bytes`);
  const name = fields['name'] === undefined ? '' : text(fields['name'], `${path}.name`);
  if (utf8(name).length > MAX_NAME_BYTES) fail(`${path}.name is too long`);
  const size = integer(fields['size'], `${path}.size`);
  const length = integer(fields['length'], `${path}.length`);
  if (encoding === 'stored' && size !== length) fail(`${path}: stored size and length differ`);
  return {
    role: role as PartRole,
    name,
    type: text(fields['type'], `${path}.type`, MAX_TYPE),
    size,
    ...optional(fields, { contentId: text }),
    inline: fields['inline'] !== undefined && integer(fields['inline'], `${path}.inline`, 1, 1) === 1,
    sha256: new Uint8Array(sha256),
    offset: integer(fields['offset'], `${path}.offset`),
    length,
    encoding,
  };
}

function isBody({ role }: Pick<ManifestPart, 'role'>): boolean {
  return role === 'text' || role === 'html';
}

/**
 * Reads a manifest that has verified. Unknown keys are ignored. Whether its parts fit together, {@link checkParts} says.
 * Throws `LIMIT` for too many parts, a body that is too large, or parts of more than `maximum` bytes together; and `DAMAGED` for anything
 * else that the spec does not allow: a writer cannot have made it by mistake.
 */
export function decodeManifest(bytes: Uint8Array, maximum: number): Manifest {
  try {
    const fields = object(JSON.parse(fromUtf8(bytes)), 'manifest');
    const table = list(fields['parts'], Infinity, 'parts');
    checkLimits(table, maximum);
    const parts = table.map(readPart);
    const notes = fields['notes'] === undefined ? {} : object(fields['notes'], 'notes');
    return {
      headers: readHeaders(fields['headers']),
      parts,
      notes: optional<Required<Notes>>(notes, {
        handling: (value, what) => text(value, what, MAX_HANDLING),
        expires: integer,
        archive: (value, what) => integer(value, what, 1, 1) as 1,
      }),
      ...optional<{ readonly idleLock: number }>(fields, {
        idleLock: (value, what) => integer(value, what, MAX_IDLE_LOCK, 1),
      }),
      predecessors: fields['predecessors'],
      reply: fields['reply'],
    };
  } catch (cause) {
    if (cause instanceof EnvelopeError) throw cause;
    // The cause would quote the manifest, which is secret.
    fail('it is not JSON in UTF-8');
  }
}

/** Looks for passed limits in a table of which nothing is known yet: they are named before anything else that is wrong. */
function checkLimits(table: readonly unknown[], maximum: number): void {
  if (table.length > MAX_PARTS) throw new EnvelopeError('LIMIT', `message has more than ${String(MAX_PARTS)} parts`);
  const claims = table.filter((entry): entry is Pick<ManifestPart, 'role' | 'size'> =>
    Number.isSafeInteger((entry as Partial<ManifestPart> | null)?.size),
  );
  const total = claims.reduce((sum, { size }) => sum + size, 0);
  if (total > maximum) throw new EnvelopeError('LIMIT', 'message is larger than the reader takes');
  // A body is held as one text.
  if (claims.some((part) => isBody(part) && part.size > MAX_BODY_BYTES)) {
    throw new EnvelopeError('LIMIT', `a body is larger than ${String(MAX_BODY_BYTES)} bytes`);
  }
}

/**
 * Looks at whether parts fit together, before memory is taken for them; `end` is where the manifest begins in the plaintext. Throws
 * `DAMAGED` where they do not follow each other, or a deflated one claims more than deflate can hold in its length.
 */
export function checkParts(parts: readonly ManifestPart[], end: number): void {
  checkTable(parts, end);
  const bomb = parts.some(({ encoding, size, length }) => encoding === 'deflate' && size > length * MAX_INFLATION);
  if (bomb) fail('a part claims more than its length can hold');
}

/** Bodies first, one of each kind at most, one original at most, no gaps, and nothing behind `end`. */
function checkTable(parts: readonly ManifestPart[], end: number): void {
  let offset = 0;
  let bodiesOver = false;
  const single = new Set<PartRole>();
  for (const part of parts) {
    if (part.offset !== offset) fail('parts do not follow each other');
    offset += part.length;
    if (isBody(part) && bodiesOver) fail('a body comes after an attachment');
    bodiesOver ||= !isBody(part);
    if (part.role === 'attachment') continue;
    if (single.has(part.role)) fail(`there are two parts with role ${part.role}`);
    single.add(part.role);
  }
  if (offset > end) fail('parts reach into the manifest');
}
