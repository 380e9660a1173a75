import { fromAscii, type Bytes } from './bytes.js';
import type { Backend } from './crypto/backend.js';
import { defaultBackend } from './crypto/default-backend.js';
import { assemble, type Page } from './document/assemble.js';
import { readEnvelope } from './document/extract.js';
import { fileText } from './document/file-text.js';
import { EnvelopeError, type TransportFault } from './errors.js';
import { MAX_BLOCKS } from './limits.js';
import { checkTransport } from './open.js';
import type { EnvelopeSource } from './payload/payload-text.js';
import { decodeBase85 } from './wire/base85-decode.js';
import type { Header } from './wire/header.js';
import { fullBlockBytes, openedLength, payloadLength } from './wire/payload.js';

/** What an envelope shows without a secret. Nothing of it is authenticated. */
export interface Inspection {
  readonly form: 'html' | 'data';
  readonly header: Header;
  /** What happened to the file on its way, as far as its end block tells; `undefined` when all seems well. */
  readonly fault: TransportFault | undefined;
  /** Plaintext bytes, padding and manifest included; `undefined` where the payload is not whole. */
  readonly plaintextBytes: number | undefined;
  /** Codes of the languages in the page, in their order. */
  readonly languages: readonly string[];
  /**
   * Whether assembling the file again out of a known runtime gives the same bytes, line ends apart: then the page runs our code and
   * no other. Always true for a whole data form, which has no code.
   */
  readonly known: boolean;
}

export interface InspectOptions {
  readonly backend?: Backend | undefined;
  /** The pages that count as known, each with all languages of its release. */
  readonly pages?: readonly Page[] | undefined;
}

/** Throws `NOT_AN_ENVELOPE`, `UNSUPPORTED_VERSION` or `LIMIT`; a damaged payload is part of the answer. */
export async function inspectEnvelope(input: Uint8Array | string, options: InspectOptions = {}): Promise<Inspection> {
  const { backend = defaultBackend(), pages = [] } = options;
  const text = fileText(input);
  const source = readEnvelope(text);
  const languages =
    source.form === 'html'
      ? Array.from(
          text.matchAll(/\n<script type="application\/json" id="sealpost-lang-([A-Za-z-]{2,20})">/g),
          ([, code = '']) => code,
        )
      : [];
  const payload = await readPayload(source, backend);
  const known = payload.fault === undefined && (await isKnown(source, text, languages, pages, backend));
  return { form: source.form, header: source.header, languages, known, ...payload };
}

async function readPayload(
  source: EnvelopeSource,
  backend: Backend,
): Promise<Pick<Inspection, 'fault' | 'plaintextBytes'>> {
  try {
    const fault = await checkTransport(source, backend);
    const count = await source.payload.blockCount();
    const last = decodeBase85(await source.payload.block(count - 1), fullBlockBytes(count - 1));
    return { fault, plaintextBytes: openedLength(payloadLength(Math.min(count, MAX_BLOCKS), last.length)) };
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    return { fault: error.fault ?? 'altered', plaintextBytes: undefined };
  }
}

/** Blocks after which timers and sockets get their turn: each takes some milliseconds, and nothing else here waits. */
const BLOCKS_A_TURN = 8;

async function* readBlocks(source: EnvelopeSource): AsyncGenerator<Bytes, void, undefined> {
  const count = await source.payload.blockCount();
  for (let n = 0; n < count; n++) {
    if (n % BLOCKS_A_TURN === BLOCKS_A_TURN - 1) await new Promise((resolve) => setTimeout(resolve));
    yield decodeBase85(await source.payload.block(n), fullBlockBytes(n));
  }
}

async function isKnown(
  source: EnvelopeSource,
  text: string,
  languages: readonly string[],
  pages: readonly Page[],
  backend: Backend,
): Promise<boolean> {
  if (source.form === 'data') return equalsFile(source, text, undefined, backend);
  if (new Set(languages).size < languages.length) return false;
  for (const page of pages) {
    const chosen = languages.map((code) => page.languages.find((language) => language.code === code));
    const complete = chosen.filter((language) => language !== undefined);
    if (complete.length === 0 || complete.length < chosen.length) continue;
    if (await equalsFile(source, text, { runtime: page.runtime, languages: complete }, backend)) return true;
  }
  return false;
}

/** Compares piece by piece, so that no second copy of the file is held. */
async function equalsFile(
  source: EnvelopeSource,
  text: string,
  page: Page | undefined,
  backend: Backend,
): Promise<boolean> {
  let at = 0;
  try {
    for await (const piece of assemble(
      { header: source.header, bytes: source.headerBytes },
      page,
      readBlocks(source),
      backend,
    )) {
      if (text.slice(at, at + piece.length) !== fromAscii(piece)) return false;
      at += piece.length;
    }
  } catch (error) {
    if (error instanceof EnvelopeError) return false;
    throw error;
  }
  return !/[^\t\n\f ]/.test(text.slice(at));
}
