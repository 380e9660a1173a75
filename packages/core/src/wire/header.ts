import { utf8, type Bytes } from '../bytes.js';
import { EnvelopeError } from '../errors.js';
import { MAX_HEADER_BYTES, MAX_KDF_RUNS, MAX_SLOTS, MAX_TOKEN_BYTES } from '../limits.js';
import { faceToWire, readFace, type Face } from './face.js';
import { encodeBinary, FieldReader } from './fields.js';
import { decodeWire, encodeWire } from './json.js';
import { checkKdfRange, kdfToWire } from './kdf.js';
import { readSlot, RESERVED_TYPES, slotToWire, type SecretSlot, type Slot } from './slot.js';

/** The version of the format that this release writes, and the only one that it reads. */
export const VERSION = 1;

const ID_BYTES = 16;

/** The part of an envelope that is readable without a key (spec/envelope-v1.md, section 4). */
export interface Header {
  readonly v: typeof VERSION;
  /** 16 random bytes. */
  readonly id: Bytes;
  readonly slots: readonly Slot[];
  readonly face: Face;
  /** Origin of the reply endpoint, if there is one. */
  readonly connect?: string;
}

/** A header with the exact bytes to which the payload is bound. */
export interface ParsedHeader {
  readonly header: Header;
  readonly bytes: Bytes;
}

/**
 * Parses the text of a header block; white space in it means nothing.
 * Throws `NOT_AN_ENVELOPE`, `UNSUPPORTED_VERSION`, or `LIMIT` (size, slots, KDF parameters).
 */
export function parseHeader(text: string): ParsedHeader {
  const parsed = readHeader(text);
  checkSlots(parsed.header.slots);
  return parsed;
}

/** As {@link parseHeader}, without a look at what the slots ask for together. */
export function readHeader(text: string): ParsedHeader {
  const packed = text.replace(/[\t\n\f\r ]+/g, '');
  if (packed.length > MAX_HEADER_BYTES) throw new EnvelopeError('LIMIT', 'header is larger than 64 KiB');
  const version = /^\{"v":(0|[1-9]\d*)[,}]/.exec(packed)?.[1];
  if (version !== undefined && version !== String(VERSION)) {
    throw new EnvelopeError(
      'UNSUPPORTED_VERSION',
      `envelope is of version ${version}, this release reads ${String(VERSION)}`,
    );
  }
  const fields = new FieldReader(decodeWire(packed), 'header');
  if (fields.integer('v') !== VERSION) throw fields.wrong('v', 'is not the first key');
  const id = fields.bytes('id');
  if (id?.length !== ID_BYTES) throw fields.wrong('id', 'is not 16 bytes');
  const slots = fields.list('slots');
  if (slots.length === 0) throw fields.wrong('slots', 'is empty');
  if (slots.length > MAX_SLOTS) throw new EnvelopeError('LIMIT', 'header has more than 16 slots');
  const header: Header = {
    v: VERSION,
    id,
    slots: slots.map((slot, index) => readSlot(slot, `slots[${String(index)}]`)),
    face: readFace(fields.take('face')),
    ...readConnect(fields),
  };
  fields.end();
  return { header, bytes: utf8(packed) };
}

function readConnect(fields: FieldReader): { connect?: string } {
  const connect = fields.text('connect', 300);
  if (connect === undefined) return {};
  // Written so that the page's code holds no address: mail filters rewrite them, and its hash would break.
  const isOrigin =
    /^https[:]\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9]\d{0,4})?$/.test(connect) ||
    /^http[:]\/\/(localhost|127\.0\.0\.1):[1-9]\d{0,4}$/.test(connect);
  if (!isOrigin) throw fields.wrong('connect', 'is not an origin');
  return { connect };
}

function checkSlots(slots: readonly Slot[]): void {
  if (slots.every(({ type }) => RESERVED_TYPES.includes(type)))
    throw new EnvelopeError('UNSUPPORTED_VERSION', 'no slot of this envelope is of a type known here');
  const derived = slots.filter((slot) => slot.type === 'passphrase' || slot.type === 'answer');
  for (const slot of derived) checkKdfRange(slot.kdf);
  if (slots.some((slot) => slot.type === 'key' && (slot.token?.length ?? 0) > MAX_TOKEN_BYTES))
    throw new EnvelopeError('LIMIT', `token of a reply is larger than ${String(MAX_TOKEN_BYTES)} bytes`);
  if (new Set(derived.map(derivationId)).size > MAX_KDF_RUNS) {
    throw new EnvelopeError('LIMIT', 'header asks for more than four key derivations');
  }
}

/** Equal for two slots exactly when one derivation serves both. */
export function derivationId(slot: Pick<SecretSlot, 'kdf' | 'norm'>): string {
  return encodeWire([kdfToWire(slot.kdf), slot.norm]);
}

/**
 * A header of a writer, as a reader will see it. Throws `INVALID_ARGUMENT` for one that {@link parseHeader} would refuse, so that
 * none is ever written; `LIMIT` for one that is too large.
 */
export function encodeHeader(header: Header): ParsedHeader {
  const { v, id, slots, face, connect } = header;
  try {
    const parsed = readHeader(
      encodeWire({
        v,
        id: encodeBinary(id),
        slots: slots.map(slotToWire),
        face: faceToWire(face),
        ...(connect === undefined ? {} : { connect }),
      }),
    );
    checkSlots(slots);
    return parsed;
  } catch (cause) {
    if (!(cause instanceof EnvelopeError) || cause.code === 'LIMIT') throw cause;
    throw new EnvelopeError('INVALID_ARGUMENT', cause.message, { cause });
  }
}
