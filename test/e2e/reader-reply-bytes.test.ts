import { beforeAll, expect, it, vi } from 'vitest';
import { chooseModules, type PreparedSecret } from '@sealpost/core';
import { languageBlocks, runtime } from '@sealpost/reader';
import { generateIdentity, open, seal, type Identity } from 'sealpost';
import { cheapSecret } from '../../packages/reader/test/support/envelope-file.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { answer } from '../reply/answer.js';
import { describeInEachEngine } from './driver/engines.js';
import { attach, saveSealed, sealWritten, startWriting } from './writing.js';

const NOW = Date.UTC(2026, 10, 22, 12);

let identity: Identity;
let prepared: PreparedSecret;
let ephemeral: JsonWebKey;

beforeAll(async () => {
  identity = await generateIdentity({ kem: 'p256' });
  prepared = await cheapSecret();
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  ephemeral = { kty, crv, x, y, d } as JsonWebKey;
});

/** Runs in the page and in Node: one source of randomness, one ephemeral key pair, one time, that of the place left alone. */
function fixChance(jwk: JsonWebKey, now: number): void {
  let count = 0;
  crypto.getRandomValues = <T extends ArrayBufferView | null>(array: T): T => {
    const bytes = array as unknown as Uint8Array;
    for (let at = 0; at < bytes.length; at++) bytes[at] = (count++ * 167 + 13) & 255;
    return array;
  };
  const { kty, crv, x, y } = jwk;
  const point = { kty, crv, x, y } as JsonWebKey;
  crypto.subtle.generateKey = (async (algorithm: EcKeyImportParams, extractable: boolean, usages: KeyUsage[]) => ({
    publicKey: await crypto.subtle.importKey('jwk', point, algorithm, true, []),
    privateKey: await crypto.subtle.importKey('jwk', jwk, algorithm, extractable, usages),
  })) as unknown as typeof crypto.subtle.generateKey;
  globalThis.Date = new Proxy(Date, {
    construct: (of, given) => Reflect.construct(of, given.length === 0 ? [now] : given) as object,
  });
}

/** Where two files differ, with what stands there. */
function firstDifference(a: Uint8Array, b: Uint8Array): readonly [string, string] | undefined {
  const [one, other] = [Buffer.from(a).toString('latin1'), Buffer.from(b).toString('latin1')];
  if (one === other) return undefined;
  let at = 0;
  while (one[at] === other[at]) at++;
  return [one.slice(at - 40, at + 40), other.slice(at - 40, at + 40)];
}

describeInEachEngine('a reply, with everything fixed that is chance', (engine) => {
  const reader = useReader(engine);

  it('is the same bytes in the page and in Node', async () => {
    const sealed = await seal(
      {
        headers: {
          from: [{ name: 'Clinic', address: 'results@clinic.example' }],
          to: [{ name: 'Ada', address: 'ada@home.example' }],
          subject: 'Results',
          messageId: 'first@clinic.example',
        },
        text: 'All is well.',
      },
      { prepared, reply: { identity }, face: { org: 'Clinic', color: '#1f6f68', hint: 'You know it.' } },
    );
    const file = await sealed.bytes();
    const visit = await reader.read(reader.write('message.html', file));
    await startWriting(visit, 'reply');
    await visit.type('Thank you.');
    await attach(visit, [{ name: 'list.csv', type: 'text/csv', byte: 65, size: 70_000 }]);
    await visit.run(fixChance, ephemeral, NOW);
    const text = await visit.find('textarea').value();
    await sealWritten(visit);
    const { bytes } = await saveSealed(visit);

    const RealDate = Date;
    fixChance(ephemeral, NOW);
    vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(
      await visit.run(() => new Date().getTimezoneOffset()),
    );
    let made: Uint8Array;
    try {
      made = await answer(file, prepared, {
        text,
        attachments: [{ name: 'list.csv', type: 'text/csv', content: new Blob([new Uint8Array(70_000).fill(65)]) }],
        now: new Date(NOW),
        page: { runtime: chooseModules(runtime, ['reply']), languages: [languageBlocks.en] },
      });
    } finally {
      // What was put in front of the real ones goes.
      Reflect.deleteProperty(crypto, 'getRandomValues');
      Reflect.deleteProperty(crypto.subtle, 'generateKey');
      globalThis.Date = RealDate;
      vi.restoreAllMocks();
    }
    expect((await open(made, { keys: [identity] })).reply?.author).toBe('ada@home.example');
    expect(firstDifference(bytes, made)).toBeUndefined();
  });
});
