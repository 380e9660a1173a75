import { encodeText } from '@sealpost/vectors';
import { describe, expect, it } from 'vitest';
import { forms, passphrase } from './envelopes.js';
import { openers } from './sweep.js';
import { wrongFaces, wrongHeaders } from './wrong-headers.js';
import { wrongPayloads, wrongTexts } from './wrong-payloads.js';
import { wrongManifests, wrongPlaintexts } from './wrong-plaintexts.js';
import { wrongSlots } from './wrong-slots.js';

const all = [wrongHeaders, wrongFaces, wrongSlots, wrongPayloads, wrongTexts, wrongPlaintexts, wrongManifests].flat();

describe.each(openers)('%s', (_, open) => {
  it.each(all.map((each) => [each.name, each.expected, each.build] as const))(
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
