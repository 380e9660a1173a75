import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  fileText,
  makeRecipientKey,
  openEnvelope,
  p256Kem,
  readEnvelope,
  readReplyInfo,
  sealEnvelope,
  utf8,
  webcryptoBackend as backend,
  type ReplyInfo,
} from '@sealpost/core';
import {
  prepareSecret,
  readIdentity,
  seal,
  type MessageHeaders,
  type PreparedSecret,
  type ReplyOptions,
} from 'sealpost';
import { readMail } from 'sealpost/mail';
import { beforeAll, describe, expect, it } from 'vitest';
import { answer, type Answer } from '../../../test/reply/answer.js';
import { buildFirst, listing, put, sealpost, sharedFolder, temporaryFolder, type Result } from './command.js';
import { makeMail, noise } from './material.js';

buildFirst();

/** Envelopes that may be answered, and their replies, which the page's code writes here. */

const cwd = sharedFolder();
const agreed = 'a passphrase that was agreed';

beforeAll(async () => {
  put(cwd, 'm.eml', makeMail({ subject: 'For answers' }));
  put(cwd, 'nobody.eml', 'From: a@example.org\r\nSubject: to nobody\r\n\r\nx\r\n');
  put(cwd, 'agreed', agreed);
  for (const [name, ...options] of [
    ['own', '--plain'],
    ['other', '--plain'],
    ['sealed', '--passphrase-file', 'agreed', '--kdf', 'light', '--allow-weak'],
    ['short', '--plain', '--to', '2100-01-01'],
    ['late', '--plain', '--from', '2100-01-01'],
  ] as const) {
    const made = await sealpost(['keygen', '-o', `${name}.key`, '--p256', ...options], { cwd });
    expect(made).toMatchObject({ code: 0, stdout: '' });
  }
  put(cwd, 'both.key', ['own', 'other'].map((name) => readFileSync(path.join(cwd, `${name}.key`), 'utf8')).join(''));
});

let count = 0;

function sealed(...args: readonly string[]): Promise<{ name: string; result: Result }> {
  const name = `e${count++}`;
  const all = ['seal', 'm.eml', '-o', name, '--passphrase-file', 'agreed', '--kdf', 'light', '--allow-weak', ...args];
  return sealpost(all, { cwd }).then((result) => ({ name, result }));
}

/** What an envelope offers. */
async function offered(name: string): Promise<ReplyInfo | undefined> {
  const opened = await openEnvelope(readEnvelope(fileText(readFileSync(path.join(cwd, name)))), { passphrase: agreed });
  return readReplyInfo(opened.reply);
}

describe('seal --reply', () => {
  it.each([[[]], [['--reply', 'none']]])('is off by default: %j', async (args) => {
    const { name, result } = await sealed(...args);
    expect(result).toMatchObject({ code: 0 });
    expect(await offered(name)).toBeUndefined();
  });

  it('without an identity offers replies to the passphrase', async () => {
    const { name, result } = await sealed('--reply', 'forward,reply', '--reply-to', 'ward@example.org');
    expect(result).toMatchObject({ code: 0 });
    expect(await offered(name)).toEqual({
      actions: ['reply', 'forward'],
      to: [{ name: '', address: 'ward@example.org' }],
      passphrase: true,
    });
    const reply = await answer(readFileSync(path.join(cwd, name)), agreed);
    put(cwd, 'r', reply);
    const opened = await sealpost(['open', 'r', '--passphrase-file', 'agreed'], { cwd });
    expect(opened).toMatchObject({ code: 0 });
    expect(opened.stdout).not.toContain('Reply by');
  });

  it('with an identity offers replies that prove something, as long and to whom it says', async () => {
    const args = ['--reply', 'reply,reply-all', '--reply-identity', 'own.key', '--no-reply-passphrase'];
    const more = ['--reply-endpoint', 'https://mail.example.org/replies?a=b', '--reply-until', '2090-01-31'];
    const to = ['--reply-to', 'a@example.org', '--reply-to', 'b@example.org', '--reply-recipient', 'eve@example.net'];
    const { name, result } = await sealed(...args, ...more, ...to);
    expect(result).toMatchObject({ code: 0, stderr: `sealpost: wrote ${name}\n` });
    expect(await offered(name)).toMatchObject({
      actions: ['reply', 'replyAll'],
      to: [{ address: 'a@example.org' }, { address: 'b@example.org' }],
      passphrase: false,
      path: '/replies?a=b',
      proof: { keys: [{ kem: 'p256', to: Date.parse('2090-01-31T23:59:59Z') / 1_000 }] },
    });
    const { stdout } = await sealpost(['inspect', name], { cwd });
    expect(stdout).toContain('Replies to: https://mail.example.org\n');
    expect(stdout).not.toContain('of a reply');
    put(cwd, 'r', await answer(readFileSync(path.join(cwd, name)), agreed));
    const json = (await sealpost(['open', 'r', '--identity', 'own.key', '--json'], { cwd })).stdout;
    expect(JSON.parse(json)).toMatchObject({ reply: { author: 'eve@example.net', authors: ['eve@example.net'] } });
  });

  it('takes an identity under a passphrase', async () => {
    const identity = ['--reply', 'reply', '--reply-identity', 'sealed.key'];
    const { result } = await sealed(...identity, '--reply-identity-passphrase-file', 'agreed');
    expect(result).toMatchObject({ code: 0 });
    const asked = await sealed(...identity);
    expect([asked.result.code, asked.result.stderr]).toEqual([2, expect.stringContaining('no terminal to ask')]);
    const wrong = await sealed(...identity, '--reply-identity-passphrase-file', 'm.eml');
    expect([wrong.result.code, wrong.result.stderr]).toEqual([6, expect.stringContaining('did not open the key')]);
  });

  it('says where the time of the key is over before', async () => {
    const { name, result } = await sealed(
      ...['--reply', 'reply', '--reply-identity', 'short.key', '--reply-until', '2101-01-01'],
    );
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('warning: replies are taken until 2100-01-01T23:59:59.000Z');
    expect((await offered(name))?.proof?.keys[0]?.to).toBe(Date.parse('2100-01-01T23:59:59Z') / 1_000);
  });

  const own = ['--reply-identity', 'own.key'];
  it.each([
    ['an unknown word', ['--reply', 'all'], "--reply does not know 'all'"],
    ['none and more', ['--reply', 'none,reply'], "--reply does not know 'none'"],
    ['a word twice', ['--reply', 'reply,reply'], 'names something twice'],
    ['an identity alone', own, '--reply-identity without --reply\n.*--reply reply,forward'],
    ['an identity for nothing', ['--reply', 'none', ...own], '--reply-identity without --reply'],
    ['an address alone', ['--reply-to', 'a@b.example'], '--reply-to without --reply'],
    ['a recipient alone', ['--reply-recipient', 'a@b.example'], '--reply-recipient without --reply'],
    ['an endpoint alone', ['--reply-endpoint', 'https://b.example/'], '--reply-endpoint without --reply'],
    ['a time alone', ['--reply-until', '2090-01-01'], '--reply-until without --reply'],
    ['a passphrase file alone', ['--reply-identity-passphrase-file', 'agreed'], 'passphrase-file without --reply'],
    ['no passphrase alone', ['--no-reply-passphrase'], '--no-reply-passphrase without --reply'],
    [
      'a recipient of what proves nothing',
      ['--reply', 'reply', '--reply-recipient', 'a@b.example'],
      'reply-recipient without --reply-identity',
    ],
    [
      'a time of what proves nothing',
      ['--reply', 'reply', '--reply-until', '2090-01-01'],
      'reply-until without --reply-identity',
    ],
    [
      'neither key nor passphrase',
      ['--reply', 'reply', '--no-reply-passphrase'],
      'no-reply-passphrase without --reply-identity',
    ],
    [
      'reply-all without a key',
      ['--reply', 'reply-all'],
      'reply-all without --reply-identity.*\n.*add --reply-identity FILE',
    ],
    [
      'eleven addresses',
      ['--reply', 'reply', ...Array<string[]>(11).fill(['--reply-to', 'a@b.example']).flat()],
      'more than 10 times',
    ],
    ['no address', ['--reply', 'reply', '--reply-to', 'Ada <a@b.example>'], '--reply-to is one address'],
    [
      'an address of two lines',
      ['--reply', 'reply', '--reply-to', 'a@b.example\nBcc: c@d.example'],
      '--reply-to is one address',
    ],
    [
      'a recipient that is none',
      ['--reply', 'reply', ...own, '--reply-recipient', 'ada'],
      '--reply-recipient is one address',
    ],
    [
      'an endpoint without TLS',
      ['--reply', 'reply', '--reply-endpoint', 'http://b.example/'],
      '--reply-endpoint is no address',
    ],
    [
      'an endpoint with a password',
      ['--reply', 'reply', '--reply-endpoint', 'https://a:b@b.example/'],
      'holds a user name',
    ],
    ['an endpoint with a fragment', ['--reply', 'reply', '--reply-endpoint', 'https://b.example/#a'], 'has a fragment'],
    [
      'an endpoint too long',
      ['--reply', 'reply', '--reply-endpoint', `https://b.example/${'a'.repeat(500)}`],
      'a path longer than 500',
    ],
    ['a time that is over', ['--reply', 'reply', ...own, '--reply-until', '2020-01-01'], 'in the past'],
    ['a key before its time', ['--reply', 'reply', '--reply-identity', 'late.key'], 'is not valid before 2100-01-01'],
    ['two keys', ['--reply', 'reply', '--reply-identity', 'both.key'], 'there are several keys in both.key'],
    ['a public key', ['--reply', 'reply', '--reply-identity', 'own.key.pub'], 'it is a public key'],
    [
      'a key from standard input',
      ['--reply', 'reply', '--reply-identity', '-'],
      'a private key does not come from standard input',
    ],
  ])('is refused with %s', async (_, args, said) => {
    const { name, result } = await sealed(...args);
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toMatch(new RegExp(said));
    expect(existsSync(path.join(cwd, name))).toBe(false);
  });

  it.each([
    [
      'a mail to nobody',
      ['seal', 'nobody.eml', '--reply', 'reply', ...own],
      /names no recipient.*\n.*--reply-recipient/,
    ],
    [
      'keys alone',
      ['seal', 'm.eml', '--reply', 'reply', '--recipient-key', 'own.key.pub'],
      /there is no passphrase\n.*--reply-identity/,
    ],
    [
      'two passphrases from standard input',
      ['seal', 'm.eml', '--passphrase-file', '-', '--reply', 'reply', ...own, '--reply-identity-passphrase-file', '-'],
      /cannot both come from standard input/,
    ],
  ])('is refused for %s', async (_, args, said) => {
    const result = await sealpost([...args, '-o', 'never'], { cwd });
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toMatch(said);
    expect(existsSync(path.join(cwd, 'never'))).toBe(false);
  });
});

const headers: MessageHeaders = {
  from: [{ name: 'Clinic', address: 'results@clinic.example' }],
  to: [{ name: 'Ada', address: 'ada@home.example' }],
  subject: 'Results',
  messageId: 'first@clinic.example',
};

/** A reply that no page makes: with a mail of its own, which is from somebody else. */
async function withOriginal(envelope: Uint8Array, prepared: PreparedSecret): Promise<Uint8Array> {
  const source = readEnvelope(fileText(envelope));
  const opened = await openEnvelope(source, { prepared });
  const info = readReplyInfo(opened.reply);
  const { keys, psk, token } = info!.proof!;
  const origin = { id: source.header.id, header: await backend.sha256(source.headerBytes) };
  const key = await makeRecipientKey(p256Kem(backend), keys[0]!.publicKey, {}, backend);
  const answered = { inReplyTo: 'first@clinic.example', references: ['first@clinic.example'] };
  const sealed = await sealEnvelope(
    { headers: answered, text: 'Mine.', original: utf8('From: boss@clinic.example\r\nSubject: Pay\r\n\r\nNow.\r\n') },
    {
      backend,
      keys: [{ ...key, proof: { ...origin, psk, token } }],
      makeReply: () => Promise.resolve({ ...info!, kind: 'reply' }),
    },
  );
  const pieces: Uint8Array[] = [];
  for await (const piece of sealed.file()) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}

/** A folder with a reply to an envelope of the library, and the key that opens it. */
async function received(
  how: Answer | typeof withOriginal = {},
  more: MessageHeaders = {},
  options: ReplyOptions = {},
): Promise<string> {
  const folder = temporaryFolder();
  const key = readFileSync(path.join(cwd, 'own.key'), 'utf8');
  put(folder, 'own.key', key);
  const { prepared } = await prepareSecret();
  const message = { headers: { ...headers, ...more }, text: 'Good news.' };
  const envelope = await seal(message, { prepared, reply: { identity: await readIdentity(key), ...options } });
  const file = await envelope.bytes();
  put(folder, 'r', await (typeof how === 'function' ? how(file, prepared) : answer(file, prepared, how)));
  return folder;
}

function open(folder: string, ...args: string[]): Promise<Result> {
  return sealpost(['open', 'r', '--identity', 'own.key', ...args], { cwd: folder });
}

const claim =
  (address: string) =>
  (own: MessageHeaders): MessageHeaders => ({ ...own, to: [{ name: 'Boss', address }] });

describe('open, of a reply,', () => {
  it('shows who wrote it and what it answers, before what it says of itself', async () => {
    const { code, stdout, stderr } = await open(await received());
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^Reply by: ada@home\.example\nAnswers: <first@clinic\.example>, envelope [0-9a-f]{32}\nFrom: Ada <ada@home\.example>\nTo: Clinic /,
    );
    expect(stdout).toMatch(/\n\nThank you\.\n$/);
  });

  it('shows another From as a claim', async () => {
    const { stdout } = await open(await received({ changeHeaders: claim('boss@clinic.example') }));
    expect(stdout).toMatch(/^Reply by: ada@home\.example\n/);
    expect(stdout).toContain('\nFrom (a claim): Boss <boss@clinic.example>\n');
  });

  it('shows that it is of one of several, and is to be sent on', async () => {
    const cc = [{ name: 'Bob', address: 'bob@home.example' }];
    const folder = await received({ action: 'replyAll' }, { cc }, { actions: ['replyAll'] });
    const { stdout } = await open(folder);
    expect(stdout).toMatch(/^Reply by: one of ada@home\.example, bob@home\.example\n/);
    expect(stdout).toContain('\nAsks: to be sent on to everybody who got the message\n');
    const { reply } = JSON.parse((await open(folder, '--json')).stdout) as { reply: unknown };
    expect(reply).toMatchObject({ kind: 'replyAll', author: null, authors: ['ada@home.example', 'bob@home.example'] });
  });

  it('tells programs the same', async () => {
    const { stdout } = await open(await received(), '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      reply: {
        id: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
        kind: 'reply',
        original: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
        author: 'ada@home.example',
        authors: ['ada@home.example'],
        thread: { messageId: 'first@clinic.example', references: [] },
        expires: expect.stringMatching(/^20\d\d-\d\d-\d\dT[\d:.]+Z$/) as unknown,
      },
    });
  });

  it('writes it as a mail from its author', async () => {
    const attachments = [{ name: 'reply.eml', type: 'application/pdf', content: noise(100_000) }];
    const folder = await received({ changeHeaders: claim('boss@clinic.example'), attachments });
    expect(await open(folder, '--eml', 'm.eml', '--extract', 'x')).toMatchObject({
      code: 0,
      stderr: 'sealpost: wrote m.eml\nsealpost: wrote 3 files into x\n',
    });
    expect(listing(path.join(folder, 'x'))).toEqual(['message.txt', 'reply (2).eml', 'reply.eml']);
    const raw = readFileSync(path.join(folder, 'm.eml'));
    expect(readFileSync(path.join(folder, 'x/reply.eml')).equals(raw)).toBe(true);
    const mail = await readMail(raw);
    expect(mail.headers).toMatchObject({
      from: [{ name: '', address: 'ada@home.example' }],
      to: [{ name: 'Clinic', address: 'results@clinic.example' }],
      inReplyTo: 'first@clinic.example',
    });
    expect(Buffer.from(mail.attachments[0]!.content).equals(attachments[0]!.content)).toBe(true);
    expect(await open(folder, '--extract', 'y')).toMatchObject({ code: 0 });
    expect(listing(path.join(folder, 'y'))).toEqual(listing(path.join(folder, 'x')));
  });

  it('writes no mail that it carries, which may be from anybody', async () => {
    const folder = await received(withOriginal);
    expect(await open(folder, '--eml', 'm.eml', '--extract', 'x')).toMatchObject({ code: 0 });
    expect(listing(path.join(folder, 'x'))).toEqual(['message.txt', 'reply.eml']);
    for (const name of ['m.eml', 'x/reply.eml', 'x/message.txt'])
      expect(readFileSync(path.join(folder, name), 'latin1')).not.toContain('boss@');
    const { headers: read } = await readMail(readFileSync(path.join(folder, 'm.eml')));
    expect(read.from).toEqual([{ name: '', address: 'ada@home.example' }]);
    expect((await open(folder)).stdout).toMatch(/\nOriginal \(a claim\): carried /);
    expect(JSON.parse((await open(folder, '--json')).stdout)).toMatchObject({ original: null });
  });

  it('writes its parts where no mail can be made of it', async () => {
    const to = [{ name: '', address: 'a\r\nBcc: eve@else.example' }];
    const folder = await received({ changeInfo: (info) => ({ ...info, to }) });
    const eml = await open(folder, '--eml', 'm.eml');
    expect([eml.code, eml.stderr]).toEqual([8, expect.stringContaining('no mail can be made of this message')]);
    const extracted = await open(folder, '--extract', 'x');
    expect([extracted.code, extracted.stderr]).toEqual([0, expect.stringContaining('so reply.eml is not written')]);
    expect(listing(path.join(folder, 'x'))).toEqual(['message.txt']);
  });

  it('is told by inspect as what it is', async () => {
    const folder = await received();
    const { stdout } = await sealpost(['inspect', 'r'], { cwd: folder });
    expect(stdout).toMatch(/\nOpens with: key, p256, [0-9a-f]{16}, of a reply\n/);
    expect(stdout).not.toContain('ada@');
    const { slots } = JSON.parse((await sealpost(['inspect', 'r', '--json'], { cwd: folder })).stdout) as {
      slots: readonly { type: string; reply: boolean }[];
    };
    expect(slots.map(({ type, reply }) => [type, reply])).toEqual([
      ['passphrase', false],
      ['key', true],
    ]);
  });

  it.each([
    [
      'of a kind that was not offered',
      { action: 'replyAll' } satisfies Answer,
      9,
      /^sealpost: the reply is refused: the sender did not offer .*\nsealpost: hint: .*deliver it to nobody\n$/,
    ],
    [
      'in another thread',
      { changeHeaders: (own: MessageHeaders) => ({ ...own, messageId: 'other@clinic.example' }) },
      9,
      /^sealpost: the reply is refused: .* thread of another message\nsealpost: hint: .*deliver it to nobody\n$/,
    ],
    [
      'of somebody who never opened the message',
      { changeInfo: (info: ReplyInfo) => ({ ...info, proof: { ...info.proof!, psk: new Uint8Array(32) } }) },
      6,
      /^sealpost: the key did not open .* somebody who never opened the message\nsealpost: hint: /,
    ],
  ])('refuses one %s', async (_, how, code, said) => {
    const folder = await received(how);
    const result = await open(folder, '--eml', 'm.eml', '--ledger', 'taken');
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toMatch(said);
    expect(listing(folder).filter((name) => !['own.key', 'r', 'taken'].includes(name))).toEqual([]);
  });

  it('refuses one whose time is over', async () => {
    const folder = await received({}, {}, { expires: new Date(Date.now() + 10 * 86_400_000) });
    const preload = `const { now } = Date; const Real = Date;
      globalThis.Date = class extends Real { constructor(...a) { super(...(a.length ? a : [now() + 11 * 86400000])); } };`;
    const result = await sealpost(['open', 'r', '--identity', 'own.key'], { cwd: folder, preload });
    expect([result.code, result.stdout]).toEqual([9, '']);
    expect(result.stderr).toMatch(/the time for replies .* is over\nsealpost: hint: ask its writer/);
  });
});

describe('open --ledger', () => {
  const notes = (folder: string): readonly string[] => readdirSync(path.join(folder, 'taken'));

  it('takes a reply once', async () => {
    const folder = await received();
    const first = await open(folder, '--ledger', 'taken', '--eml', 'm.eml');
    expect(first).toMatchObject({ code: 0 });
    expect(notes(folder)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    const second = await open(folder, '--ledger', 'taken', '--eml', 'n.eml');
    expect([second.code, second.stdout]).toEqual([9, '']);
    expect(second.stderr).toMatch(
      /the reply is refused: this reply was taken before\nsealpost: hint: look for the one/,
    );
    expect(existsSync(path.join(folder, 'n.eml'))).toBe(false);
    expect(notes(folder)).toHaveLength(1);
    expect(await open(folder)).toMatchObject({ code: 0 });
  });

  it.each([
    [
      'a mail that cannot be made',
      { changeInfo: (info: ReplyInfo) => ({ ...info, to: [{ name: '', address: 'a\nb' }] }) },
      ['--eml', 'm.eml'],
      '',
    ],
    ['a full disk at the end of a pipe', {}, ['--json'], '>/dev/full'],
  ])('takes its note back for %s', async (_, how: Answer, args, redirect) => {
    const folder = await received(how);
    const command = ['open', 'r', '--identity', 'own.key', '--ledger', 'taken', ...args];
    expect(await sealpost(command, { cwd: folder, redirect })).toMatchObject({ code: 8 });
    expect(notes(folder)).toEqual([]);
    expect(await open(folder, '--ledger', 'taken')).toMatchObject({ code: 0 });
  });

  it('takes its note back where a signal ends it', async () => {
    const folder = await received();
    const preload = `import { existsSync, readdirSync } from 'node:fs';
      const write = process.stdout.write;
      process.stdout.write = function (...args) {
        if (readdirSync('taken').length !== 1) throw new Error('no note');
        process.kill(process.pid, 'SIGTERM');
        setTimeout(() => write.apply(process.stdout, args), 5000);
        return true;
      };`;
    const command = ['open', 'r', '--identity', 'own.key', '--ledger', 'taken'];
    expect(await sealpost(command, { cwd: folder, preload })).toMatchObject({ signal: 'SIGTERM', stdout: '' });
    expect(notes(folder)).toEqual([]);
  });

  it('notes nothing of what is no reply', async () => {
    const { name } = await sealed('--recipient-key', 'own.key.pub');
    const args = ['open', name, '--identity', 'own.key', '--ledger', 'none', '--json'];
    const result = await sealpost(args, { cwd });
    expect(result).toMatchObject({ code: 0 });
    expect(JSON.parse(result.stdout)).toMatchObject({ reply: null });
    expect(existsSync(path.join(cwd, 'none'))).toBe(false);
  });

  it('needs a key', async () => {
    const result = await sealpost(['open', 'r', '--passphrase-file', 'agreed', '--ledger', 'taken'], { cwd });
    expect([result.code, result.stderr]).toEqual([
      2,
      expect.stringMatching(/--ledger without --identity\n.*only a key/),
    ]);
  });

  it('names its folder where that cannot be written', async () => {
    const folder = await received();
    put(folder, 'taken', 'a file');
    const result = await open(folder, '--ledger', 'taken');
    expect([result.code, result.stdout]).toEqual([8, '']);
    expect(result.stderr).toContain('cannot write taken: ');
  });
});
