import { checkReply, EnvelopeError, type MessageHeaders } from '@sealpost/core';
import { shortThread, type ReplyToken } from '@sealpost/core/keys';
import { describe, expect, it } from 'vitest';
import { isInThread } from '../src/reply/thread.js';

/** Which replies may be taken (spec/envelope-v1.md, section 5.5). */

const withoutId: ReplyToken = {
  id: new Uint8Array(16).fill(1),
  header: new Uint8Array(32).fill(2),
  psk: new Uint8Array(32).fill(3),
  recipients: ['ada@home.example'],
  actions: ['reply', 'forward'],
  issued: 1_000,
  expires: 2_000,
  references: ['a', 'b'],
};

const token: ReplyToken = { ...withoutId, messageId: 'm' };

const P1 = '1@sealpost.invalid';
const P2 = '2@sealpost.invalid';
const long = Array.from({ length: 30 }, (_, at) => `r${String(at)}`);

const longWith = (at: number): readonly string[] => long.map((id, index) => (index === at ? 'x' : id));

const thread = (references: readonly string[] | undefined, inReplyTo = references?.at(-1)): MessageHeaders => ({
  ...(references && { references }),
  ...(inReplyTo === undefined ? {} : { inReplyTo }),
});

describe('a thread', () => {
  const nameless = { ...withoutId, references: [] };
  const longToken = { ...token, references: shortThread(long) };
  const own = { ...token, references: ['a', 'm', 'b'] };

  it.each<readonly [string, ReplyToken, MessageHeaders, boolean]>([
    ['of the message', token, thread(['a', 'b', 'm']), true],
    ['of a reply', token, thread(['a', 'b', 'm', P1]), true],
    ['of a reply to a reply', token, thread(['a', 'b', 'm', P1, P2]), true],
    ['that begins with the message', { ...token, references: [] }, thread(['m']), true],
    ['of none', token, {}, false],
    ['without references', token, thread(undefined, 'm'), false],
    ['without an answered message', token, { references: ['a', 'b', 'm'] }, false],
    ['that answers another message', token, thread(['a', 'b', 'm'], 'a'), false],
    ['that answers the message behind a reply', token, thread(['a', 'b', 'm', P1], 'm'), false],
    ['of another message', token, thread(['a', 'b', 'x']), false],
    ['with another message behind', token, thread(['a', 'b', 'm', 'x']), false],
    ['with another message among the replies', token, thread(['a', 'b', 'm', P1, 'x', P2]), false],
    ['with another message before', token, thread(['x', 'a', 'b', 'm']), false],
    ['with a message left out', token, thread(['b', 'm']), false],
    ['with none before', token, thread(['m']), false],
    ['in another order', token, thread(['b', 'a', 'm']), false],
    ['with the message twice', token, thread(['a', 'b', 'm', 'm']), false],
    ['with a host that looks like ours', token, thread(['a', 'b', 'm', '1@sealpost.invalid.example']), false],
    ['of a message among its own references', own, thread(['a', 'm', 'b', 'm', P1]), true],
    ['that stops at the first of these', own, thread(['a', 'm']), false],
    ['of more than 20 messages', longToken, thread([...long, 'm']), true],
    ['of more than 20 messages, shortened', longToken, thread([...shortThread(long), 'm']), true],
    ['of more than 20 messages, another in the middle', longToken, thread([...longWith(2), 'm']), true],
    ['of more than 20 messages, another at the start', longToken, thread([...longWith(0), 'm']), false],
    ['of more than 20 messages, another at the end', longToken, thread([...longWith(29), 'm']), false],
    ['of a message without identifier', nameless, {}, true],
    ['of a reply to it', nameless, thread([P1]), true],
    ['of another message instead', nameless, thread(['x']), false],
    ['of another message in front', nameless, thread(['x', P1]), false],
    ['that only answers another', nameless, thread(undefined, 'x'), false],
  ])('%s', (_what, of, headers, expected) => {
    expect(isInThread(headers, of)).toBe(expected);
  });

  it('is held with its first identifier and the last 19', () => {
    expect(shortThread(long)).toEqual(['r0', ...long.slice(11)]);
    expect(shortThread(long.slice(0, 20))).toEqual(long.slice(0, 20));
    expect(shortThread(long.slice(0, 21))).toHaveLength(20);
    expect(shortThread([])).toEqual([]);
  });
});

describe('a reply', () => {
  const headers = thread(['a', 'b', 'm']);
  const reply = { actions: ['reply', 'forward'], to: [], passphrase: 1, kind: 'reply' };
  const at = (seconds: number): Date => new Date(seconds * 1_000);

  it('is taken up to the last second, as that of the recipients of the token', () => {
    for (const now of [at(0), at(1_500), at(2_000)]) {
      expect(checkReply(token, { reply, headers }, now)).toStrictEqual({
        kind: 'reply',
        original: token.id,
        authors: ['ada@home.example'],
        thread: { messageId: 'm', references: ['a', 'b'] },
        expires: at(2_000),
      });
    }
  });

  it('to a message without identifier has none in its thread', () => {
    expect(checkReply(withoutId, { reply, headers: {} }, at(0)).thread).toStrictEqual({ references: ['a', 'b'] });
  });

  it.each<readonly [string, Partial<ReplyToken>, unknown, MessageHeaders, number, string]>([
    ['a second late', {}, reply, headers, 2_001, 'expired'],
    ['of a kind that was not offered', {}, { ...reply, kind: 'replyAll' }, headers, 0, 'kind'],
    ['that is a forward', {}, { ...reply, kind: 'forward' }, headers, 0, 'kind'],
    ['of no kind', {}, { ...reply, kind: undefined }, headers, 0, 'kind'],
    ['that says nothing of replies', {}, undefined, headers, 0, 'kind'],
    ['that says it wrongly', {}, { ...reply, to: 1 }, headers, 0, 'kind'],
    ['where only forwarding was offered', { actions: ['forward'] }, reply, headers, 0, 'kind'],
    ['in another thread', {}, reply, thread(['x']), 0, 'thread'],
    ['late, and in another thread', {}, reply, thread(['x']), 3_000, 'expired'],
  ])('is refused: %s', (_what, changed, said, own, now, reason) => {
    const check = (): unknown => checkReply({ ...token, ...changed }, { reply: said, headers: own }, at(now));
    expect(check).toThrow(EnvelopeError);
    expect(check).toThrow(expect.objectContaining({ code: 'REPLY_REFUSED', reason }) as Error);
  });

  it('to all is taken where that was offered', () => {
    const all = { ...reply, kind: 'replyAll' };
    expect(checkReply({ ...token, actions: ['replyAll'] }, { reply: all, headers }, at(0)).kind).toBe('replyAll');
  });
});
