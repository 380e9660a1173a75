import { EnvelopeError } from 'sealpost';
import { describe, expect, it } from 'vitest';
import { fileFailure, toFailure } from '../src/failure.js';
import { buildFirst, listing, put, sealpost, temporaryFolder } from './command.js';
import { passphrase } from './material.js';

buildFirst();

/** Errors of JavaScript itself quote what they could not read. None of that is ever printed. */

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('it did not throw');
}

const quoting = thrownBy(() => JSON.parse('hunter2'));

describe('a failure', () => {
  it('has no cause', () => {
    expect(String(quoting)).toContain('hunter2');
    for (const error of [
      new EnvelopeError('NOT_AN_ENVELOPE', 'header is not JSON', { cause: quoting }),
      Object.assign(new Error('hunter2', { cause: quoting }), { code: 'EIO' }),
      new Error('at work', { cause: quoting }),
      new AggregateError([quoting], 'at work'),
    ]) {
      const failure = toFailure(fileFailure(error, 'read', 'file'));
      expect(failure).not.toHaveProperty('cause');
      expect(failure.message + (failure.hint ?? '')).not.toContain('hunter2');
    }
  });

  it('that nobody expected says where it was, not what it read', () => {
    const { message } = toFailure(quoting);
    expect(message).toMatch(/^internal error: SyntaxError\n {4}at .*failure\.test\.ts:\d+:\d+/);
    expect(message).not.toContain('hunter2');
    const lines = toFailure(new RangeError('no\n    at hunter2 (hunter2:1:2)\nyes')).message;
    expect(lines).toMatch(/^internal error: RangeError\n {4}at /);
    expect(lines).not.toContain('hunter2');
    expect(toFailure('hunter2').message).toBe('internal error: string');
  });

  it.each([
    ['thrown', 'throw error'],
    ['rejected', 'void Promise.reject(error)'],
  ])('that nobody caught (%s) says no more, and cleans up', async (_name, end) => {
    const cwd = temporaryFolder();
    put(cwd, 'p', passphrase);
    const preload = `import { readdirSync } from 'node:fs';
      const error = new Error('hunter' + 2, { cause: new Error('hunter' + 2) });
      const timer = setInterval(() => {
        if (!readdirSync('.').some((name) => name.startsWith('.sealpost-'))) return;
        clearInterval(timer);
        ${end};
      }, 10);`;
    const result = await sealpost(['open', '-', '--passphrase-file', 'p', '--eml', 'm.eml'], {
      cwd,
      preload,
      whileRunning: () => Promise.resolve(),
    });
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toMatch(
      /^sealpost: internal error: Error\n(?:sealpost: .*\n)*sealpost: hint: please report it/,
    );
    expect(result.stderr).not.toContain('hunter2');
    expect(listing(cwd)).toEqual(['p']);
  });
});
