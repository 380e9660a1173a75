import {
  buildEnvelope,
  ByteSource,
  smallestArgon2id,
  smallestPbkdf2,
  utf8,
  writeDataForm,
  writeHtmlForm,
  type BuiltEnvelope,
  type EnvelopeRecipe,
  type MessageRecipe,
  type Section,
} from '@sealpost/vectors';

export const passphrase = 'tamper with me';

/** Both ways to write an envelope down. */
export const forms: readonly (readonly [name: string, write: (sections: readonly Section[]) => string])[] = [
  ['data form', writeDataForm],
  ['HTML form', writeHtmlForm],
];

/** The smallest message with a body and an attachment. */
const tinyMessage: MessageRecipe = {
  parts: [
    { role: 'text', type: 'text/plain', content: utf8('Hi') },
    { role: 'attachment', name: 'a', type: 'a/b', content: utf8('!') },
  ],
};

/** A recipe with one cheap slot for {@link passphrase} and a tiny message; `changes` replace its keys. */
export function recipe(seed: string, changes: Partial<EnvelopeRecipe> = {}): EnvelopeRecipe {
  const random = new ByteSource(seed);
  const kdf = smallestArgon2id(random.take(16));
  return { random, slots: [{ passphrase, norm: 'words', kdf }], message: tinyMessage, ...changes };
}

/** As small as can be, with a face and a reply endpoint so that every field of the header is there. */
export function tinyEnvelope(kdf: 'argon2id' | 'pbkdf2' = 'argon2id'): BuiltEnvelope {
  const base = recipe('tiny');
  const salt = base.random.take(16);
  return buildEnvelope({
    ...base,
    slots: [{ passphrase, norm: 'words', kdf: kdf === 'argon2id' ? smallestArgon2id(salt) : smallestPbkdf2(salt) }],
    face: { org: 'A & B', color: '#00ff7f', date: 1, questions: ['?'] },
    connect: 'https://a.example',
  });
}

/** A message that fills this many chunks, the last of them with few bytes. Its bytes differ from chunk to chunk. */
export function longEnvelope(chunks: number): BuiltEnvelope {
  const content = new ByteSource('long').take((chunks - 1) * 16_384 + 20);
  const long = { role: 'attachment', name: 'long', type: 'a/b', content } as const;
  return buildEnvelope(recipe('long', { message: { parts: [...tinyMessage.parts, long] } }));
}
