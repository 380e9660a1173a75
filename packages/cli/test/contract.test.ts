import { readFileSync } from 'node:fs';
import { EnvelopeError, type EnvelopeErrorCode } from 'sealpost';
import { describe, expect, it } from 'vitest';
import { EXIT, toFailure } from '../src/failure.js';
import { buildProgram } from '../src/program.js';

/** The program does what spec/cli.md and spec/registry.md say: names and numbers are compared. */

function readSpec(name: string): string {
  return readFileSync(new URL(`../../../spec/${name}`, import.meta.url), 'utf8');
}

/** The text from one heading to the next of the same depth. */
function section(text: string, heading: string): string {
  const start = text.indexOf(`\n${heading}`);
  expect(start, heading).toBeGreaterThan(-1);
  const depth = /^#+ /.exec(heading)?.[0] ?? '';
  const end = text.indexOf(`\n${depth}`, start + 1);
  return text.slice(start, end === -1 ? undefined : end);
}

/** The first two cells of a table's rows. */
function rows(text: string): readonly (readonly [string, string])[] {
  return Array.from(
    text.matchAll(/^\| +(\S.*?) +\| (.*?) +\|/gm),
    ([, first = '', second = '']) => [first, second] as const,
  );
}

/** The options that a section's tables are about. */
function documented(text: string): readonly string[] {
  return rows(text)
    .map(([cell]) => /^`(-.*)`$/.exec(cell)?.[1])
    .filter((flags) => flags !== undefined);
}

/** Those that the command has. */
function optionsOf(name: string): readonly string[] {
  const command = program.commands.find((one) => one.name() === name);
  return (command?.options ?? []).map(({ flags }) => flags.replace(/[<>]/g, '')).sort();
}

const cli = readSpec('cli.md');
const program = buildProgram();

describe('options', () => {
  it.each([
    ['seal', '## 2.'],
    ['open', '## 3.'],
    ['inspect', '## 4.'],
    ['keygen', '## 5.'],
    ['opener', '## 7.'],
  ])('of %s are those of the spec', (name, heading) => {
    expect(optionsOf(name)).toEqual([...documented(section(cli, heading))].sort());
  });

  it('of reissue are those of the spec, with those of seal that it takes', () => {
    const own = section(cli, '## 6.');
    const left = ['--prompt', '--keep-original'];
    expect(own).toContain(`but not ${left.map((option) => `\`${option}\``).join(' and ')}`);
    const ofSeal = documented(section(cli, '## 2.')).filter((flags) => !left.includes(flags));
    expect(optionsOf('reissue')).toEqual([...new Set([...documented(own), ...ofSeal])].sort());
    // What opens the old envelope is never what the new one is sealed to.
    expect(optionsOf('seal').filter((flags) => /^--(?:answers-file|identity|verify-key) /.test(flags))).toEqual([]);
  });

  it('take no secret, but a file that holds one: those that end in "-key <KEY>" take a public one', () => {
    const all = program.commands.flatMap(({ options }) =>
      options.filter((option) => option.required).map(({ flags }) => flags),
    );
    const secret = all.filter((flags) => /pass|secret|key|word|answer|code|question|identity|succeeds/.test(flags));
    expect(secret).toContain('--sign-key <FILE>');
    expect(secret.filter((flags) => !/ <FILE>$|^--(?:recipient|archive|verify)-key <KEY>$/.test(flags))).toEqual([]);
  });
});

describe('exit codes', () => {
  it('are those of the spec', () => {
    const documented = rows(section(cli, '## 9.')).map(([cell]) => Number(cell));
    expect(documented.filter((code) => !Number.isNaN(code))).toEqual([0, ...Object.values(EXIT)]);
  });

  const registry = section(readSpec('registry.md'), '## Error codes');
  const codes = Array.from(
    registry.matchAll(/^\| `(\w+)` *\|.*\| (\d+) *\|$/gm),
    ([, code = '', exit = '']) => [code, Number(exit)] as const,
  );

  it('stand in the registry', () => {
    expect(codes.length).toBe(11);
  });

  it.each(codes)('of %s is %i in the registry and the spec', (code, exit) => {
    expect(toFailure(new EnvelopeError(code as EnvelopeErrorCode, 'because')).exitCode).toBe(exit);
    expect(section(cli, '## 9.')).toMatch(new RegExp(`^\\| ${exit} .*\`${code}\``, 'm'));
  });

  it('of a stranger is 1', () => {
    expect(toFailure(new TypeError('x is not a function')).exitCode).toBe(EXIT.internal);
  });
});
