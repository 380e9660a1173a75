import type { OpenedEnvelope } from '@sealpost/core';
import { expect, it } from 'vitest';
import { next, type State } from '../src/state.js';

const locked: State = { name: 'locked', problems: [] };
const attempt = new AbortController();
const unlocking: State = { name: 'unlocking', attempt };
const opened = { close: () => undefined } as unknown as OpenedEnvelope;

it('goes from locked over unlocking to open and back', () => {
  expect(next(locked, { type: 'submit', attempt })).toEqual(unlocking);
  const open = next(unlocking, { type: 'opened', attempt, opened });
  expect(open).toEqual({ name: 'open', opened });
  expect(next(open, { type: 'lock' })).toEqual(locked);
});

it('keeps why an attempt failed', () => {
  expect(next(unlocking, { type: 'failed', attempt, problems: ['wrong'] })).toEqual({
    name: 'locked',
    problems: ['wrong'],
  });
});

it('does not care about attempts that were given up', () => {
  const late = new AbortController();
  expect(next(unlocking, { type: 'opened', attempt: late, opened })).toBe(unlocking);
  expect(next(unlocking, { type: 'failed', attempt: late, problems: ['wrong'] })).toBe(unlocking);
  expect(next(locked, { type: 'opened', attempt, opened })).toBe(locked);
});

it('runs one attempt at a time', () => {
  expect(next(unlocking, { type: 'submit', attempt: new AbortController() })).toBe(unlocking);
});

it('never leaves refused', () => {
  const refused = next(locked, { type: 'refuse', problems: ['framed'] });
  expect(next(refused, { type: 'submit', attempt })).toBe(refused);
  expect(next(refused, { type: 'lock' })).toBe(refused);
});
