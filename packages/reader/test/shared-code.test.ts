import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import * as core from '@sealpost/core';
import { runtime } from '@sealpost/reader';
import { CORE, isShareable } from '../scripts/lean-core.mjs';
import { moduleOptions, source } from '../scripts/page-options.mjs';
import { readShared, withHoles, withShared } from '../scripts/shared-code.mjs';
import { SHARED } from '../src/shared.js';

/** What a program made like a module hands to `out`, given the list of what is shared. */
async function run(contents: string, shared: readonly unknown[]): Promise<readonly unknown[]> {
  const { outputFiles } = await build({
    ...moduleOptions,
    stdin: { contents, resolveDir: source, loader: 'ts' },
    format: 'iife',
    write: false,
  });
  const found: unknown[] = [];
  const out = (...values: readonly unknown[]): void => void found.push(...values);
  runInNewContext(withHoles(outputFiles[0]!.text), { sealpost: { shared }, out, TextEncoder, TextDecoder });
  return found;
}

describe('what the module open shares', () => {
  it('stands in the list once each, where the build looks for it', async () => {
    const positions = [...readShared().values()].flatMap((names) => [...names.values()]).sort((a, b) => a - b);
    expect(positions).toEqual(SHARED.map((_, index) => index));
    expect(new Set(SHARED).size).toBe(SHARED.length);
    for (const [file, names] of readShared()) {
      const exported = (await import(file)) as Readonly<Record<string, unknown>>;
      for (const [name, position] of names) expect(exported[name], name).toBe(SHARED[position]);
    }
  });

  it('is what other modules get, whichever way they import it', async () => {
    const marks = SHARED.map((_, index) => `number ${index}`);
    const program = `
      import { EnvelopeError, utf8 } from '@sealpost/core';
      import { concat } from '@sealpost/core/page';
      import { element } from './dom.js';
      declare const out: (...values: unknown[]) => void;
      out(EnvelopeError, utf8, concat, element);`;
    const { EnvelopeError, utf8, concat } = core;
    const { element } = await import('../src/dom.js');
    const places = [EnvelopeError, utf8, concat, element].map((one) => marks[SHARED.indexOf(one)]);
    expect(await run(program, marks)).toEqual(places);
  });

  it('is used by what they bring themselves', async () => {
    const program = `
      import { escapeHtml, htmlText } from '@sealpost/core';
      import { damaged } from '@sealpost/core/page';
      declare const out: (...values: unknown[]) => void;
      out(htmlText('<'), damaged('a').code);`;
    expect(await run(program, SHARED)).toEqual(['&#60;', 'DAMAGED']);
  });

  it('does not stand in them a second time', () => {
    const { open, reply = '', pq = '' } = runtime.modules;
    for (const module of [reply, pq]) {
      expect(module).toContain('globalThis.sealpost.shared');
      expect(module).not.toMatch(/extends Error|createElement|new TextEncoder/);
    }
    expect(open).toMatch(/extends Error[^]*createElement/);
    expect(open).toContain('new TextEncoder');
    // Nor does the code of the others stand in it.
    expect(open).not.toMatch(/sealpost-reply|"replyAll"|mlkem/);
  });

  it('is whole, or named as what may be shared all the same', () => {
    const shareable = (file: string, name: string): boolean => isShareable(path.join(CORE, file), name);
    expect(shareable('bytes.ts', 'concat')).toBe(true);
    expect(shareable('wire/header.ts', 'readHeader')).toBe(true);
    for (const [file, name] of [
      ['wire/header.ts', 'parseHeader'],
      ['wire/slot.ts', 'slotToWire'],
      ['crypto/noble.ts', 'nobleBackend'],
      ['open.ts', 'openEnvelope'],
    ] as const)
      expect(shareable(file, name), name).toBe(false);
  });
});

describe('a file without what is shared', () => {
  const code = [
    'const LABEL = utf8(join("a", new B()));',
    'export function one(a: string): void;',
    'export function one(a: unknown): void { LABEL; }',
    'export const two = one(1);',
    'export class Three { x = f(); }',
    'export const four = () => f();',
  ].join('\n');

  it('imports it instead, and what is left may go where it is not used', () => {
    const names = new Map([
      ['one', 3],
      ['Three', 0],
    ]);
    const rest = withShared(code, names).replace(/\n+/g, '\n');
    expect(rest).toBe(
      [
        "import { shared3 as one, shared0 as Three } from 'sealpost:shared';",
        'export { one, Three };',
        'const LABEL = /* @__PURE__ */ utf8(/* @__PURE__ */ join("a", /* @__PURE__ */ new B()));',
        'export const two = /* @__PURE__ */ one(1);',
        'export const four = () => f();',
      ].join('\n'),
    );
  });

  it('is not made where the name is none of its own', () => {
    expect(() => withShared(code, new Map([['five', 0]]))).toThrow('five is shared, but not declared');
  });
});

it('a module names only what it takes out of the list', () => {
  expect(withHoles('var [shared0, shared1, shared2, shared3] = globalThis.sealpost.shared;\nshared1(shared2);')).toBe(
    'var [, shared1, shared2] = globalThis.sealpost.shared;\nshared1(shared2);',
  );
});
