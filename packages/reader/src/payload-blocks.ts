import { EnvelopeError, parseHeader, type EnvelopeSource } from '@sealpost/core';

const HEADER = 'script[type="application/vnd.sealpost.header+json"]';
const BLOCKS = 'script[type="application/vnd.sealpost.payload"]';

/**
 * The envelope of this page. The header is read at once; the payload's blocks may still be on their way, and are read one
 * by one when they are asked for. Throws like `parseHeader`; without exactly one header, `NOT_AN_ENVELOPE`.
 */
export function readEnvelope(): EnvelopeSource {
  const { header, bytes } = parseHeader(onlyHeader().text);
  let blocks: Promise<readonly HTMLScriptElement[]> | undefined;
  const all = (): Promise<readonly HTMLScriptElement[]> => (blocks ??= parsed().then(findBlocks));
  const textOf = async (index: number): Promise<string> => {
    // Chromium decrypts within one task: between two blocks, the page gets its turn.
    await new Promise((resolve) => setTimeout(resolve));
    const found = (await all()).at(index);
    if (found === undefined) throw new EnvelopeError('DAMAGED', `there is no payload block ${index}`);
    return found.text;
  };
  return {
    form: 'html',
    header,
    headerBytes: bytes,
    payload: { blockCount: async () => (await all()).length - 1, block: textOf, end: () => textOf(-1) },
  };
}

/** Settles once the whole file is there. */
export function parsed(): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('DOMContentLoaded', () => {
      resolve();
    });
  });
}

function onlyHeader(): HTMLScriptElement {
  const [header, ...others] = document.querySelectorAll<HTMLScriptElement>(HEADER);
  if (header?.id !== 'sealpost-header' || others.length > 0) {
    throw new EnvelopeError('NOT_AN_ENVELOPE', 'the page does not have exactly one header');
  }
  return header;
}

/** The blocks of a page that is complete, the end block last. Each is there once and in its place. */
function findBlocks(): readonly HTMLScriptElement[] {
  onlyHeader();
  const blocks = [...document.querySelectorAll<HTMLScriptElement>(BLOCKS)];
  const last = blocks.at(-1);
  if (last?.id !== 'sealpost-payload-end') {
    throw new EnvelopeError('DAMAGED', 'the end block is missing', { fault: 'cut-off' });
  }
  const misplaced = blocks.some((block, index) => block !== last && block.id !== `sealpost-payload-${index}`);
  if (misplaced) throw new EnvelopeError('DAMAGED', 'a payload block is missing, doubled or out of its place');
  return blocks;
}
