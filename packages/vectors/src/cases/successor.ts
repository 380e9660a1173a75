import { ascii, concat, utf8 } from '../kit/bytes.js';
import { signEd25519 } from '../kit/ed25519.js';
import type { PartRecipe } from '../kit/plaintext.js';
import { announced, successorStatement, writePredecessors, type Signer } from '../kit/signature.js';
import { signingKeyText, type SigningIdentity } from '../kit/signing-key.js';
import type { Scenario } from './scenario.js';
import { chain, eighth, first, fourth, later, ninth, other, own, second, sign, third } from './signer.js';

const one = chain(first, own);
const two = chain(second, third, own);
const three = chain(first, second, third, own);
const all = chain(first, ...later, own);
const nine = chain(first, ...later, ninth, own);
const [oneText = ''] = writePredecessors(one);

/** Section 7.4: how a signing key was announced. */
export const successors: readonly Scenario[] = [
  // Chains that are right.
  following('1', 'One statement; the reader knew its key.', 'successor', one, [first]),
  following('1-signer-known', 'One statement; the reader knew its key and the signer\u2019s.', 'known', one, [
    first,
    own,
  ]),
  following('1-another-known', 'One statement; the reader knew another key.', 'unknown', one, [other]),
  following('1-none-known', 'One statement; the reader knew no key.', 'unknown', one, []),
  following('3-second-known', 'Three statements; the reader knew the key of the second.', 'successor', three, [second]),
  following(
    '8-first-known',
    'Eight statements, the most there can be; the reader knew the first key.',
    'successor',
    all,
    [first],
  ),
  following('8-fourth-known', 'Eight statements; the reader knew the fourth key.', 'successor', all, [fourth]),
  following('8-last-known', 'Eight statements; the reader knew the last key.', 'successor', all, [eighth]),
  following('8-not-in-chain', 'Eight statements; the reader knew a key that is in none of them.', 'unknown', all, [
    other,
  ]),
  {
    ...following('html-form', 'Three statements, in a page.', 'successor', three, [first]),
    form: 'html',
  },

  // What is no such array.
  following(
    '9-first-known',
    'Nine statements, one more than there can be; the reader knew the first key.',
    'unknown',
    nine,
    [first],
  ),
  following('9-last-known', 'Nine statements; the reader knew the last key.', 'unknown', nine, [ninth]),
  following('9-signer-known', 'Nine statements; the reader knew the signer\u2019s key.', 'known', nine, [own]),
  saying('empty', 'The array is empty.', 'unknown', [], [first]),
  saying('empty-signer-known', 'The array is empty; the reader knew the signer\u2019s key.', 'known', [], [own]),
  saying('text', 'It is a statement and no array.', 'unknown', oneText, [first]),
  saying('object', 'It is an object.', 'unknown', { 0: oneText, length: 1 }, [first]),
  saying('number', 'It is a number; the reader knew the signer\u2019s key.', 'known', 1, [own]),
  saying('null', 'It is null.', 'unknown', null, [first]),
  saying(
    'number-before',
    'A number stands before the statement of the known key.',
    'unknown',
    [1, ...writePredecessors(one)],
    [first],
  ),
  saying('padding', 'A statement has the padding of base64.', 'unknown', [`${oneText}=`], [first]),
  ...[95, 97].map((length) =>
    following(
      `${length}-bytes-before`,
      `A statement of ${length} bytes stands before that of the known key.`,
      'unknown',
      [new Uint8Array(length), ...one],
      [first],
    ),
  ),
  saying('two-in-one', 'Two statements stand in one text.', 'unknown', writePredecessors([concat(...two)]), [second]),

  // Forged statements.
  following(
    'first-forged',
    'The first of three statements does not verify; the reader knew the second key.',
    'successor',
    forged(three, 0),
    [second],
  ),
  following(
    'first-forged-first-known',
    'The first of three statements does not verify; the reader knew its key.',
    'unknown',
    forged(three, 0),
    [first],
  ),
  following(
    'second-forged',
    'The second of three statements does not verify; the reader knew the first key.',
    'unknown',
    forged(three, 1),
    [first],
  ),
  following(
    'second-forged-third-known',
    'The second of three statements does not verify; the reader knew the third key.',
    'successor',
    forged(three, 1),
    [third],
  ),
  following(
    'last-forged',
    'The last of three statements does not verify; the reader knew the first key.',
    'unknown',
    forged(three, 2),
    [first],
  ),
  following(
    'last-forged-all-known',
    'The last of three statements does not verify; the reader knew all their keys.',
    'unknown',
    forged(three, 2),
    [first, second, third],
  ),
  following(
    'last-forged-signer-known',
    'The last of three statements does not verify; the reader knew the signer\u2019s key.',
    'known',
    forged(three, 2),
    [own],
  ),
  following(
    'zeros-before',
    'The first statement is zeros; the reader knew the second key.',
    'successor',
    [new Uint8Array(96), ...one],
    [first],
  ),
  following(
    'by-another',
    'The statement has the known key, and somebody else\u2019s signature.',
    'unknown',
    [concat(first.publicKey, successorStatement(other.seed, own.publicKey).slice(32))],
    [first],
  ),

  // Chains that do not lead here.
  following(
    'reversed',
    'The newest statement stands first; the reader knew the oldest key.',
    'unknown',
    [...three].reverse(),
    [first],
  ),
  following(
    'reversed-newest-known',
    'The newest statement stands first; the reader knew its key.',
    'unknown',
    [...three].reverse(),
    [third],
  ),
  following(
    'gap',
    'The second of three statements is missing; the reader knew the first key.',
    'unknown',
    three.filter((_, n) => n !== 1),
    [first],
  ),
  following(
    'end-missing',
    'The last of three statements is missing; the reader knew the first key.',
    'unknown',
    three.slice(0, 2),
    [first],
  ),
  following('beginning-missing', 'The first of three statements is missing; the reader knew its key.', 'unknown', two, [
    first,
  ]),
  following('of-another', 'The statements announce another signer.', 'unknown', chain(first, second, other), [first]),
  following(
    'twice',
    'The same statement stands there twice: the second time it announces the signer.',
    'successor',
    [...one, ...one],
    [first],
  ),
  following(
    'circle',
    'The signer announced the key that announced the signer; the reader knew that key.',
    'successor',
    chain(own, first, own),
    [first],
  ),
  following('of-itself', 'The signer announced its own key.', 'unknown', chain(own, own), [other]),
  following('backwards', 'The signer announced the key that the reader knew.', 'unknown', chain(own, first), [first]),

  // What a statement is over.
  over(
    'label-other',
    'The statement is over another label, that of signatures.',
    announced(own.publicKey, ascii('sealpost/v1 sig')),
  ),
  over('label-missing', 'The statement is over the key without a label.', own.publicKey),
  over('both-keys', 'The statement is over both keys.', announced(concat(first.publicKey, own.publicKey))),
  over('of-text', 'The statement is over the text of the key.', announced(utf8(signingKeyText(own.publicKey)))),

  // Where the signature is not there, or wrong.
  {
    name: 'signature-successor-unsigned',
    about: 'There are statements and no signature.',
    section: '7.4',
    expected: 'success',
    knownKeys: [first.publicKey],
    recipe: { message: { parts: parts(), extra: { predecessors: writePredecessors(one) } } },
  },
  {
    name: 'signature-successor-signature-wrong',
    about: 'The statement is right and the signature is not.',
    section: '7.4',
    expected: 'DAMAGED',
    knownKeys: [first.publicKey],
    recipe: {
      message: {
        parts: parts(),
        extra: { predecessors: writePredecessors(one) },
        sign: (...signed) => sign(...signed).map((byte, i) => (i === 90 ? byte ^ 1 : byte)),
      },
    },
  },
];

function following(
  name: string,
  about: string,
  signer: Signer,
  statements: readonly Uint8Array[],
  known: readonly SigningIdentity[],
): Scenario {
  return saying(name, about, signer, writePredecessors(statements), known);
}

/** Any value of `predecessors`, signed with the own key. */
function saying(
  name: string,
  about: string,
  signer: Signer,
  predecessors: unknown,
  known: readonly SigningIdentity[],
): Scenario {
  return {
    name: `signature-successor-${name}`,
    about,
    section: '7.4',
    expected: 'success',
    knownKeys: known.map(({ publicKey }) => publicKey),
    signer,
    recipe: { message: { parts: parts(), extra: { predecessors }, sign } },
  };
}

/** A statement of the key that the reader knew, over other bytes. */
function over(name: string, about: string, message: Uint8Array): Scenario {
  const statement = concat(first.publicKey, signEd25519(first.seed, message));
  return following(name, about, 'unknown', [statement], [first]);
}

/** Statements of which one has another bit in its signature. */
function forged(statements: readonly Uint8Array[], at: number): readonly Uint8Array[] {
  return statements.map((statement, n) =>
    n === at ? statement.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) : statement,
  );
}

function parts(): readonly PartRecipe[] {
  return [{ role: 'text', type: 'text/plain', content: utf8('Hi.') }];
}
