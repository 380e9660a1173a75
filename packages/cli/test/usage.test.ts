import type { ChildProcess } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { buildFirst, listing, put, sealpost, temporaryFolder } from './command.js';
import { makeMail } from './material.js';

buildFirst();

const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['no command', [], /^sealpost: no command$/m],
  ['another command', ['encrypt'], /^sealpost: unknown command 'encrypt'$/m],
  ['an unknown option', ['seal', 'm.eml', '-o', 'e', '--colour', 'x'], /^sealpost: unknown option '--colour'$/m],
  ['a misspelt option', ['seal', 'm.eml', '-o', 'e', '--hnt', 'x'], /^sealpost: hint: did you mean --hint$/m],
  ['no output', ['seal', 'm.eml'], /^sealpost: no output$/m],
  [
    'too many files',
    ['seal', 'm.eml', 'n.eml', '-o', 'e'],
    /^sealpost: too many arguments for 'seal', expected 1 argument but got 2$/m,
  ],
  ['no file to open', ['open'], /missing required argument 'FILE'/],
  ['two secrets', ['seal', 'm.eml', '-o', 'e', '--generate', '--passphrase-file', 'p'], /cannot be used with/],
  ['two other secrets', ['seal', 'm.eml', '-o', 'e', '--prompt', '--passphrase-file', 'p'], /cannot be used with/],
  [
    'a bad profile',
    ['seal', 'm.eml', '-o', 'e', '--kdf', 'md5'],
    /^sealpost: --kdf is standard or light or fips, not 'md5'$/m,
  ],
  [
    'a bad language',
    ['seal', 'm.eml', '-o', 'e', '--language', 'en,tlh'],
    /^sealpost: --language does not know 'tlh'$/m,
  ],
  ...[
    'http://open.example',
    'https://',
    'https://a b',
    'https://ö.example',
    'https://a\\b',
    'https://bank@evil.test',
  ].map(
    (opener) =>
      [`the opener ${opener}`, ['seal', 'm.eml', '-o', 'e', '--opener', opener], /^sealpost: --opener /m] as const,
  ),
  [
    'a long opener',
    ['seal', 'm.eml', '-o', 'e', '--opener', `https://${'a'.repeat(150)}`],
    /^sealpost: --opener has 158/m,
  ],
  ['a cover mail in the way', ['seal', 'm.eml', '-o', 'e', '--cover-mail', './e'], /name the same file$/m],
  [
    'envelope and cover mail on standard output',
    ['seal', 'm.eml', '-o', '-', '--cover-mail', '-'],
    /^sealpost: envelope and cover mail cannot both go to standard output$/m,
  ],
  [
    'a subject without cover mail',
    ['seal', 'm.eml', '-o', 'e', '--cover-subject', 'original'],
    /^sealpost: --cover-subject without --cover-mail$/m,
  ],
  [
    'an encoding without cover mail',
    ['seal', 'm.eml', '-o', 'e', '--cover-transfer', 'base64'],
    /^sealpost: --cover-transfer without --cover-mail$/m,
  ],
  [
    'a bad subject',
    ['seal', 'm.eml', '--cover-mail', 'c', '--cover-subject', 'Results'],
    /^sealpost: --cover-subject is neutral or original, not 'Results'$/m,
  ],
  [
    'a bad encoding',
    ['seal', 'm.eml', '--cover-mail', 'c', '--cover-transfer', '8bit'],
    /^sealpost: --cover-transfer is 7bit or base64, not '8bit'$/m,
  ],
  ['a bad face', ['seal', 'm.eml', '-o', 'e', '--face', 'to'], /^sealpost: --face does not know 'to'$/m],
  ['a bad colour', ['seal', 'm.eml', '-o', 'e', '--brand-color', 'red'], /^sealpost: --brand-color is /m],
  ['a bad lock', ['seal', 'm.eml', '-o', 'e', '--idle-lock', '0'], /^sealpost: --idle-lock is /m],
  ['a past date', ['seal', 'm.eml', '-o', 'e', '--expires', '2020-01-01'], /^sealpost: --expires is in the past/m],
  [
    'a logo that is none',
    ['seal', 'm.eml', '-o', 'e', '--logo', 'm.eml'],
    /^sealpost: --logo is neither a PNG nor a JPEG file$/m,
  ],
  [
    'a large logo',
    ['seal', 'm.eml', '-o', 'e', '--logo', 'large.png'],
    /^sealpost: --logo has 8193 bytes, more than 8192$/m,
  ],
  [
    'an empty passphrase file',
    ['seal', 'm.eml', '-o', 'e', '--passphrase-file', 'empty'],
    /^sealpost: the passphrase file is empty$/m,
  ],
  ['a passphrase file that is no text', ['seal', 'm.eml', '-o', 'e', '--passphrase-file', 'binary'], /not UTF-8/],
  ['a weak passphrase', ['seal', 'm.eml', '-o', 'e', '--passphrase-file', 'weak'], /^sealpost: hint: .*--generate/m],
  [
    'all from standard input',
    ['seal', '-', '-o', 'e', '--passphrase-file', '-'],
    /cannot both come from standard input/,
  ],
  ['the same for opening', ['open', '-', '--passphrase-file', '-'], /cannot both come from standard input/],
  ['two results on standard output', ['open', 'e', '--eml', '-', '--json'], /cannot both go to standard output/],
];

describe('a wrong call', () => {
  it.each(wrong)('%s', async (_name, args, message) => {
    const cwd = temporaryFolder();
    put(cwd, 'm.eml', makeMail());
    put(cwd, 'large.png', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(8_185)]));
    put(cwd, 'empty', '\n');
    put(cwd, 'binary', Buffer.from([0xff, 0xfe, 0x00]));
    put(cwd, 'weak', 'password\n');
    const before = listing(cwd);
    const result = await sealpost(args, { cwd });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(message);
    // Each line is ours: prefix, lower case, no full stop.
    expect(result.stderr).toMatch(/^(?:sealpost: (?:hint: )?[^A-Z].*[^.]\n){1,2}$/);
    expect(listing(cwd)).toEqual(before);
  });

  it.each([['--passphrase=hunter2'], ['--passphrase', 'hunter2'], ['--password=hunter2'], ['-phunter2']])(
    'does not repeat a secret from %s',
    async (...secret) => {
      const cwd = temporaryFolder();
      put(cwd, 'm.eml', makeMail());
      const result = await sealpost(['seal', 'm.eml', '-o', 'e', ...secret], { cwd });
      expect(result.code).toBe(2);
      expect(result.stderr).toContain('a passphrase is never an argument');
      expect(result.stderr).not.toContain('hunter2');
    },
  );
});

describe('help', () => {
  it.each([
    [['--version'], /^\d+\.\d+\.\d+\n$/],
    [['--help'], /Examples:\n {2}sealpost seal/],
    [['seal', '--help'], /--passphrase-file <FILE>[^]*Examples:\n/],
    [['help', 'open'], /--extract <DIR>[^]*Examples:\n/],
    [['inspect', '-h'], /--json[^]*Examples:\n/],
  ])('%j goes to standard output', async (args, text) => {
    const result = await sealpost(args, { cwd: temporaryFolder() });
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toMatch(text);
  });

  it.each([[['--help']], [['seal', '--help']], [['--version']]])('%j ends quietly in a closed pipe', async (args) => {
    const whileRunning = (child: ChildProcess): Promise<void> => {
      child.stdout?.destroy();
      return Promise.resolve();
    };
    const result = await sealpost(args, { cwd: temporaryFolder(), whileRunning });
    expect(result).toMatchObject({ code: 141, stdout: '', stderr: '' });
  });

  it('says where it could not be written', async () => {
    const result = await sealpost(['--help'], { cwd: temporaryFolder(), redirect: '>/dev/full' });
    expect(result).toMatchObject({
      code: 8,
      stderr: 'sealpost: cannot write standard output: no space left on the device\n',
    });
  });
});
