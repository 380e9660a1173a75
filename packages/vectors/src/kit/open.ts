import { inflateRawSync } from 'node:zlib';
import { answerSecret, type Answers } from './answers.js';
import { encodeBase64url } from './base64url.js';
import { decodeBase85 } from './base85.js';
import { cutBlocks, endBlock } from './block.js';
import { concat, equal, fromUtf8, readU32 } from './bytes.js';
import { openChunked } from './chunked.js';
import { readDataForm } from './data-form.js';
import { payloadContext } from './envelope.js';
import { OpenFailure } from './failure.js';
import { derivationOf, readHeader, type AnswerSlot, type Header, type PassphraseSlot } from './header.js';
import { isArray } from './header-json.js';
import { readHtmlForm } from './html-form.js';
import type { Identity } from './identity.js';
import { deriveSlotKey } from './kdf.js';
import { openKeySlot, type OpenedSlot } from './key-slot.js';
import { isBeyondLimits, isManifest, type Manifest, type ManifestPart } from './manifest.js';
import { normalise } from './normalise.js';
import { sha256 } from './plaintext.js';
import type { Section } from './section.js';
import { verifiesBlock } from './signature.js';
import { decodeText } from './text.js';
import type { Token } from './token.js';
import { openSlot } from './wrap.js';

/** An opened message, all of it verified. */
export interface OpenedMessage {
  readonly manifest: Manifest;
  readonly manifestBytes: Uint8Array;
  readonly parts: readonly { readonly row: ManifestPart; readonly content: Uint8Array }[];
  /** The public key of whoever signed; undefined where nobody did. What it says of them is another question. */
  readonly signer?: Uint8Array;
  /** Of a reply that opened with a key pair. Whether it may be taken is another question. */
  readonly token?: Token;
}

const greatestManifest = 4 * 2 ** 20;

/** A passphrase, answers, or a key pair. */
export type Secret = string | Answers | Identity;

/** Opens a file of either form whole, by the spec alone. Throws {@link OpenFailure} with the code of section 9. */
export function openFile(file: Uint8Array, secret: Secret): OpenedMessage {
  const sections = readSections(file);
  const header = readHeader(findHeader(sections));
  const opened =
    typeof secret !== 'string' && 'kem' in secret ? openByKey(header, secret) : openByDerivation(header, secret);
  if (opened === undefined) throw new OpenFailure('DID_NOT_OPEN', '5: no slot');
  const { fileKey, token } = opened;
  const payload = readPayload(sections, header);
  const plaintext = openChunked(fileKey, payloadContext(header.bytes), payload);
  if (plaintext === undefined) throw damaged('7: payload');
  return { ...readPlaintext(plaintext, header.bytes), ...(token === undefined ? {} : { token }) };
}

/** The sections of a file, whichever form it has. Empty for text that is neither. */
export function readSections(file: Uint8Array): Section[] {
  const text = decodeText(file);
  return readDataForm(text) ?? readHtmlForm(text);
}

/** The header's text. Throws where there is none, or more than one. */
export function findHeader(sections: readonly Section[]): string {
  const headers = sections.filter(({ id }) => id === 'sealpost-header');
  const [header] = headers;
  if (header === undefined || headers.length > 1) throw new OpenFailure('NOT_AN_ENVELOPE', '8.3: one header');
  return header.text;
}

function openByKey({ slots, id }: Header, identity: Identity): OpenedSlot | undefined {
  for (const slot of slots) {
    const opened = slot.type === 'key' ? openKeySlot(slot, identity, id) : undefined;
    if (opened !== undefined) return opened;
  }
  return undefined;
}

function openByDerivation(header: Header, secret: string | Answers): OpenedSlot | undefined {
  const slotKeys = new Map<string, Uint8Array | undefined>();
  for (const slot of header.slots) {
    if (slot.type === 'key') continue;
    const derivation = derivationOf(slot);
    if (!slotKeys.has(derivation)) {
      const bytes = secretFor(slot, secret, header.face);
      slotKeys.set(derivation, bytes === undefined ? undefined : deriveSlotKey(slot.kdf, bytes));
    }
    const slotKey = slotKeys.get(derivation);
    const fileKey = slotKey === undefined ? undefined : openSlot(slot.json, slotKey, header.id);
    if (fileKey !== undefined) return { fileKey };
  }
  return undefined;
}

/** What the slot's key is derived from; undefined where the secret is none for a slot of this type. */
function secretFor(
  slot: PassphraseSlot | AnswerSlot,
  secret: string | Answers,
  { questions }: Header['face'],
): Uint8Array | undefined {
  if (slot.type === 'passphrase') return typeof secret === 'string' ? normalise(secret, slot.norm) : undefined;
  if (typeof secret === 'string' || !isArray(questions)) return undefined;
  return secret.answers.length === questions.length ? answerSecret(secret, slot.norm) : undefined;
}

function readPayload(sections: readonly Section[], header: Header): Uint8Array {
  const [first, ...blocks] = sections;
  if (first?.id !== 'sealpost-header') throw damaged('8.3: a block before the header');
  const ids = blocks.map((_, i) => (i === blocks.length - 1 ? 'end' : String(i)));
  if (blocks.length < 2 || blocks.some(({ id }, i) => id !== `sealpost-payload-${ids[i] ?? ''}`)) {
    throw damaged('8.3: blocks');
  }
  const contents = blocks.map(({ text }) => {
    const bytes = decodeBase85(text.replace(/[\t\n\f\r ]/g, ''));
    if (bytes === undefined) throw damaged('8.1: base85');
    return bytes;
  });
  const payload = concat(...contents.slice(0, -1));
  const expected = [...cutBlocks(payload), endBlock(contents.length - 1, header.bytes)];
  const isCutRight =
    expected.length === contents.length && expected.every((block, i) => equal(block, contents[i] ?? new Uint8Array()));
  if (!isCutRight) throw damaged('8.1: blocks or end block');
  return payload;
}

function readPlaintext(plaintext: Uint8Array, headerBytes: Uint8Array): OpenedMessage {
  if (plaintext.length < 8) throw damaged('7.1: lengths');
  const manifestLength = readU32(plaintext, plaintext.length - 8);
  const signatureLength = readU32(plaintext, plaintext.length - 4);
  if (signatureLength !== 0 && signatureLength !== 96) throw damaged('7.1: signature length');
  if (manifestLength > greatestManifest) throw new OpenFailure('LIMIT', '7.1: manifest');
  const end = plaintext.length - 8 - signatureLength;
  const start = end - manifestLength;
  if (start < 0) throw damaged('7.1: manifest length');
  const manifestBytes = plaintext.slice(start, end);
  const manifest = readManifest(manifestBytes);
  const last = manifest.parts.at(-1);
  const partsEnd = last === undefined ? 0 : last.offset + last.length;
  if (partsEnd > start) throw damaged('7.3: parts');
  if (plaintext.slice(partsEnd, start).some((byte) => byte !== 0)) throw damaged('7.1: padding');
  const parts = manifest.parts.map((row) => ({ row, content: readPart(row, plaintext) }));
  if (signatureLength === 0) return { manifest, manifestBytes, parts };
  const block = plaintext.slice(end, -8);
  if (!verifiesBlock(block, manifestBytes, headerBytes)) throw damaged('7.4: signature');
  return { manifest, manifestBytes, parts, signer: block.slice(0, 32) };
}

function readManifest(bytes: Uint8Array): Manifest {
  let manifest: unknown;
  try {
    manifest = JSON.parse(fromUtf8(bytes) ?? '');
  } catch {
    throw damaged('7.2: JSON');
  }
  if (isBeyondLimits(manifest)) throw new OpenFailure('LIMIT', '7.2, 7.3: parts or sizes');
  if (!isManifest(manifest)) throw damaged('7.2');
  return manifest;
}

function readPart(row: ManifestPart, plaintext: Uint8Array): Uint8Array {
  const stored = plaintext.slice(row.offset, row.offset + row.length);
  const content = row.encoding === 'stored' ? stored : inflate(stored, row.size);
  if (content?.length !== row.size || encodeBase64url(sha256(content)) !== row.sha256) throw damaged('7.3: content');
  if ((row.role === 'text' || row.role === 'html') && fromUtf8(content) === undefined) throw damaged('7.3: UTF-8');
  return content;
}

/** The content of one raw DEFLATE stream that fills `stored`, or undefined; never more than a byte over `size`. */
function inflate(stored: Uint8Array, size: number): Uint8Array | undefined {
  try {
    // `info` makes zlib return the engine, which knows how many bytes of the input the stream took.
    const result = inflateRawSync(stored, { maxOutputLength: size + 1, info: true }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    return result.engine.bytesWritten === stored.length ? new Uint8Array(result.buffer) : undefined;
  } catch {
    return undefined;
  }
}

function damaged(clause: string): OpenFailure {
  return new OpenFailure('DAMAGED', clause);
}
