import { lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { encodeText, utf8, type MessageRecipe } from '@sealpost/vectors';
import { describe, expect, it } from 'vitest';
import { buildFirst, listing, put, sealpost, temporaryFolder, type Result } from './command.js';
import { attachmentPart, mailAround, makeEnvelope, makeMail, noise, passphrase, sha256, textPart } from './material.js';

buildFirst();

const file = noise(100_000);
const message: MessageRecipe = {
  headers: {
    from: [{ name: 'Jürgen', address: 'juergen@example.org' }],
    to: [{ name: '', address: 'ada@example.net' }],
    subject: 'A letter',
    date: '2026-11-22T05:30:00+01:00',
  },
  parts: [textPart('Hello.\n'), attachmentPart('report.pdf', file, 'application/pdf')],
};
const envelope = makeEnvelope(message);

/** A folder with an envelope and its passphrase. */
function prepare(content: string | Uint8Array = envelope): string {
  const cwd = temporaryFolder();
  put(cwd, 'e', content);
  put(cwd, 'p', passphrase);
  return cwd;
}

function open(cwd: string, ...args: string[]): Promise<Result> {
  return sealpost(['open', 'e', '--passphrase-file', 'p', ...args], { cwd });
}

describe('open', () => {
  it('shows the message', async () => {
    const result = await open(prepare());
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toBe(
      'From: Jürgen <juergen@example.org>\nTo: ada@example.net\nDate: 2026-11-22T05:30:00+01:00\nSubject: A letter\n' +
        'Attachment: report.pdf (application/pdf, 100 kB)\n\nHello.\n',
    );
  });

  it('says how to get an HTML body', async () => {
    const html = { role: 'html', type: 'text/html', content: utf8('<p>Hello.</p>') } as const;
    const result = await open(prepare(makeEnvelope({ headers: { subject: 'x' }, parts: [html] })));
    expect(result).toMatchObject({ code: 0, stdout: 'Subject: x\n\n\n' });
    expect(result.stderr).toMatch(/only an HTML body.*\nsealpost: hint: --extract DIR/);
  });

  it('lets nothing from the mail act on the terminal', async () => {
    const evil = '\u001b[2J\u001b]0;t\u0007\u009b1m\u202eabc\rX';
    const cwd = prepare(
      makeEnvelope({
        headers: { from: [{ name: evil, address: `${evil}@example.org` }], subject: `${evil}\nTo: forged` },
        parts: [textPart(`${evil}\nend\n`), attachmentPart(evil, utf8('x'), `text/${evil}`)],
        extra: { notes: { handling: evil } },
      }),
    );
    for (const args of [[], ['--json'], ['--extract', 'x']]) {
      const { code, stdout, stderr } = await open(cwd, ...args);
      expect(code).toBe(0);
      // eslint-disable-next-line no-control-regex -- controls are what it looks for
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(stdout).not.toMatch(/^To: forged/m);
    }
  });

  it.each([['utf-16le'], ['utf-16be'], ['utf-8 with mark']] as const)(
    'opens a file recoded to %s',
    async (encoding) => {
      expect(await open(prepare(encodeText(envelope.replaceAll('\n', '\r\n'), encoding)))).toMatchObject({ code: 0 });
    },
  );

  it('opens an envelope in a mail, and in a mail in a mail', async () => {
    const mail = mailAround(envelope);
    const forwarded = makeMail({ parts: [{ name: 'm.eml', type: 'message/rfc822', content: mail }] });
    for (const received of [mail, forwarded]) {
      const result = await open(prepare(received));
      expect(result).toMatchObject({ code: 0, stderr: '' });
      expect(result.stdout).toContain('Subject: A letter\n');
    }
  });

  it('writes a mail that holds the same', async () => {
    const cwd = prepare();
    expect(await open(cwd, '--eml', 'm.eml')).toMatchObject({ code: 0, stdout: '', stderr: 'sealpost: wrote m.eml\n' });
    expect(statSync(path.join(cwd, 'm.eml')).mode & 0o777).toBe(0o600);
    await sealpost(['seal', 'm.eml', '-o', 'again', '--form', 'data', '--passphrase-file', 'p'], { cwd });
    const { stdout } = await sealpost(['open', 'again', '--passphrase-file', 'p', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      headers: message.headers,
      attachments: [{ name: 'report.pdf', type: 'application/pdf', sha256: sha256(file) }],
    });
  });

  it('writes the exact original where it travels, also to standard output', async () => {
    const original = utf8('From: a@example.org\nSubject: exact  \n\nBody \n');
    const part = { role: 'original', type: 'message/rfc822', content: original } as const;
    const cwd = prepare(makeEnvelope({ parts: [textPart('Body'), part] }));
    const result = await open(cwd, '--eml', '-', '--extract', 'x');
    expect(result).toMatchObject({ code: 0, stderr: 'sealpost: wrote 2 files into x\n' });
    expect(result.stdoutBytes.equals(original)).toBe(true);
    expect(readFileSync(path.join(cwd, 'x/original.eml')).equals(original)).toBe(true);
  });

  it('says that a message has expired, and shows it', async () => {
    const result = await open(
      prepare(makeEnvelope({ parts: [textPart('Hello.')], extra: { notes: { expires: 1_600_000_000 } } })),
    );
    expect(result.code).toBe(0);
    expect(result.stdout).toContain('Expires: 2020-09-13T12:26:40.000Z\n');
    expect(result.stderr).toMatch(/^sealpost: warning: the sender asked/);
  });

  it('shows no date that the calendar does not reach', async () => {
    const extra = { notes: { expires: Number.MAX_SAFE_INTEGER } };
    const cwd = temporaryFolder();
    put(cwd, 'p', passphrase);
    put(cwd, 'e', makeEnvelope({ parts: [textPart('Hello.')], extra }));
    for (const args of [[], ['--json']])
      expect(await sealpost(['open', 'e', '--passphrase-file', 'p', ...args], { cwd })).toMatchObject({ code: 0 });
  });

  it('writes every key of the JSON object that the spec lists, whatever the message holds', async () => {
    const spec = readFileSync(new URL('../../../spec/cli.md', import.meta.url), 'utf8');
    const table = spec.slice(spec.indexOf('### 3.3'), spec.indexOf('## 4.'));
    const keys = Array.from(table.matchAll(/^\| `(\w+)`/gm), ([, key]) => key);
    expect(keys).toContain('attachments');
    for (const content of [envelope, makeEnvelope({ parts: [] })]) {
      const { stdout } = await open(prepare(content), '--json');
      expect(stdout).toMatch(/^\{.*\}\n$/);
      expect(Object.keys(JSON.parse(stdout) as object)).toEqual(keys);
      expect(stdout).not.toContain('Hello');
    }
  });
});

describe('--extract', () => {
  it('writes files for their owner alone', async () => {
    const cwd = prepare();
    expect(await open(cwd, '--extract', 'x')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'sealpost: wrote 2 files into x\n',
    });
    expect(listing(path.join(cwd, 'x'))).toEqual(['message.txt', 'report.pdf']);
    expect(readFileSync(path.join(cwd, 'x/report.pdf')).equals(file)).toBe(true);
    expect(statSync(path.join(cwd, 'x')).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(cwd, 'x/report.pdf')).mode & 0o777).toBe(0o600);
  });

  const names: readonly (readonly [string, string])[] = [
    ['../../etc/passwd', '_.._etc_passwd'],
    ['/etc/passwd', '_etc_passwd'],
    ['a/b', 'a_b'],
    ['a\\b', 'a_b (2)'],
    ['C:\\autoexec.bat', 'C__autoexec.bat'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['Report.pdf', 'Report.pdf'],
    ['REPORT.PDF', 'REPORT (2).PDF'],
    ['message.txt', 'message (2).txt'],
    ['Message.HTML', 'Message (2).HTML'],
    ['original.eml', 'original (2).eml'],
    ['.bashrc', 'bashrc'],
    ['-rf', 'rf'],
    ['..', 'attachment'],
    ['', 'attachment (2)'],
    ['nul\u0000.txt', '_nul.txt'],
    ['line\nbreak', 'linebreak'],
    ['stream.txt:hidden', 'stream.txt_hidden'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`],
  ];

  it('cleans hostile names', async () => {
    const parts = names.map(([name], index) => attachmentPart(name, utf8(`content ${index}`)));
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, 'deep/er'), { recursive: true });
    const inner = path.join(cwd, 'deep/er');
    put(inner, 'e', makeEnvelope({ parts: [textPart('Hello.'), ...parts] }));
    put(inner, 'p', passphrase);
    const result = await open(inner, '--extract', 'x', '--json');
    expect(result.code).toBe(0);
    const { attachments } = JSON.parse(result.stdout) as { attachments: readonly { fileName: string }[] };
    expect(attachments.map(({ fileName }) => fileName)).toEqual(names.map(([, clean]) => clean));
    expect(listing(path.join(inner, 'x'))).toEqual([...names.map(([, clean]) => clean), 'message.txt'].sort());
    for (const [index, [, clean]] of names.entries()) {
      expect(readFileSync(path.join(inner, 'x', clean), 'utf8')).toBe(`content ${index}`);
    }
    // And nothing anywhere else.
    expect(listing(cwd).filter((found) => !found.startsWith('deep/er/x/'))).toEqual([
      'deep',
      'deep/er',
      'deep/er/e',
      'deep/er/p',
      'deep/er/x',
    ]);
  });

  it('adds to a folder, but overwrites nothing in it', async () => {
    const cwd = prepare();
    mkdirSync(path.join(cwd, 'x'));
    put(cwd, 'x/other', 'other');
    expect(await open(cwd, '--extract', 'x')).toMatchObject({ code: 0 });
    expect(listing(path.join(cwd, 'x'))).toEqual(['message.txt', 'other', 'report.pdf']);
    put(cwd, 'x/report.pdf', 'precious');
    const refused = await open(cwd, '--extract', 'x');
    expect(refused.code).toBe(8);
    expect(refused.stderr).toContain('x/message.txt exists already');
    expect(readFileSync(path.join(cwd, 'x/report.pdf'), 'utf8')).toBe('precious');
    expect(await open(cwd, '--extract', 'x', '--force')).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(cwd, 'x/report.pdf')).equals(file)).toBe(true);
    expect(listing(path.join(cwd, 'x'))).toEqual(['message.txt', 'other', 'report.pdf']);
  });

  it.each([['precious'], ['nothing']])('follows no link in the folder (to %s)', async (target) => {
    const cwd = prepare();
    mkdirSync(path.join(cwd, 'x'));
    put(cwd, 'precious', 'precious');
    symlinkSync(path.join(cwd, target), path.join(cwd, 'x/report.pdf'));
    expect(await open(cwd, '--extract', 'x')).toMatchObject({ code: 8 });
    expect(listing(path.join(cwd, 'x'))).toEqual(['report.pdf']);
    expect(await open(cwd, '--extract', 'x', '--force')).toMatchObject({ code: 0 });
    expect(lstatSync(path.join(cwd, 'x/report.pdf')).isFile()).toBe(true);
    expect(readFileSync(path.join(cwd, 'precious'), 'utf8')).toBe('precious');
    expect(listing(cwd)).toEqual(['e', 'p', 'precious', 'x', 'x/message.txt', 'x/report.pdf']);
  });

  it.each([
    ['a file', 'p', []],
    ['a folder in a folder that is not', 'no/x', []],
    ['a folder with a folder in the way', 'y', ['--force']],
    ['a link to nothing', 'z', []],
  ])('does not extract into %s', async (_name, folder, more) => {
    const cwd = prepare();
    mkdirSync(path.join(cwd, 'y/report.pdf'), { recursive: true });
    symlinkSync('nothing', path.join(cwd, 'z'));
    const before = listing(cwd);
    expect(await open(cwd, '--extract', folder, ...more)).toMatchObject({ code: 8, stdout: '' });
    expect(listing(cwd)).toEqual(before);
  });
});

/** The envelope with one character of its first payload block changed. */
function altered(): string {
  const at = envelope.indexOf('\n\n') + 500;
  return envelope.slice(0, at) + (envelope.charAt(at) === '0' ? '1' : '0') + envelope.slice(at + 1);
}

const failures: readonly (readonly [string, number, string | Uint8Array, RegExp])[] = [
  ['no envelope', 3, 'Hello.', /^sealpost: this is no envelope: [^]*hint: /],
  ['an empty file', 3, '', /^sealpost: /],
  ['a mail without an envelope', 3, makeMail(), /^sealpost: no envelope is attached to this mail$/m],
  ['another page', 3, '<!doctype html><p>Hello.</p>', /^sealpost: /],
  ['a header of wrong syntax', 3, envelope.replace('"slots"', '"slot"'), /^sealpost: /],
  ['a later version', 4, envelope.replace('sealpost/1', 'sealpost/2'), /hint: a newer release/],
  ['a key derivation without bounds', 5, envelope.replace('"m":8,', '"m":999999,'), /^sealpost: /],
  ['an altered salt', 6, makeEnvelope(message).replace(/"salt":"[^"]{4}/, '"salt":"AAAA'), /hint: /],
  ['an altered payload', 7, altered(), /hint: ask for it to be sent again/],
  ['a cut-off file', 7, envelope.slice(0, -200), /cut off[^]*hint: ask for it to be sent again/],
  ['a file without its last block', 7, envelope.slice(0, envelope.lastIndexOf('\n\n')), /hint: /],
];

describe('a failure to open', () => {
  it.each(failures)('%s: exit code %i and no output', async (_name, code, content, said) => {
    const cwd = prepare(content);
    const before = listing(cwd);
    const result = await open(cwd, '--eml', 'out.eml', '--extract', 'x', '--json');
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(said);
    expect(listing(cwd)).toEqual(before);
  });

  it('with a wrong passphrase: the same', async () => {
    const cwd = prepare();
    put(cwd, 'p', 'correct horse battery stable');
    const before = listing(cwd);
    expect(await open(cwd, '--eml', 'out.eml', '--extract', 'x')).toMatchObject({ code: 6, stdout: '' });
    expect(listing(cwd)).toEqual(before);
  });

  it('in the last attachment leaves nothing of those before it', async () => {
    const wrong = attachmentPart('b.bin', noise(50_000, 'b'));
    const lies = { row: (row: object) => ({ ...row, sha256: 'A'.repeat(43) }) as never };
    const cwd = prepare(makeEnvelope({ parts: [attachmentPart('a.bin', noise(50_000, 'a')), { ...wrong, lies }] }));
    mkdirSync(path.join(cwd, 'there'));
    const before = listing(cwd);
    for (const folder of ['x', 'there']) {
      expect(await open(cwd, '--extract', folder)).toMatchObject({ code: 7, stdout: '' });
      expect(listing(cwd)).toEqual(before);
    }
  });

  it('of one output takes back the other', async () => {
    const cwd = prepare();
    mkdirSync(path.join(cwd, 'x/message.txt'), { recursive: true });
    const before = listing(cwd);
    expect(await open(cwd, '--eml', 'out.eml', '--extract', 'x', '--force')).toMatchObject({ code: 8, stdout: '' });
    expect(listing(cwd)).toEqual(before);
  });

  it('for a message that no mail may hold', async () => {
    const from = [{ name: '', address: 'a@example.org\r\nBcc: b@example.org' }];
    const cwd = prepare(makeEnvelope({ headers: { from }, parts: [textPart('Hello.')] }));
    const result = await open(cwd, '--eml', 'out.eml');
    expect(result).toMatchObject({ code: 8, stdout: '' });
    expect(result.stderr).toMatch(
      /no mail can be made of this message.*\nsealpost: hint: take it apart with --extract\n/,
    );
    expect(listing(cwd)).toEqual(['e', 'p']);
  });

  it('without a passphrase and a terminal says what to do', async () => {
    const result = await sealpost(['open', 'e'], { cwd: prepare() });
    expect(result).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'sealpost: no passphrase, and no terminal to ask for one\nsealpost: hint: give it with --passphrase-file\n',
    });
  });
});
