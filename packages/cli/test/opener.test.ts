import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openerFiles } from 'sealpost/opener';
import { expect, it } from 'vitest';
import { buildFirst, listing, put, sealpost, temporaryFolder } from './command.js';

buildFirst();

const NAMES = [...openerFiles().keys()].sort();

it('writes the opener into a new folder, for everybody to read', async () => {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await sealpost(['opener', '-o', 'open'], { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toContain('wrote the opener to open');
  expect(NAMES).toEqual(['icon-192.png', 'icon-512.png', 'index.html', 'manifest.webmanifest', 'sw.js']);
  expect([...listing(path.join(cwd, 'open'))].sort()).toEqual(NAMES);
  // As whatever else this user makes.
  writeFileSync(path.join(cwd, 'usual'), '');
  const usual = statSync(path.join(cwd, 'usual')).mode & 0o777;
  for (const [name, bytes] of openerFiles()) {
    const file = path.join(cwd, 'open', name);
    expect(readFileSync(file).equals(bytes), name).toBe(true);
    expect(statSync(file).mode & 0o777, name).toBe(usual);
  }
});

it('replaces an older one only when told to, and touches nothing else in the folder', async () => {
  const cwd = temporaryFolder();
  mkdirSync(path.join(cwd, 'site'));
  put(cwd, 'site/index.html', 'OLD');
  put(cwd, 'site/other.html', 'other');
  const refused = await sealpost(['opener', '-o', 'site'], { cwd });
  expect(refused).toMatchObject({ code: 8 });
  expect(refused.stderr).toContain('--force');
  expect([...listing(path.join(cwd, 'site'))].sort()).toEqual(['index.html', 'other.html']);
  expect(readFileSync(path.join(cwd, 'site/index.html'), 'utf8')).toBe('OLD');
  expect(await sealpost(['opener', '-o', 'site', '--force'], { cwd })).toMatchObject({ code: 0 });
  expect([...listing(path.join(cwd, 'site'))].sort()).toEqual([...NAMES, 'other.html'].sort());
  expect(readFileSync(path.join(cwd, 'site/other.html'), 'utf8')).toBe('other');
});

it.each([
  [[], 'no output'],
  [['-o', '-'], 'several files'],
  [['-o', 'open', 'letter.eml'], 'too many arguments'],
])('refuses the arguments %j', async (args, said) => {
  const cwd = temporaryFolder();
  const { code, stderr } = await sealpost(['opener', ...args], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(said);
  expect(listing(cwd)).toEqual([]);
});

it('leaves nothing where it cannot write', async () => {
  const cwd = temporaryFolder();
  put(cwd, 'file', 'a file');
  expect(await sealpost(['opener', '-o', 'file'], { cwd })).toMatchObject({ code: 8 });
  expect(await sealpost(['opener', '-o', 'no/such/folder'], { cwd })).toMatchObject({ code: 8 });
  expect(listing(cwd)).toEqual(['file']);
});
