import { EnvelopeError } from '@sealpost/core';
import type { Entity } from './entity.js';
import { latin1 } from './latin1.js';
import { MAX_FORWARD_DEPTH } from './limits.js';
import { readPartBody, readPartInfo } from './part.js';
import { looksLikeMail, readMailTree } from './read-mail.js';

// spec/envelope-v1.md: the type of the header block in the HTML form, and the first line of the data form.
const HTML_MARKER = 'application/vnd.sealpost.header+json';
const DATA_MARKER = 'sealpost/1';

/**
 * Finds the envelope that a mail carries: the first part of type text/html or application/vnd.sealpost, or named `*.htm`,
 * `*.html` or `*.seal`, whose decoded bytes hold an envelope's mark. Mails forwarded as attachments are searched too.
 *
 * @param raw - any file; at most 64 MiB when it is a mail.
 * @returns the decoded bytes of that part, exact (they may be a view of `raw`); undefined when the file is no mail or the
 *   mail has no such part. Whether it is a valid envelope is for `open` to say.
 * @throws EnvelopeError `LIMIT` when the mail passes a bound of `limits.ts`.
 */
export async function findEnvelope(raw: Uint8Array): Promise<Uint8Array | undefined> {
  await Promise.resolve();
  return looksLikeMail(raw) ? findIn(raw, 0) : undefined;
}

function findIn(raw: Uint8Array, depth: number): Uint8Array | undefined {
  let tree;
  try {
    tree = readMailTree(raw);
  } catch (error) {
    if (error instanceof EnvelopeError && error.code === 'BAD_MAIL') return undefined;
    throw error;
  }
  for (const leaf of leavesOf(tree.root)) {
    if (leaf.type.value === 'message/rfc822') {
      const found = depth < MAX_FORWARD_DEPTH ? findIn(readPartBody(tree.bytes, leaf).bytes, depth + 1) : undefined;
      if (found !== undefined) return found;
    } else if (mayBeEnvelope(leaf)) {
      const { bytes } = readPartBody(tree.bytes, leaf);
      if (hasMark(bytes)) return bytes;
    }
  }
  return undefined;
}

function leavesOf(entity: Entity): readonly Entity[] {
  return entity.children.length === 0 ? [entity] : entity.children.flatMap(leavesOf);
}

function mayBeEnvelope(leaf: Entity): boolean {
  const { value } = leaf.type;
  return (
    value === 'text/html' || value === 'application/vnd.sealpost' || /\.(?:html?|seal)$/i.test(readPartInfo(leaf).name)
  );
}

function hasMark(bytes: Uint8Array): boolean {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (latin1(bytes, start, start + DATA_MARKER.length) === DATA_MARKER) return true;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(HTML_MARKER);
}
