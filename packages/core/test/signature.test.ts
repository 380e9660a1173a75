import { beforeAll, describe, expect, it } from 'vitest';
import {
  concat,
  judgeSigner,
  nobleBackend,
  openEnvelope,
  prepareSecret,
  readEnvelope,
  readPredecessors,
  sealEnvelope,
  webcryptoBackend,
  webcryptoEd25519 as ed25519,
  type Bytes,
  type KdfRunner,
  type OpenedEnvelope,
  type OpenOptions,
  type PreparedSecret,
} from '../src/index.js';
import {
  fingerprint,
  makeSigningIdentity,
  readSigningIdentity,
  readSigningKey,
  sealedSigningIdentityText,
  signingIdentityText,
  signingKeyText,
  type SigningIdentity,
} from '../src/keys.js';
import { announce } from '../src/signature/successor.js';

const runKdf: KdfRunner = (secret) => webcryptoBackend.sha256(secret);
const passphrase = 'correct horse battery staple';
const unasked = (): never => {
  throw new Error('asked');
};
let secret: PreparedSecret;
let ada: SigningIdentity;
let eve: SigningIdentity;

beforeAll(async () => {
  secret = await prepareSecret(passphrase, { runKdf });
  ada = await makeSigningIdentity(ed25519);
  eve = await makeSigningIdentity(ed25519);
});

type Signing = Pick<SigningIdentity, 'pair' | 'predecessors'>;

async function fileOf(
  signer: Signing | undefined,
  text = 'hello',
  changeBlock?: (block: Bytes) => Bytes,
  by = signer,
): Promise<string> {
  const changing: typeof ed25519 = {
    ...ed25519,
    async sign(pair, message) {
      const block = concat(pair.publicKey, await ed25519.sign(by?.pair ?? pair, message));
      return (changeBlock ?? ((same: Bytes) => same))(block).slice(32);
    },
  };
  const own = signer && { pair: signer.pair, predecessors: signer.predecessors, ed25519: changing };
  const sealed = await sealEnvelope({ headers: {}, text }, { secrets: [secret], signer: own });
  const pieces: Bytes[] = [];
  for await (const piece of sealed.file()) pieces.push(piece.slice());
  return new TextDecoder().decode(concat(...pieces));
}

function openFile(file: string, options: Partial<OpenOptions> = { ed25519 }): Promise<OpenedEnvelope> {
  return openEnvelope(readEnvelope(file), { passphrase }, { runKdf, ...options });
}

function flipped(bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

describe('a signature', () => {
  it('is that of the key that came with it', async () => {
    const file = await fileOf(ada);
    for (const backend of [webcryptoBackend, nobleBackend]) {
      const { signature } = await openFile(file, { ed25519, backend });
      expect(signature).toEqual({ publicKey: ada.pair.publicKey, checked: true, predecessors: undefined });
    }
    expect((await openFile(await fileOf(undefined))).signature).toBeUndefined();
  });

  it('is not checked without a way to check it', async () => {
    const file = await fileOf(ada, 'hello', (block) => block.map((byte) => byte ^ 1));
    const missing = { verify: () => Promise.reject(new DOMException('no Ed25519', 'NotSupportedError')) };
    for (const options of [{}, { ed25519: missing }])
      expect((await openFile(file, options)).signature).toMatchObject({ checked: false });
    await expect(openFile(file)).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  it('that is not of this envelope opens nothing', async () => {
    let stolen: Bytes | undefined;
    await fileOf(ada, 'one', (block) => (stolen = block));
    expect(stolen).toHaveLength(96);
    for (const changed of [
      // The same words, sealed again: another header.
      await fileOf(ada, 'one', () => stolen!),
      // Eve's key in the block, Ada's signature behind it.
      await fileOf(eve, 'one', undefined, ada),
      await fileOf(ada, 'one', (block) => flipped(block, 95)),
      await fileOf(ada, 'one', (block) => block.fill(0, 32)),
    ])
      await expect(openFile(changed)).rejects.toMatchObject({ code: 'DAMAGED' });
  });
});

describe('the signer', () => {
  let chain: readonly SigningIdentity[];

  beforeAll(async () => {
    const made = [ada];
    while (made.length < 11) made.push(await makeSigningIdentity(ed25519, made.at(-1)));
    chain = made;
  });

  const judged = (signer: Signing, ...known: readonly SigningIdentity[]): Promise<string> =>
    judgeSigner(
      signer.pair.publicKey,
      signer.predecessors,
      known.map(({ pair }) => pair.publicKey),
      ed25519,
    );

  it('is known by its own key, and by each of its last eight predecessors', async () => {
    const last = chain.at(-1)!;
    expect(last.predecessors).toHaveLength(8);
    expect(await judged(last, last)).toBe('known');
    const said = await Promise.all(chain.map((one) => judged(last, eve, one)));
    expect(said).toEqual(['unknown', 'unknown', ...Array.from({ length: 8 }, () => 'successor'), 'known']);
    expect(await judged(last)).toBe('unknown');
    // Nobody announces those before.
    expect(await judged(chain[2]!, last)).toBe('unknown');
  });

  it('travels in the manifest with how it was announced', async () => {
    const last = chain.at(-1)!;
    const { signature } = await openFile(await fileOf(last));
    expect(readPredecessors(signature?.predecessors)).toEqual(last.predecessors);
  });

  it('is unknown where a statement that counts was forged', async () => {
    const last = chain.at(-1)!;
    const edited = async (change: (statements: Bytes[]) => unknown, known: SigningIdentity): Promise<string> => {
      const predecessors = [...last.predecessors];
      change(predecessors);
      return judged({ pair: last.pair, predecessors }, known);
    };
    const first = chain[2]!;
    const bent = (statement: Bytes): Bytes => flipped(statement, 80);
    const forged = await announce(eve.pair, last.pair.publicKey, ed25519);
    expect(await edited(() => undefined, first)).toBe('successor');
    for (const at of [0, 4, 7])
      expect(await edited((all) => (all[at] = bent(all[at]!)), first), String(at)).toBe('unknown');
    // What stands before the key that is known does not matter.
    expect(await edited((all) => (all[0] = bent(all[0]!)), chain[3]!)).toBe('successor');
    expect(await edited((all) => all.reverse(), first)).toBe('unknown');
    expect(await edited((all) => all.splice(3, 1), first)).toBe('unknown');
    expect(await edited((all) => all.pop(), first)).toBe('unknown');
    expect(await edited((all) => all.push(forged), first)).toBe('unknown');
    // Ada's key in front of what Eve signed.
    expect(await edited((all) => all.splice(0, 8, concat(ada.pair.publicKey, forged.slice(32))), ada)).toBe('unknown');
    // Statements that Ada made about another key.
    expect(await judged({ pair: eve.pair, predecessors: last.predecessors }, first)).toBe('unknown');
  });

  it('has no predecessors where the manifest has no list of up to eight', async () => {
    const { predecessors } = chain.at(-1)!;
    const texts = predecessors.map((one) => Buffer.from(one).toString('base64url'));
    expect(readPredecessors(texts)).toEqual(predecessors);
    for (const value of [
      undefined,
      null,
      'x',
      {},
      [...texts, texts[0]],
      [`${texts[0]!}A`],
      ['x', ...texts.slice(1)],
      [1],
      [[]],
    ])
      expect(readPredecessors(value)).toEqual([]);
    const file = await fileOf({ pair: eve.pair, predecessors: [...predecessors, ...predecessors] });
    expect(readPredecessors((await openFile(file)).signature?.predecessors)).toEqual([]);
  });
});

describe('a signing identity', () => {
  it('comes back from its text, with how it was announced', async () => {
    const next = await makeSigningIdentity(ed25519, ada);
    for (const identity of [ada, next]) {
      const text = signingIdentityText(identity);
      expect(text).toMatch(/^\{"identity":1,"key":"sealpostsign1[a-z0-9]+",[^\n]*\}$/);
      const back = await readSigningIdentity(` ${text}\n`, ed25519, unasked, webcryptoBackend);
      expect([back.pair, back.predecessors]).toEqual([identity.pair, identity.predecessors]);
      expect(JSON.stringify(identity)).toBe('"[signing identity]"');
    }
  });

  it('opens with its passphrase, and only as it was sealed', async () => {
    const next = await makeSigningIdentity(ed25519, ada);
    const text = await sealedSigningIdentityText(next, secret, webcryptoBackend);
    const read = (sealed: string, key = secret.key): Promise<SigningIdentity> =>
      readSigningIdentity(sealed, ed25519, () => Promise.resolve(key), webcryptoBackend);
    expect((await read(text)).pair).toEqual(next.pair);
    await expect(read(text, new Uint8Array(32))).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    for (const changed of [
      text.replace(next.publicKey, ada.publicKey),
      text.replace(/"predecessors":\[[^\]]*\],/, ''),
      text.replace(/(?<="predecessors":\["....)./, (one) => (one === 'A' ? 'B' : 'A')),
    ]) {
      expect(changed).not.toBe(text);
      await expect(read(changed)).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    }
  });

  it('is none with two keys that are no pair, and no key to seal to', async () => {
    const text = signingIdentityText(ada);
    for (const changed of [
      text.replace(ada.publicKey, eve.publicKey),
      text.replace(/"secret":"[^"]*"/, '"secret":"AA"'),
      text.replace('sealpostsign1', 'sealpost1'),
      text.replace('"secret"', '"predecessors":[],"secret"'),
    ])
      await expect(readSigningIdentity(changed, ed25519, unasked, webcryptoBackend)).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
      });
  });
});

describe('a signing key', () => {
  it('comes back from its text, and a mistyped one does not', () => {
    const { publicKey } = ada.pair;
    const text = signingKeyText(publicKey);
    expect(readSigningKey(`\n${text} `)).toEqual(publicKey);
    for (let at = 0; at < text.length; at++) {
      const mistyped = text.slice(0, at) + (text[at] === 'q' ? 'p' : 'q') + text.slice(at + 1);
      expect(() => readSigningKey(mistyped)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }) as Error);
    }
  });

  it('has a fingerprint of forty digits', async () => {
    const all = await Promise.all([ada, eve].map(({ pair }) => fingerprint(pair.publicKey, webcryptoBackend)));
    for (const one of all) expect(one).toMatch(/^(?:\d{5} ){7}\d{5}$/);
    expect(all[0]).not.toBe(all[1]);
    // SHA-256 of the label and 32 zero bytes, made with another tool.
    expect(await fingerprint(new Uint8Array(32), webcryptoBackend)).toBe(
      '35604 02251 36979 22816 15429 01458 60525 20932',
    );
  });
});
