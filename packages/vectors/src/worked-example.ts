import { ByteSource } from './kit/byte-source.js';
import { concat, hex, utf8 } from './kit/bytes.js';
import { deriveChunkedKeys } from './kit/chunked.js';
import { writeDataForm } from './kit/data-form.js';
import { buildEnvelope, type BuiltEnvelope } from './kit/envelope.js';
import { smallestArgon2id } from './kit/kdf.js';
import { normalise } from './kit/normalise.js';

const passphrase = 'Seal the-POST';
const norm = 'words';

/** The envelope of Appendix A. The same on every run. */
export function buildWorkedExample(): BuiltEnvelope {
  const random = new ByteSource('sealpost worked example');
  const kdf = smallestArgon2id(random.take(16));
  return buildEnvelope({
    random,
    slots: [{ passphrase, norm, kdf }],
    face: { org: 'Example & Co' },
    message: {
      headers: { subject: 'Hi' },
      parts: [{ role: 'text', type: 'text/plain', content: utf8('Hello.') }],
    },
  });
}

/** The text of Appendix A in Markdown, between its markers. */
export function writeWorkedExample(): string {
  const built = buildWorkedExample();
  const { id, fileKey, slots, headerBytes, pieces, plaintext, context, payload, endBlock, sections } = built;
  const [slot] = slots;
  const [header, block, end] = sections.map(({ text }) => text);
  if (slot === undefined || header === undefined || block === undefined || end === undefined)
    throw new Error('unreachable');
  const wrapKeys = deriveChunkedKeys(slot.slotKey, slot.wrap.slice(0, 24), slot.context);
  const payloadKeys = deriveChunkedKeys(fileKey, payload.slice(0, 24), context);
  return [
    [
      'One envelope with one slot and one part. Bytes are in hexadecimal. What is longer than 96 characters is folded, and the',
      'line breaks do not count, but in the data form at the end. The KDF parameters are the smallest that a reader admits,',
      'for this example only: no writer may use them.',
    ].join('\n'),
    section('A.1 Slot', [
      [
        'Passphrase as it was typed, and its bytes by `words`:',
        passphrase,
        hex(normalise(passphrase, norm) ?? new Uint8Array()),
      ],
      ['Envelope identifier, `id`:', hex(id)],
      ['Slot bytes, as text:', fold(latin1(slot.slotBytes))],
      ['Slot key: Argon2id with m = 8, t = 1, p = 1 and the salt that the slot bytes name:', fold(hex(slot.slotKey))],
      ['File key:', fold(hex(fileKey))],
      ['Context of the wrap: label, 00, `id`, slot bytes:', fold(hex(slot.context))],
      ['Salt of the wrap, and `key`, `nonce`, `commitment` that it gives:', ...keyLines(slot.wrap, wrapKeys)],
      ['`wrap`: salt, commitment, one chunk of 32 + 16 bytes:', fold(hex(slot.wrap))],
    ]),
    section('A.2 Header', [
      [`Header bytes, as text (${headerBytes.length} bytes):`, fold(latin1(headerBytes))],
      ['Its first 32 bytes:', hex(headerBytes.slice(0, 32))],
    ]),
    section('A.3 Plaintext', [
      ['The part, 6 bytes:', hex(concat(...pieces.parts))],
      [
        `The manifest, ${pieces.manifest.length} bytes, as text (there is neither padding nor a signature):`,
        fold(latin1(pieces.manifest)),
      ],
      [`The whole plaintext, ${plaintext.length} bytes:`, fold(hex(plaintext))],
    ]),
    section('A.4 Payload', [
      [`Context: label, 00, header bytes; its first 32 bytes of ${context.length}:`, hex(context.slice(0, 32))],
      ['Salt, and `key`, `nonce`, `commitment` that it gives:', ...keyLines(payload, payloadKeys)],
      [`The payload, ${payload.length} bytes: salt, commitment, one chunk:`, fold(hex(payload))],
    ]),
    section('A.5 File', [
      ['Block 0 in base85:', fold(block)],
      ['The end block, and in base85:', hex(endBlock), end],
      ['The data form, whole:', writeDataForm(sections).trimEnd()],
    ]),
  ].join('\n\n');
}

type Figure = readonly [caption: string, ...lines: string[]];

function section(title: string, figures: readonly Figure[]): string {
  const texts = figures.map(([caption, ...lines]) => `${caption}\n\n\`\`\`\n${lines.join('\n')}\n\`\`\``);
  return [`### ${title}`, ...texts].join('\n\n');
}

function keyLines(ciphertext: Uint8Array, keys: ReturnType<typeof deriveChunkedKeys>): string[] {
  return [ciphertext.slice(0, 24), keys.key, keys.nonce, keys.commitment].map(hex);
}

function fold(text: string): string {
  return (text.match(/.{1,96}/g) ?? []).join('\n');
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
