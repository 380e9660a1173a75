import { EnvelopeError, type TransportFault } from '../errors.js';
import type { EnvelopeSource, PayloadText } from '../payload/payload-text.js';
import { parseHeader, VERSION } from '../wire/header.js';
import { fileText } from './file-text.js';
import { END_ID, HEADER_TAG, PAYLOAD_TAG, SCRIPT_END } from './markup.js';

/** Takes a file apart into header and payload text, without running or interpreting anything else in it. */

function damaged(message: string, fault: TransportFault): EnvelopeError {
  return new EnvelopeError('DAMAGED', message, { fault });
}

/** The blocks of a file, or why they are not whole. A fault shows when the payload is read: the header is good all the same. */
class FilePayload implements PayloadText {
  readonly #blocks: readonly string[];
  readonly #fault: EnvelopeError | undefined;

  constructor(blocks: readonly string[], fault?: EnvelopeError) {
    this.#blocks = blocks;
    this.#fault = fault;
  }

  async blockCount(): Promise<number> {
    if (this.#fault !== undefined) throw this.#fault;
    return Promise.resolve(this.#blocks.length - 1);
  }

  block(n: number): Promise<string> {
    return Promise.resolve(this.#blocks[n] ?? '');
  }

  end(): Promise<string> {
    return Promise.resolve(this.#blocks.at(-1) ?? '');
  }
}

/**
 * Reads an envelope of either form from a file's bytes or text.
 * Throws `NOT_AN_ENVELOPE`, `UNSUPPORTED_VERSION` or `LIMIT` for the header; faults of the payload show when it is read.
 */
export function readEnvelope(input: Uint8Array | string): EnvelopeSource {
  const text = fileText(input);
  const dataForm = /^[\t\n\f ]*sealpost\/(0|[1-9]\d*)[\t\f ]*(?:\n[\t\n\f ]*|$)/.exec(text);
  return dataForm === null ? readPage(text) : readDataForm(text, dataForm[0].length, dataForm[1] ?? '');
}

/** Positions just behind each start tag that begins a line with this text. */
function findTags(text: string, tag: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(tag); at !== -1; at = text.indexOf(tag, at + tag.length)) {
    if (at === 0 || text.charAt(at - 1) === '\n') found.push(at + tag.length);
  }
  return found;
}

function readPage(text: string): EnvelopeSource {
  const [start, second] = findTags(text, HEADER_TAG);
  if (start === undefined) throw new EnvelopeError('NOT_AN_ENVELOPE', 'file holds no envelope header');
  if (second !== undefined) throw new EnvelopeError('NOT_AN_ENVELOPE', 'file holds more than one envelope header');
  const end = text.indexOf(SCRIPT_END, start);
  if (end === -1) throw new EnvelopeError('NOT_AN_ENVELOPE', 'envelope header is cut off');
  const { header, bytes } = parseHeader(text.slice(start, end));
  return { form: 'html', header, headerBytes: bytes, payload: readPageBlocks(text, end) };
}

/** Longest block id that is looked at. */
const MAX_ID = 20;

function readPageBlocks(text: string, headerEnd: number): FilePayload {
  const blocks: string[] = [];
  let ended = false;
  // Where the element before ends. Looking for ends only behind it keeps the time linear in the file's size.
  let behind = headerEnd;
  for (const start of findTags(text, PAYLOAD_TAG)) {
    const id = /^([^"]*)">/.exec(text.slice(start, start + MAX_ID))?.[1];
    if (ended || start < behind || (id !== END_ID && id !== String(blocks.length))) {
      return new FilePayload(blocks, damaged('payload blocks are not in their order', 'altered'));
    }
    const end = text.indexOf(SCRIPT_END, start);
    behind = end;
    if (end === -1) return new FilePayload(blocks, damaged('file is cut off within a payload block', 'cut-off'));
    blocks.push(text.slice(start + id.length + 2, end));
    ended = id === END_ID;
  }
  return checkEnd(blocks, ended);
}

function checkEnd(blocks: readonly string[], ended: boolean): FilePayload {
  const whole = ended && blocks.length > 1;
  return new FilePayload(blocks, whole ? undefined : damaged('file is cut off before its last block', 'cut-off'));
}

/** The end of a text without the white space behind it. A regular expression would look at each blank again from each before it. */
function endOfText(text: string): number {
  let end = text.length;
  while (end > 0 && '\t\n\f '.includes(text.charAt(end - 1))) end--;
  return end;
}

/** Digits of an end block; no payload block is so short (spec/envelope-v1.md, section 8.1). */
const END_DIGITS = 15;

function readDataForm(text: string, start: number, version: string): EnvelopeSource {
  if (version !== String(VERSION)) {
    throw new EnvelopeError(
      'UNSUPPORTED_VERSION',
      `envelope is of version ${version.slice(0, 20)}, this release reads ${String(VERSION)}`,
    );
  }
  const [headerText = '', ...blocks] = text.slice(start, endOfText(text)).split(/\n(?:[\t\f ]*\n)+/);
  const { header, bytes } = parseHeader(headerText);
  if (blocks.some((block) => /^[\t\n\f ]*\{"/.test(block))) {
    throw new EnvelopeError('NOT_AN_ENVELOPE', 'file holds more than one envelope header');
  }
  const last = blocks.at(-1)?.replace(/[\t\n\f ]/g, '') ?? '';
  return { form: 'data', header, headerBytes: bytes, payload: checkEnd(blocks, last.length === END_DIGITS) };
}
