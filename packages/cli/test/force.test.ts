import { lstatSync, mkdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFirst, listing, put, sealpost, temporaryFolder, until } from './command.js';
import { attachmentPart, makeEnvelope, makeMail, passphrase, textPart } from './material.js';

buildFirst();

/** What --force would have overwritten is there again after a failure. */

const envelope = makeEnvelope({ parts: [textPart('Hello.'), attachmentPart('report.pdf', Buffer.from('report'))] });

/** A folder with all that the commands read, and old files in their way. */
function prepare(): string {
  const cwd = temporaryFolder();
  put(cwd, 'm.eml', makeMail());
  put(cwd, 'e', envelope);
  put(cwd, 'p', passphrase);
  put(cwd, 'old', 'OLD');
  symlinkSync('p', path.join(cwd, 'link'));
  mkdirSync(path.join(cwd, 'x'));
  put(cwd, 'x/report.pdf', 'OLD');
  return cwd;
}

/** Every name, with what is behind it. */
function state(cwd: string): readonly (readonly [string, ...unknown[]])[] {
  return listing(cwd).map((name) => {
    const file = path.join(cwd, name);
    const found = lstatSync(file);
    if (found.isSymbolicLink()) return [name, readlinkSync(file)];
    return found.isFile() ? [name, found.ino, found.mode, readFileSync(file, 'latin1')] : [name, found.mode];
  });
}

const open = ['open', 'e', '--passphrase-file', 'p', '--json', '--force'];

const runs: readonly (readonly [string, readonly string[], string])[] = [
  ['seal', ['seal', 'm.eml', '-o', 'old', '--force'], 'old'],
  ['seal over a link', ['seal', 'm.eml', '-o', 'link', '--force'], 'link'],
  ['open', [...open, '--eml', 'old'], 'old'],
  ['open over a link', [...open, '--eml', 'link'], 'link'],
  ['open into a folder', [...open, '--extract', 'x'], 'x/report.pdf'],
  ['open twice to the same name', [...open, '--eml', 'x/report.pdf', '--extract', 'x'], 'x/report.pdf'],
];

describe.each(runs)('%s --force', (_name, args, replaced) => {
  it('puts the old file back when the result cannot be told', async () => {
    const cwd = prepare();
    const before = state(cwd);
    const result = await sealpost(args, { cwd, redirect: '>/dev/full' });
    expect(result).toMatchObject({ code: 8 });
    expect(result.stderr).toMatch(/standard output/);
    expect(state(cwd)).toEqual(before);
  });

  // What a file system without hard links says, or one that does not let them be made to other people's files.
  it('does so without hard links', async () => {
    const cwd = prepare();
    const before = state(cwd);
    const preload = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
      fs.linkSync = () => { throw Object.assign(new Error('no'), { code: 'EPERM' }); }; syncBuiltinESMExports();`;
    expect(await sealpost(args, { cwd, redirect: '>/dev/full', preload })).toMatchObject({ code: 8 });
    expect(state(cwd)).toEqual(before);
    expect(await sealpost(args, { cwd, preload })).toMatchObject({ code: 0 });
    expect(listing(cwd).filter((name) => name.includes('.sealpost-'))).toEqual([]);
  });

  it('leaves no trace of the old file when all went well', async () => {
    const cwd = prepare();
    const names = new Set([...listing(cwd), ...(args.includes('x') ? ['x/message.txt'] : [])]);
    expect(await sealpost(args, { cwd })).toMatchObject({ code: 0 });
    expect(listing(cwd)).toEqual([...names].sort());
    expect(lstatSync(path.join(cwd, replaced)).isFile()).toBe(true);
    expect(statSync(path.join(cwd, replaced)).nlink).toBe(1);
    expect(readFileSync(path.join(cwd, replaced), 'latin1')).not.toBe('OLD');
    expect(readFileSync(path.join(cwd, 'p'), 'utf8')).toBe(passphrase);
  });
});

it('a later output that cannot be published puts an earlier one back', async () => {
  const cwd = prepare();
  const args = ['open', 'e', '--passphrase-file', '-', '--eml', 'old', '--extract', 'new', '--force'];
  let before: unknown;
  const result = await sealpost(args, {
    cwd,
    whileRunning: async (child) => {
      await until(() => listing(cwd).filter((name) => name.startsWith('.sealpost-')).length === 2);
      // Somebody takes the folder's name.
      mkdirSync(path.join(cwd, 'new'));
      writeFileSync(path.join(cwd, 'new/precious'), 'precious');
      before = state(cwd).filter(([name]) => !name.startsWith('.sealpost-'));
      child.stdin?.end(passphrase);
    },
  });
  expect(result).toMatchObject({ code: 8, stdout: '', stderr: 'sealpost: cannot write new: it exists already\n' });
  expect(state(cwd)).toEqual(before);
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s after publishing puts the old file back', async (signal) => {
  const cwd = prepare();
  const before = state(cwd);
  const output = new URL('../dist/output.js', import.meta.url).href;
  const program = path.join(temporaryFolder(), 'publish.mjs');
  writeFileSync(
    program,
    `import { Outputs } from '${output}';
    await Outputs.run(async (outputs) => {
      for (const name of ['old', 'link', 'new']) {
        await outputs.file(name, { force: true }).fill(Buffer.from('NEW'));
      }
      outputs.publish();
      await new Promise((resolve) => setTimeout(resolve, 20_000));
    });`,
  );
  const result = await sealpost([], {
    cwd,
    program,
    whileRunning: async (child) => {
      await until(() => listing(cwd).includes('new'));
      expect(readFileSync(path.join(cwd, 'old'), 'utf8')).toBe('NEW');
      child.kill(signal);
    },
  });
  expect(result).toMatchObject({ code: null, signal });
  expect(state(cwd)).toEqual(before);
});
