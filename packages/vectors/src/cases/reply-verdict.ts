import type { Token } from '../kit/token.js';
import { shortened, type RefusalReason, type Verdict } from '../kit/verdict.js';
import { p256Pairs } from './key-pair.js';
import { ada, originals, replyRecipe, thread, times, type ReplyChanges } from './reply.js';
import type { Scenario } from './scenario.js';

const { before, first } = thread;
const fromPage = ['1@sealpost.invalid', '2@sealpost.invalid', '3@sealpost.invalid'] as const;
const bob = 'bob@home.example';

/** More references than a token holds, and a message that they lead to. */
const many = Array.from({ length: 25 }, (_, i) => `${i}@clinic.example`);
const ofMany: Partial<Token> = { references: shortened(many) };

/** A token of a message that had no Message-ID. */
const noId = { messageId: undefined };

/** Section 5.5: which replies may be taken, of those whose slot opens. */
export const replyVerdicts: readonly Scenario[] = [
  // When.
  taken('expires-now', 'Its token\u2019s time ends with the second in which it is read.', {}, { at: times.expires }),
  refused('expired', 'Its token\u2019s time ended a second before it is read.', 'expired', {}, times.expires + 1),
  refused('expires-0', 'Its token\u2019s time ended in 1970.', 'expired', { token: { expires: 0 } }),

  refused(
    'expired-before',
    'Its first slot opens, with a token whose time is over; the second has one that holds.',
    'expired',
    {
      token: { expires: times.at - 1 },
      slots: (late) => [late, { ...late, proof: originals.p256.proof }],
    },
  ),

  // Which kind.
  taken(
    'reply-all',
    'It is a reply to all, which was offered, to a message for two: it is from one of them.',
    {
      token: { actions: ['replyAll'], recipients: [ada.address, bob] },
      offer: { actions: ['replyAll'], kind: 'replyAll' },
    },
    { kind: 'replyAll', authors: [ada.address, bob] },
  ),
  taken('from-another', 'Its From is somebody else, which is a claim; its author is the token\u2019s recipient.', {
    headers: { from: [{ name: '', address: 'eve@else.example' }] },
  }),
  taken('actions-of-reply', 'What may be done with the reply is not what might be done with the original.', {
    offer: { actions: ['forward'] },
  }),
  refused('reply-all-not-offered', 'It is a reply to all, and its token has only others.', 'kind', {
    offer: { kind: 'replyAll', actions: ['replyAll'] },
  }),
  refused('forward-only', 'It is a reply, and its token has forwards only.', 'kind', {
    token: { actions: ['forward'] },
  }),
  refused('kind-missing', 'Its manifest does not say what kind it is.', 'kind', { offer: { kind: undefined } }),
  refused('kind-forward', 'It says that it is a forward, which is no kind of reply, though its token has it.', 'kind', {
    offer: { kind: 'forward' },
  }),
  refused('no-reply', 'Its manifest has no `reply`.', 'kind', { offer: null }),
  refused(
    'reply-passed-over',
    'Its manifest has a `reply` with a kind, and with an action that there is not.',
    'kind',
    {
      offer: { actions: ['reply', 'print'] },
    },
  ),

  // Which thread.
  inThread('to-reply', 'It is a reply to a reply: an identifier of a page\u2019s follows.', [
    before,
    first,
    fromPage[0],
  ]),
  inThread('to-replies', 'It is a reply to a reply to a reply to a reply.', [before, first, ...fromPage]),
  inThread('to-itself', 'The original refers to itself.', [before, first, first], { references: [before, first] }),
  notInThread('thread-of-another', 'It is in the thread of another message.', ['other@clinic.example']),
  notInThread('thread-none', 'It is in no thread.', []),
  notInThread('thread-before-missing', 'It lacks the references of the original.', [first]),
  notInThread('thread-before-other', 'It has other references before the original.', ['other@clinic.example', first]),
  notInThread('thread-more-before', 'It has one more reference before those of the original.', [
    'other@clinic.example',
    before,
    first,
  ]),
  notInThread('thread-reordered', 'Its references stand in another order.', [first, before]),
  notInThread('thread-without-original', 'It lacks the Message-ID of the original.', [before]),
  notInThread('thread-without-original-page', 'A page\u2019s identifier stands where the original\u2019s should.', [
    before,
    fromPage[0],
  ]),
  notInThread('thread-behind', 'A reference that is no page\u2019s follows the original\u2019s.', [
    before,
    first,
    'other@clinic.example',
  ]),
  notInThread('thread-behind-page', 'A reference that is no page\u2019s follows a page\u2019s.', [
    before,
    first,
    fromPage[0],
    'other@clinic.example',
  ]),
  notInThread('thread-between', 'A reference that is no page\u2019s stands before a page\u2019s.', [
    before,
    first,
    'other@clinic.example',
    fromPage[0],
  ]),
  notInThread('thread-suffix', 'What a reference behind the original ends with only begins like a page\u2019s.', [
    before,
    first,
    '1@sealpost.invalid.example',
  ]),
  notInThread('thread-subdomain', 'A reference behind the original is of a host below a page\u2019s.', [
    before,
    first,
    '1@a.sealpost.invalid',
  ]),
  refused('in-reply-to-before', 'It answers an earlier reference than the last.', 'thread', {
    headers: { references: [before, first, fromPage[0]], inReplyTo: first },
  }),
  refused('in-reply-to-other', 'It answers a message that is not among its references.', 'thread', {
    headers: { inReplyTo: 'other@clinic.example' },
  }),
  refused('in-reply-to-missing', 'It does not say what it answers.', 'thread', {
    headers: { inReplyTo: undefined },
  }),

  // A message without an identifier.
  inThread(
    'no-id-page',
    'The original had no Message-ID: a page\u2019s identifier is all there is.',
    [fromPage[0]],
    noId,
  ),
  inThread('no-id-pages', 'The original had no Message-ID: pages\u2019 identifiers are all there is.', fromPage, noId),
  inThread('no-id-none', 'The original had no Message-ID, and nothing is referred to.', [], noId),
  notInThread(
    'no-id-other',
    'The original had no Message-ID, and the thread is that of another message.',
    [first],
    noId,
  ),
  notInThread(
    'no-id-other-before',
    'The original had no Message-ID, and another\u2019s stands before a page\u2019s.',
    ['other@clinic.example', fromPage[0]],
    noId,
  ),
  refused(
    'no-id-in-reply-to',
    'The original had no Message-ID; it answers another message, without a reference.',
    'thread',
    {
      token: noId,
      headers: { references: undefined, inReplyTo: 'other@clinic.example' },
    },
  ),

  // More than twenty.
  inThread(
    'references-25',
    'The original had 25 references, of which its token holds 20; the reply has all.',
    [...many, first],
    ofMany,
  ),
  inThread(
    'references-25-shortened',
    'The original had 25 references, of which token and reply hold 20.',
    [...shortened(many), first],
    ofMany,
  ),
  inThread(
    'references-25-to-reply',
    'A reply to a reply to a message that had 25 references.',
    [...many, first, ...fromPage],
    ofMany,
  ),
  inThread(
    'references-20',
    'The original had 20 references, the most that a token holds as they are.',
    [...many.slice(0, 20), first],
    { references: many.slice(0, 20) },
  ),
  notInThread(
    'references-25-last',
    'The original had 25 references; the last but one is another.',
    [...many.slice(0, 23), 'other@clinic.example', ...many.slice(24), first],
    ofMany,
  ),
  notInThread(
    'references-25-first',
    'The original had 25 references; the first is another.',
    ['other@clinic.example', ...many.slice(1), first],
    ofMany,
  ),
];

function taken(
  name: string,
  about: string,
  changes: ReplyChanges,
  other: { at?: number; kind?: string; authors?: readonly string[] } = {},
): Scenario {
  const { at = times.at, kind = 'reply', authors = [ada.address] } = other;
  return scenario(name, about, changes, at, { kind, authors });
}

function refused(
  name: string,
  about: string,
  reason: RefusalReason,
  changes: ReplyChanges,
  at: number = times.at,
): Scenario {
  return scenario(name, about, changes, at, { refused: reason });
}

function inThread(name: string, about: string, references: readonly string[], token?: ReplyChanges['token']): Scenario {
  return taken(name, about, threadOf(references, token));
}

function notInThread(
  name: string,
  about: string,
  references: readonly string[],
  token?: ReplyChanges['token'],
): Scenario {
  return refused(name, about, 'thread', threadOf(references, token));
}

/** Answers the last of its references. */
function threadOf(references: readonly string[], token: ReplyChanges['token'] = {}): ReplyChanges {
  const headers = references.length === 0 ? { references: undefined } : { references };
  return { token, headers: { ...headers, inReplyTo: references.at(-1) } };
}

function scenario(name: string, about: string, changes: ReplyChanges, at: number, reply: Verdict): Scenario {
  return {
    name: `key-reply-${name}`,
    about,
    section: '5.5',
    expected: 'success',
    identity: p256Pairs.own,
    at,
    reply,
    recipe: replyRecipe(changes),
  };
}
