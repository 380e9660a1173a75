import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileReplyLedger } from '../src/ledger.js';

const ID = '0123456789abcdef0123456789abcdef';
const OTHER = 'f'.repeat(32);
const later = new Date('2100-01-01T00:00:00Z');

let home: string;
let folder: string;
let ledger: FileReplyLedger;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'sealpost-ledger-'));
  folder = path.join(home, 'a', 'ledger');
  ledger = new FileReplyLedger(folder);
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

describe('a ledger of files', () => {
  it('notes a reply once, in a folder that it makes, for its owner alone', async () => {
    expect(existsSync(folder)).toBe(false);
    expect(await ledger.remember(ID, later)).toBe(true);
    expect(await ledger.remember(ID, later)).toBe(false);
    expect(await new FileReplyLedger(folder).remember(ID, new Date(0))).toBe(false);
    expect(await ledger.remember(OTHER, later)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual([ID, OTHER]);
    expect(readFileSync(path.join(folder, ID), 'utf8')).toBe('2100-01-01T00:00:00.000Z\n');
  });

  it.runIf(process.platform !== 'win32')('is its owner’s alone', async () => {
    await ledger.remember(ID, later);
    expect([statSync(folder).mode & 0o777, statSync(path.join(folder, ID)).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it.each<readonly [string, (own: FileReplyLedger) => unknown]>([
    ['later', (own) => own.forget(ID)],
    [
      'at once',
      (own) => {
        own.forgetSync(ID);
      },
    ],
  ])('takes a note back %s, whether it is there or not', async (_when, forget) => {
    await ledger.remember(ID, later);
    await ledger.remember(OTHER, later);
    await forget(ledger);
    await forget(ledger);
    expect(readdirSync(folder)).toEqual([OTHER]);
    expect(await ledger.remember(ID, later)).toBe(true);
  });

  it('prunes what has expired', async () => {
    const [before, at] = [new Date('2026-11-22T05:30:00Z'), new Date('2026-11-22T05:30:01Z')];
    await ledger.remember(ID, before);
    await ledger.remember(OTHER, at);
    expect(await ledger.prune(before)).toBe(0);
    expect(await ledger.prune(at)).toBe(1);
    expect(readdirSync(folder)).toEqual([OTHER]);
    expect(await ledger.prune(new Date(at.getTime() + 1))).toBe(1);
    await ledger.remember(ID, new Date(Date.now() - 1_000));
    await ledger.remember(OTHER, new Date(Date.now() + 60_000));
    expect(await ledger.prune()).toBe(1);
    expect(readdirSync(folder)).toEqual([OTHER]);
  });

  it('prunes nothing where there is no folder', async () => {
    expect(await ledger.prune()).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  it('keeps notes whose writing was cut off, and files of others', async () => {
    await ledger.remember(ID, later);
    for (const [name, content] of [
      [ID, ''],
      [OTHER, 'never\n'],
      ...['2', '2026', '2020-01', '2020-01-01T00:00:00.000Z'].map((part, at) => [String(at).repeat(32), part] as const),
      ['README', '2000-01-01T00:00:00.000Z'],
      [`${'e'.repeat(32)}.bak`, '2000-01-01T00:00:00.000Z'],
    ] as const)
      writeFileSync(path.join(folder, name), content);
    const names = readdirSync(folder);
    expect(await ledger.prune()).toBe(0);
    expect(readdirSync(folder)).toEqual(names);
    expect(await ledger.remember(ID, later)).toBe(false);
  });

  it.each(['', '.', '..', 'a', ID.toUpperCase(), `${ID}0`, ID.slice(1), `../${ID}`, `${ID}\n`, `${ID}\0`])(
    'takes no identifier that is none: %j',
    async (id) => {
      await ledger.remember(OTHER, later);
      const invalid = { code: 'INVALID_ARGUMENT' };
      await expect(ledger.remember(id, later)).rejects.toMatchObject(invalid);
      await expect(ledger.forget(id)).rejects.toMatchObject(invalid);
      expect(() => {
        ledger.forgetSync(id);
      }).toThrow(expect.objectContaining(invalid) as Error);
      expect(readdirSync(folder)).toEqual([OTHER]);
    },
  );

  it('says what the file system says', async () => {
    writeFileSync(path.join(home, 'a'), 'a file');
    await expect(ledger.remember(ID, later)).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(ledger.prune()).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.runIf(process.getuid?.() !== 0)('says so where it may not write', async () => {
    await ledger.remember(ID, later);
    chmodSync(folder, 0o500);
    await expect(ledger.remember(OTHER, later)).rejects.toMatchObject({ code: 'EACCES' });
    chmodSync(folder, 0o700);
  });

  it('gives one true to all who ask at once in one process', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => new FileReplyLedger(folder).remember(ID, later)));
    expect(all.filter(Boolean)).toHaveLength(1);
  });

  it('gives one true to two processes that note the same replies at once', async () => {
    const program = path.join(home, 'ledger.mjs');
    const entry = path.resolve(import.meta.dirname, '../src/ledger.ts');
    const conditions = ['source'];
    await build({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'esm', conditions });
    // On a busy machine, one of them may be done before the other begins: then it is tried again.
    let both = false;
    for (let attempt = 1; !both && attempt <= 8; attempt++) {
      const ids = Array.from(
        { length: 300 * attempt },
        (_, at) => `${attempt}`.padEnd(16, '0') + at.toString(16).padStart(16, '0'),
      );
      const taken = await race(program, ids);
      expect(taken.flat().sort()).toEqual(ids);
      both = taken.every(({ length }) => length > 0);
    }
    expect(both, 'both were at it at once').toBe(true);
  });

  /** What each of two processes noted, which begin together. */
  async function race(program: string, ids: readonly string[]): Promise<readonly (readonly string[])[]> {
    const script = `import { FileReplyLedger } from ${JSON.stringify(pathToFileURL(program).href)};
      const ledger = new FileReplyLedger(${JSON.stringify(folder)});
      process.stdout.write('ready\\n');
      process.stdin.once('data', async () => {
        const taken = [];
        for (const id of ${JSON.stringify(ids)}) if (await ledger.remember(id, new Date(2e12))) taken.push(id);
        process.stdout.write(JSON.stringify(taken), () => process.exit());
      });`;
    const processes = [1, 2].map(() => spawn(process.execPath, ['--input-type=module', '-e', script]));
    const said = processes.map(() => '');
    const ready = processes.map(
      (child, at) =>
        new Promise<void>((resolve) => {
          child.stdout.on('data', (piece: Buffer) => {
            said[at] = `${said[at] ?? ''}${piece.toString()}`;
            if (said[at] === 'ready\n') resolve();
          });
        }),
    );
    const ended = processes.map((child) => new Promise((resolve) => child.on('close', resolve)));
    await Promise.all(ready);
    for (const child of processes) child.stdin.write('go');
    await Promise.all(ended);
    return said.map((text) => JSON.parse(text.slice('ready\n'.length)) as readonly string[]);
  }
});
