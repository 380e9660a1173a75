import { encodeText } from '@sealpost/vectors';
import { describe, expect, it } from 'vitest';
import { forms, passphrase } from './envelopes.js';
import { positions, positionsEnvelope } from './positions.js';
import { openers } from './sweep.js';

const all = positions();

it('are a hundred of different names, with every outcome but success', () => {
  expect(all).toHaveLength(100);
  expect(new Set(all.map(({ name }) => name))).toHaveLength(100);
  expect([...new Set(all.map(({ expected }) => expected))].sort()).toEqual([
    'DAMAGED',
    'DID_NOT_OPEN',
    'LIMIT',
    'NOT_AN_ENVELOPE',
    'UNSUPPORTED_VERSION',
  ]);
});

describe.each(forms)('in the %s', (form, write) => {
  // The order of elements is the HTML form's: the data form has no names that could be out of it.
  const here = all.filter(({ name }) => form === 'HTML form' || !/header doubled|another number/.test(name));

  it.each(openers)('%s', async (_, open) => {
    expect((await open(encodeText(write(positionsEnvelope().sections)), passphrase)).outcome).toBe('opens');
    const outcomes = here.map(async ({ name, sections }) => {
      const { outcome } = await open(encodeText(write(sections)), passphrase);
      return `${name}: ${outcome}`;
    });
    expect(await Promise.all(outcomes)).toEqual(here.map(({ name, expected }) => `${name}: ${expected}`));
  });
});
