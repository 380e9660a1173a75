import { encodeBase64url, decodeBase64url } from './base64url.js';
import { ascii, concat } from './bytes.js';
import type { ByteSource } from './byte-source.js';
import { openChunked, sealChunked, type ChunkedLies } from './chunked.js';
import { isObject, writeJson, type Json, type JsonObject } from './header-json.js';
import { deriveSlotKey, kdfJson, type Kdf } from './kdf.js';
import { told, type Lie } from './lie.js';
import { normalise, type Norm } from './normalise.js';

/** How one `passphrase` slot is made. */
export interface SlotRecipe {
  readonly passphrase: string;
  readonly norm: Norm;
  readonly kdf: Kdf;
  readonly lies?: SlotLies;
}

export interface SlotLies {
  /** The bytes that are really derived from, where the rule of section 6 has none. */
  readonly secret?: Uint8Array;
  /** The parameters that are really derived with, where those written must not be run. */
  readonly derivedWith?: Kdf;
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

/** Section 5: wraps the file key. Takes the 24-byte salt of the wrap from `random`. */
export function buildSlot(recipe: SlotRecipe, id: Uint8Array, fileKey: Uint8Array, random: ByteSource): BuiltSlot {
  const lies = recipe.lies ?? {};
  const secret = lies.secret ?? normalise(recipe.passphrase, recipe.norm);
  if (secret === undefined) throw new Error('the passphrase is empty or too long');
  const slotKey = deriveSlotKey(lies.derivedWith ?? recipe.kdf, secret);
  const unwrapped = told(lies.slot, { type: 'passphrase', kdf: kdfJson(recipe.kdf), norm: recipe.norm });
  const slotBytes = ascii(writeJson(unwrapped));
  const context = slotContext(id, slotBytes);
  const wrap = sealChunked(slotKey, context, told(lies.fileKey, fileKey), random.take(24), lies.wrap);
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
