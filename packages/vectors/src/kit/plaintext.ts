import { createHash } from 'node:crypto';
import { encodeBase64url } from './base64url.js';
import { concat, u32, utf8 } from './bytes.js';
import { deflate } from './deflate.js';
import { told, type Lie } from './lie.js';
import type { Manifest, ManifestPart } from './manifest.js';

/** A part as the author has it. */
export interface PartRecipe {
  readonly role: 'text' | 'html' | 'attachment' | 'original';
  readonly content: Uint8Array;
  readonly type: string;
  readonly name?: string;
  readonly contentId?: string;
  readonly inline?: 1;
  /** `stored` unless said otherwise. */
  readonly encoding?: 'stored' | 'deflate';
  readonly lies?: PartLies;
}

export interface PartLies {
  /** The part's bytes in the plaintext: another stream, a bomb, bytes after the stream. */
  readonly stored?: Lie<Uint8Array>;
  /** The part's row in the manifest: size, SHA-256, offset, length, encoding. Later offsets do not follow it. */
  readonly row?: Lie<ManifestPart>;
}

/** What an envelope carries. */
export interface MessageRecipe {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly parts: readonly PartRecipe[];
  /** Further keys of the manifest: `notes`, `idleLock`, and keys that no reader knows. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Zero bytes of padding; none unless said. */
  readonly padding?: number;
  /** The signature block, when there is one. */
  readonly sign?: (manifest: Uint8Array, headerBytes: Uint8Array) => Uint8Array;
  readonly lies?: MessageLies;
}

export interface MessageLies {
  readonly manifest?: Lie<Manifest>;
  /** The manifest's bytes: other JSON, none, not UTF-8. */
  readonly manifestBytes?: Lie<Uint8Array>;
  /** The pieces of section 7.1 before they are put together: any other length field, padding, signature. */
  readonly pieces?: Lie<PlaintextPieces>;
}

/** The right-hand side of section 7.1. */
export interface PlaintextPieces {
  readonly parts: readonly Uint8Array[];
  readonly padding: Uint8Array;
  readonly manifest: Uint8Array;
  readonly signature: Uint8Array;
  readonly manifestLength: number;
  readonly signatureLength: number;
}

/** Lays the plaintext of section 7.1 out, lies included. */
export function layPlaintext(
  message: MessageRecipe,
  headerBytes: Uint8Array,
): { readonly pieces: PlaintextPieces; readonly bytes: Uint8Array } {
  const lies = message.lies ?? {};
  const stored: Uint8Array[] = [];
  const rows: ManifestPart[] = [];
  let offset = 0;
  for (const part of message.parts) {
    const bytes = told(part.lies?.stored, part.encoding === 'deflate' ? deflate(part.content) : part.content);
    rows.push(told(part.lies?.row, rowOf(part, offset, bytes.length)));
    stored.push(bytes);
    offset += bytes.length;
  }
  const honest: Manifest = { headers: message.headers ?? {}, parts: rows, ...message.extra };
  const manifest = told(lies.manifestBytes, utf8(JSON.stringify(told(lies.manifest, honest))));
  const signature = message.sign?.(manifest, headerBytes) ?? new Uint8Array();
  const pieces = told(lies.pieces, {
    parts: stored,
    padding: new Uint8Array(message.padding ?? 0),
    manifest,
    signature,
    manifestLength: manifest.length,
    signatureLength: signature.length,
  });
  return { pieces, bytes: join(pieces) };
}

/** Padmé(L) of section 7.1. */
export function padme(length: number): number {
  if (length < 2) return length;
  const e = Math.floor(Math.log2(length));
  const s = Math.floor(Math.log2(e)) + 1;
  const unit = 2 ** (e - s);
  return Math.ceil(length / unit) * unit;
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

function rowOf(part: PartRecipe, offset: number, length: number): ManifestPart {
  return {
    role: part.role,
    ...(part.name === undefined ? {} : { name: part.name }),
    type: part.type,
    size: part.content.length,
    ...(part.contentId === undefined ? {} : { contentId: part.contentId }),
    ...(part.inline === undefined ? {} : { inline: part.inline }),
    sha256: encodeBase64url(sha256(part.content)),
    offset,
    length,
    encoding: part.encoding ?? 'stored',
  };
}

function join(pieces: PlaintextPieces): Uint8Array {
  const { parts, padding, manifest, signature, manifestLength, signatureLength } = pieces;
  return concat(...parts, padding, manifest, signature, u32(manifestLength), u32(signatureLength));
}
