import {
  ByteSource,
  encodeText,
  OpenFailure,
  openFile,
  smallestArgon2id,
  utf8,
  writeDataForm,
  type BuiltEnvelope,
  type EnvelopeRecipe,
  type MessageRecipe,
} from '@sealpost/vectors';

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

/** What the kit's opener says of an envelope in the data form: `opens`, or the code and the clause. */
export function outcome(built: BuiltEnvelope): string {
  return outcomeOf(writeDataForm(built.sections));
}

export function outcomeOf(text: string): string {
  try {
    openFile(encodeText(text), passphrase);
    return 'opens';
  } catch (error) {
    if (error instanceof OpenFailure) return `${error.code} ${error.message}`;
    throw error;
  }
}
