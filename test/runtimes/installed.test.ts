import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { generateIdentity, identityText } from 'sealpost';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Entry } from '../../packages/reader/scripts/releases.mjs';
import { describeUnless } from '../e2e/driver/describe-unless.js';
import { MAIL, SUBJECT, testCommand, testLedger, testPrograms } from './behaviour.js';
import { install, type Installation } from './installation.js';
import { compile, type Setup } from './types.js';

// Each test starts programs, some of them compilers, on machines that have other work.
vi.setConfig({ testTimeout: 120_000 });

const installed = await install();
const installation = installed as Installation;
const { folder, run } = installation;

/** Where the reader has the page for people. */
const READABLE = path.join('dist', 'readable');

function filesIn(home: string): readonly string[] {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(home, path.join(entry.parentPath, entry.name)));
}

const PACKAGES = ['sealpost', '@sealpost/core', '@sealpost/reader', '@sealpost/cli'];

describeUnless(installed.obstacle, 'the packages, installed from their tarballs', () => {
  afterAll(() => {
    installation.remove();
  });

  it.each(PACKAGES)('%s holds code, declarations, and what says what they are', (name) => {
    const home = path.join(folder, 'node_modules', name);
    const files = filesIn(home).filter((file) => file !== 'runtime.json' && path.dirname(file) !== READABLE);
    const code = files.filter((file) => /^dist\/[\w/-]+(?:\.js|\.d\.ts)$/.test(file));
    expect(code).toContain(name === '@sealpost/cli' ? 'dist/main.js' : 'dist/index.js');
    expect(files.filter((file) => !code.includes(file)).sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
  });

  it('1: @sealpost/reader holds the page as people can read it, and the hashes of both', () => {
    const home = path.join(folder, 'node_modules/@sealpost/reader');
    const { releases } = JSON.parse(readFileSync(path.join(home, 'runtime.json'), 'utf8')) as { releases: Entry[] };
    const { readable } = releases.at(-1)!;
    const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
    const names = filesIn(path.join(home, READABLE));
    expect(names).toEqual(expect.arrayContaining(['open.js', 'style.css', 'language-en.json']));
    expect(Object.fromEntries(names.map((name) => [name, sha256(path.join(home, READABLE, name))]))).toEqual(readable);
    // The comments of esbuild name each source, and names are long.
    const open = readFileSync(path.join(home, READABLE, 'open.js'), 'utf8');
    expect(open).toContain('// packages/reader/src/main.ts\n');
    expect(open).toContain('function setUpRegistry() {\n');
    expect(filesIn(home).filter((file) => file.endsWith('runtime.json'))).toEqual(['runtime.json']);
  });

  describe(`in Node ${process.versions.node}`, () => {
    testPrograms(installation, process.execPath);
    testLedger(installation, process.execPath);
  });

  testCommand(installation, 'npx', ['--no', '--', 'sealpost']);

  it('the examples of the README run as they stand there', async () => {
    const readme = readFileSync(path.join(folder, 'node_modules', 'sealpost', 'README.md'), 'utf8');
    const [program, page, replies, others] = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);
    writeFileSync(path.join(folder, 'example.mjs'), program!);
    copyFileSync(MAIL, path.join(folder, 'letter.eml'));
    const ran = await run(process.execPath, ['example.mjs']);
    expect(ran).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(SUBJECT) as unknown });
    const call = `const { file, passphrase } = await sealText('hello');\nconsole.log(await readText(file, passphrase));`;
    writeFileSync(path.join(folder, 'example-page.mjs'), `${page!}\n${call}`);
    expect(await run(process.execPath, ['example-page.mjs'])).toEqual({ code: 0, stderr: '', stdout: 'hello\n' });
    const identity = await generateIdentity({ kem: 'p256' });
    writeFileSync(path.join(folder, 'clinic.key'), identityText(identity));
    const calls = `const sealed = await ask(await readFile('letter.eml'), 'ada@example.com');
      console.log(await take(await sealed.bytes()).catch(({ code }) => code));
      const stranger = await seal({ headers: {}, text: 'x' }, { recipientKeys: ['${identity.publicKey}'] });
      console.log(await take(await stranger.bytes()));`;
    writeFileSync(path.join(folder, 'example-replies.mjs'), `${replies!}\n${calls}`);
    expect(await run(process.execPath, ['example-replies.mjs'])).toEqual({
      code: 0,
      stderr: '',
      stdout: 'DID_NOT_OPEN\nundefined\n',
    });
    writeFileSync(path.join(folder, 'example-others.mjs'), others!);
    expect(await run(process.execPath, ['example-others.mjs'])).toEqual({
      code: 0,
      stderr: '',
      stdout: 'All is well.\n47\ntrue\n<!doctype html>\n',
    });
  });

  describe('their types', () => {
    const setups: readonly Setup[] = [
      { module: 'node16', program: 'everywhere', lib: ['dom'], types: [] },
      { module: 'bundler', program: 'everywhere', lib: ['webworker'], types: [] },
      { module: 'node16', program: 'node', lib: [], types: ['node'] },
      { module: 'bundler', program: 'node', lib: [], types: ['node'] },
    ];
    it.each(setups)('compile with module $module, lib $lib and types $types', async (setup) => {
      expect(await compile(folder, setup)).toBe('');
    });
  });

  describe('bundled by esbuild for a browser', () => {
    /** Names of the files of which something is in the bundle of a text. Fails where esbuild has anything to say. */
    async function bundle(contents: string): Promise<readonly string[]> {
      const { errors, warnings, metafile } = await build({
        stdin: { contents, resolveDir: folder },
        bundle: true,
        platform: 'browser',
        format: 'esm',
        metafile: true,
        write: false,
        absWorkingDir: folder,
        logLevel: 'silent',
      });
      expect([errors, warnings]).toEqual([[], []]);
      const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
      return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
    }

    it('they hold nothing that is for Node', async () => {
      const files = await bundle(`export * from './seal-and-open.mjs';`);
      expect(files).toContain('node_modules/sealpost/dist/web-backend.js');
      expect(files.filter((file) => /node-backend|ledger|\/mail\/|@node-rs|nodemailer|postal-mime/.test(file))).toEqual(
        [],
      );
    });

    it('what a program does not use is left out', async () => {
      const files = await bundle(`export { inspect } from 'sealpost';`);
      expect(files).toContain('node_modules/sealpost/dist/inspect.js');
      expect(files.filter((file) => /wordlist|seal\.js/.test(file))).toEqual([]);
    });
  });
});
