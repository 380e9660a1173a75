import type { Answers } from '../kit/answers.js';
import { encodeBase64url } from '../kit/base64url.js';
import { endBlock } from '../kit/block.js';
import { ByteSource } from '../kit/byte-source.js';
import { ascii, concat, utf8 } from '../kit/bytes.js';
import { buildEnvelope, type EnvelopeRecipe } from '../kit/envelope.js';
import type { JsonObject } from '../kit/header-json.js';
import { smallestArgon2id, smallestPbkdf2, type Kdf } from '../kit/kdf.js';
import { sectionsOf } from '../kit/section.js';
import type { AnswerSlotRecipe, SlotLies, SlotRecipe } from '../kit/slot.js';
import { answered, answerKdf, asking } from './answer-envelope.js';
import { p256Pairs } from './key-pair.js';
import { passphrase, type Expected, type Scenario } from './scenario.js';
import { wrapLies } from './wrap.js';

const typed: Answers = { answers: ['Berlin', 'Rex'] };
const withCode: Answers = { ...typed, code: '0123-4567-89AB' };
const own: AnswerSlotRecipe = { ...typed, kdf: answerKdf };
const ownWithCode: AnswerSlotRecipe = { ...withCode, kdf: answerKdf };
const others: AnswerSlotRecipe = { answers: ['Bern', 'Max'], kdf: answerKdf };
const byPassphrase: SlotRecipe = { passphrase, norm: 'words', kdf: answerKdf };
const toKey: SlotRecipe = { to: p256Pairs.own };

/** Section 5.6, and the rules of 5 and 5.1 that hold for it. */
export const answerSlots: readonly Scenario[] = [
  // Which secret opens what.
  slots('alone', 'Its only slot is for the answers.', 'success', [own]),
  { ...slots('html-form', 'Its only slot is for the answers, and it is a page.', 'success', [own]), form: 'html' },
  slots('argon2id', 'The function is Argon2id.', 'success', [{ ...own, kdf: smallestArgon2id(answerKdf.salt) }]),
  slots('behind-passphrase', 'A passphrase slot with the same KDF stands before that of the answers.', 'success', [
    byPassphrase,
    own,
  ]),
  byTyping('before-passphrase', 'A slot for answers stands before that of the passphrase.', 'success', [
    own,
    byPassphrase,
  ]),
  slots('behind-key', 'A slot for a key pair stands before that of the answers.', 'success', [toKey, own]),
  byKey('before-key', 'A slot for answers stands before that of the key pair.', 'success', [own, toKey]),
  slots('three-types', 'Slots of three types stand before the one that opens.', 'success', [
    byPassphrase,
    toKey,
    others,
    own,
  ]),
  slots('passphrases-only', 'Answers are typed, and there is a passphrase slot only.', 'DID_NOT_OPEN', [byPassphrase]),
  slots('keys-only', 'Answers are typed, and there is a slot for a key pair only.', 'DID_NOT_OPEN', [toKey]),
  byTyping('no-passphrase', 'A passphrase is typed, and there are answer slots only.', 'DID_NOT_OPEN', [own]),
  byKey('no-key', 'An identity is there, and there are answer slots only.', 'DID_NOT_OPEN', [own]),
  {
    ...slots(
      'passphrase-as-answer',
      'The answer is the passphrase of a passphrase slot.',
      'DID_NOT_OPEN',
      [byPassphrase],
      {
        answers: [passphrase],
      },
    ),
    recipe: { slots: [byPassphrase], face: asking(1), message: answered },
  },
  {
    ...byTyping('answer-as-passphrase', 'The passphrase is the answer of an answer slot.', 'DID_NOT_OPEN', []),
    typed: 'berlin',
    recipe: { slots: [{ answers: ['Berlin'], kdf: answerKdf }], face: asking(1), message: answered },
  },
  slots('second-opens', 'The first slot is for other answers, with the same KDF.', 'success', [others, own]),
  slots('code-behind', 'The first slot wants a code that is not typed; the second wants none.', 'success', [
    ownWithCode,
    own,
  ]),
  slots(
    'code-before',
    'The first slot is without a code; the second, with the code, opens.',
    'success',
    [others, ownWithCode],
    withCode,
  ),
  slots('broken-before', 'The first slot is for these answers and broken; the second opens.', 'success', [
    { ...own, lies: { wrap: { commitment: () => new Uint8Array(32) } } },
    own,
  ]),
  slots('16', 'There are 16 slots for answers, the most there can be; the last opens.', 'success', [
    ...Array<SlotRecipe>(15).fill(others),
    own,
  ]),
  slots('17', 'There are 17 slots of two types, one more than there can be.', 'LIMIT', [
    ...Array<SlotRecipe>(16).fill(own),
    byPassphrase,
  ]),

  // Questions.
  {
    ...slots('no-questions', 'The face has no questions.', 'DID_NOT_OPEN', [own]),
    recipe: { slots: [own], message: answered },
  },
  {
    ...slots(
      'no-questions-no-answers',
      'The face has no questions, and the writer derived from no answer.',
      'DID_NOT_OPEN',
      [],
      {
        answers: [],
      },
    ),
    recipe: { slots: [{ answers: [], kdf: answerKdf, lies: { secret: new Uint8Array() } }], message: answered },
  },
  {
    ...slots(
      'no-questions-code',
      'The face has no questions, and the writer derived from the code alone.',
      'DID_NOT_OPEN',
      [],
      {
        answers: [],
        code: '0123',
      },
    ),
    recipe: { slots: [{ answers: [], code: '0123', kdf: answerKdf }], message: answered },
  },
  {
    ...byTyping(
      'no-questions-passphrase',
      'The face has no questions; the passphrase opens the other slot.',
      'success',
      [],
    ),
    recipe: { slots: [own, byPassphrase], message: answered },
  },
  asked('question-changed', 'A question was changed after sealing.', 'DAMAGED', ['Where?', 'Whom?']),
  asked(
    'questions-swapped',
    'The questions were swapped after sealing, and the answers are typed in their new order.',
    'DID_NOT_OPEN',
    ['When?', 'Where?'],
    {
      answers: ['Rex', 'Berlin'],
    },
  ),
  asked(
    'questions-swapped-answers-not',
    'The questions were swapped after sealing, and the answers are not.',
    'DAMAGED',
    ['When?', 'Where?'],
  ),
  asked(
    'question-added',
    'A question was added after sealing, and answered.',
    'DID_NOT_OPEN',
    ['Where?', 'When?', 'Who?'],
    {
      answers: ['Berlin', 'Rex', 'Max'],
    },
  ),
  asked('question-removed', 'A question was removed after sealing.', 'DID_NOT_OPEN', ['Where?']),

  // Syntax.
  ...['opaque', 'words', 'code'].map((norm) =>
    lying(`norm-${norm}`, `Its norm is that of a passphrase, ${norm}.`, 'NOT_AN_ENVELOPE', {
      slot: (honest) => ({ ...honest, norm }),
    }),
  ),
  ...['answers', 'answers-code'].map((norm) =>
    byTyping(`passphrase-norm-${norm}`, `A passphrase slot has the norm ${norm}.`, 'NOT_AN_ENVELOPE', [
      { passphrase, norm: 'words', kdf: answerKdf, lies: { slot: (honest) => ({ ...honest, norm }) } },
    ]),
  ),
  byTyping(
    'norm-unknown-behind',
    'An answer slot behind the slot that opens has a norm that is none of version 1.',
    'NOT_AN_ENVELOPE',
    [byPassphrase, { ...own, lies: { slot: (honest) => ({ ...honest, norm: 'answer' }) } }],
  ),
  lying('norm-missing', 'It has no norm.', 'NOT_AN_ENVELOPE', { slot: ({ type = '', kdf = '' }) => ({ type, kdf }) }),
  lying('kdf-missing', 'It has no KDF.', 'NOT_AN_ENVELOPE', { slot: ({ type = '', norm = '' }) => ({ type, norm }) }),
  lying('keys-reordered', 'Its norm comes before its KDF.', 'NOT_AN_ENVELOPE', {
    slot: ({ type = '', kdf = '', norm = '' }) => ({ type, norm, kdf }),
  }),
  lying('key-unknown', 'It has a key that version 1 does not know.', 'NOT_AN_ENVELOPE', {
    slot: (honest) => ({ ...honest, question: 0 }),
  }),
  lying('type-not-first', 'Its type is its second key.', 'NOT_AN_ENVELOPE', {
    slot: ({ type = '', kdf = '', norm = '' }) => ({ kdf, type, norm }),
  }),
  lying('nothing-more', 'It has a type and a wrap, as a slot of a reserved type may.', 'NOT_AN_ENVELOPE', {
    slot: ({ type = '' }) => ({ type }),
  }),
  lying('wrap-not-last', 'Its wrap is not its last key.', 'NOT_AN_ENVELOPE', {
    wrapped: ({ type = '', kdf = '', norm = '', wrap = '' }) => ({ type, kdf, wrap, norm }),
  }),
  ...[103, 105].map((length) =>
    lying(`wrap-${length}-bytes`, `Its wrap has ${length} bytes.`, 'NOT_AN_ENVELOPE', {
      wrapped: (honest) => ({ ...honest, wrap: encodeBase64url(new Uint8Array(length)) }),
    }),
  ),

  // Limits.
  slots(
    'four-derivations',
    'Four slots of two types want a derivation each; the last opens.',
    'success',
    derivations(4),
  ),
  slots('five-derivations', 'Five slots of two types want a derivation each.', 'LIMIT', derivations(5)),
  slots('five-derivations-by-norm', 'Five slots share one KDF, and each has a norm of its own.', 'LIMIT', [
    ...(['words', 'opaque', 'code'] as const).map((norm) => ({ passphrase, norm, kdf: answerKdf })),
    own,
    ownWithCode,
  ]),
  byTyping('five-derivations-typed', 'The passphrase slot opens; four answer slots want a derivation each.', 'LIMIT', [
    byPassphrase,
    ...[1, 2, 3, 4].map((n) => ({ ...own, kdf: salted(n) })),
  ]),
  outOfRange('passes', 'It wants 11 passes.', { ...smallestArgon2id(answerKdf.salt), t: 11 }),
  outOfRange('memory', 'It wants 256 MiB and a KiB.', { ...smallestArgon2id(answerKdf.salt), m: 262_145 }),
  outOfRange('iterations', 'It wants 10,000,001 iterations.', { ...answerKdf, c: 10_000_001 }),
  outOfRange('salt', 'Its salt has 15 bytes.', { ...answerKdf, salt: answerKdf.salt.slice(0, 15) }),
  byTyping('out-of-range-behind', 'An answer slot behind the slot that opens wants no iteration.', 'LIMIT', [
    byPassphrase,
    { ...own, kdf: { ...answerKdf, c: 0 }, lies: { derivedWith: answerKdf } },
  ]),

  // Wraps, and what they are bound to.
  ...wrapLies.map((lie) => lying(...lie)),
  lying(
    'made-a-passphrase-slot',
    'Its type and norm were made those of a passphrase slot after sealing.',
    'DID_NOT_OPEN',
    {
      wrapped: (honest) => ({ ...honest, type: 'passphrase', norm: 'words' }),
    },
  ),
  lying(
    'made-another-norm',
    'Its norm was made the other one after sealing.',
    'DID_NOT_OPEN',
    {
      wrapped: (honest) => ({ ...honest, norm: 'answers-code' }),
    },
    withCode,
  ),
  slots(
    'of-a-passphrase-slot',
    'A passphrase slot that was derived from the answers was made an answer slot after sealing.',
    'DID_NOT_OPEN',
    [
      {
        ...byPassphrase,
        lies: { secret: joinedAnswers(), wrapped: (honest) => ({ ...honest, type: 'answer', norm: 'answers' }) },
      },
    ],
  ),
  {
    ...byTyping(
      'passphrase-slot-of-answers',
      'A passphrase slot was derived from the bytes of answers, which are typed.',
      'DID_NOT_OPEN',
      [],
    ),
    ...typed,
    recipe: {
      slots: [{ ...byPassphrase, lies: { secret: joinedAnswers() } }],
      face: asking(2),
      message: answered,
    },
  },
  {
    ...slots(
      'moved',
      'It was made for these answers in another envelope, with another identifier.',
      'DID_NOT_OPEN',
      [],
    ),
    recipe: (random) => {
      const other = buildEnvelope({ random: new ByteSource('other'), slots: [own], message: { parts: [] } });
      const moved = other.slots.map(({ json }) => json);
      const lies = { header: (honest: JsonObject) => ({ ...honest, slots: moved }) };
      return { random, slots: [own], face: asking(2), message: answered, lies };
    },
  },
];

function recipeOf(recipes: readonly SlotRecipe[]): Partial<EnvelopeRecipe> {
  return { slots: recipes, face: asking(2), message: answered };
}

function slots(
  name: string,
  about: string,
  expected: Expected,
  recipes: readonly SlotRecipe[],
  secret: Answers = typed,
): Scenario {
  return { name: `answer-slot-${name}`, about, section: '5.6', expected, ...secret, recipe: recipeOf(recipes) };
}

/** Opened with the passphrase. */
function byTyping(name: string, about: string, expected: Expected, recipes: readonly SlotRecipe[]): Scenario {
  return { name: `answer-slot-${name}`, about, section: '5.6', expected, recipe: recipeOf(recipes) };
}

function byKey(name: string, about: string, expected: Expected, recipes: readonly SlotRecipe[]): Scenario {
  return { ...byTyping(name, about, expected, recipes), identity: p256Pairs.own };
}

function lying(name: string, about: string, expected: Expected, lies: SlotLies, secret = typed): Scenario {
  return slots(name, about, expected, [{ ...own, lies }], secret);
}

function outOfRange(name: string, about: string, kdf: Kdf): Scenario {
  return slots(`out-of-range-${name}`, about, 'LIMIT', [{ ...own, kdf, lies: { derivedWith: answerKdf } }]);
}

/** Other questions than those that were sealed, with an end block that fits. */
function asked(
  name: string,
  about: string,
  expected: Expected,
  questions: readonly string[],
  secret: Answers = typed,
): Scenario {
  return {
    ...slots(name, about, expected, [own], secret),
    sections: (_, { headerBytes, blocks }) => {
      const honest = JSON.parse(Buffer.from(headerBytes).toString()) as JsonObject;
      // Letters and question marks only: JSON's own spelling is the header's.
      const bytes = ascii(JSON.stringify({ ...honest, face: { questions } }));
      return sectionsOf(bytes, blocks, endBlock(blocks.length, bytes));
    },
  };
}

function salted(n: number): Kdf {
  return smallestPbkdf2(new Uint8Array(16).fill(n));
}

/** Passphrase and answer slots by turns; the last is for the answers. */
function derivations(count: number): readonly SlotRecipe[] {
  return Array.from({ length: count }, (_, i) =>
    i % 2 === (count - 1) % 2 ? { ...own, kdf: salted(i) } : { ...byPassphrase, kdf: salted(i) },
  );
}

/** What the own answers are derived from, written out. */
function joinedAnswers(): Uint8Array {
  return concat(Uint8Array.of(0, 0, 0, 6), utf8('berlin'), Uint8Array.of(0, 0, 0, 3), utf8('rex'));
}
