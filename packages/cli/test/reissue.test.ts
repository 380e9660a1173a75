import { linkSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { beforeAll, describe, expect, it } from 'vitest';
import { answer } from '../../../test/reply/answer.js';
import { buildFirst, listing, put, sealpost, sharedFolder, temporaryFolder, type Result } from './command.js';
import { attachmentPart, makeEnvelope, makeMail, noise, passphrase, textPart } from './material.js';

buildFirst();

const WORDS = /^[a-z-]+(?: [a-z-]+){4}\n$/;
const CODE = /^(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}\n$/;
const QUESTIONS = 'Where did we meet?\nUlm\n';
const agreed = 'another horse battery staple';

/** Envelopes, keys and secrets that no test changes. */
const cwd = sharedFolder();

beforeAll(async () => {
  const parts = [
    { name: 'Befund Müller.pdf', type: 'application/pdf', content: noise(50_000, 'a') },
    { name: 'lines.txt', type: 'text/plain', content: Buffer.from('a\r\nb\nc\rd \t\r\n\0\x1b') },
  ];
  put(cwd, 'm.eml', makeMail({ parts, subject: 'Results' }));
  put(cwd, 'p', `${passphrase}\n`);
  put(cwd, 'agreed', agreed);
  put(cwd, 'wrong', 'no horse battery staple');
  put(cwd, 'q', QUESTIONS);
  for (const name of ['recipient', 'archive']) await done('keygen', '-o', `${name}.key`, '--p256', '--plain');
  for (const name of ['signing', 'eve']) await done('keygen', '--sign', '-o', `${name}.key`, '--plain');
  await done('keygen', '-o', 'sealed.key', '--p256', '--passphrase-file', 'agreed', '--kdf', 'light', '--allow-weak');
  const face = ['--org', 'Example Clinic', '--hint', 'In the letter', '--face', 'subject', '--language', 'fr,en'];
  const notes = ['--handling', 'Keep it', '--expires', '2999-01-01', '--idle-lock', '7', '--keep-original'];
  const own = ['--archive-key', 'archive.key.pub', '--sign-key', 'signing.key'];
  await done('seal', 'm.eml', '-o', 'page', '--passphrase-file', 'p', ...face, ...notes, ...own);
  await done('seal', 'm.eml', '--cover-mail', 'sent.eml', '--passphrase-file', 'p', '--form', 'data');
  const { stdout } = await done('seal', 'm.eml', '-o', 'asking', '--question-file', 'q');
  put(cwd, 'answers', `ulm\n${stdout}`);
  await done(
    'seal',
    'm.eml',
    '-o',
    'keyed',
    '--recipient-key',
    'recipient.key.pub',
    '--recipient-key',
    'sealed.key.pub',
  );
}, 60_000);

/** Of a call that has to succeed. */
async function done(...args: readonly string[]): Promise<Result> {
  const result = await sealpost(args, { cwd });
  expect(result).toMatchObject({ code: 0 });
  return result;
}

/** Reissues an envelope of the shared folder into `e` of another one. */
async function reissue(
  name: string,
  args: readonly string[],
  options: { readonly stdin?: string | Uint8Array; readonly redirect?: string } = {},
): Promise<Result & { readonly folder: string; readonly file: string }> {
  const folder = temporaryFolder();
  const file = path.join(folder, 'e');
  return { ...(await sealpost(['reissue', name, '-o', file, ...args], { cwd, ...options })), folder, file };
}

/** What `open --json` says of it; the secret in a file, or options. */
async function contentOf(file: string, ...secret: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await done('open', file, '--json', ...secret);
  return JSON.parse(stdout) as Record<string, unknown>;
}

interface Shown {
  readonly id: string;
  readonly form: string;
  readonly face: object;
}

async function inspected(file: string): Promise<Shown> {
  return JSON.parse((await done('inspect', file, '--json')).stdout) as Shown;
}

function bytesOf(name: string): Buffer {
  return readFileSync(path.join(cwd, name));
}

describe('reissue', () => {
  it('prints a new passphrase, which opens the same message, and the old one does not', async () => {
    const before = bytesOf('page');
    const made = await reissue('page', ['--passphrase-file', 'p']);
    expect(made).toMatchObject({ code: 0 });
    expect(made.stdout).toMatch(WORDS);
    expect(made.stderr).toBe(
      'sealpost: warning: the old envelope was signed, and the new one is not\n' +
        'sealpost: hint: --sign-key signs it\n' +
        'sealpost: warning: the old envelope opens with an archive key too, and the new one does not\n' +
        'sealpost: hint: give the key again with --archive-key\n' +
        'sealpost: warning: the subject can be read without the passphrase\n' +
        `sealpost: wrote ${made.file}\n`,
    );
    expect(listing(made.folder)).toEqual(['e']);
    expect(bytesOf('page').equals(before)).toBe(true);

    put(made.folder, 'p', made.stdout);
    const secret = ['--passphrase-file', path.join(made.folder, 'p')];
    const old = await contentOf('page', '--passphrase-file', 'p');
    expect(old).toMatchObject({ headers: { subject: 'Results', messageId: 'one@example.org' }, idleLock: 7 });
    expect(await contentOf(made.file, ...secret)).toEqual({
      ...old,
      notes: { handling: 'Keep it', expires: '2999-01-01T23:59:59.000Z', archive: false },
      signature: null,
    });
    await done(
      'open',
      made.file,
      ...secret,
      '--eml',
      path.join(made.folder, 'm.eml'),
      '--extract',
      path.join(made.folder, 'x'),
    );
    expect(readFileSync(path.join(made.folder, 'm.eml')).equals(bytesOf('m.eml'))).toBe(true);
    expect(readFileSync(path.join(made.folder, 'x/Befund Müller.pdf')).equals(noise(50_000, 'a'))).toBe(true);
    expect(await sealpost(['open', made.file, '--passphrase-file', 'p'], { cwd })).toMatchObject({
      code: 6,
      stdout: '',
    });
    expect(await sealpost(['open', made.file, '--identity', 'archive.key'], { cwd })).toMatchObject({ code: 6 });

    const [first, second] = [await inspected('page'), await inspected(made.file)];
    expect(second.id).not.toBe(first.id);
    expect(second).toMatchObject({ form: 'html', known: true, languages: ['fr', 'en'] });
    // The hint was to the old passphrase.
    expect(first.face).toMatchObject({ hint: 'In the letter', subject: 'Results' });
    expect(second.face).toEqual({ ...first.face, hint: null });
  });

  it.each([
    ['a passphrase', 'sent.eml', ['--passphrase-file', 'p']],
    ['answers and a code', 'asking', ['--answers-file', 'answers']],
    ['a key', 'keyed', ['--identity', 'recipient.key']],
    ['a key with a passphrase', 'keyed', ['--identity', 'sealed.key', '--passphrase-file', 'agreed']],
    ['the key of an archive', 'page', ['--identity', 'archive.key', '--verify-key', 'signing.key.pub']],
  ])('opens the old one with %s', async (_name, name, secret) => {
    const made = await reissue(name, [...secret, '--new-passphrase-file', 'agreed', '--kdf', 'light', '--allow-weak']);
    expect(made).toMatchObject({ code: 0, stdout: '' });
    const { headers, attachments } = await contentOf(name, ...secret);
    expect(await contentOf(made.file, '--passphrase-file', 'agreed')).toMatchObject({ headers, attachments });
    const old = await inspected(name);
    const own = { form: name === 'keyed' ? 'html' : old.form, slots: [{ type: 'passphrase' }] };
    expect(await inspected(made.file)).toMatchObject({ ...own, face: { questions: [] } });
    const again = await sealpost(['open', made.file, ...secret], { cwd });
    expect(again.code).not.toBe(0);
  });

  it('asks new questions', async () => {
    put(cwd, 'new-questions', 'Which ward?\nB 12\n');
    const made = await reissue('asking', ['--answers-file', 'answers', '--question-file', 'new-questions']);
    expect(made).toMatchObject({ code: 0 });
    expect(made.stdout).toMatch(CODE);
    expect(await inspected(made.file)).toMatchObject({ face: { questions: ['Which ward?'] } });
    put(made.folder, 'a', `b12\n${made.stdout}`);
    await done('open', made.file, '--answers-file', path.join(made.folder, 'a'));
    expect(await sealpost(['open', made.file, '--answers-file', 'answers'], { cwd })).toMatchObject({ code: 6 });
  });

  it('seals to keys, alone or beside a passphrase, and signs', async () => {
    const keys = ['--recipient-key', 'recipient.key.pub', '--archive-key', 'archive.key.pub'];
    const made = await reissue('page', ['--passphrase-file', 'p', ...keys, '--sign-key', 'eve.key']);
    expect(made).toMatchObject({ code: 0, stdout: '' });
    expect(made.stderr).not.toMatch(/signed|archive/);
    // A page opens with no key.
    expect(await inspected(made.file)).toMatchObject({ form: 'data', slots: [{ type: 'key' }, { type: 'key' }] });
    const opened = await contentOf(made.file, '--identity', 'recipient.key', '--verify-key', 'eve.key.pub');
    expect(opened).toMatchObject({ signature: { signer: 'known' }, notes: { archive: true } });
    const beside = await reissue('page', ['--passphrase-file', 'p', ...keys, '--generate']);
    expect(beside.stdout).toMatch(WORDS);
    expect(await inspected(beside.file)).toMatchObject({ form: 'html' });
    await done('open', beside.file, '--identity', 'archive.key');
  });

  it('shows, asks for and offers what is said anew, and keeps the rest', async () => {
    const said = ['--org', 'Ward 3', '--hint', 'By phone', '--face', 'none', '--no-expires', '--language', 'de'];
    const replies = ['--reply', 'reply', '--reply-identity', 'archive.key'];
    const made = await reissue('page', ['--passphrase-file', 'p', ...said, ...replies, '--pad', '--form', 'data']);
    expect(made).toMatchObject({ code: 0 });
    expect(await inspected(made.file)).toMatchObject({
      form: 'data',
      face: { org: 'Ward 3', hint: 'By phone', subject: null, date: null },
    });
    const words = made.stdout.trim();
    put(made.folder, 'p', words);
    const secret = ['--passphrase-file', path.join(made.folder, 'p')];
    expect(await contentOf(made.file, ...secret)).toMatchObject({
      notes: { handling: 'Keep it', expires: null },
      idleLock: 7,
    });
    put(made.folder, 'reply', await answer(readFileSync(made.file), words, { text: 'Thank you.' }));
    expect(await contentOf(path.join(made.folder, 'reply'), '--identity', 'archive.key')).toMatchObject({
      reply: { author: 'ada@example.net' },
    });
    const unsaid = await reissue('page', ['--passphrase-file', 'p']);
    await expect(answer(readFileSync(unsaid.file), unsaid.stdout.trim())).rejects.toThrow('offers no reply');
  });

  it('takes an envelope that should no longer be read, and says so', async () => {
    const extra = { notes: { expires: 1_600_000_000 } };
    put(cwd, 'over', makeEnvelope({ parts: [textPart('Hello.')], extra }));
    const made = await reissue('over', ['--passphrase-file', 'p']);
    expect(made.code).toBe(0);
    expect(made.stderr).toMatch(/: warning: the new envelope, too, asks .* after 2020-09-13.*\n.*--no-expires\n/);
    const dated = await reissue('over', ['--passphrase-file', 'p', '--expires', '2999-01-01']);
    expect(dated).toMatchObject({ code: 0, stderr: `sealpost: wrote ${dated.file}\n` });
  });

  it('keeps the profile of those who may use no other, and says where that is why it refuses', async () => {
    const old = await reissue('page', ['--passphrase-file', 'p', '--kdf', 'fips', '--form', 'data']);
    put(old.folder, 'p', old.stdout);
    const secret = ['--passphrase-file', path.join(old.folder, 'p')];
    const made = await reissue(old.file, secret);
    expect(made.stdout).toMatch(/^[a-z-]+(?: [a-z-]+){5}\n$/);
    expect(await inspected(made.file)).toMatchObject({ slots: [{ kdf: 'pbkdf2-hmac-sha256 c=1300000' }] });
    const refused = await reissue(old.file, [...secret, '--new-passphrase-file', 'agreed']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/: profile fips is for .*\n.*: the profile is that of the old envelope: /);
    expect(listing(refused.folder)).toEqual([]);
    expect(await reissue(old.file, [...secret, '--new-passphrase-file', 'agreed', '--kdf', 'standard'])).toMatchObject({
      code: 0,
    });
  });

  it('warns where the new passphrase is the old one', async () => {
    const made = await reissue('sent.eml', ['--passphrase-file', 'p', '--new-passphrase-file', 'p']);
    expect(made.code).toBe(0);
    expect(made.stderr).toContain('warning: the new passphrase is the old one');
  });

  it('reads from standard input, and writes to standard output', async () => {
    const stdin = bytesOf('page');
    const made = await sealpost(['reissue', '-', '-o', '-', '--passphrase-file', 'p'], { cwd, stdin });
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
    const words = /^[a-z-]+(?: [a-z-]+){4}$/m.exec(made.stderr)?.[0] ?? '';
    const again = await reissue('page', ['--passphrase-file', '-', '--new-passphrase-file', 'agreed'], {
      stdin: passphrase,
    });
    expect(again).toMatchObject({ code: 0, stdout: '' });
    const turned = await reissue(again.file, ['--passphrase-file', 'agreed', '--new-passphrase-file', '-'], {
      stdin: words,
    });
    expect(turned).toMatchObject({ code: 0, stdout: '' });
    put(turned.folder, 'p', words);
    await done('open', turned.file, '--passphrase-file', path.join(turned.folder, 'p'));
  });
});

describe('its cover mail', () => {
  it('goes to the right address, in the thread of the message, as a mail of its own', async () => {
    const folder = temporaryFolder();
    const mail = path.join(folder, 'c.eml');
    const to = ['--cover-to', 'ada@right.example', '--cover-to', 'bo@right.example'];
    const replies = ['--reply', 'reply', '--reply-identity', 'archive.key'];
    const made = await sealpost(
      ['reissue', 'page', '--passphrase-file', 'p', '--cover-mail', mail, ...to, ...replies],
      { cwd },
    );
    expect(made).toMatchObject({ code: 0 });
    expect(made.stdout).toMatch(WORDS);
    expect(listing(folder)).toEqual(['c.eml']);
    const text = readFileSync(mail, 'latin1');
    expect(text).not.toMatch(/ada@example\.net|^Cc:/m);
    expect(text).not.toContain(made.stdout.trim());
    const parsed = await simpleParser(text);
    expect(parsed.to).toMatchObject({ text: 'ada@right.example, bo@right.example' });
    expect(parsed.messageId).toMatch(/^<[0-9a-f]{32}@example\.org>$/);
    expect([parsed.inReplyTo, parsed.references]).toEqual(['<one@example.org>', '<one@example.org>']);
    expect(Math.abs((parsed.date?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    // In the languages of the old page, and of its sender.
    expect(parsed.subject).toBe('Message sécurisé (Example Clinic)');
    expect(parsed.text).toMatch(/^Français \/ English\n/);
    // The message itself is the same.
    put(folder, 'p', made.stdout);
    const secret = ['--passphrase-file', path.join(folder, 'p')];
    const { headers } = await contentOf('page', '--passphrase-file', 'p');
    expect(await contentOf(mail, ...secret)).toMatchObject({ headers });
    const [attachment] = parsed.attachments;
    put(folder, 'reply', await answer(attachment!.content, made.stdout.trim()));
    expect(await contentOf(path.join(folder, 'reply'), '--identity', 'archive.key')).toMatchObject({
      reply: { authors: ['ada@right.example', 'bo@right.example'] },
    });
  });

  it('goes to those of the message where nobody else is named', async () => {
    const folder = temporaryFolder();
    const mail = path.join(folder, 'c.eml');
    const made = await sealpost(['reissue', 'page', '--passphrase-file', 'p', '--cover-mail', mail], { cwd });
    expect(made).toMatchObject({ code: 0 });
    expect((await simpleParser(readFileSync(mail))).to).toMatchObject({ text: '"Ada" <ada@example.net>' });
  });

  it('is not written where the new passphrase could be read in it', async () => {
    const folder = temporaryFolder();
    const args = ['--new-passphrase-file', 'agreed', '--hint', agreed, '--cover-mail', path.join(folder, 'c.eml')];
    const made = await sealpost(['reissue', 'page', '--passphrase-file', 'p', ...args], { cwd });
    expect(made).toMatchObject({ code: 2, stdout: '' });
    expect(made.stderr).toContain('the passphrase stands in --hint');
    expect(listing(folder)).toEqual([]);
  });
});

describe('nothing is written, and nothing printed', () => {
  /** The same envelope with one digit of its payload changed, `back` digits before the end of the page. */
  function damaged(name: string, share: number): Buffer {
    const bytes = Buffer.from(bytesOf(name));
    const [start, end] = [bytes.indexOf('sealpost-payload-0'), bytes.lastIndexOf('sealpost-payload-')];
    let at = Math.floor(start + (end - start) * share);
    while (!/[1-9]/.test(String.fromCharCode(bytes[at] ?? 0))) at++;
    bytes[at] = 0x30;
    return bytes;
  }

  it.each([
    ['a wrong passphrase', 'page', ['--passphrase-file', 'wrong'], 6, /: the passphrase did not open the envelope\n/],
    ['wrong answers', 'asking', ['--answers-file', 'wrong-answers'], 6, /: the answers did not open/],
    ['a key of somebody else', 'keyed', ['--identity', 'archive.key'], 6, /: the envelope is sealed to .*, not to /],
    [
      'the new passphrase for the old one',
      'page',
      ['--passphrase-file', 'agreed', '--new-passphrase-file', 'p'],
      6,
      /did not open/,
    ],
    ['a passphrase for what asks questions', 'asking', ['--passphrase-file', 'p'], 6, /it asks questions\n/],
    [
      'the key of another signer',
      'page',
      ['--passphrase-file', 'p', '--verify-key', 'eve.key.pub'],
      10,
      /: the signature is refused: /,
    ],
    [
      'no signature',
      'sent.eml',
      ['--passphrase-file', 'p', '--verify-key', 'signing.key.pub'],
      10,
      /envelope is not signed\n/,
    ],
    ['no envelope', 'q', ['--passphrase-file', 'p'], 3, /: this is no envelope: /],
    ['a mail without one', 'm.eml', ['--passphrase-file', 'p'], 3, /no envelope is attached/],
    ['a file that is not there', 'nothing', ['--passphrase-file', 'p'], 8, /cannot read nothing: /],
  ])('with %s', async (_name, name, args, code, said) => {
    put(cwd, 'wrong-answers', 'Bonn\nAAAA-AAAA-AAAA\n');
    const folder = temporaryFolder();
    const outputs = ['-o', path.join(folder, 'e'), '--cover-mail', path.join(folder, 'c.eml')];
    const made = await sealpost(['reissue', name, ...args, ...outputs], { cwd });
    expect(made).toMatchObject({ code, stdout: '' });
    expect(made.stderr).toMatch(said);
    expect(listing(folder)).toEqual([]);
  });

  it.each([0.05, 0.5, 0.9])('of an envelope that is damaged at %d of its payload', async (share) => {
    put(cwd, 'damaged', damaged('page', share));
    for (const secret of [
      ['--passphrase-file', 'p'],
      ['--identity', 'archive.key'],
    ]) {
      const made = await reissue('damaged', secret);
      expect(made).toMatchObject({ code: 7, stdout: '' });
      expect(listing(made.folder)).toEqual([]);
    }
    const piped = await sealpost(['reissue', 'damaged', '--passphrase-file', 'p', '-o', '-'], { cwd });
    expect(piped).toMatchObject({ code: 7, stdout: '' });
  });

  it('of one whose last attachment alone is damaged, which shows its body', async () => {
    const lies = { row: (row: object) => ({ ...row, sha256: 'A'.repeat(43) }) as never };
    const last = { ...attachmentPart('b', noise(40_000, 'b')), lies };
    put(cwd, 'last', makeEnvelope({ parts: [textPart('Hello.'), attachmentPart('a', noise(40_000)), last] }));
    expect((await done('open', 'last', '--passphrase-file', 'p')).stdout).toMatch(/\n\nHello\.\n$/);
    const made = await reissue('last', ['--passphrase-file', 'p']);
    expect(made).toMatchObject({ code: 7, stdout: '' });
    expect(listing(made.folder)).toEqual([]);
  });

  it('of one that was cut off', async () => {
    put(cwd, 'cut', bytesOf('page').subarray(0, -3_000));
    expect(await reissue('cut', ['--passphrase-file', 'p'])).toMatchObject({ code: 7, stdout: '' });
  });

  it('of a reply whose writer only the old envelope shows', async () => {
    const replies = ['--reply', 'reply', '--reply-identity', 'archive.key'];
    const offered = await reissue('page', ['--passphrase-file', 'p', '--new-passphrase-file', 'agreed', ...replies]);
    put(cwd, 'reply', await answer(readFileSync(offered.file), agreed));
    const made = await reissue('reply', ['--identity', 'archive.key']);
    expect(made).toMatchObject({ code: 2, stdout: '' });
    expect(made.stderr).toBe(
      'sealpost: the envelope is a reply, and in a new one nothing would show who wrote it\n' +
        'sealpost: hint: open it with --eml, and seal that mail\n',
    );
    expect(listing(made.folder)).toEqual([]);
  });

  it('where the passphrase would be lost', async () => {
    const made = await reissue('page', ['--passphrase-file', 'p'], { redirect: '>&-' });
    expect(made).toMatchObject({ code: 8, stdout: '' });
    expect(made.stderr).toContain('or use --new-passphrase-file');
    const full = await reissue('page', ['--passphrase-file', 'p'], { redirect: '>/dev/full' });
    expect(full).toMatchObject({ code: 8 });
    expect([...listing(made.folder), ...listing(full.folder)]).toEqual([]);
  });

  it.each([
    ['the envelope', ['-o', 'old'], /: --output names the old envelope\n/],
    ['another name of it', ['-o', 'same'], /: --output names the old envelope\n/],
    ['a link to it', ['-o', 'e', '--cover-mail', 'link'], /: --cover-mail names the old envelope\n/],
  ])('over %s, with --force either', async (_name, args, said) => {
    const folder = temporaryFolder();
    put(folder, 'old', bytesOf('page'));
    put(folder, 'p', passphrase);
    linkSync(path.join(folder, 'old'), path.join(folder, 'same'));
    symlinkSync('old', path.join(folder, 'link'));
    const made = await sealpost(['reissue', 'old', '--passphrase-file', 'p', '--force', ...args], { cwd: folder });
    expect(made).toMatchObject({ code: 2, stdout: '' });
    expect(made.stderr).toMatch(said);
    expect(listing(folder)).toEqual(['link', 'old', 'p', 'same']);
    expect(readFileSync(path.join(folder, 'old')).equals(bytesOf('page'))).toBe(true);
  });

  it('over another file without --force', async () => {
    const folder = temporaryFolder();
    put(folder, 'e', 'precious');
    const args = ['reissue', 'page', '--passphrase-file', 'p', '-o', path.join(folder, 'e')];
    expect(await sealpost(args, { cwd })).toMatchObject({ code: 8, stdout: '' });
    expect(readFileSync(path.join(folder, 'e'), 'latin1')).toBe('precious');
    expect(await sealpost([...args, '--force'], { cwd })).toMatchObject({ code: 0 });
    expect(listing(folder)).toEqual(['e']);
  });

  it.each([
    [[], /^sealpost: no passphrase, and no terminal to ask for one\nsealpost: hint: give it with --passphrase-file\n/],
    [
      ['--passphrase-file', 'p', '--new-prompt'],
      /no terminal to ask for one\n.*: give it with --new-passphrase-file\n/,
    ],
    [['--prompt'], /unknown option '--prompt'/],
    [['--generate', '--new-passphrase-file', 'agreed'], /cannot be used with/],
    [['--new-passphrase-file', 'agreed', '--new-prompt'], /cannot be used with/],
    [['--new-passphrase-file', 'agreed', '--question-file', 'q'], /cannot be used with/],
    [['--new-prompt', '--question-file', 'q'], /cannot be used with/],
    [['--passphrase-file', 'p', '--answers-file', 'answers'], /cannot be used with/],
    [['--identity', 'archive.key', '--answers-file', 'answers'], /cannot be used with/],
    [
      ['--answers-file', 'answers', '--question-file', './answers'],
      /: --question-file and --answers-file name the same file\n/,
    ],
    [
      ['--passphrase-file', 'q', '--question-file', 'q'],
      /: --question-file and --passphrase-file name the same file\n/,
    ],
    [['--passphrase-file', '-', '--new-passphrase-file', '-'], /: passphrase and the new passphrase cannot both come/],
    [['--answers-file', '-', '--question-file', '-'], /: answers and questions cannot both come/],
    [['--identity', '-'], /: a private key does not come from standard input\n/],
    [
      ['--passphrase-file', 'p', '--recipient-key', 'recipient.key.pub', '--form', 'html'],
      /: a page opens with a passphrase/,
    ],
    [['--passphrase-file', 'p', '--cover-to', 'ada@example.net'], /: --cover-to without --cover-mail\n/],
    [['--passphrase-file', 'p', '--allow-weak-slot'], /: --allow-weak-slot without --question-file\n/],
    [['--passphrase-file', 'p', '--new-passphrase-file', 'empty'], /: the new passphrase file is empty\n/],
    [['--passphrase-file', 'p', '--new-passphrase-file', 'weak'], /too easy to guess[^]*--allow-weak/],
    [['--passphrase-file', 'p', '--question-file', 'agreed'], /: line 1 of the question file is a question without/],
    [['--passphrase-file', 'p', '--reply-to', 'ada@example.net'], /: --reply-to without --reply\n/],
    [['--new-passphrase=hunter2'], /: a passphrase is never an argument: use --new-passphrase-file/],
  ])('as %j', async (args, said) => {
    put(cwd, 'empty', '');
    put(cwd, 'weak', 'password');
    const made = await reissue('page', args);
    expect(made).toMatchObject({ code: 2, stdout: '' });
    expect(made.stderr).toMatch(said);
    expect(made.stderr).not.toContain('hunter2');
    expect(listing(made.folder)).toEqual([]);
  });

  it('without an output, or a file', async () => {
    expect((await sealpost(['reissue', 'page'], { cwd })).stderr).toMatch(/^sealpost: no output\n/);
    expect(await sealpost(['reissue', '-o', 'never'], { cwd })).toMatchObject({ code: 2, stdout: '' });
    expect(listing(cwd)).not.toContain('never');
  });
});
