import { readFileSync } from 'node:fs';
import { CipherSuite, DhkemP256HkdfSha256, ExportOnly, HkdfSha256 } from '@hpke/core';
import {
  ByteSource,
  buildEnvelope,
  encodeText,
  exportSecret,
  hex,
  identityText,
  kems,
  keyId,
  openFile,
  publicKeyText,
  readIdentity,
  readPublicKey,
  utf8,
  writeDataForm,
  type Identity,
  type Kem,
  type KeySchedule,
} from '@sealpost/vectors';
import { describe, expect, it } from 'vitest';
import { hello, passphrase, recipe } from './sample.js';

type Texts<Keys extends string> = Readonly<Record<Keys, string>>;

interface Rfc9180 {
  readonly p256: readonly Texts<'skEm' | 'skRm' | 'pkRm' | 'enc' | 'shared_secret'>[];
  readonly exportOnly: readonly (Texts<'info' | 'psk' | 'psk_id' | 'shared_secret'> & {
    readonly exports: readonly Texts<'context' | 'value'>[];
  })[];
}

interface HybridVectors {
  readonly vectors: readonly Texts<'seed' | 'publicKey' | 'ephemeral' | 'enc' | 'secret'>[];
}

/** What others published is there once, for the tests of both implementations. */
function readData(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../core/test/data/${name}`, import.meta.url), 'utf8'));
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

const [p256, hybrid] = kems as readonly [Kem, Kem];
const { p256: p256Vectors, exportOnly } = readData('rfc-9180.json') as Rfc9180;
const { vectors: hybridVectors } = readData('mlkem768-x25519.json') as HybridVectors;
const nothing = new Uint8Array();
const base: KeySchedule = {
  mode: 0,
  info: nothing,
  psk: nothing,
  pskId: nothing,
  aead: 0xffff,
  exporterContext: nothing,
};

describe('KEMs', () => {
  it.each(p256Vectors)('DHKEM(P-256) gives what RFC 9180, A.3, has for $skEm', (vector) => {
    const { enc, secret } = p256.encapsulate(bytes(vector.pkRm), bytes(vector.skEm));
    expect([hex(enc), hex(secret)]).toEqual([vector.enc, vector.shared_secret]);
    expect(hex(p256.decapsulate(enc, bytes(vector.skRm)) ?? nothing)).toBe(vector.shared_secret);
    expect(hex(p256.publicKeyOf(bytes(vector.skRm)))).toBe(vector.pkRm);
  });

  it.each(hybridVectors)('MLKEM768-X25519 gives what its draft has for $seed', (vector) => {
    const { enc, secret } = hybrid.encapsulate(bytes(vector.publicKey), bytes(vector.ephemeral));
    expect([hex(enc), hex(secret)]).toEqual([vector.enc, vector.secret]);
    expect(hex(hybrid.decapsulate(enc, bytes(vector.seed)) ?? nothing)).toBe(vector.secret);
    expect(hex(hybrid.publicKeyOf(bytes(vector.seed)))).toBe(vector.publicKey);
  });

  it.each([0, 2, 3, 5, 6, 7])('DHKEM(P-256) has no secret for a point that begins with %i', (first) => {
    const own = new ByteSource('own').take(32);
    const { enc } = p256.encapsulate(p256.publicKeyOf(own), new ByteSource('ephemeral').take(32));
    expect(p256.decapsulate(enc, own)).toBeDefined();
    expect(p256.decapsulate(Uint8Array.of(first, ...enc.slice(1)), own)).toBeUndefined();
  });

  it('MLKEM768-X25519 has no secret for a point of small order', () => {
    const own = new ByteSource('own').take(32);
    const { enc } = hybrid.encapsulate(hybrid.publicKeyOf(own), new ByteSource('ephemeral').take(64));
    expect(
      hybrid.decapsulate(
        enc.map((byte, i) => (i < 1088 ? byte : 0)),
        own,
      ),
    ).toBeUndefined();
  });
});

describe('the key schedule', () => {
  it.each(exportOnly)('exports what RFC 9180, A.7, has with the PSK "$psk"', ({ info, psk, psk_id, ...vector }) => {
    const schedule: KeySchedule = {
      ...base,
      mode: psk === '' ? 0 : 1,
      info: bytes(info),
      psk: bytes(psk),
      pskId: bytes(psk_id),
    };
    for (const { context, value } of vector.exports) {
      // The RFC has this mode with DHKEM(X25519) alone: its number stands in for a KEM that we have not.
      const exported = exportSecret(0x0020, bytes(vector.shared_secret), {
        ...schedule,
        exporterContext: bytes(context),
      });
      expect(hex(exported)).toBe(value);
    }
  });

  it('exports what @hpke/core does', async () => {
    const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new ExportOnly() });
    const own = new ByteSource('own').take(32);
    const publicKey = await suite.kem.deserializePublicKey(p256.publicKeyOf(own));
    const info = utf8('info');
    const sender = await suite.createSenderContext({ recipientPublicKey: publicKey, info });
    const exported = new Uint8Array(await sender.export(utf8('what for'), 32));
    const secret = p256.decapsulate(new Uint8Array(sender.enc), own)!;
    expect(exportSecret(0x0010, secret, { ...base, info, exporterContext: utf8('what for') })).toEqual(exported);
  });
});

describe.each(kems)('an identity of $name', (kem) => {
  const privateKey = new ByteSource(kem.name).take(32);
  const own: Identity = { kem, publicKey: kem.publicKeyOf(privateKey), privateKey };

  it('is a line of text, and is read again', () => {
    const text = identityText(own);
    expect(text).toMatch(/^\{"identity":1,"key":"sealpost1[02-9ac-hj-np-z]+","secret":"[\w-]{43}"\}$/);
    expect(readIdentity(text)).toEqual(own);
  });

  it('has a public key as text, and is read again with its validity', () => {
    const validity = { from: 1, to: 2 ** 32 - 1 };
    expect(readPublicKey(publicKeyText(own, validity))).toEqual({ kem, publicKey: own.publicKey, validity });
  });

  it('is not read where a letter is another, or the keys are no pair', () => {
    const text = identityText(own);
    expect(() => readIdentity(text.replace(/.(?=","secret)/, (letter) => (letter === 'q' ? 'p' : 'q')))).toThrow();
    expect(() => readIdentity(identityText({ ...own, privateKey: new Uint8Array(32).fill(1) }))).toThrow('not a pair');
  });

  it('opens a slot of its own, and no other', () => {
    const other = new ByteSource('other').take(32);
    const built = buildEnvelope(recipe('key', { slots: [{ to: own }] }));
    const file = encodeText(writeDataForm(built.sections));
    expect(openFile(file, own).parts.map(({ content }) => content)).toEqual([hello.parts[0]?.content]);
    const wrong = [passphrase, { kem, publicKey: kem.publicKeyOf(other), privateKey: other }];
    for (const secret of wrong) expect(() => openFile(file, secret)).toThrow('no slot');
  });
});

it('a key is named by the first 8 bytes of its hash', () => {
  // (printf '\x00\x10'; yes '' | head -65 | tr '\n' '\004') | sha256sum
  expect(hex(keyId({ kem: p256, publicKey: new Uint8Array(65).fill(4) }))).toBe('213e743f69376e62');
});
