import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildFirst, listing, put, sealpost, sharedFolder, temporaryFolder, type Result } from './command.js';
import { makeMail } from './material.js';

buildFirst();

const IDENTITY = /^\{"identity":1,"key":"sealpost1[02-9ac-hj-np-z]+",/;

/** The words of a line that begins so on standard error. */
const keyId = ({ stderr }: Result): string => /made the key ([0-9a-f]{16})\n/.exec(stderr)?.[1] ?? '';

describe('keygen', () => {
  it('writes a private key under a generated passphrase, and a public one', async () => {
    const cwd = temporaryFolder();
    const result = await sealpost(['keygen', '-o', 'own.key'], { cwd });
    expect(result).toMatchObject({ code: 0 });
    expect(result.stdout).toMatch(/^[a-z-]+(?: [a-z-]+){4}\n$/);
    expect(listing(cwd)).toEqual(['own.key', 'own.key.pub']);
    const text = readFileSync(path.join(cwd, 'own.key'), 'utf8');
    expect(text).toMatch(IDENTITY);
    expect(text).not.toContain('"secret"');
    expect(statSync(path.join(cwd, 'own.key')).mode & 0o777).toBe(0o600);
    const key = readFileSync(path.join(cwd, 'own.key.pub'), 'utf8');
    expect(key).toMatch(/^sealpost1[02-9ac-hj-np-z]{1900,}\n$/);
    expect(text).toContain(key.trim());
    expect(result.stderr).toContain('sealpost: wrote own.key, which opens envelopes: keep it to yourself\n');
  });

  it('writes a private key that everybody can read only where that was asked for, and for its owner alone', async () => {
    const cwd = temporaryFolder();
    const result = await sealpost(['keygen', '-o', 'own.key', '--p256', '--plain'], { cwd });
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(path.join(cwd, 'own.key'), 'utf8')).toMatch(/,"secret":"[\w-]{43}"\}\n$/);
    expect(statSync(path.join(cwd, 'own.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(cwd, 'own.key.pub'), 'utf8')).toMatch(/^sealpost1[02-9ac-hj-np-z]{120,140}\n$/);
  });

  it.each([
    [[], 'no output'],
    [['-o', '-'], 'standard output'],
    [['-o', 'k', '--plain', '--generate'], 'cannot be used with'],
    [['-o', 'k', '--plain', '--passphrase-file', 'p'], 'cannot be used with'],
    [['-o', 'k', '--from', '2030-02-01', '--to', '2030-01-01'], '--from is later than --to'],
    [['-o', 'k', '--to', '2020-01-01'], 'in the past'],
    [['-o', 'k', '--passphrase-file', 'weak'], 'easy to guess'],
  ])('refuses %j', async (args, said) => {
    const cwd = temporaryFolder();
    put(cwd, 'weak', 'password2026');
    const result = await sealpost(['keygen', ...args], { cwd });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(said);
    expect(listing(cwd)).toEqual(['weak']);
  });

  it('overwrites neither of its files', async () => {
    for (const taken of ['k', 'k.pub']) {
      const cwd = temporaryFolder();
      put(cwd, taken, 'x');
      const result = await sealpost(['keygen', '-o', 'k', '--plain'], { cwd });
      expect([result.code, result.stdout]).toEqual([8, '']);
      expect(listing(cwd)).toEqual([taken]);
      expect(readFileSync(path.join(cwd, taken), 'utf8')).toBe('x');
    }
  });
});

describe('envelopes for keys', () => {
  const cwd = sharedFolder();
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    put(cwd, 'm.eml', makeMail({ subject: 'For keys' }));
    put(cwd, 'agreed', 'a passphrase that was agreed');
    for (const [name, ...options] of [
      ['own', '--passphrase-file', 'agreed', '--kdf', 'light', '--allow-weak'],
      ['p256', '--p256', '--plain'],
      ['other', '--plain', '--p256'],
    ] as const) {
      const made = await sealpost(['keygen', '-o', `${name}.key`, ...options], { cwd });
      expect(made).toMatchObject({ code: 0, stdout: '' });
      ids[name] = keyId(made);
    }
  });

  let count = 0;
  async function seal(...args: readonly string[]): Promise<{ name: string; result: Result }> {
    const name = `e${count++}`;
    return { name, result: await sealpost(['seal', 'm.eml', '-o', name, ...args], { cwd }) };
  }

  it('have no passphrase, and open with each of the keys', async () => {
    const { name, result } = await seal('--recipient-key', 'own.key.pub', '--recipient-key', 'p256.key.pub');
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(path.join(cwd, name), 'ascii')).toMatch(/^sealpost\/1\n/);
    for (const args of [
      ['--identity', 'p256.key'],
      ['--identity', 'other.key', '--identity', 'p256.key'],
      ['--identity', 'own.key', '--passphrase-file', 'agreed'],
    ]) {
      const opened = await sealpost(['open', name, ...args], { cwd });
      expect(opened).toMatchObject({ code: 0, stderr: '' });
      expect(opened.stdout).toContain('Subject: For keys\n');
    }
    const shown = await sealpost(['inspect', name], { cwd });
    expect(shown.stdout).toContain(
      `Opens with: key, mlkem768-x25519, ${ids['own']}\nOpens with: key, p256, ${ids['p256']}\n`,
    );
  });

  it('take a key as a text, and several in one file', async () => {
    const key = readFileSync(path.join(cwd, 'p256.key.pub'), 'utf8').trim();
    const both = `# of the partner\n\n${key}\n${readFileSync(path.join(cwd, 'other.key.pub'), 'utf8')}`;
    writeFileSync(path.join(cwd, 'both'), both);
    for (const [given, slots] of [
      [key, 1],
      ['both', 2],
    ] as const) {
      const { name, result } = await seal('--recipient-key', given);
      expect(result).toMatchObject({ code: 0 });
      const { stdout } = await sealpost(['inspect', name, '--json'], { cwd });
      expect((JSON.parse(stdout) as { slots: unknown[] }).slots).toHaveLength(slots);
    }
  });

  it('have a passphrase too where that is asked for, and are pages then', async () => {
    const { name, result } = await seal('--recipient-key', 'p256.key.pub', '--generate');
    expect(result.stdout.split(' ')).toHaveLength(5);
    expect(readFileSync(path.join(cwd, name), 'ascii')).toMatch(/^<!doctype html>/);
    put(cwd, 'made', result.stdout);
    for (const args of [
      ['--passphrase-file', 'made'],
      ['--identity', 'p256.key'],
    ])
      expect(await sealpost(['open', name, ...args], { cwd })).toMatchObject({ code: 0 });
  });

  it('for an archive have a passphrase, and say that the organisation can open them', async () => {
    const { name, result } = await seal('--archive-key', 'p256.key.pub');
    expect(result.stdout.split(' ')).toHaveLength(5);
    const opened = await sealpost(['open', name, '--identity', 'p256.key'], { cwd });
    expect(opened.stdout).toContain('Archive: the sender’s organisation can open this too\n');
    const json = await sealpost(['open', name, '--identity', 'p256.key', '--json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({ notes: { archive: true } });
  });

  it.each([
    ['another key', ['--identity', 'other.key'], 6, /^sealpost: the envelope is sealed to ID, not to [0-9a-f]{16}\n/],
    [
      'a passphrase',
      ['--passphrase-file', 'agreed'],
      6,
      /no passphrase opens this envelope: it is sealed to the key ID\n.*--identity/,
    ],
    ['a public key', ['--identity', 'own.key.pub'], 2, /no identity.*\n.*it is a public key/],
    ['a file that is none', ['--identity', 'm.eml'], 2, /a line of m\.eml is no identity/],
    ['a file that is not there', ['--identity', 'nothing'], 8, /cannot read nothing/],
    ['an empty file', ['--identity', 'empty'], 2, /there is no key in empty/],
    [
      'another passphrase of the key',
      ['--identity', 'own.key', '--passphrase-file', 'm.eml'],
      6,
      /did not open the key ID in own\.key/,
    ],
    ['no passphrase of the key', ['--identity', 'own.key'], 2, /no terminal to ask/],
  ] as const)('do not open with %s', async (_, args, code, said) => {
    put(cwd, 'empty', '# nothing\n');
    const { name } = await seal('--recipient-key', 'own.key.pub');
    const result = await sealpost(['open', name, ...args], { cwd });
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr.replaceAll(ids['own'] ?? '', 'ID')).toMatch(said);
  });

  it.each([
    ['a private key', ['--recipient-key', 'p256.key'], 'holds a private key'],
    ['a text that is cut off', ['--recipient-key', 'sealpost1qyqpqqqqqq'], 'is no public key'],
    ['a file that is none', ['--archive-key', 'm.eml'], '--archive-key: a line of m.eml is no public key'],
    ['an empty file', ['--recipient-key', 'empty'], 'there is no key in empty'],
    [
      'a page and no passphrase',
      ['--recipient-key', 'own.key.pub', '--form', 'html'],
      'a page opens with a passphrase',
    ],
  ])('are not sealed with %s', async (_, args, said) => {
    put(cwd, 'empty', '');
    const { name, result } = await seal(...args);
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toContain(said);
    expect(existsSync(path.join(cwd, name))).toBe(false);
  });

  it('are not sealed to a key before its time', async () => {
    expect(await sealpost(['keygen', '-o', 'late.key', '--plain', '--from', '2100-01-01'], { cwd })).toMatchObject({
      code: 0,
    });
    const { result } = await seal('--recipient-key', 'late.key.pub');
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/public key [0-9a-f]{16} is not valid before 2100-01-01; ask its owner for another/);
  });

  it('are brought by a mail that asks for the program with the key, and for no passphrase', async () => {
    const result = await sealpost(['seal', 'm.eml', '--cover-mail', 'cover.eml', '--recipient-key', 'own.key.pub'], {
      cwd,
    });
    expect(result).toMatchObject({ code: 0 });
    const mail = readFileSync(path.join(cwd, 'cover.eml'), 'latin1');
    expect(mail).toContain('2. Open the saved file with the program that keeps your key.');
    expect(mail).not.toContain('Type the passphrase');
  });

  it.runIf(process.platform !== 'win32')('warn of a private key that other users can read', async () => {
    const { name } = await seal('--recipient-key', 'p256.key.pub');
    put(cwd, 'open.key', readFileSync(path.join(cwd, 'p256.key')));
    chmodSync(path.join(cwd, 'open.key'), 0o644);
    const { code, stderr } = await sealpost(['open', name, '--identity', 'open.key'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('other users can read the private key in open.key');
  });
});
