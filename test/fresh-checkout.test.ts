import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../tools/lib/root.mjs';

const { scripts } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { scripts: Record<string, string> };
const tools = Object.entries(scripts).flatMap(([name, command]) => {
  const file = /^node (\S+)/.exec(command)?.[1];
  return file === undefined ? [] : [[name, file] as const];
});

/** Packages that a module needs before any of its code runs, with what imports it. */
function packagesOf(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    if (statement.moduleSpecifier === undefined) return [];
    const name = (statement.moduleSpecifier as ts.StringLiteral).text;
    if (name.startsWith('.')) return packagesOf(fileURLToPath(new URL(name, `file://${file}`)), seen);
    return name.startsWith('node:') ? [] : [`${name} (${file})`];
  });
}

describe('in a checkout where nothing is installed yet', () => {
  it('has commands', () => {
    expect(tools.map(([name]) => name)).toEqual(expect.arrayContaining(['demo', 'test', 'test:defences', 'bench']));
  });

  it.each(tools)('npm run %s begins, and can install what it needs', (_, file) => {
    expect(packagesOf(inRoot(file))).toEqual([]);
  });
});
