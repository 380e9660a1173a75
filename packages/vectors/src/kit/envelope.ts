import { encodeBase64url } from './base64url.js';
import { cutBlocks, endBlock } from './block.js';
import { ascii, concat } from './bytes.js';
import type { ByteSource } from './byte-source.js';
import { sealChunked, type ChunkedLies } from './chunked.js';
import { writeJson, type JsonObject } from './header-json.js';
import { told, type Lie } from './lie.js';
import { layPlaintext, type MessageRecipe, type PlaintextPieces } from './plaintext.js';
import { sectionsOf, type Section } from './section.js';
import { buildSlot, type SlotRecipe } from './slot.js';
import type { BuiltSlot } from './wrap.js';

/** Everything an envelope is made of. The same recipe with a source of the same seed gives the same bytes. */
export interface EnvelopeRecipe {
  readonly random: ByteSource;
  readonly slots: readonly SlotRecipe[];
  readonly message: MessageRecipe;
  readonly face?: JsonObject;
  readonly connect?: string;
  readonly lies?: EnvelopeLies;
}

/** Lies of the writer: what comes after them is made to fit. For changes on the way, change the sections. */
export interface EnvelopeLies {
  /** The header object, slots wrapped: other values, other order, further keys, further slots. */
  readonly header?: Lie<JsonObject>;
  /** The header's text: doubled keys, other spellings. The payload is bound to what comes out. */
  readonly headerText?: Lie<string>;
  readonly payload?: ChunkedLies;
  /** The whole payload: cut, longer. */
  readonly payloadBytes?: Lie<Uint8Array>;
  readonly blocks?: Lie<readonly Uint8Array[]>;
  readonly endBlock?: Lie<Uint8Array>;
}

/** An envelope with the intermediate values that a worked example shows. */
export interface BuiltEnvelope {
  readonly id: Uint8Array;
  readonly fileKey: Uint8Array;
  readonly slots: readonly BuiltSlot[];
  readonly headerBytes: Uint8Array;
  readonly pieces: PlaintextPieces;
  readonly plaintext: Uint8Array;
  readonly context: Uint8Array;
  readonly payload: Uint8Array;
  readonly blocks: readonly Uint8Array[];
  readonly endBlock: Uint8Array;
  readonly sections: readonly Section[];
}

/**
 * Builds an envelope by the spec, but where the recipe lies. Takes from `random`, in this order: identifier (16), file
 * key (32), for each slot what its KEM draws (32 or 64, with a `key` slot alone) and the salt of its wrap (24), the salt
 * of the payload (24).
 */
export function buildEnvelope(recipe: EnvelopeRecipe): BuiltEnvelope {
  const { random, lies = {} } = recipe;
  const id = random.take(16);
  const fileKey = random.take(32);
  const slots = recipe.slots.map((slot) => buildSlot(slot, id, fileKey, random));
  const header = told(lies.header, {
    v: 1,
    id: encodeBase64url(id),
    slots: slots.map(({ json }) => json),
    face: recipe.face ?? {},
    ...(recipe.connect === undefined ? {} : { connect: recipe.connect }),
  });
  const headerBytes = ascii(told(lies.headerText, writeJson(header)));
  const { pieces, bytes: plaintext } = layPlaintext(recipe.message, headerBytes);
  const context = payloadContext(headerBytes);
  const sealed = sealChunked(fileKey, context, plaintext, random.take(24), lies.payload);
  const payload = told(lies.payloadBytes, sealed);
  const blocks = told(lies.blocks, cutBlocks(payload));
  const end = told(lies.endBlock, endBlock(blocks.length, headerBytes));
  const sections = sectionsOf(headerBytes, blocks, end);
  return { id, fileKey, slots, headerBytes, pieces, plaintext, context, payload, blocks, endBlock: end, sections };
}

/** The context of section 7. */
export function payloadContext(headerBytes: Uint8Array): Uint8Array {
  return concat(ascii('sealpost/v1 payload'), new Uint8Array(1), headerBytes);
}
