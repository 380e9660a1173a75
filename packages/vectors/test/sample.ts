import { ByteSource, smallestArgon2id, utf8, type EnvelopeRecipe, type MessageRecipe } from '@sealpost/vectors';

export const passphrase = 'correct horse';

/** A recipe with one cheap slot for {@link passphrase}; `changes` replace its keys. */
export function recipe(seed: string, changes: Partial<EnvelopeRecipe> = {}): EnvelopeRecipe {
  const random = new ByteSource(seed);
  const kdf = smallestArgon2id(random.take(16));
  return { random, slots: [{ passphrase, norm: 'words', kdf }], message: hello, ...changes };
}

export const hello: MessageRecipe = {
  parts: [{ role: 'text', type: 'text/plain', content: utf8('Hello.') }],
};
