import { CHEAP_KDF, type EnvelopeWanted } from './python.js';

export const PASSPHRASE = 'one two';

/** A small envelope with one slot, one body and one attachment; always the same bytes. */
export const SMALL: EnvelopeWanted = {
  form: 'data',
  below_floor: true,
  seed: 1,
  message: {
    headers: { subject: 'Hi' },
    parts: [
      { role: 'text', type: 'text/plain' },
      { role: 'attachment', name: 'é.txt', type: 'text/plain', encoding: 'deflate' },
    ],
  },
  contents: [Buffer.from('hello'), Buffer.from('a'.repeat(40))],
  secrets: [{ passphrase: PASSPHRASE, norm: 'words', kdf: CHEAP_KDF }],
};
