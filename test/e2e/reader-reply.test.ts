import { createHash } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { hex, type PreparedSecret, readEnvelope, type Message } from '@sealpost/core';
import { generateIdentity, identityText, inspect, open, seal, type Identity, type ReplyOptions } from 'sealpost';
import { buildFirst, sealpost, sharedFolder } from '../../packages/cli/test/command.js';
import { cheapSecret } from '../../packages/reader/test/support/envelope-file.js';
import { unlock } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import { attach, finish, saveSealed, sealWritten, startWriting } from './writing.js';

const message: Message = {
  headers: {
    from: [{ name: 'Clinic', address: 'results@clinic.example' }],
    to: [{ name: 'Ada', address: 'ada@home.example' }],
    subject: 'Results',
    date: '2026-11-20T09:30:00+01:00',
    messageId: 'first@clinic.example',
  },
  text: 'All is well.',
  attachments: [{ name: 'scan.png', type: 'image/png', content: new Uint8Array(5_000).fill(3) }],
};

let p256: Identity;
let hybrid: Identity;
let prepared: PreparedSecret;

beforeAll(async () => {
  p256 = await generateIdentity({ kem: 'p256' });
  hybrid = await generateIdentity();
  prepared = await cheapSecret();
});

/** An envelope that may be answered. */
async function envelope(reply: ReplyOptions, changed: Partial<Message> = {}): Promise<Uint8Array> {
  return (await seal({ ...message, ...changed }, { prepared, reply })).bytes();
}

/** Hashes of the code in a page. */
function moduleHashes(page: Uint8Array): readonly string[] {
  const text = Buffer.from(page).toString('latin1');
  return [...text.matchAll(/<script id="sealpost-\w+">([^]*?)<\/script>/g)].map(([, code = '']) =>
    createHash('sha256').update(code).digest('hex'),
  );
}

buildFirst();

describeInEachEngine('a reply without a network', (engine) => {
  const reader = useReader(engine, () => ({ network: 'none' }));
  const folder = sharedFolder();
  let count = 0;

  it.each([
    ['P-256', () => p256],
    ['MLKEM768-X25519', () => hybrid],
  ])('with two attachments is opened by the command with a key of %s, and by the page', async (_, identity) => {
    const visit = await reader.read(reader.write('message.html', await envelope({ identity: identity() })));
    await startWriting(visit, 'reply');
    await visit.type('When may I come?');
    await attach(visit, [{ name: 'form.pdf', type: 'application/pdf', byte: 1, size: 70_000 }]);
    await attach(visit, [{ name: 'list.csv', type: '', byte: 65, size: 30 }], 'drop');
    await sealWritten(visit);
    const { bytes, name } = await saveSealed(visit);
    expect(name).toBe('securedoc.html');
    expect(visit.said ?? []).toEqual([]);
    const file = reader.write('reply.html', bytes);
    const key = reader.write('own.key', `${identityText(identity())}\n`);
    chmodSync(key, 0o600);
    const out = `out-${String(count++)}`;
    const { code, stdout, stderr } = await sealpost(['open', file, '--identity', key, '--json', '--extract', out], {
      cwd: folder,
    });
    expect(stderr).toBe(`sealpost: wrote 4 files into ${out}
`);
    expect(code).toBe(0);
    const opened = JSON.parse(stdout) as { headers: object };
    expect(opened.headers).toMatchObject({
      subject: 'Re: Results',
      inReplyTo: 'first@clinic.example',
      references: ['first@clinic.example'],
    });
    expect(readFileSync(`${folder}/${out}/form.pdf`).equals(Buffer.alloc(70_000, 1))).toBe(true);
    expect(readFileSync(`${folder}/${out}/list.csv`).equals(Buffer.alloc(30, 65))).toBe(true);
    const { reply, message: taken } = await open(bytes, { keys: [identity()] });
    expect(reply).toMatchObject({ author: 'ada@home.example', kind: 'reply' });
    expect(
      taken.text?.startsWith(
        'When may I come?\n\nOn November 20, 2026, Clinic <results@clinic.example> wrote:\n> All is well.',
      ),
    ).toBe(true);
    expect(await inspect(bytes)).toMatchObject({ known: true });
    const again = await reader.read(file);
    expect(await again.body.find('body').text()).toContain('When may I come?');
    expect(await again.find('.files .name bdi').texts()).toEqual(['form.pdf', 'list.csv']);
  });

  it('can be answered and forwarded, for five generations of one page', async () => {
    const first = await envelope({ identity: p256 });
    const hashes = moduleHashes(first);
    expect(hashes).toHaveLength(2);
    let file = reader.write('generation-0.html', first);
    for (let generation = 1; generation <= 3; generation++) {
      const visit = await reader.read(file);
      await startWriting(visit, 'reply');
      await visit.type(`Number ${String(generation)}. `);
      await sealWritten(visit);
      const { bytes } = await saveSealed(visit);
      expect(moduleHashes(bytes)).toEqual(hashes);
      expect(await inspect(bytes)).toMatchObject({ known: true });
      const opened = await open(bytes, { keys: [p256] });
      expect(opened.reply).toMatchObject({ author: 'ada@home.example' });
      expect(opened.message.headers.references).toHaveLength(generation);
      expect(opened.message.text).toContain(`Number ${String(generation)}.`);
      file = reader.write(`generation-${String(generation)}.html`, bytes);
    }
    // To somebody else, with a code of its own.
    const visit = await reader.read(file);
    await startWriting(visit, 'forward');
    await visit.type('For you.');
    await sealWritten(visit);
    const code = (await visit.find('.code').text()).trim();
    expect(code).toMatch(/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
    const forward = await saveSealed(visit);
    await finish(visit);
    expect(moduleHashes(forward.bytes)).toEqual(hashes);
    expect(await inspect(forward.bytes)).toMatchObject({ known: true });
    await expect(open(forward.bytes, { prepared })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    await expect(open(forward.bytes, { keys: [p256] })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    const forwarded = await open(forward.bytes, { passphrase: code.toLowerCase().replaceAll('-', ' ') });
    expect(forwarded.message.headers.subject).toBe('Fwd: Re: Results');
    expect(forwarded.message.headers).not.toHaveProperty('references');
    const at = await reader.visit(reader.write('forward.html', forward.bytes));
    await unlock(at, code);
    await startWriting(at, 'reply');
    await at.type('Thank you.');
    await sealWritten(at);
    const { bytes } = await saveSealed(at);
    expect(moduleHashes(bytes)).toEqual(hashes);
    expect(await inspect(bytes)).toMatchObject({ known: true });
    // It says nothing to the first sender's side: whoever wrote it never opened the first envelope.
    expect(hex(readEnvelope(Buffer.from(bytes)).header.id)).not.toBe('');
    await expect(open(bytes, { keys: [p256] })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    expect((await open(bytes, { passphrase: code })).message.text).toContain('Thank you.');
  });

  it('carries the attachments of a forward', async () => {
    const visit = await reader.read(reader.write('message.html', await envelope({})));
    await startWriting(visit, 'forward');
    expect(await visit.find('form .name bdi').texts()).toEqual(['scan.png']);
    await sealWritten(visit);
    const code = (await visit.find('.code').text()).trim();
    const opened = await open((await saveSealed(visit)).bytes, { passphrase: code });
    expect(opened.attachments.map(({ name, size }) => [name, size])).toEqual([['scan.png', 5_000]]);
    expect(await opened.attachments[0]?.bytes()).toEqual(new Uint8Array(5_000).fill(3));
    await finish(visit);
  });
});
