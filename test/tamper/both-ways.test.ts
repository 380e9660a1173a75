import {
  chooseModules,
  concat,
  PreparedSecret,
  runKdf,
  sealEnvelope,
  utf8,
  type Face,
  type Message,
  type SealEnvelopeOptions,
} from '@sealpost/core';
import { languageBlocks, runtime } from '@sealpost/reader';
import { brokenTransportRule, findHeader, openFile, readHeader, readSections } from '@sealpost/vectors';
import { describe, expect, it } from 'vitest';
import { passphrase } from './envelopes.js';

/** The other way round: what core seals is what the spec says, as the kit reads it. */
const page = { runtime: chooseModules(runtime, []), languages: [languageBlocks.en] };

describe.each([
  ['data form', undefined],
  ['HTML form', page],
])('core seals the %s for the kit', (_, form) => {
  it.each([
    ['an empty message', { headers: {} }],
    ['bodies', { headers: { subject: 'Gr\u00fc\u00dfe \u{1f600}' }, text: 'Hi', html: '<p>Hi</p>'.repeat(1000) }],
    ['attachments around a chunk', { headers: {}, attachments: sizes([0, 1, 16_383, 16_384, 16_385, 40_000]) }],
    ['more than a block', { headers: {}, text: 'Hi', attachments: sizes([64 * 16_384 + 1]) }],
  ] satisfies readonly (readonly [string, Message])[])('%s', async (_name, message) => {
    const file = await sealed(message, { page: form });
    const { manifest, parts } = openFile(file, passphrase);
    expect(manifest.headers).toEqual(message.headers);
    expect(parts.map(({ content }) => content)).toEqual(contentsOf(message));
  });

  it.each([
    ['padded', { pad: true }],
    ['with notes', { notes: { handling: 'Burn it.', expires: 1 }, idleLock: 5 }],
    ['with a reply endpoint', { connect: 'https://reply.example' }],
  ] satisfies readonly (readonly [string, Partial<SealEnvelopeOptions>])[])('%s', async (_name, options) => {
    const file = await sealed({ headers: {}, text: 'Hi' }, { page: form, ...options });
    expect(openFile(file, passphrase).parts).toHaveLength(1);
  });

  it.each([
    ['letters', { org: 'Example', subject: 'Gr\u00fc\u00dfe \u{1f600} <&>', color: '#00ff7f', date: 0 }],
    [
      'every character of one byte',
      { hint: Array.from({ length: 256 }, (_each, i) => String.fromCharCode(i)).join('') },
    ],
    ['backslashes before letters', { hint: 'C:\\new\\table\\"b\\u0041', questions: ['\\n', '\\\\n', '\\'] }],
  ] satisfies readonly (readonly [string, Face])[])('a face of %s', async (_name, face) => {
    const file = await sealed({ headers: {}, text: 'Hi' }, { page: form, face });
    expect(readHeader(findHeader(readSections(file))).face).toEqual(face);
    expect(openFile(file, passphrase).parts).toHaveLength(1);
  });
});

/** Seals with the cheapest derivation and checks that the file keeps the transport rules. */
async function sealed(message: Message, options: Partial<SealEnvelopeOptions>): Promise<Uint8Array> {
  const kdf = { name: 'argon2id', m: 8, t: 1, p: 1, salt: utf8('a salt of a test') } as const;
  const key = await runKdf(utf8(passphrase), kdf);
  const secret = new PreparedSecret({ key, kdf, norm: 'words', madeAt: 0, strengthBits: 0 });
  const envelope = await sealEnvelope(message, { ...options, secrets: [secret] });
  const pieces: Uint8Array[] = [];
  for await (const piece of envelope.file()) pieces.push(piece.slice());
  const file = concat(...pieces);
  expect(brokenTransportRule(Buffer.from(file).toString('latin1'))).toBeUndefined();
  return file;
}

function sizes(lengths: readonly number[]): NonNullable<Message['attachments']> {
  return lengths.map((length) => ({
    name: `${length}.bin`,
    type: 'application/octet-stream',
    content: Uint8Array.from({ length }, (_, i) => (i * i) % 251),
  }));
}

function contentsOf({ text, html, attachments = [] }: Message): readonly Uint8Array[] {
  const bodies = [text, html].flatMap((body) => (body === undefined ? [] : [utf8(body)]));
  return [...bodies, ...attachments.map(({ content }) => content as Uint8Array)];
}
