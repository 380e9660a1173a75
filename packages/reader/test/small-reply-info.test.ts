import { readReplyInfo as strict, type ReplyInfo } from '@sealpost/core';
import { replyToJson as written } from '@sealpost/core/page';
import { expect, it } from 'vitest';
import { readReplyInfo, replyToJson } from '../src/reply/small/reply-info.js';

const proof = {
  keys: [{ kem: 'p256', publicKey: new Uint8Array(65).fill(4), to: 9 }],
  psk: new Uint8Array(32),
  token: new Uint8Array(9),
} as const;
const infos: readonly ReplyInfo[] = [
  { actions: ['reply', 'forward'], to: [], passphrase: true },
  { actions: ['reply'], to: [{ name: 'A', address: 'a@b.example' }], passphrase: false, proof },
  {
    actions: ['replyAll'],
    to: [],
    passphrase: true,
    proof: { ...proof, origin: { id: new Uint8Array(16), header: new Uint8Array(32) } },
    kind: 'replyAll',
  },
];
const json = (info: ReplyInfo): unknown => JSON.parse(JSON.stringify(written(info)));

it.each(infos)('reads and writes what core does: %j', (info) => {
  expect(readReplyInfo(json(info))).toEqual(strict(json(info)));
  expect(readReplyInfo(json({ ...info, path: '/a' }))?.path).toBe('/a');
  expect(JSON.parse(JSON.stringify(replyToJson(info)))).toEqual(json(info));
});

it('never throws, and takes no more than a page can show', () => {
  const fine = json(infos[1]!) as Readonly<Record<string, unknown>>;
  for (const wrong of [undefined, null, 0, '', [], {}, true, 'reply', ...Object.keys(fine)])
    expect(readReplyInfo(wrong)).toBeUndefined();
  for (const key of ['actions', 'to', 'keys', 'psk', 'token', 'id'])
    for (const value of [null, 7, {}, [null], [{ toString: 1 }], '='])
      expect(() => readReplyInfo({ ...fine, [key]: value }), key).not.toThrow();
  const many = readReplyInfo({
    ...fine,
    actions: new Array(1_000).fill('reply'),
    to: new Array(1_000).fill({ name: 1, address: {} }),
    keys: new Array(1_000).fill({ kem: 'p256', key: 'AA' }),
    path: '.evil.example/',
  });
  expect(many?.actions).toEqual(['reply']);
  expect([many?.to.length, many?.proof?.keys.length, many?.path]).toEqual([10, 4, undefined]);
});
