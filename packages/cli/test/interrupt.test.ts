import { statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFirst, listing, put, sealpost, temporaryFolder, until } from './command.js';
import { attachmentPart, makeEnvelope, makeMail, noise, passphrase } from './material.js';

buildFirst();

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function temporaries(folder: string): readonly string[] {
  return listing(folder).filter((name) => name.includes('.sealpost-'));
}

describe.each(signals)('%s', (signal) => {
  it.each([
    ['seal', ['seal', '-', '-o', 'e']],
    ['open', ['open', '-', '--passphrase-file', 'p', '--eml', 'm.eml', '--extract', 'x']],
    ['open into a folder', ['open', '-', '--passphrase-file', 'p', '--extract', '.']],
  ])('while %s waits for its input leaves nothing', async (_name, args) => {
    const cwd = temporaryFolder();
    put(cwd, 'p', passphrase);
    const result = await sealpost(args, {
      cwd,
      whileRunning: async (child) => {
        await until(() => temporaries(cwd).length > 0);
        child.kill(signal);
      },
    });
    expect(result).toMatchObject({ code: null, signal, stdout: '' });
    expect(listing(cwd)).toEqual(['p']);
  });
});

const parts = [{ name: 'large.bin', type: 'application/octet-stream', content: noise(20_000_000) }];

describe('a signal in the middle of writing', () => {
  it('an envelope leaves nothing', async () => {
    const cwd = temporaryFolder();
    const result = await sealpost(['seal', '-', '-o', 'e', '--form', 'data'], {
      cwd,
      whileRunning: async (child) => {
        child.stdin?.end(makeMail({ parts }));
        await until(() => sizes(cwd).some((size) => size > 0));
        child.kill('SIGTERM');
      },
    });
    expect(result).toMatchObject({ code: null, signal: 'SIGTERM', stdout: '' });
    expect(listing(cwd)).toEqual([]);
  });

  it('attachments leaves nothing', async () => {
    const cwd = temporaryFolder();
    put(cwd, 'p', passphrase);
    const content = noise(20_000_000);
    const envelope = makeEnvelope({ parts: [attachmentPart('a.bin', content), attachmentPart('b.bin', content)] });
    const result = await sealpost(['open', '-', '--passphrase-file', 'p', '--extract', 'x'], {
      cwd,
      whileRunning: async (child) => {
        child.stdin?.end(envelope);
        await until(() => sizes(cwd).some((size) => size > 1_000_000));
        child.kill('SIGTERM');
      },
    });
    expect(result).toMatchObject({ code: null, signal: 'SIGTERM', stdout: '' });
    expect(listing(cwd)).toEqual(['p']);
  });
});

function sizes(cwd: string): readonly number[] {
  return temporaries(cwd).flatMap((name) => {
    const found = statSync(path.join(cwd, name), { throwIfNoEntry: false });
    return found?.isFile() === true ? [found.size] : [];
  });
}
