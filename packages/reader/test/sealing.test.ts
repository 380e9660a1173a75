import { fileURLToPath } from 'node:url';
import {
  chooseModules,
  concat,
  contentSecurityPolicy,
  inspectEnvelope,
  openEnvelope,
  openKeySlot,
  p256Kem,
  PreparedSecret,
  profileKdf,
  randomBytes,
  readEnvelope,
  webcryptoBackend,
  type Content,
  type Face,
  type Kem,
  type OpenSecret,
  type RuntimeModule,
} from '@sealpost/core';
import { hybridKem } from '@sealpost/core/hybrid';
import { makeIdentity, sealToken, type ReplyToken } from '@sealpost/core/keys';
import { languageBlocks, releases, runtime } from '@sealpost/reader';
import { beforeAll, expect, it } from 'vitest';
import { brandStyle } from '../../core/src/document/brand.js';
import { moduleOptions, shortNames } from '../scripts/page-options.mjs';
import { pageScript } from '../scripts/page-script.mjs';
import { SHARED } from '../src/shared.js';
import { PageScope } from './support/page-scope.js';
import type { Answer, AnswerKey } from '../src/reply/answer-input.js';
import type { Sealing } from './support/sealing-entry.js';

/** A page's sealing as a module beside `open` has it: in its final text, with what the shipped `open` shares. */
let sealing: Sealing;
const page = new PageScope();
let pq: Kem;
let text: string;

const prepared = new PreparedSecret({
  key: new Uint8Array(32).fill(3),
  kdf: profileKdf('light', new Uint8Array(16).fill(4)),
  norm: 'words',
  madeAt: 0,
  strengthBits: 64,
});

beforeAll(async () => {
  text = await pageScript(fileURLToPath(new URL('support/sealing-entry.ts', import.meta.url)), moduleOptions);
  page.run(runtime.modules.open);
  page.run(text);
  page.run(runtime.modules.pq ?? '');
  sealing = page.registry.find('register') as Sealing;
  pq = page.registry.find('pq') as Kem;
  expect(page.registry.shared).toHaveLength(SHARED.length);
  expect(Object.isFrozen(page.registry) && Object.isFrozen(page.registry.shared)).toBe(true);
}, 60_000);

const face: Face = { org: 'Klinik', contact: 'Ask', color: '#123456' };

/** An answer from a page with these modules. */
async function sealed(
  modules: readonly RuntimeModule[],
  options: Partial<Answer>,
  content: Content = new Blob([new Uint8Array(200_000).fill(65)]),
): Promise<Uint8Array> {
  const own = { runtime: chooseModules(runtime, modules), languages: [languageBlocks.fr, languageBlocks.en] };
  const attachments = [{ name: 'a.txt', type: 'text/plain', content }];
  const message: Answer = {
    headers: { subject: 'Re: one' },
    text: 'An answer. '.repeat(20),
    attachments,
    secrets: [],
    keys: [],
    reply: { actions: ['reply'], to: [], passphrase: true },
    face,
    idleLock: undefined,
    notes: {},
    ...options,
  };
  const policy = await contentSecurityPolicy(own.runtime, 'https://another.example', webcryptoBackend);
  page.style = runtime.style;
  page.scripts = [
    ...(['fr', 'en'] as const).map((code) => ({
      type: 'application/json',
      id: `sealpost-lang-${code}`,
      text: `\n${languageBlocks[code].json}\n`,
    })),
    ...Object.entries(own.runtime.modules).map(([name, code]) => ({ type: '', id: `sealpost-${name}`, text: code })),
    { type: 'application/vnd.sealpost.payload', id: 'sealpost-payload-0', text: '' },
  ];
  page.head = { policy, style: brandStyle(face.color ?? '') };
  const pieces: Uint8Array[] = [];
  for await (const piece of sealing.writeAnswer(message)) pieces.push(piece.slice());
  return concat(...pieces);
}

async function answer(file: Uint8Array, secret: OpenSecret): Promise<string> {
  const opened = await openEnvelope(readEnvelope(file), secret, { backend: webcryptoBackend });
  const [attachment] = opened.attachments;
  expect((await attachment!.bytes()).every((byte) => byte === 65)).toBe(true);
  return (await opened.text()) ?? '';
}

it.each([
  ['reply', []],
  ['reply', ['pq']],
] as const)('what it seals is a known page with %s and %j, which core opens', async (...modules) => {
  const names = modules.flat();
  const file = await sealed(names, { secrets: [prepared] });
  expect(await answer(file, { prepared })).toContain('An answer.');
  const inspection = await inspectEnvelope(file, { releases });
  expect(inspection).toMatchObject({ known: true, fault: undefined, languages: ['fr', 'en'] });
  // What is deflated is smaller.
  expect(file.length).toBeLessThan(130_000);
});

it.each([0, 1, 16_384, 1_048_576 - 400, 1_048_577, 2_300_000])(
  'it seals attachments of %d bytes that do not deflate as core would, in blocks of the format',
  async (length) => {
    const content = randomBytes(length);
    const file = await sealed(['reply'], { secrets: [prepared] }, new Blob([content]));
    const opened = await openEnvelope(readEnvelope(file), { prepared }, { backend: webcryptoBackend });
    expect(Buffer.from(content).equals(await opened.attachments[0]!.bytes())).toBe(true);
    expect(await inspectEnvelope(file, { releases })).toMatchObject({ known: true, fault: undefined });
  },
);

it.each(['p256', 'mlkem768-x25519'] as const)('it seals to keys of %s, alone and beside a secret', async (name) => {
  const kem = name === 'p256' ? p256Kem(webcryptoBackend) : hybridKem;
  const identity = await makeIdentity(kem, {}, webcryptoBackend);
  const origin = { id: randomBytes(16), header: randomBytes(32), psk: randomBytes(32) };
  const token: ReplyToken = { ...origin, recipients: [], actions: ['reply'], issued: 1, expires: 2, references: [] };
  const proof = { ...origin, token: await sealToken(token, identity, webcryptoBackend, randomBytes) };
  const key = {
    ...identity.key,
    kem: name === 'p256' ? sealing.kem : pq,
    [shortNames['proof'] ?? '']: proof,
  } as unknown as AnswerKey;
  for (const secrets of [[], [prepared]]) {
    const file = await sealed(['reply'], { secrets, keys: [key] });
    const open: OpenSecret = {
      openKeySlot: async (slot, id) => (await openKeySlot(slot, id, identity, webcryptoBackend))?.fileKey,
    };
    expect(await answer(file, open)).toContain('An answer.');
    expect(await inspectEnvelope(file, { releases })).toMatchObject({ known: true });
  }
});

it('it writes nothing that no reader would open', async () => {
  await expect(sealed([], { secrets: [] })).rejects.toMatchObject({ code: 'NOT_AN_ENVELOPE' });
  const wrong = { secrets: [prepared], face: { color: 'red' } };
  await expect(sealed([], wrong)).rejects.toMatchObject({ code: 'NOT_AN_ENVELOPE' });
  const large = { secrets: [prepared], face: { opener: `https://${'x'.repeat(70_000)}` } };
  await expect(sealed([], large)).rejects.toMatchObject({ code: 'LIMIT' });
});

it('takes no more room than somebody means it to', () => {
  expect(text.length).toBeLessThanOrEqual(7_500);
});
