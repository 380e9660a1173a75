import { gcm } from '@noble/ciphers/aes.js';
import { nobleBackend, webcryptoBackend, type Backend, type Bytes } from '@sealpost/core';
import { fromHex, testWycheproof, toHex, verdict, type Verdict, type WycheproofCase } from './wycheproof-files.js';

interface Group {
  readonly ivSize: number;
  readonly keySize: number;
}

interface Case extends WycheproofCase {
  readonly key: string;
  readonly iv: string;
  readonly aad: string;
  readonly msg: string;
  readonly ct: string;
  readonly tag: string;
}

/** What a backend builds on, with the parameters that our interface leaves out. */
type Primitive = (vector: Case) => Promise<Uint8Array>;

const file = 'aes_gcm_test.json';
const cases = 316;

// Our interface has 32-byte keys, 12-byte nonces and no associated data, since the format has nothing else. The other cases
// are outside of it, and counted so.
for (const backend of [webcryptoBackend, nobleBackend]) {
  const run = (vector: Case, group: Group): Promise<Verdict> =>
    isInside(vector, group) ? runInside(vector, backend) : Promise.resolve('outside');
  testWycheproof({ file, cases, implementation: backend.name, run });
}

// They tell all the same whether the primitive under each backend can be trusted.
const primitives: readonly (readonly [name: string, primitive: Primitive])[] = [
  ['the primitive of webcrypto', openWithWebCrypto],
  ['the primitive of noble', (vector) => Promise.resolve().then(() => openWithNoble(vector))],
];
for (const [implementation, open] of primitives) {
  const run = async (vector: Case, { ivSize }: Group): Promise<Verdict> => {
    const opened = await open(vector).then(toHex, () => undefined);
    if (vector.result === 'invalid') return verdict(opened === undefined, 'opened');
    // Neither takes nonces of every length.
    if (opened === undefined && ivSize !== 96) return 'outside';
    return verdict(opened === vector.msg, 'did not open');
  };
  testWycheproof({ file, cases, implementation, run });
}

function isInside({ aad }: Case, { ivSize, keySize }: Group): boolean {
  return keySize === 256 && ivSize === 96 && aad === '';
}

async function runInside(vector: Case, backend: Backend): Promise<Verdict> {
  const cipher = await backend.importAesGcm(fromHex(vector.key));
  const sealed = vector.ct + vector.tag;
  const opened = await cipher.open(fromHex(vector.iv), fromHex(sealed));
  if (vector.result === 'invalid') return verdict(opened === undefined, 'opened');
  if (opened === undefined || toHex(opened) !== vector.msg) return { wrong: 'did not open' };
  const out = new Uint8Array(sealed.length / 2);
  await cipher.seal(fromHex(vector.iv), fromHex(vector.msg), out);
  return verdict(toHex(out) === sealed, 'sealed otherwise');
}

async function openWithWebCrypto({ key, iv, aad, ct, tag }: Case): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', fromHex(key), 'AES-GCM', false, ['decrypt']);
  const parameters = { name: 'AES-GCM', iv: fromHex(iv), additionalData: fromHex(aad) };
  return new Uint8Array(await crypto.subtle.decrypt(parameters, imported, fromHex(ct + tag)));
}

function openWithNoble({ key, iv, aad, ct, tag }: Case): Uint8Array {
  return gcm(fromHex(key), fromHex(iv), fromHex(aad)).decrypt(fromHex(ct + tag));
}
