import { readFileSync } from 'node:fs';
import { CipherSuite, DhkemP256HkdfSha256, ExportOnly, HkdfSha256 } from '@hpke/core';
import { ml_kem768_x25519 } from '@noble/post-quantum/hybrid.js';
import { nobleBackend, randomBytes, utf8, webcryptoBackend, type Backend, type Bytes } from '@sealpost/core';
import { describe, expect, it } from 'vitest';
import { hpkeReceive, hpkeSend } from '../src/kem/hpke.js';
import { hybridKem } from '../src/kem/hybrid.js';
import type { Kem, KemKeyPair } from '../src/kem/kem.js';
import { p256Kem } from '../src/kem/p256.js';
import { fromHex, toHex } from './wycheproof-files.js';

interface Rfc9180 {
  readonly p256: readonly Readonly<Record<'skEm' | 'pkEm' | 'skRm' | 'pkRm' | 'enc' | 'shared_secret', string>>[];
  readonly exportOnly: readonly {
    readonly info: string;
    readonly psk: string;
    readonly psk_id: string;
    readonly shared_secret: string;
    readonly exports: readonly { readonly context: string; readonly value: string }[];
  }[];
}

interface HybridVectors {
  readonly vectors: readonly Readonly<Record<'seed' | 'publicKey' | 'ephemeral' | 'enc' | 'secret', string>>[];
}

const rfc = readData('rfc-9180.json') as Rfc9180;
const { vectors } = readData('mlkem768-x25519.json') as HybridVectors;

function readData(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8'));
}

describe.each([webcryptoBackend, nobleBackend])('HPKE with the hashes of the $name backend', (backend: Backend) => {
  const p256 = p256Kem(backend);

  it.each(rfc.p256.map((vector, index) => [index + 1, vector] as const))(
    'DHKEM(P-256) gives the secrets of RFC 9180, A.3.%i',
    async (_, vector) => {
      const pair = { publicKey: fromHex(vector.pkRm), privateKey: fromHex(vector.skRm) };
      const sent = await p256.encapsulate(pair.publicKey, fromHex(vector.skEm + vector.pkEm));
      expect([toHex(sent.enc), toHex(sent.secret)]).toEqual([vector.enc, vector.shared_secret]);
      expect(toHex((await p256.decapsulate(sent.enc, pair)) ?? new Uint8Array())).toBe(vector.shared_secret);
    },
  );

  it.each(rfc.exportOnly.map((vector, index) => [index + 1, vector] as const))(
    'the key schedule gives the exports of RFC 9180, A.7.%i',
    async (_, { info, psk, psk_id, shared_secret, exports }) => {
      // The RFC has this mode with a KEM that we do not have: here it only hands out the secret.
      const kem = { ...p256, id: 0x0020, encapsulate: () => Promise.resolve({ enc, secret: fromHex(shared_secret) }) };
      const enc = new Uint8Array();
      for (const { context, value } of exports) {
        const hpke = {
          info: fromHex(info),
          exporterContext: fromHex(context),
          psk: psk === '' ? undefined : { psk: fromHex(psk), id: fromHex(psk_id) },
        };
        expect(toHex((await hpkeSend(kem, enc, hpke, backend)).secret)).toBe(value);
      }
    },
  );

  it.each([undefined, { psk: randomBytes(32), id: utf8('which') }])(
    'agrees with @hpke/core, both ways, with the pre-shared key %o',
    async (psk) => {
      const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new ExportOnly() });
      const [info, exporterContext] = [utf8('info'), utf8('what for')];
      const theirs = psk && { id: psk.id, key: psk.psk };
      const own = await p256.generate();
      const context = { info, exporterContext, psk };

      const sender = await suite.createSenderContext({
        recipientPublicKey: await suite.kem.deserializePublicKey(own.publicKey),
        info,
        ...(theirs && { psk: theirs }),
      });
      const received = await hpkeReceive(p256, own, new Uint8Array(sender.enc), context, backend);
      expect(received).toEqual(new Uint8Array(await sender.export(exporterContext, 32)));

      const { enc, secret } = await hpkeSend(p256, own.publicKey, context, backend);
      const receiver = await suite.createRecipientContext({
        recipientKey: await suite.kem.importKey('jwk', jwkOf(own), false),
        enc,
        info,
        ...(theirs && { psk: theirs }),
      });
      expect(secret).toEqual(new Uint8Array(await receiver.export(exporterContext, 32)));
    },
  );
});

describe('MLKEM768-X25519', () => {
  it.each(vectors.map((vector, index) => [index + 1, vector] as const))(
    'gives the secrets of published vector %i',
    async (_, { seed, publicKey, ephemeral, enc, secret }) => {
      const pair = { publicKey: fromHex(publicKey), privateKey: fromHex(seed) };
      const sent = await hybridKem.encapsulate(pair.publicKey, fromHex(ephemeral));
      expect(toHex(sent.enc)).toBe(enc);
      expect(toHex(sent.secret)).toBe(secret);
      expect(toHex((await hybridKem.decapsulate(sent.enc, pair)) ?? new Uint8Array())).toBe(secret);
    },
  );

  it('agrees with noble, both ways', async () => {
    const pair = await hybridKem.generate();
    expect(ml_kem768_x25519.keygen(pair.privateKey).publicKey).toEqual(pair.publicKey);
    const theirs = ml_kem768_x25519.encapsulate(pair.publicKey);
    expect(await hybridKem.decapsulate(theirs.cipherText as Bytes, pair)).toEqual(theirs.sharedSecret);
    const { enc, secret } = await hybridKem.encapsulate(pair.publicKey);
    expect(ml_kem768_x25519.decapsulate(enc, pair.privateKey)).toEqual(secret);
  });
});

const kems: readonly (readonly [string, Kem])[] = [
  ['DHKEM(P-256)', p256Kem(webcryptoBackend)],
  ['MLKEM768-X25519', hybridKem],
];

describe.each(kems)('%s', (_, kem) => {
  it('makes keys of the lengths that it says, each time others', async () => {
    const [one, other] = [await kem.generate(), await kem.generate()];
    expect(lengths(one)).toEqual([kem.publicKeyBytes, kem.privateKeyBytes]);
    expect(one.publicKey).not.toEqual(other.publicKey);
    const { enc, secret } = await kem.encapsulate(one.publicKey);
    expect([enc.length, secret.length]).toEqual([kem.encBytes, 32]);
    expect(await kem.decapsulate(enc, one)).toEqual(secret);
    expect(await kem.decapsulate(enc, other)).not.toEqual(secret);
  });

  it('refuses what is no public key', async () => {
    const { publicKey } = await kem.generate();
    const wrong = [
      new Uint8Array(),
      publicKey.slice(1),
      new Uint8Array(publicKey.length),
      new Uint8Array([...publicKey, 0]),
      publicKey.map((byte, index) => (index === publicKey.length - 1 && kem.id === 0x0010 ? byte ^ 1 : 0xff)),
    ];
    for (const key of wrong) await expect(kem.encapsulate(key)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('gives nothing for what is no encapsulation', async () => {
    const pair = await kem.generate();
    for (const enc of [new Uint8Array(), new Uint8Array(kem.encBytes), new Uint8Array(kem.encBytes + 1)])
      expect(await kem.decapsulate(enc, pair)).toBeUndefined();
  });

  it('another context, or another pre-shared key, gives another secret', async () => {
    const pair = await kem.generate();
    const context = { info: utf8('info'), exporterContext: utf8('x'), psk: { psk: randomBytes(32), id: utf8('id') } };
    const { enc, secret } = await hpkeSend(kem, pair.publicKey, context, webcryptoBackend);
    const receive = (change: object): Promise<Bytes | undefined> =>
      hpkeReceive(kem, pair, enc, { ...context, ...change }, webcryptoBackend);
    expect(await receive({})).toEqual(secret);
    const others = [
      { info: utf8('other') },
      { exporterContext: utf8('y') },
      { psk: undefined },
      { psk: { ...context.psk, id: utf8('other') } },
      { psk: { ...context.psk, psk: randomBytes(32) } },
    ];
    for (const other of others) expect(await receive(other)).not.toEqual(secret);
  });
});

function lengths({ publicKey, privateKey }: KemKeyPair): readonly number[] {
  return [publicKey.length, privateKey.length];
}

function jwkOf({ publicKey, privateKey }: KemKeyPair): JsonWebKey {
  const [x, y] = [publicKey.slice(1, 33), publicKey.slice(33)].map((half) => Buffer.from(half).toString('base64url'));
  return { kty: 'EC', crv: 'P-256', x: x!, y: y!, d: Buffer.from(privateKey).toString('base64url') };
}
