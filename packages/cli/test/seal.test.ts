import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFirst, listing, put, sealpost, temporaryFolder, type Result } from './command.js';
import { makeMail, noise, passphrase, sha256 } from './material.js';

buildFirst();

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A folder with a mail and a passphrase. */
function prepare(): string {
  const cwd = temporaryFolder();
  put(cwd, 'm.eml', makeMail());
  put(cwd, 'p', `${passphrase}\n`);
  return cwd;
}

async function inspect(cwd: string, file: string): Promise<Record<string, unknown>> {
  const { stdout } = await sealpost(['inspect', file, '--json'], { cwd });
  return JSON.parse(stdout) as Record<string, unknown>;
}

function openJson({ stdout }: Result): Record<string, unknown> {
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('seal', () => {
  it.each([['html'], ['data']])('generates a passphrase that opens the %s form', async (form) => {
    const cwd = prepare();
    const sealed = await sealpost(['seal', 'm.eml', '-o', 'e', '--form', form], { cwd });
    expect(sealed).toMatchObject({ code: 0, stderr: 'sealpost: wrote e\n' });
    expect(sealed.stdout).toMatch(/^[a-z-]+(?: [a-z-]+){4}\n$/);
    put(cwd, 'generated', sealed.stdout);
    const opened = await sealpost(['open', 'e', '--passphrase-file', 'generated'], { cwd });
    expect(opened).toMatchObject({ code: 0, stderr: '' });
    expect(opened.stdout).toContain('From: Jürgen <juergen@example.org>\n');
    expect(opened.stdout).toMatch(/\n\nHello\.\n$/);
    expect(await inspect(cwd, 'e')).toMatchObject({ form, known: true, fault: null, inMail: false });
  });

  it('carries attachments byte for byte', async () => {
    const cwd = temporaryFolder();
    const parts = [
      { name: 'empty.bin', type: 'application/octet-stream', content: new Uint8Array() },
      { name: 'Befund Müller.pdf', type: 'application/pdf', content: noise(16_384, 'a') },
      { name: '結果.bin', type: 'application/octet-stream', content: noise(1_000_001, 'b') },
      { name: 'lines.txt', type: 'text/plain', content: Buffer.from('a\r\nb\nc\rd \t\r\n\0\x1b') },
    ];
    put(cwd, 'm.eml', makeMail({ parts }));
    put(cwd, 'p', passphrase);
    expect(await sealpost(['seal', 'm.eml', '-o', 'e.html', '--passphrase-file', 'p'], { cwd })).toMatchObject({
      code: 0,
      stdout: '',
    });
    const opened = await sealpost(['open', 'e.html', '--passphrase-file', 'p', '--extract', 'x', '--json'], { cwd });
    expect(opened.code).toBe(0);
    expect(openJson(opened)['attachments']).toMatchObject(
      parts.map(({ name, content }) => ({ name, fileName: name, size: content.length, sha256: sha256(content) })),
    );
    for (const { name, content } of parts)
      expect(sha256(readFileSync(path.join(cwd, 'x', name)))).toBe(sha256(content));
    expect(listing(path.join(cwd, 'x'))).toEqual(
      [...parts.map(({ name }) => name), 'message.html', 'message.txt'].sort(),
    );
  });

  it('works in a pipe, the passphrase alone on standard error', async () => {
    const cwd = temporaryFolder();
    const sealed = await sealpost(['seal', '-', '-o', '-', '--form', 'data'], { cwd, stdin: makeMail() });
    expect(sealed.code).toBe(0);
    expect(sealed.stdout).toMatch(/^sealpost\/1\n/);
    expect(sealed.stderr).toMatch(/^[a-z-]+(?: [a-z-]+){4}\n$/);
    expect(listing(cwd)).toEqual([]);
    put(cwd, 'p', sealed.stderr);
    const opened = await sealpost(['open', '-', '--passphrase-file', 'p'], { cwd, stdin: sealed.stdoutBytes });
    expect(opened.stdout).toMatch(/\n\nHello\.\n$/);
  });

  it('reads the mail from standard input by default, and the passphrase with -', async () => {
    const cwd = prepare();
    expect(await sealpost(['seal', '-o', 'a', '--passphrase-file', 'p'], { cwd, stdin: makeMail() })).toMatchObject({
      code: 0,
    });
    const args = ['seal', 'm.eml', '-o', 'b', '--passphrase-file', '-'];
    expect(await sealpost(args, { cwd, stdin: passphrase })).toMatchObject({ code: 0, stdout: '' });
    for (const file of ['a', 'b'])
      expect(await sealpost(['open', file, '--passphrase-file', 'p'], { cwd })).toMatchObject({ code: 0 });
  });

  it('puts on the envelope what it was asked to, and nothing else', async () => {
    const cwd = prepare();
    put(cwd, 'logo.png', png);
    const plain = await sealpost(['seal', 'm.eml', '-o', 'plain', '--passphrase-file', 'p'], { cwd });
    expect(plain).toMatchObject({ code: 0, stderr: 'sealpost: wrote plain\n' });
    expect(await inspect(cwd, 'plain')).toMatchObject({
      face: { org: null, contact: null, color: null, logo: null, subject: null, date: null, hint: null },
      languages: ['en'],
      slots: [{ type: 'passphrase', kdf: 'argon2id m=65536 t=3 p=4', norm: 'opaque' }],
    });
    const options =
      '--kdf standard --language fr,en --org Clinic --contact Us --brand-color #1A5FB4 --logo logo.png --hint Phone --face date,subject';
    const args = [
      'seal',
      'm.eml',
      '-o',
      'full',
      ...options.split(' '),
      '--handling',
      'Read alone',
      '--expires',
      '2199-01-01',
    ];
    const full = await sealpost([...args, '--idle-lock', '5', '--pad', '--keep-original'], { cwd });
    expect(full.code).toBe(0);
    expect(full.stderr).toContain('sealpost: warning: the subject can be read without the passphrase\n');
    expect(await inspect(cwd, 'full')).toMatchObject({
      face: {
        org: 'Clinic',
        contact: 'Us',
        color: '#1a5fb4',
        logo: { type: 'image/png', size: png.length },
        subject: 'A letter',
        date: '2026-11-22T04:30:00.000Z',
        hint: 'Phone',
      },
      languages: ['fr', 'en'],
      slots: [{ kdf: 'argon2id m=65536 t=3 p=4', norm: 'words' }],
      known: true,
    });
    put(cwd, 'q', full.stdout);
    const opened = await sealpost(['open', 'full', '--passphrase-file', 'q', '--json', '--eml', 'again.eml'], { cwd });
    const mail = readFileSync(path.join(cwd, 'm.eml'));
    expect(openJson(opened)).toMatchObject({
      notes: { handling: 'Read alone', expires: '2199-01-01T23:59:59.000Z' },
      idleLock: 5,
      original: { fileName: 'original.eml', size: mail.length, sha256: sha256(mail) },
    });
    expect(readFileSync(path.join(cwd, 'again.eml')).equals(mail)).toBe(true);
  });

  it('makes six words for fips', async () => {
    const cwd = prepare();
    const { stdout } = await sealpost(['seal', 'm.eml', '-o', 'e', '--form', 'data', '--kdf', 'fips'], { cwd });
    expect(stdout).toMatch(/^[a-z-]+(?: [a-z-]+){5}\n$/);
    expect(await inspect(cwd, 'e')).toMatchObject({ slots: [{ kdf: 'pbkdf2-hmac-sha256 c=1300000' }] });
  });

  it('takes a weak passphrase from who insists, and warns', async () => {
    const cwd = prepare();
    put(cwd, 'weak', 'password');
    const result = await sealpost(['seal', 'm.eml', '-o', 'e', '--passphrase-file', 'weak', '--allow-weak'], { cwd });
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(result.stderr).toMatch(/^sealpost: warning: .*easy to guess/m);
  });
});

describe('passphrase files', () => {
  const spellings: readonly (readonly [string, string | Buffer])[] = [
    ['no line end', passphrase],
    ['LF', `${passphrase}\n`],
    ['CR LF', `${passphrase}\r\n`],
    ['a byte order mark', `\ufeff${passphrase}\r\n`],
  ];

  it('drop one line end and a mark, nothing else', async () => {
    const cwd = prepare();
    // Not words of our list, so spaces matter.
    const exact = ' Käse, 17 Löcher ';
    put(cwd, 'exact', exact);
    expect(await sealpost(['seal', 'm.eml', '-o', 'e', '--passphrase-file', 'exact'], { cwd })).toMatchObject({
      code: 0,
    });
    for (const [name, spelling] of spellings) {
      put(cwd, 'spelt', spelling.toString().replace(passphrase, exact));
      expect(await sealpost(['open', 'e', '--passphrase-file', 'spelt'], { cwd }), name).toMatchObject({
        code: 0,
        stderr: '',
      });
    }
    for (const other of [exact.trim(), `${exact}\n\n`, `\n${exact}`]) {
      put(cwd, 'spelt', other);
      expect(await sealpost(['open', 'e', '--passphrase-file', 'spelt'], { cwd })).toMatchObject({
        code: 6,
        stdout: '',
      });
    }
  });

  it('that others can read draw a warning', async () => {
    const cwd = prepare();
    chmodSync(path.join(cwd, 'p'), 0o644);
    const result = await sealpost(['seal', 'm.eml', '-o', 'e', '--passphrase-file', 'p'], { cwd });
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/^sealpost: warning: other users can read the passphrase file\nsealpost: hint: /);
  });

  it('of more than 65,536 bytes are refused', async () => {
    const cwd = prepare();
    put(cwd, 'long', 'a'.repeat(65_537));
    expect(await sealpost(['seal', 'm.eml', '-o', 'e', '--passphrase-file', 'long'], { cwd })).toMatchObject({
      code: 5,
      stdout: '',
    });
  });
});

describe('the output of seal', () => {
  it('has the usual mode', async () => {
    const cwd = prepare();
    await sealpost(['seal', 'm.eml', '-o', 'e'], { cwd });
    writeFileSync(path.join(cwd, 'usual'), '');
    expect(statSync(path.join(cwd, 'e')).mode).toBe(statSync(path.join(cwd, 'usual')).mode);
  });

  it('is not written over a file without --force', async () => {
    const cwd = prepare();
    put(cwd, 'e', 'precious');
    const refused = await sealpost(['seal', 'm.eml', '-o', 'e'], { cwd });
    expect(refused).toMatchObject({ code: 8, stdout: '' });
    expect(refused.stderr).toBe('sealpost: e exists already\nsealpost: hint: choose another name, or use --force\n');
    expect(readFileSync(path.join(cwd, 'e'), 'utf8')).toBe('precious');
    expect(await sealpost(['seal', 'm.eml', '-o', 'e', '--force'], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(cwd, 'e'), 'latin1')).toMatch(/^<!doctype html>/i);
    expect(listing(cwd)).toEqual(['e', 'm.eml', 'p']);
  });

  it('replaces a link with --force, and does not follow it', async () => {
    const cwd = prepare();
    put(cwd, 'precious', 'precious');
    symlinkSync('precious', path.join(cwd, 'e'));
    expect(await sealpost(['seal', 'm.eml', '-o', 'e'], { cwd })).toMatchObject({ code: 8 });
    expect(await sealpost(['seal', 'm.eml', '-o', 'e', '--force'], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(cwd, 'precious'), 'utf8')).toBe('precious');
  });

  const nowhere: readonly (readonly [string, string, readonly string[]])[] = [
    ['a folder that is not', 'no/e', []],
    ['a file as folder', 'm.eml/e', []],
    ['a folder', 'd', ['--force']],
    ['a device', '/dev/null', ['--force']],
  ];

  it.each(nowhere)('cannot be %s', async (_name, output, more) => {
    const cwd = prepare();
    mkdirSync(path.join(cwd, 'd'));
    const before = listing(cwd);
    const result = await sealpost(['seal', 'm.eml', '-o', output, ...more], { cwd });
    expect(result).toMatchObject({ code: 8, stdout: '' });
    expect(result.stderr).toContain(output);
    expect(listing(cwd)).toEqual(before);
  });

  const mails: readonly (readonly [string, string | Uint8Array, number])[] = [
    ['no mail', 'Dear all,\n\nthis is no mail.\n', 8],
    ['empty', '', 8],
    [
      'too many parts',
      makeMail({
        parts: Array.from({ length: 1_100 }, () => ({ name: 'a', type: 'text/csv', content: new Uint8Array() })),
      }),
      5,
    ],
  ];

  it.each(mails)('is not there when the mail is bad: %s', async (_name, mail, code) => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'm.eml'), mail);
    const result = await sealpost(['seal', 'm.eml', '-o', 'e'], { cwd });
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(/^sealpost: /);
    expect(listing(cwd)).toEqual(['m.eml']);
  });

  it('is not there when the mail is not', async () => {
    const cwd = temporaryFolder();
    const result = await sealpost(['seal', 'm.eml', '-o', 'e'], { cwd });
    expect(result).toMatchObject({
      code: 8,
      stdout: '',
      stderr: 'sealpost: cannot read m.eml: no such file or folder\n',
    });
    expect(listing(cwd)).toEqual([]);
  });

  it('is not there when the passphrase could not be told', async () => {
    const cwd = prepare();
    const result = await sealpost(['seal', '-', '-o', 'e'], {
      cwd,
      whileRunning: (child) => {
        child.stdout?.destroy();
        child.stdin?.end(makeMail());
        return Promise.resolve();
      },
    });
    expect(result.code).toBe(8);
    expect(result.stderr).toMatch(/standard output/);
    expect(listing(cwd)).toEqual(['m.eml', 'p']);
  });
});

describe('a generated passphrase that would be lost', () => {
  const lost: readonly (readonly [string, readonly string[]])[] = [
    ['>&-', ['-o', 'e']],
    ['1<>/dev/null', ['-o', 'e']],
    ['2>&-', ['-o', '-']],
    ['2>/dev/null', ['-o', '-']],
  ];

  it.each(lost)('is not generated: %s', async (redirect, args) => {
    const cwd = prepare();
    const result = await sealpost(['seal', 'm.eml', ...args], { cwd, redirect });
    expect(result).toMatchObject({ code: 8, stdout: '' });
    if (redirect.startsWith('2')) expect(result.stderr).toBe('');
    else expect(result.stderr).toMatch(/^sealpost: the generated passphrase would be lost: .*\nsealpost: hint: .*\n$/);
    expect(listing(cwd)).toEqual(['m.eml', 'p']);
  });

  it('draws a warning where the caller wanted it so', async () => {
    const cwd = prepare();
    const result = await sealpost(['seal', 'm.eml', '-o', 'e'], { cwd, redirect: '>/dev/null' });
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/^sealpost: warning: standard output is the null device: .*\nsealpost: hint: /);
  });

  it('matters to nobody who has another', async () => {
    for (const redirect of ['>&-', '>/dev/null']) {
      const args = ['seal', 'm.eml', '-o', 'e', '--force', '--passphrase-file', 'p'];
      expect(await sealpost(args, { cwd: prepare(), redirect })).toMatchObject({
        code: 0,
        stderr: 'sealpost: wrote e\n',
      });
    }
  });
});
