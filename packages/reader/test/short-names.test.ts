import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { moduleOptions, pageOptions, shortNames, source } from '../scripts/page-options.mjs';
import { readableScript } from '../scripts/page-script.mjs';
import { languages } from '../src/i18n/all.js';

/** Functions of noble's that name an argument to a developer. */
const CHECKS = /^(?:aarray|abool|abytesDoc|anumber|checkU32|splitCoder)$/;

function isLabel({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && CHECKS.test(parent.expression.getText());
}

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
    const properties = new Set<string>();
    const texts = new Set<string>();
    const modules = [
      ['main.ts', pageOptions],
      ['reply/main.ts', moduleOptions],
      ['pq/main.ts', moduleOptions],
    ] as const;
    for (const [entry, options] of modules) {
      const code = await readableScript(path.join(source, entry), options);
      visit(ts.createSourceFile('page.js', code, ts.ScriptTarget.ES2022, true));
    }
    expect(names.filter((name) => !properties.has(name))).toEqual([]);
    expect(Object.values(shortNames).filter((short) => properties.has(short))).toEqual([]);
    for (const language of languages) for (const key of Object.keys(language.strings)) texts.add(key);
    expect(all.filter((name) => texts.has(name))).toEqual([]);

    function visit(node: ts.Node): void {
      if (ts.isStringLiteralLike(node) && !isLabel(node)) texts.add(node.text);
      if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
        properties.add((node.propertyName ?? node.name).getText());
      } else if (ts.isPropertyAccessExpression(node) || ts.isObjectLiteralElement(node) || ts.isClassElement(node)) {
        if (node.name !== undefined) properties.add(node.name.getText());
      }
      ts.forEachChild(node, visit);
    }
  });
});
