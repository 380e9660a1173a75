import { equalConstantTime, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { damaged, EnvelopeError } from '../errors.js';
import type { OpenedPayload } from '../payload/open-payload.js';
import { toStream } from './content.js';
import type { ManifestPart } from './manifest.js';

export interface ReadOptions {
  /** Called with the part that is done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Pieces this small are not worth an array of their own; progress is not reported more often either. */
const REPORT_EVERY = 262_144;

/** A part of an opened message. Its content is decrypted when it is asked for, each time anew. */
export class OpenedPart {
  declare readonly role: ManifestPart['role'];
  /** As its author wrote it: to be cleaned before it becomes a file name. */
  declare readonly name: string;
  declare readonly type: string;
  declare readonly size: number;
  declare readonly contentId: string | undefined;
  declare readonly inline: boolean;
  declare readonly sha256: Bytes;
  readonly #entry: ManifestPart;
  readonly #payload: OpenedPayload;
  readonly #backend: Backend;

  constructor(entry: ManifestPart, payload: OpenedPayload, backend: Backend) {
    Object.assign(this, entry);
    this.#entry = entry;
    this.#payload = payload;
    this.#backend = backend;
  }

  /**
   * All of the content. Throws `DAMAGED` where anything about it does not verify; nothing is given then. `ABORTED` when
   * the signal fires or the envelope is closed, `LIMIT` where this much memory cannot be had.
   */
  async bytes({ onProgress, signal }: ReadOptions = {}): Promise<Bytes> {
    const out = this.#allocate();
    let length = 0;
    let reported = 0;
    for await (const piece of this.#content()) {
      if (signal?.aborted === true) throw new EnvelopeError('ABORTED', 'reading was cancelled');
      out.set(piece, length);
      length += piece.length;
      if (length - reported >= REPORT_EVERY) {
        reported = length;
        onProgress?.(length / this.size);
      }
    }
    this.#check(length, await this.#backend.sha256(out));
    return out;
  }

  #allocate(): Bytes {
    try {
      return new Uint8Array(this.size);
    } catch (cause) {
      throw new EnvelopeError('LIMIT', 'part is too large to be held in memory: read it as a stream', { cause });
    }
  }

  /**
   * The content as it is decrypted. Each piece has verified; that the content is whole is only sure when the stream ends
   * without an error, so whoever writes to a file keeps it under a temporary name until then.
   */
  stream(): ReadableStream<Bytes> {
    return toStream(this.#verified());
  }

  async *#verified(): AsyncGenerator<Bytes, void, undefined> {
    const hash = this.#backend.sha256Stream();
    let length = 0;
    for await (const piece of this.#content()) {
      hash.update(piece);
      length += piece.length;
      yield piece;
    }
    this.#check(length, hash.digest());
  }

  /** Content bytes, never more than the manifest's size. */
  async *#content(): AsyncGenerator<Bytes, void, undefined> {
    const { offset, length, encoding } = this.#entry;
    const stored = this.#payload.read(offset, length);
    if (encoding === 'stored') {
      yield* stored;
      return;
    }
    let left = this.size;
    try {
      for await (const piece of this.#backend.inflateRaw(stored)) {
        if (piece.length > left) throw damaged('a part is longer than its size in the manifest');
        left -= piece.length;
        yield piece;
      }
    } catch (cause) {
      if (cause instanceof EnvelopeError) throw cause;
      throw damaged('a part is not a whole deflate stream', { cause });
    }
  }

  #check(length: number, digest: Uint8Array): void {
    if (length !== this.size || !equalConstantTime(digest, this.sha256)) {
      throw damaged('a part has not the size or hash of its manifest entry');
    }
  }
}
