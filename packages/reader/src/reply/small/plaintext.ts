import { utf8, type Backend, type Bytes, type Message, type ReplyInfo, type SealEnvelopeOptions } from '@sealpost/core';
import { concat, decodeManifest, encodeManifest, replyToJson, u32 } from '@sealpost/core/page';

/** As core's: deflated where that makes it this much smaller. */
const WORTH_IT = 0.9;

type Manifest = Parameters<typeof encodeManifest>[0];
type Options = Pick<SealEnvelopeOptions, 'notes' | 'idleLock'> & { readonly reply?: ReplyInfo | undefined };
type Part = Manifest['parts'][number];

/** {@link writePlaintext} looks, once it has all parts. */
export function checkMessage(): readonly [] {
  return [];
}

/**
 * Writes the plaintext of what somebody wrote in a page, a text and files, in one piece: for core's `message/plaintext.ts`, which takes
 * streams and does so piece by piece. Throws, before anything is sealed, for what a reader would refuse.
 */
export async function* writePlaintext(
  { headers, text = '', attachments = [] }: Message,
  _inputs: unknown,
  { notes = {}, idleLock, reply }: Options,
  backend: Backend,
): AsyncGenerator<Bytes, void, undefined> {
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
      sha256: await backend.sha256(content),
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
  const manifest = encodeManifest({ headers, parts, notes, idleLock, reply: reply && replyToJson(reply) } as Manifest);
  decodeManifest(manifest, Infinity);
  yield concat(...contents, manifest, u32(manifest.length), u32(0));
}
