import {
  buildEnvelope,
  ByteSource,
  encodeText,
  judgeReply,
  kems,
  openFile,
  openToken,
  readOffer,
  sealToken,
  shortened,
  writeDataForm,
  writeOffer,
  type Identity,
  type Manifest,
  type Token,
} from '@sealpost/vectors';
import { describe, expect, it } from 'vitest';
import { hello, passphrase, recipe } from './sample.js';

const salt = new Uint8Array(24);
const withoutId: Token = {
  id: new Uint8Array(16).fill(1),
  header: new Uint8Array(32).fill(2),
  psk: new Uint8Array(32).fill(3),
  recipients: ['ada@home.example'],
  actions: ['reply', 'replyAll'],
  issued: 1,
  expires: 10,
  references: ['before@clinic.example'],
};
const token: Token = { ...withoutId, messageId: 'first@clinic.example' };
const offer = { actions: ['forward'], to: [], passphrase: 1, kind: 'reply' } as const;
const manifest: Manifest = {
  headers: { references: ['before@clinic.example', 'first@clinic.example'], inReplyTo: 'first@clinic.example' },
  parts: [],
  reply: writeOffer(offer),
};

describe.each(kems)('a reply to a key of $name', (kem) => {
  const privateKey = new ByteSource(kem.name).take(32);
  const own: Identity = { kem, publicKey: kem.publicKeyOf(privateKey), privateKey };
  const proof = { ...token, token: sealToken(token, privateKey, salt) };

  it('opens, and gives its token', () => {
    const built = buildEnvelope(recipe('reply', { slots: [{ to: own, proof }] }));
    const opened = openFile(encodeText(writeDataForm(built.sections)), own);
    expect(opened.token).toEqual(token);
    expect(opened.parts.map(({ content }) => content)).toEqual([hello.parts[0]?.content]);
  });

  it('does not open with another PSK', () => {
    const wrong = { ...proof, psk: new Uint8Array(32) };
    const built = buildEnvelope(recipe('reply', { slots: [{ to: own, proof: wrong }] }));
    expect(() => openFile(encodeText(writeDataForm(built.sections)), own)).toThrow('no slot');
  });

  it('has no token for who has the passphrase', () => {
    const base = recipe('reply');
    const built = buildEnvelope({ ...base, slots: [{ to: own, proof }, ...base.slots] });
    expect(openFile(encodeText(writeDataForm(built.sections)), passphrase)).not.toHaveProperty('token');
  });
});

describe('a token', () => {
  const privateKey = new Uint8Array(32).fill(4);

  it.each([token, withoutId])('is read again', (each) => {
    expect(openToken(sealToken(each, privateKey, salt), privateKey)).toEqual(each);
  });

  it('is nothing to another private key, or where a byte is another', () => {
    const sealed = sealToken(token, privateKey, salt);
    expect(openToken(sealed, new Uint8Array(32))).toBeUndefined();
    for (const at of [0, 24, 56, sealed.length - 1]) {
      const changed = sealed.map((byte, i) => (i === at ? byte ^ 1 : byte));
      expect(openToken(changed, privateKey)).toBeUndefined();
    }
  });
});

describe('a verdict', () => {
  it.each([
    ['is taken', {}, 10, { kind: 'reply', authors: ['ada@home.example'] }],
    ['is too late', {}, 11, { refused: 'expired' }],
    ['is of another kind', { actions: ['replyAll'] }, 10, { refused: 'kind' }],
    ['is in another thread', { messageId: 'other@clinic.example' }, 10, { refused: 'thread' }],
    ['has another thread before', { references: [] }, 10, { refused: 'thread' }],
  ])('%s', (_, changes, at, verdict) => {
    expect(judgeReply({ ...token, ...changes }, manifest, at)).toEqual(verdict);
  });

  it('compares the first of many references, and the last 19', () => {
    const many = Array.from({ length: 30 }, (_, i) => String(i));
    expect(shortened(many)).toEqual(['0', ...many.slice(11)]);
    expect(shortened(many.slice(0, 20))).toEqual(many.slice(0, 20));
  });
});

it('an offer is read again, and nothing of one that is not as it should be', () => {
  expect(readOffer(writeOffer(offer))).toEqual({ actions: ['forward'], kind: 'reply' });
  expect(readOffer({ ...writeOffer(offer), passphrase: 2 })).toBeUndefined();
  expect(readOffer(undefined)).toBeUndefined();
});
