import { createCipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { fractions } from '../scripts/fractions.mjs';
import { reword } from '../scripts/lean-noble.mjs';
import { nobleFiles } from '../scripts/noble-files.mjs';
import { pageOptions, source } from '../scripts/page-options.mjs';

const core = path.join(source, '../../core');
const names = Object.keys(nobleFiles);

function nobleText(name: string): string {
  return readFileSync(path.join(core, 'node_modules/@noble', name), 'utf8');
}

/** What a program that uses noble directly would get with the page's build. */
async function bundled(contents: string): Promise<Record<string, never>> {
  const { outputFiles } = await build({
    ...pageOptions,
    stdin: { contents, resolveDir: path.join(core, 'src') },
    format: 'esm',
    logLevel: 'silent',
  });
  return (await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`)) as Record<string, never>;
}

describe('the build of noble', () => {
  it.each(names)('takes %s as it was read, and no other text', (name) => {
    const text = nobleText(name);
    expect(() => reword(name, text)).not.toThrow();
    expect(() => reword(name, `${text}\n`)).toThrow(/has changed: read what changed/);
  });

  it('computes the tables of SHA-2, to the last word', () => {
    const [md, sha2] = [nobleText('hashes/_md.js'), nobleText('hashes/sha2.js')];
    const high = (words: Uint32Array): readonly number[] => [...words].filter((_, index) => index % 2 === 1);
    expect(high(fractions(2n, 8))).toEqual(numbers(md, /SHA256_IV = [^]*?\]/));
    expect([...fractions(2n, 8)].map((_, index, all) => all[index ^ 1])).toEqual(numbers(md, /SHA512_IV = [^]*?\]/));
    expect(high(fractions(3n, 80)).slice(0, 64)).toEqual(numbers(sha2, /SHA256_K = [^]*?\]/));
    const words = [...new BigUint64Array(fractions(3n, 80).buffer)].map((word) => word.toString(16).padStart(16, '0'));
    expect(words).toEqual([...sha2.matchAll(/'0x([0-9a-f]{16})'/g)].map(([, word]) => word));

    function numbers(text: string, place: RegExp): readonly number[] {
      return (place.exec(text)![0].match(/0x[0-9a-f]{8}/g) ?? []).map(Number);
    }
  });

  it('leaves the comparison of the tag in its place', () => {
    expect(reword('ciphers/aes.js', nobleText('ciphers/aes.js'))).toContain('if (!equalBytes(tag, passedTag)) {');
  });

  it('stops at a file that the page did not hold', async () => {
    expect(() => reword('hashes/sha3.js', '')).toThrow('hashes/sha3.js of noble is new to the page');
    await expect(bundled(`export { sha3_256 } from '@noble/hashes/sha3.js'`)).rejects.toThrow('is new to the page');
  });

  it('loads exactly the files of the list', async () => {
    const { metafile } = await build({
      ...pageOptions,
      entryPoints: [path.join(source, 'main.ts')],
      metafile: true,
    });
    const loaded = Object.keys(metafile.inputs).flatMap((file) => /@noble\/(\w+\/\w+\.js)$/.exec(file)?.[1] ?? []);
    expect(loaded.sort()).toEqual([...names].sort());
  });
});

describe('noble, as the page has it, refuses what it cannot do any more', () => {
  const [key, nonce] = [new Uint8Array(32), new Uint8Array(12)];

  it.each([
    ['associated data', key, nonce, Uint8Array.of(1)],
    ['a nonce of 16 bytes', key, new Uint8Array(16), undefined],
    ['a key of 16 bytes', new Uint8Array(16), nonce, undefined],
  ])('AES-GCM with %s', async (_, ...parameters) => {
    const { gcm } = (await bundled(`export { gcm } from '@noble/ciphers/aes.js'`)) as unknown as {
      gcm: (...all: unknown[]) => { decrypt: (data: Uint8Array) => Uint8Array };
    };
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const sealed = Buffer.concat([cipher.update(new Uint8Array(5)), cipher.final(), cipher.getAuthTag()]);
    expect(gcm(key, nonce).decrypt(sealed)).toHaveLength(5);
    expect(() => gcm(...parameters)).toThrow();
  });

  it.each(['key', 'personalization', 'salt'])('BLAKE2b with a %s', async (option) => {
    const { blake2b } = (await bundled(`export { blake2b } from '@noble/hashes/blake2.js'`)) as unknown as {
      blake2b: (data: Uint8Array, options?: object) => Uint8Array;
    };
    expect(blake2b(new Uint8Array(5))).toHaveLength(64);
    expect(() => blake2b(new Uint8Array(5), { [option]: new Uint8Array(16) })).toThrow();
  });
});
