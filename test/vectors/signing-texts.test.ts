import { fingerprint, readSigningIdentity } from 'sealpost';
import { readSigningKey } from '@sealpost/core/keys';
import { expect, it } from 'vitest';
import { readKeyTexts } from './published.js';

const texts = readKeyTexts();

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

it(`the library reads ${texts.length} texts of signing keys and identities as the vectors say`, async () => {
  const wrong: string[] = [];
  for (const { name, kind, text, passphrase, expected, publicKey, seed, predecessors, ...rest } of texts) {
    const found = await (kind === 'key' ? readKey(text) : readIdentity(text, passphrase)).catch((error: unknown) => ({
      expected: (error as { readonly code?: string }).code ?? String(error),
    }));
    // No code is said for what is no such text.
    const said = 'expected' in found && found.expected === 'INVALID_ARGUMENT' ? { expected: 'refused' } : found;
    const wanted =
      expected === 'success'
        ? { publicKey, fingerprint: rest.fingerprint, ...(kind === 'identity' ? { seed, predecessors } : {}) }
        : { expected };
    if (JSON.stringify(said) !== JSON.stringify(wanted)) wrong.push(`${name}: ${JSON.stringify(said)}`);
  }
  expect(wrong).toEqual([]);
});

async function readKey(text: string): Promise<object> {
  return { publicKey: hex(readSigningKey(text)), fingerprint: await fingerprint(text) };
}

async function readIdentity(text: string, passphrase: string | undefined): Promise<object> {
  const identity = await readSigningIdentity(text, passphrase === undefined ? {} : { passphrase });
  const { publicKey, privateKey } = identity.pair;
  return {
    publicKey: hex(publicKey),
    fingerprint: await fingerprint(identity.publicKey),
    seed: hex(privateKey),
    predecessors: identity.predecessors.length,
  };
}
