import { fromAscii, hex, utf8, type Bytes } from './bytes.js';
import type { Backend } from './crypto/backend.js';
import { defaultBackend } from './crypto/default-backend.js';
import { assemble, type Page } from './document/assemble.js';
import { readEnvelope } from './document/extract.js';
import { fileText } from './document/file-text.js';
import { languageCodes, readPageTexts } from './document/page-texts.js';
import { RUNTIME_MODULES, type Release, type RuntimeModule } from './document/runtime.js';
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
   * Whether the page's code, style and texts are those of one known release, and assembling the file again out of them gives the
   * same bytes, line ends apart: then the page runs our code and no other. Always true for a whole data form, which has no code.
   */
  readonly known: boolean;
  /** Version of the release whose page this is; `undefined` for the data form, and where it is not known. */
  readonly release: string | undefined;
}

export interface InspectOptions {
  readonly backend?: Backend | undefined;
  /** The releases whose pages count as known. */
  readonly releases?: readonly Release[] | undefined;
}

/** Throws `NOT_AN_ENVELOPE`, `UNSUPPORTED_VERSION` or `LIMIT`; a damaged payload is part of the answer. */
export async function inspectEnvelope(input: Uint8Array | string, options: InspectOptions = {}): Promise<Inspection> {
  const { backend = defaultBackend(), releases = [] } = options;
  const text = fileText(input);
  const source = readEnvelope(text);
  const languages = source.form === 'html' ? languageCodes(text) : [];
  const payload = await readPayload(source, backend);
  const found = { form: source.form, header: source.header, languages, ...payload };
  if (payload.fault !== undefined) return { ...found, known: false, release: undefined };
  if (source.form === 'data')
    return { ...found, known: await equalsFile(source, text, undefined, backend), release: undefined };
  const release = await findRelease(source, text, languages, releases, backend);
  return { ...found, known: release !== undefined, release: release?.version };
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

/** The release of which all texts of a page are, and nothing else stands in it. A mixture of releases is none. */
async function findRelease(
  source: EnvelopeSource,
  text: string,
  codes: readonly string[],
  releases: readonly Release[],
  backend: Backend,
): Promise<Release | undefined> {
  // Also the limit on how often the file is looked through.
  if (new Set(codes).size < codes.length) return undefined;
  const candidates = releases.filter(({ languages }) => codes.every((code) => Object.hasOwn(languages, code)));
  if (candidates.length === 0) return undefined;
  const page = readPageTexts(text, codes);
  if (page === undefined) return undefined;
  const { modules, style, languages } = await hashesOf(page, backend);
  const release = candidates.find(
    (known) =>
      known.style === style &&
      RUNTIME_MODULES.every((name) => modules[name] === undefined || modules[name] === known.modules[name]) &&
      codes.every((code) => languages[code] === known.languages[code]),
  );
  return release !== undefined && (await equalsFile(source, text, page, backend)) ? release : undefined;
}

async function hashesOf({ runtime, languages }: Page, backend: Backend): Promise<Omit<Release, 'version'>> {
  const sha256 = async (text: string): Promise<string> => hex(await backend.sha256(utf8(text)));
  const modules: Partial<Record<RuntimeModule, string>> = {};
  for (const name of RUNTIME_MODULES) {
    const code = runtime.modules[name];
    if (code !== undefined) modules[name] = await sha256(code);
  }
  const blocks: Record<string, string> = {};
  for (const { code, json } of languages) blocks[code] = await sha256(json);
  return { modules, style: await sha256(runtime.style), languages: blocks };
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
