import { concat, u32, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { EnvelopeError } from '../errors.js';
import { MAX_NAME_BYTES } from '../limits.js';
import { replyToJson, type ReplyInfo } from '../reply/reply-info.js';
import { encodeBinary } from '../wire/fields.js';
import { storeContent } from './compression.js';
import { readContent } from './content.js';
import { decodeManifest, encodeManifest, type ManifestPart, type Notes, type PartRole } from './manifest.js';
import type { Content, Message } from './message.js';
import { padme } from './padding.js';

/** Writes the plaintext of a message in one pass (spec/envelope-v1.md, section 7.1). */

export interface PlaintextOptions {
  readonly notes?: Notes | undefined;
  readonly idleLock?: number | undefined;
  /** Pad the plaintext to Padmé lengths. */
  readonly pad?: boolean | undefined;
  /** How the signing key was announced, 96 bytes each, the oldest first. */
  readonly predecessors?: readonly Bytes[] | undefined;
  /** What the manifest says about replies. */
  readonly reply?: ReplyInfo | undefined;
  /** Gives the signature block of a manifest, 96 bytes. */
  readonly sign?: ((manifest: Bytes) => Promise<Bytes>) | undefined;
}

/** A part as it comes in; a body is encoded already. */
export interface PartInput {
  readonly role: PartRole;
  readonly name: string;
  readonly type: string;
  readonly content: Content;
  readonly contentId?: string | undefined;
  readonly inline: boolean;
}

const PADDING_PIECE = 65_536;

/** Bodies first, then attachments, the original last. */
function listParts({ text, html, attachments = [], original }: Message): readonly PartInput[] {
  const body = (role: PartRole, type: string, content: Content): PartInput => ({
    role,
    name: '',
    type,
    content,
    inline: false,
  });
  return [
    ...(text === undefined ? [] : [body('text', 'text/plain', utf8(text))]),
    ...(html === undefined ? [] : [body('html', 'text/html', utf8(html))]),
    ...attachments.map(({ inline = false, ...rest }) => ({ role: 'attachment' as const, inline, ...rest })),
    ...(original === undefined ? [] : [body('original', 'message/rfc822', original)]),
  ];
}

function manifestBytes({ headers }: Message, parts: readonly ManifestPart[], options: PlaintextOptions): Bytes {
  const { notes = {}, idleLock, predecessors = [], reply } = options;
  return encodeManifest({
    headers,
    parts,
    notes,
    ...(idleLock === undefined ? {} : { idleLock }),
    ...(predecessors.length === 0 ? {} : { predecessors: predecessors.map(encodeBinary) }),
    reply: reply && replyToJson(reply),
  });
}

/**
 * Looks at a message as its reader will, before anything is sealed: what a reader would refuse is never written. Gives its parts.
 * Throws `LIMIT` for too many parts, too long a name or too large a body, and `INVALID_ARGUMENT` for values that the manifest
 * cannot hold.
 */
export function checkMessage(message: Message, options: PlaintextOptions): readonly PartInput[] {
  for (const body of [message.text, message.html] as readonly unknown[]) {
    if (body !== undefined && typeof body !== 'string')
      throw new EnvelopeError('INVALID_ARGUMENT', 'a body is not a text');
  }
  const inputs = listParts(message);
  const parts = inputs.map((part): ManifestPart => {
    const { role, name, type, contentId, inline, content } = part;
    if (utf8(name).length > MAX_NAME_BYTES) {
      throw new EnvelopeError('LIMIT', `name of an attachment is longer than ${String(MAX_NAME_BYTES)} bytes`);
    }
    if (type === '') throw new EnvelopeError('INVALID_ARGUMENT', 'type of an attachment is empty');
    const size = role === 'text' || role === 'html' ? (content as Bytes).length : 0;
    const entry = { role, name, type, inline, size, sha256: new Uint8Array(32), offset: 0, length: 0 };
    return { ...entry, ...(contentId === undefined ? {} : { contentId }), encoding: 'deflate' };
  });
  try {
    decodeManifest(manifestBytes(message, parts, options), Infinity);
  } catch (cause) {
    if (!(cause instanceof EnvelopeError) || cause.code !== 'DAMAGED') throw cause;
    throw new EnvelopeError('INVALID_ARGUMENT', cause.message.replace(/^manifest/, 'message'));
  }
  return inputs;
}

/**
 * Yields the plaintext of a message and the parts that {@link checkMessage} gave of it, piece by piece; pieces are views that the
 * taker uses before it asks for the next. Errors of a caller's stream come through as they are.
 */
export async function* writePlaintext(
  message: Message,
  inputs: readonly PartInput[],
  options: PlaintextOptions,
  backend: Backend,
): AsyncGenerator<Bytes, void, undefined> {
  const parts: ManifestPart[] = [];
  let offset = 0;
  for (const input of inputs) {
    const writer = new PartWriter(input, offset, backend);
    for await (const piece of writer.pieces()) yield piece;
    const part = writer.entry();
    parts.push(part);
    offset += part.length;
  }
  const manifest = manifestBytes(message, parts, options);
  const signature = (await options.sign?.(manifest)) ?? new Uint8Array();
  const tail = concat(manifest, signature, u32(manifest.length), u32(signature.length));
  const total = offset + tail.length;
  for (let left = options.pad === true ? padme(total) - total : 0; left > 0; left -= PADDING_PIECE) {
    yield new Uint8Array(Math.min(left, PADDING_PIECE));
  }
  yield tail;
}

/** One part on its way: counts and hashes what comes in, counts what goes out. */
class PartWriter {
  readonly #input: PartInput;
  readonly #offset: number;
  readonly #backend: Backend;
  readonly #hash: ReturnType<Backend['sha256Stream']>;
  #size = 0;
  #length = 0;
  #encoding: ManifestPart['encoding'] = 'stored';

  constructor(input: PartInput, offset: number, backend: Backend) {
    this.#input = input;
    this.#offset = offset;
    this.#backend = backend;
    this.#hash = backend.sha256Stream();
  }

  async *#measured(): AsyncGenerator<Bytes, void, undefined> {
    for await (const piece of readContent(this.#input.content)) {
      this.#size += piece.length;
      this.#hash.update(piece);
      yield piece;
    }
  }

  async *pieces(): AsyncGenerator<Bytes, void, undefined> {
    const { encoding, pieces } = await storeContent(this.#input.type, this.#measured(), this.#backend);
    this.#encoding = encoding;
    for await (const piece of pieces) {
      this.#length += piece.length;
      yield piece;
    }
  }

  entry(): ManifestPart {
    const { role, name, type, contentId, inline } = this.#input;
    return {
      role,
      name,
      type,
      size: this.#size,
      ...(contentId === undefined ? {} : { contentId }),
      inline,
      sha256: this.#hash.digest(),
      offset: this.#offset,
      length: this.#length,
      encoding: this.#encoding,
    };
  }
}
