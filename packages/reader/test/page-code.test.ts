import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nobleBackend, type Backend, type Bytes } from '@sealpost/core';
import { build } from 'esbuild';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { pageOptions, shortNames, source } from '../scripts/page-options.mjs';
import { languages } from '../src/i18n/all.js';

const core = path.join(source, '../../core/src');

describe('noble, as the page has it, is noble', () => {
  let page: Backend;

  beforeAll(async () => {
    const { outputFiles } = await build({
      ...pageOptions,
      entryPoints: [path.join(core, 'crypto/noble.ts')],
      format: 'esm',
    });
    const made = (await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`)) as {
      nobleBackend: Record<string, unknown>;
    };
    page = new Proxy(made.nobleBackend, {
      get: (backend, name) => backend[shortNames[String(name)] ?? String(name)],
    }) as unknown as Backend;
  });

  /** Bytes that are different in every place. */
  function bytes(length: number, first = 1): Bytes {
    return Uint8Array.from({ length }, (_, index) => first + index * 7 + (index >> 8));
  }

  const lengths = [0, 1, 3, 55, 56, 63, 64, 65, 111, 112, 119, 127, 128, 129, 255, 1_000, 70_001];

  it.each(lengths)('hashes %i bytes', async (length) => {
    const data = bytes(length);
    expect(await page.sha256(data)).toEqual(await nobleBackend.sha256(data));
    expect(await page.sha512(data)).toEqual(await nobleBackend.sha512(data));
    const stream = page.sha256Stream();
    for (let at = 0; at < length; at += 61) stream.update(data.subarray(at, at + 61));
    expect(stream.digest()).toEqual(await nobleBackend.sha256(data));
    for (const hash of ['sha256', 'sha512'] as const) {
      const key = bytes(length % 300, 9);
      expect(await page.hmac(hash, key, data)).toEqual(await nobleBackend.hmac(hash, key, data));
    }
  });

  it.each([0, 1, 15, 16, 17, 31, 32, 1_000, 16_384])('encrypts %i bytes, and refuses them altered', async (length) => {
    const [key, nonce, data] = [bytes(32), bytes(12), bytes(length)];
    const [own, other] = await Promise.all([page.importAesGcm(key), nobleBackend.importAesGcm(key)]);
    const [sealed, expected] = [new Uint8Array(length + 16), new Uint8Array(length + 16)];
    await own.seal(nonce, data, sealed);
    await other.seal(nonce, data, expected);
    expect(sealed).toEqual(expected);
    expect(await own.open(nonce, sealed)).toEqual(data);
    for (const at of new Set([0, length >> 1, length, length + 15])) {
      const altered = sealed.slice();
      altered[at]! ^= 1;
      expect(await own.open(nonce, altered)).toBeUndefined();
    }
    expect(await own.open(nonce, sealed.subarray(0, 15))).toBeUndefined();
    expect(await own.open(nonce, sealed.subarray(1).slice())).toBeUndefined();
    // A view that does not begin at a word.
    expect(await own.open(nonce, Uint8Array.of(0, ...sealed).subarray(1))).toEqual(data);
  });

  it.each([
    [64, 1, 1],
    [96, 2, 3],
    [1_024, 3, 4],
  ])('derives a key with %i KiB, %i passes, %i lanes', async (m, t, p) => {
    const reports: number[] = [];
    const [password, salt] = [bytes(9), bytes(16)];
    const onProgress = (fraction: number): number => reports.push(fraction);
    const key = await page.argon2id(password, salt, { m, t, p }, { [shortNames['onProgress']!]: onProgress });
    expect(key).toEqual(await nobleBackend.argon2id(password, salt, { m, t, p }));
    expect(reports.at(-1)).toBe(1);
    const stop = AbortSignal.abort(new Error('stopped'));
    await expect(page.argon2id(password, salt, { m, t, p }, { signal: stop })).rejects.toThrow('stopped');
  });

  it.each([
    [1, 32],
    [1_000, 32],
    [3, 80],
  ])('derives a key with %i iterations, of %i bytes', async (iterations, length) => {
    const [password, salt] = [bytes(90), bytes(16)];
    const key = await page.pbkdf2Sha256(password, salt, iterations, length);
    expect(key).toEqual(await nobleBackend.pbkdf2Sha256(password, salt, iterations, length));
  });
});

describe('short names', () => {
  const names = Object.keys(shortNames);
  const all = [...names, ...Object.values(shortNames)];

  it('are short, and each is given once', () => {
    for (const short of Object.values(shortNames)) expect(short).toMatch(/^[a-zA-Z]{1,2}$/);
    expect(new Set(all).size).toBe(all.length);
  });

  it('stand for nothing that the language or a browser names', () => {
    const folder = path.dirname(ts.getDefaultLibFilePath({}));
    const known = new Set<string>();
    for (const file of readdirSync(folder).filter((name) => /^lib\..*\.d\.ts$/.test(name))) {
      for (const [, name] of readFileSync(path.join(folder, file), 'utf8').matchAll(/\b(\w+)\??(?=[(:<])/g)) {
        known.add(name!);
      }
    }
    // Not in TypeScript's library yet, or only in a document's markup.
    for (const name of ['trustedTypes', 'createPolicy', 'createHTML', 'createScriptURL', 'scheduler', 'yield']) {
      known.add(name);
    }
    expect(names.filter((name) => known.has(name))).toEqual([]);
  });

  it('are no key of the wire, of a language or of anything else that is read by a text', async () => {
    const { outputFiles } = await build({
      ...pageOptions,
      entryPoints: [path.join(source, 'main.ts')],
      // No name is this one: all stay long.
      mangleProps: /^$/,
      minify: false,
    });
    const properties = new Set<string>();
    const texts = new Set<string>();
    visit(ts.createSourceFile('page.js', outputFiles[0]!.text, ts.ScriptTarget.ES2022, true));
    expect(names.filter((name) => !properties.has(name))).toEqual([]);
    expect(Object.values(shortNames).filter((short) => properties.has(short))).toEqual([]);
    for (const language of languages) for (const key of Object.keys(language.strings)) texts.add(key);
    expect(all.filter((name) => texts.has(name))).toEqual([]);

    function visit(node: ts.Node): void {
      if (ts.isStringLiteralLike(node)) texts.add(node.text);
      if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
        properties.add((node.propertyName ?? node.name).getText());
      } else if (ts.isPropertyAccessExpression(node) || ts.isObjectLiteralElement(node) || ts.isClassElement(node)) {
        if (node.name !== undefined) properties.add(node.name.getText());
      }
      ts.forEachChild(node, visit);
    }
  });
});
