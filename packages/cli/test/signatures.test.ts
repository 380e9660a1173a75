import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from 'sealpost';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildFirst, listing, put, sealpost, sharedFolder, temporaryFolder, type Result } from './command.js';
import { makeMail } from './material.js';

buildFirst();

const agreed = 'a passphrase that was agreed';
const PUBLIC = /^sealpostsign1[02-9ac-hj-np-z]{60,70}\n$/;

describe('keygen --sign', () => {
  it('writes a private key under a passphrase, and a public one, and says its fingerprint', async () => {
    const cwd = temporaryFolder();
    const result = await sealpost(['keygen', '--sign', '-o', 'own.key'], { cwd });
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^[a-z-]+(?: [a-z-]+){4}\n$/);
    expect(listing(cwd)).toEqual(['own.key', 'own.key.pub']);
    const text = readFileSync(path.join(cwd, 'own.key'), 'utf8');
    expect(text).toMatch(/^\{"identity":1,"key":"sealpostsign1[^"]+","kdf":/);
    expect(statSync(path.join(cwd, 'own.key')).mode & 0o777).toBe(0o600);
    const key = readFileSync(path.join(cwd, 'own.key.pub'), 'utf8');
    expect(key).toMatch(PUBLIC);
    expect(result.stderr).toBe(
      `sealpost: made the signing key with the fingerprint ${await fingerprint(key)}\n` +
        'sealpost: wrote own.key, which signs envelopes: keep it to yourself\n' +
        'sealpost: wrote own.key.pub, for whoever checks who signed them\n',
    );
  });

  it.each([
    [['--p256'], /'--p256' cannot be used with option '--sign'/],
    [['--from', '2030-01-01'], /cannot be used with option '--sign'/],
    [['--to', '2100-01-01'], /cannot be used with option '--sign'/],
    [
      ['--succeeds', 'opening.key', '--plain'],
      /--succeeds: opening\.key holds a key that opens envelopes, and signs nothing\n/,
    ],
    [
      ['--succeeds', 'opening.key.pub', '--plain'],
      /a line of opening\.key\.pub is no identity.*\n.*it is a public key/,
    ],
    [['--succeeds', '-', '--plain'], /a private key does not come from standard input/],
    [['--succeeds-passphrase-file', 'weak'], /--succeeds-passphrase-file without --succeeds\n/],
    [
      ['--succeeds', 'opening.key', '--succeeds-passphrase-file', '-', '--passphrase-file', '-'],
      /passphrase and that of the key before it cannot both come from standard input/,
    ],
    [['--passphrase-file', 'weak'], /easy to guess/],
  ])('refuses %j', async (args, said) => {
    const cwd = temporaryFolder();
    put(cwd, 'weak', 'password2026');
    await sealpost(['keygen', '--p256', '--plain', '-o', 'opening.key'], { cwd });
    const before = listing(cwd);
    const result = await sealpost(['keygen', '--sign', '-o', 'k', ...args], { cwd });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(said);
    expect(listing(cwd)).toEqual(before);
  });

  it('alone is announced', async () => {
    const cwd = temporaryFolder();
    const result = await sealpost(['keygen', '-o', 'k', '--plain', '--succeeds', 'x'], { cwd });
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/--succeeds without --sign\n/);
  });
});

describe('a signed envelope', () => {
  const cwd = sharedFolder();
  const prints: Record<string, string> = {};

  beforeAll(async () => {
    put(cwd, 'm.eml', makeMail());
    put(cwd, 'agreed', agreed);
    put(cwd, 'other', 'another passphrase');
    for (const [name, ...options] of [
      ['ada', '--passphrase-file', 'agreed', '--kdf', 'light', '--allow-weak'],
      ['next', '--plain', '--succeeds', 'ada.key', '--succeeds-passphrase-file', 'agreed'],
      ['eve', '--plain'],
    ] as const) {
      const made = await sealpost(['keygen', '--sign', '-o', `${name}.key`, ...options], { cwd });
      expect(made).toMatchObject({ code: 0, stdout: '' });
      prints[name] = /fingerprint ((?:\d{5} ){7}\d{5})\n/.exec(made.stderr)?.[1] ?? '';
    }
    const made = await sealpost(['keygen', '-o', 'opening.key', '--p256', '--plain'], { cwd });
    expect(made.code).toBe(0);
    const texts = ['eve.key', 'next.key'].map((name) => readFileSync(path.join(cwd, name), 'utf8'));
    put(cwd, 'both.key', texts.join(''));
    for (const [name, ...options] of [
      ['signed', '--sign-key', 'next.key'],
      ['bare'],
      ['sealed', '--sign-key', 'ada.key', '--sign-key-passphrase-file', 'agreed'],
    ] as const) {
      const result = await seal(name, ...options);
      expect(result).toMatchObject({ code: 0, stderr: `sealpost: wrote ${name}\n` });
    }
  });

  function seal(name: string, ...args: readonly string[]): Promise<Result> {
    const secret = ['--passphrase-file', 'agreed', '--kdf', 'light', '--allow-weak', '--form', 'data'];
    return sealpost(['seal', 'm.eml', '-o', name, ...secret, ...args], { cwd });
  }

  function open(name: string, ...args: readonly string[]): Promise<Result> {
    return sealpost(['open', name, '--passphrase-file', 'agreed', ...args], { cwd });
  }

  it.each([
    ['signed', [], 'a key that came with the message: compare the fingerprint with the sender', 'unknown'],
    ['signed', ['--verify-key', 'next.key.pub'], 'a known key', 'known'],
    [
      'signed',
      ['--verify-key', 'eve.key.pub', '--verify-key', 'ada.key.pub'],
      'the successor of a known key',
      'successor',
    ],
    ['sealed', ['--verify-key', 'ada.key.pub'], 'a known key', 'known'],
  ])('says whose key signed it: %s %j', async (name, args, known, signer) => {
    const key = name === 'signed' ? 'next' : 'ada';
    const shown = await open(name, ...args);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(new RegExp(`^Signed by: ${prints[key]} \\(${known}\\)\nFrom: `));
    const { stdout } = await open(name, '--json', ...args);
    const publicKey = readFileSync(path.join(cwd, `${key}.key.pub`), 'utf8').trim();
    expect((JSON.parse(stdout) as { signature: unknown }).signature).toEqual({
      publicKey,
      fingerprint: prints[key],
      signer,
    });
  });

  it('is none where nobody signed', async () => {
    expect((await open('bare')).stdout).toMatch(/^From: /);
    expect(JSON.parse((await open('bare', '--json')).stdout)).toMatchObject({ signature: null });
  });

  it('is checked with a key as a text, and several in one file', async () => {
    const keys = ['eve', 'next'].map((name) => readFileSync(path.join(cwd, `${name}.key.pub`), 'utf8'));
    put(cwd, 'known', `# who writes to us\n\n${keys.join('')}`);
    for (const key of ['known', keys[1]?.trim() ?? ''])
      expect((await open('signed', '--verify-key', key)).stdout).toContain('(a known key)');
  });

  it.each([
    ['signed', 'eve.key.pub', /signed with a key that is not among those given\n.*: compare its fingerprint/],
    ['bare', 'eve.key.pub', /: the signature is refused: envelope is not signed\n.*: ask the sender/],
    // A successor vouches for nothing that was signed before it.
    ['sealed', 'next.key.pub', /not among those given\n/],
  ])('is refused, and nothing written: %s by %s', async (name, key, said) => {
    const before = listing(cwd);
    for (const args of [[], ['--json'], ['--eml', 'n.eml', '--extract', 'x'], ['--eml', '-']]) {
      const result = await open(name, '--verify-key', key, ...args);
      expect(result).toMatchObject({ code: 10, stdout: '' });
      expect(result.stderr).toMatch(said);
    }
    expect(listing(cwd)).toEqual(before);
  });

  it('is refused with no note in the ledger', async () => {
    const before = listing(cwd);
    await seal('keyed', '--recipient-key', 'opening.key.pub');
    const args = ['--identity', 'opening.key', '--ledger', 'taken', '--verify-key', 'ada.key.pub'];
    const result = await sealpost(['open', 'keyed', ...args], { cwd });
    expect(result).toMatchObject({ code: 10, stdout: '' });
    expect(listing(cwd)).toEqual([...before, 'keyed'].sort());
  });

  it.each([
    ['a private key', 'next.key', /--verify-key: next\.key holds a private key\n.*\.pub/],
    [
      'a key to seal to',
      'opening.key.pub',
      /--verify-key: a line of opening\.key\.pub is a key to seal to, and signs nothing\n/,
    ],
    ['a text that is cut off', 'sealpostsign1qyqqz', /--verify-key: the text is no public key of this release\n/],
    ['a file that is none', 'm.eml', /--verify-key: a line of m\.eml is no public key/],
    ['an empty file', 'empty', /--verify-key: there is no key in empty\n/],
  ])('is not checked with %s', async (_name, key, said) => {
    put(cwd, 'empty', '\n');
    const result = await open('signed', '--verify-key', key);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(said);
  });

  it.each([
    [
      'a key that opens',
      ['--sign-key', 'opening.key'],
      2,
      /--sign-key: opening\.key holds a key that opens envelopes, and signs nothing\n.*keygen --sign/,
    ],
    [
      'a public key',
      ['--sign-key', 'ada.key.pub'],
      2,
      /a line of ada\.key\.pub is no identity.*\n.*it is a public key/,
    ],
    ['two keys', ['--sign-key', 'both.key'], 2, /--sign-key: there are several keys in both\.key\n/],
    ['a file that is none', ['--sign-key', 'm.eml'], 2, /a line of m\.eml is no identity/],
    ['a key from standard input', ['--sign-key', '-'], 2, /a private key does not come from standard input/],
    ['no passphrase of the key', ['--sign-key', 'ada.key'], 2, /no terminal to ask/],
    [
      'another passphrase of the key',
      ['--sign-key', 'ada.key', '--sign-key-passphrase-file', 'other'],
      6,
      /: the passphrase did not open the signing key in ada\.key\n/,
    ],
    [
      'a passphrase alone',
      ['--sign-key-passphrase-file', 'agreed'],
      2,
      /--sign-key-passphrase-file without --sign-key\n/,
    ],
    ['a file that is not there', ['--sign-key', 'nothing'], 8, /cannot read nothing/],
  ])('is not made with %s', async (_name, args, code, said) => {
    const result = await seal('never', ...args);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(said);
    expect(existsSync(path.join(cwd, 'never'))).toBe(false);
  });

  it('takes one thing from standard input', async () => {
    const args = ['seal', '-', '-o', 'never', '--sign-key', 'ada.key', '--sign-key-passphrase-file', '-'];
    const result = await sealpost(args, { cwd });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/: mail and that of the signing key cannot both come from standard input\n/);
    const good = ['seal', 'm.eml', '-o', 'piped', ...args.slice(4), '--form', 'data'];
    expect(await sealpost(good, { cwd, stdin: agreed })).toMatchObject({ code: 0 });
  });

  it('needs keys of the right kind in other places, too', async () => {
    const recipient = await seal('never', '--recipient-key', 'eve.key.pub');
    expect(recipient).toMatchObject({ code: 2, stdout: '' });
    expect(recipient.stderr).toMatch(
      /--recipient-key: a line of eve\.key\.pub is a key that signs, and nothing is sealed to it\n/,
    );
    const key = readFileSync(path.join(cwd, 'eve.key.pub'), 'utf8').trim();
    expect((await seal('never', '--archive-key', key)).stderr).toMatch(/--archive-key: the text is a key that signs/);
    const identity = await sealpost(['open', 'signed', '--identity', 'eve.key'], { cwd });
    expect(identity).toMatchObject({ code: 2, stdout: '' });
    expect(identity.stderr).toMatch(/: eve\.key holds a key that signs, and opens nothing\n/);
  });

  it.runIf(process.platform !== 'win32')('warns of a private key that other users can read', async () => {
    put(cwd, 'open.key', readFileSync(path.join(cwd, 'eve.key')));
    chmodSync(path.join(cwd, 'open.key'), 0o644);
    const { code, stderr } = await seal('warned', '--sign-key', 'open.key');
    expect(code).toBe(0);
    expect(stderr).toContain('other users can read the private key in open.key');
  });
});
