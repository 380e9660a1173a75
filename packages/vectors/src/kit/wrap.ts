import { decodeBase64url, encodeBase64url } from './base64url.js';
import { ascii, concat } from './bytes.js';
import { openChunked, sealChunked, type ChunkedLies } from './chunked.js';
import { isObject, writeJson, type Json, type JsonObject } from './header-json.js';
import { told, type Lie } from './lie.js';

/** Where a slot of any type can lie. */
export interface WrapLies {
  /** The slot without `wrap`, before it is written into the wrap's context. */
  readonly slot?: Lie<JsonObject>;
  /** The file key that is wrapped. */
  readonly fileKey?: Lie<Uint8Array>;
  readonly wrap?: ChunkedLies;
  /** The whole slot, wrap and all: what nobody authenticates at this layer. */
  readonly wrapped?: Lie<JsonObject>;
}

/** A sealed slot with the intermediate values that a worked example shows. */
export interface BuiltSlot {
  readonly slotKey: Uint8Array;
  readonly slotBytes: Uint8Array;
  readonly context: Uint8Array;
  readonly wrap: Uint8Array;
  readonly json: JsonObject;
}

/** What a wrap is bound to and made of, beside its slot. */
export interface WrapInput {
  readonly id: Uint8Array;
  readonly fileKey: Uint8Array;
  /** 24 bytes. */
  readonly salt: Uint8Array;
}

/** Section 5: wraps the file key, lies included. */
export function wrapSlot(
  slotKey: Uint8Array,
  honest: JsonObject,
  { id, fileKey, salt }: WrapInput,
  lies: WrapLies,
): BuiltSlot {
  const unwrapped = told(lies.slot, honest);
  const slotBytes = ascii(writeJson(unwrapped));
  const context = slotContext(id, slotBytes);
  const wrap = sealChunked(slotKey, context, told(lies.fileKey, fileKey), salt, lies.wrap);
  const json = told(lies.wrapped, { ...unwrapped, wrap: encodeBase64url(wrap) });
  return { slotKey, slotBytes, context, wrap, json };
}

/** The file key, or undefined where the slot does not open with this slot key. */
export function openSlot(slot: JsonObject, slotKey: Uint8Array, id: Uint8Array): Uint8Array | undefined {
  const { wrap, ...unwrapped } = slot;
  const fileKey = openChunked(
    slotKey,
    slotContext(id, ascii(writeJson(unwrapped))),
    readWrap(wrap) ?? new Uint8Array(),
  );
  return fileKey?.length === 32 ? fileKey : undefined;
}

/** Whether a value can be a slot of any type: `type` first, a wrap of 104 bytes last. */
export function isSlotShaped(slot: Json): slot is JsonObject {
  if (!isObject(slot)) return false;
  const keys = Object.keys(slot);
  return keys.length >= 2 && keys[0] === 'type' && keys.at(-1) === 'wrap' && readWrap(slot['wrap']) !== undefined;
}

function readWrap(wrap: Json | undefined): Uint8Array | undefined {
  const bytes = typeof wrap === 'string' ? decodeBase64url(wrap) : undefined;
  return bytes?.length === 104 ? bytes : undefined;
}

function slotContext(id: Uint8Array, slotBytes: Uint8Array): Uint8Array {
  return concat(ascii('sealpost/v1 slot'), new Uint8Array(1), id, slotBytes);
}
