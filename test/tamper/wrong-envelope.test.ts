import { encodeText } from '@sealpost/vectors';
import { describe, expect, it } from 'vitest';
import { forms, passphrase } from './envelopes.js';
import { openers } from './sweep.js';
import { wrongEnvelopes } from './wrong-envelopes.js';

describe.each(openers)('%s', (_, open) => {
  it.each(wrongEnvelopes.map((each) => [each.name, each.expected, each.build] as const))(
    '%s: %s',
    async (_name, expected, build) => {
      const sections = build();
      for (const [form, write] of forms) {
        const { outcome } = await open(encodeText(write(sections)), passphrase);
        expect(`${form}: ${outcome}`).toBe(`${form}: ${expected}`);
      }
    },
  );
});
