import { utf8, webcryptoBackend, type Bytes } from '@sealpost/core';
import { concat, decodeManifest, encodeManifest, replyToJson, u32 } from '@sealpost/core/page';
import type { Answer } from './answer-input.js';

/** As core's: deflated where that makes it this much smaller. */
const WORTH_IT = 0.9;

type Manifest = Parameters<typeof encodeManifest>[0];
type Part = Manifest['parts'][number];

/**
 * The plaintext of what somebody wrote in a page, a text and files, in one piece: core's `message/plaintext.ts` takes streams, and
 * writes it piece by piece. Throws, before anything is sealed, for what a reader would refuse.
 */
export async function plaintextOf({ headers, text, attachments, notes, idleLock, reply }: Answer): Promise<Bytes> {
  const contents: Bytes[] = [];
  const parts: Part[] = [];
  let offset = 0;
  const add = async (part: Pick<Part, 'role' | 'name' | 'type'>, content: Bytes): Promise<void> => {
    const stream = new Blob([content]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const deflated = new Uint8Array(await new Response(stream).arrayBuffer());
    const isWorth = deflated.length <= content.length * WORTH_IT;
    const kept = isWorth ? deflated : content;
    contents.push(kept);
    parts.push({
      ...part,
      size: content.length,
      inline: false,
      sha256: await webcryptoBackend.sha256(content),
      offset,
      length: kept.length,
      encoding: isWorth ? 'deflate' : 'stored',
    });
    offset += kept.length;
  };
  await add({ role: 'text', name: '', type: 'text/plain' }, utf8(text));
  for (const { name, type, content } of attachments)
    await add({ role: 'attachment', name, type }, new Uint8Array(await (content as Blob).arrayBuffer()));
  // What is undefined has no place in JSON.
  const manifest = encodeManifest({ headers, parts, notes, idleLock, reply: replyToJson(reply) } as Manifest);
  decodeManifest(manifest, Infinity);
  return concat(...contents, manifest, u32(manifest.length), u32(0));
}
