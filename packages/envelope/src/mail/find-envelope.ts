import { EnvelopeError, readEnvelope } from '@sealpost/core';
import type { Entity } from './entity.js';
import { latin1 } from './latin1.js';
import { MAX_FORWARD_DEPTH } from './limits.js';
import { readPartBody } from './part.js';
import { looksLikeMail, readMailTree } from './read-mail.js';

// spec/envelope-v1.md: the type of the header block in the HTML form, and how the first line of the data form begins.
const HTML_MARKER = 'application/vnd.sealpost.header+json';
const DATA_MARKER = 'sealpost/';

/** In every encoding in which `open` finds it. */
const HTML_MARKERS = [
  Buffer.from(HTML_MARKER, 'latin1'),
  Buffer.from(HTML_MARKER, 'utf16le'),
  Buffer.from(HTML_MARKER, 'utf16le').swap16(),
] as const;

/** How far the first line of the data form may stand from the start. */
const START_BYTES = 4096;

/** Most parts with a mark that are read. Stops: a thousand headers, each as long and as deep as they may be. */
const MAX_TRIES = 64;

/**
 * Finds the envelope that a mail carries: the first part, of whatever type and name, whose decoded bytes are one (of the first
 * 64 that look like one). Where none is, the first of a version or a size that this release does not read; where none is either, the first part that holds an
 * envelope's mark, so that `open` says what is wrong with it. Mails forwarded as attachments are searched too.
 *
 * @param raw - any file; at most 64 MiB when it is a mail.
 * @returns the decoded bytes of that part, exact (they may be a view of `raw`); undefined when the file is no mail or the
 *   mail has no such part. Only its header was read: whether its payload is whole is for `open` to say.
 * @throws EnvelopeError `LIMIT` when the mail passes a bound of `limits.ts`.
 */
export async function findEnvelope(raw: Uint8Array): Promise<Uint8Array | undefined> {
  await Promise.resolve();
  if (!looksLikeMail(raw)) return undefined;
  let unreadable: Uint8Array | undefined;
  let marked: Uint8Array | undefined;
  let tries = 0;
  for (const bytes of leafBodies(raw, 0)) {
    if (!hasMark(bytes)) continue;
    marked ??= bytes;
    if (++tries > MAX_TRIES) break;
    const outcome = tryToRead(bytes);
    if (outcome === 'envelope') return bytes;
    if (outcome === 'unreadable') unreadable ??= bytes;
  }
  return unreadable ?? marked;
}

/** The decoded bodies of all leaves in their order, those of forwarded mails in place of each mail. */
function* leafBodies(raw: Uint8Array, depth: number): Generator<Uint8Array, void, undefined> {
  let tree;
  try {
    tree = readMailTree(raw);
  } catch (error) {
    if (error instanceof EnvelopeError && error.code === 'BAD_MAIL') return;
    throw error;
  }
  for (const leaf of leavesOf(tree.root)) {
    const forwarded = leaf.type.value === 'message/rfc822';
    if (forwarded && depth >= MAX_FORWARD_DEPTH) continue;
    const { bytes } = readPartBody(tree.bytes, leaf);
    if (forwarded) yield* leafBodies(bytes, depth + 1);
    else yield bytes;
  }
}

function leavesOf(entity: Entity): readonly Entity[] {
  return entity.children.length === 0 ? [entity] : entity.children.flatMap(leavesOf);
}

/** Cheap, and true of everything that {@link readEnvelope} reads. Types and names are not asked: mail systems change both. */
function hasMark(bytes: Uint8Array): boolean {
  if (startsLikeData(bytes)) return true;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return HTML_MARKERS.some((marker) => buffer.includes(marker));
}

/** Whatever the encoding, and behind a byte order mark or blanks. */
function startsLikeData(bytes: Uint8Array): boolean {
  return latin1(bytes, 0, START_BYTES)
    .replace(/[^!-~]+/g, '')
    .startsWith(DATA_MARKER);
}

function tryToRead(bytes: Uint8Array): 'envelope' | 'unreadable' | 'other' {
  try {
    readEnvelope(bytes);
    return 'envelope';
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    return error.code === 'NOT_AN_ENVELOPE' ? 'other' : 'unreadable';
  }
}
