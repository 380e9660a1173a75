import type { Answers } from '../kit/answers.js';
import { concat, u32, utf8 } from '../kit/bytes.js';
import { answered, answerKdf, asking } from './answer-envelope.js';
import type { Scenario } from './scenario.js';

/** Section 6.1. `sealed` is what the writer took, `typed` what is typed to open it. */
export const answers: readonly Scenario[] = [
  // What does not matter.
  spelled('case', 'It is typed in another case.', 'Berlin', 'bERLIN'),
  spelled('accents', 'Accents are left out.', 'Cr\u00e8me Br\u00fbl\u00e9e', 'creme brulee'),
  spelled('nfd', 'Accents are typed as characters of their own.', 'Caf\u00e9', 'Cafe\u0301'),
  spelled('accent-more', 'An accent is typed that the writer did not have.', 'Cafe', 'c\u0227f\u1ebf'),
  spelled('separators', 'Blanks and punctuation are others.', 'St. John\u2019s, N.L.', " st  john's-(nl)!\t\n"),
  spelled(
    'format-characters',
    'Characters that do not show are typed.',
    'Berlin',
    'Ber\u200b\u00adl\u200din\u202e\ufeff',
  ),
  spelled('symbols', 'Symbols and a picture are typed besides.', 'Rex', '\u2764\ufe0f Rex \u{1f436} + \u20ac'),
  spelled(
    'private-use',
    'A character of private use and one that is none are typed besides.',
    'Rex',
    'Re\ue000x\uffff',
  ),
  spelled('quotes', 'An apostrophe is typed as a quotation mark.', "O'Brien", 'O\u2019brien'),

  // Case.
  spelled('sharp-s', 'A sharp s is typed as two letters, as upper case has it.', 'Stra\u00dfe', 'STRASSE'),
  spelled('sharp-s-typed', 'Two letters are typed as a sharp s.', 'Strasse', 'stra\u00dfe'),
  spelled('capital-sharp-s', 'A capital sharp s is typed, which is its own upper case.', 'STRASSE', 'STRA\u1e9eE'),
  spelled('dotted-i', 'An upper-case I with a dot is typed for i.', 'izmir', '\u0130ZM\u0130R'),
  spelled('dotless-i', 'A dotless i is typed as upper case has it.', '\u0131l\u0131k', 'ILIK'),
  spelled('dotless-as-dotted', 'A dotless i is typed as i.', '\u0131l\u0131k', 'ilik'),
  spelled(
    'final-sigma',
    'A word that ends with a final sigma is typed in upper case.',
    '\u039f\u03b4\u03c5\u03c3\u03c3\u03ad\u03b1\u03c2',
    '\u039f\u0394\u03a5\u03a3\u03a3\u0395\u0391\u03a3',
  ),
  spelled(
    'final-sigma-inside',
    'A word that ends with a final sigma stands before another word: without the blank it is no end.',
    '\u03bf\u03b4\u03cc\u03c2 \u03b1',
    '\u039f\u0394\u039f\u03a3\u0391',
  ),
  spelled(
    'final-sigma-for-another',
    'A final sigma is typed inside a word.',
    '\u03bf\u03c3\u03b1',
    '\u03bf\u03c2\u03b1',
  ),
  spelled(
    'iota-subscript',
    'A letter with iota subscript is typed in upper case.',
    '\u1fb3\u03b4\u03b7\u03c2',
    '\u0391\u0394\u0397\u03a3',
  ),
  spelled('long-s', 'A long s is typed.', 'Haus', 'hau\u017f'),
  spelled('title-case', 'A digraph is typed in title case.', 'd\u017eamija', '\u01c5amija'),
  spelled('cherokee', 'Letters whose lower case is younger are typed.', '\u13a0\u13b3', '\uab70\uab83'),
  spelled('deseret', 'Letters beyond U+FFFF are typed in another case.', '\u{10400}\u{10401}', '\u{10428}\u{10429}'),

  // Compatibility.
  spelled('ligature', 'A ligature is typed.', 'Office', 'o\ufb03ce'),
  spelled(
    'full-width',
    'It is typed in full width.',
    'Berlin 12',
    '\uff22\uff25\uff32\uff2c\uff29\uff2e\u3000\uff11\uff12',
  ),
  spelled('superscript', 'A digit is typed raised.', 'm2', 'm\u00b2'),
  spelled('fraction', 'A fraction becomes its digits.', '12', '\u00bd'),
  spelled('roman-number', 'A Roman number is typed as one character.', 'Louis VIII', 'louis \u2167'),
  spelled('circled-digit', 'A digit in a circle is typed.', '1', '\u2460'),
  spelled('kelvin', 'A Kelvin sign is typed for K.', 'Kiel', '\u212aiel'),
  spelled('mathematical', 'Mathematical letters are typed.', 'Rex', '\u{1d411}\u{1d41e}\u{1d431}'),

  spelled('number-letter', 'A number that is no digit is left, of category Nl.', '\u3007', '-\u3007-'),
  spelled('number-other', 'A number that is no digit is left, of category No.', '\u0bf0', ' \u0bf0.'),
  spelled('number-missing', 'A number that is no digit is not typed.', '\u4e00\u3007', '\u4e00', 'DID_NOT_OPEN'),

  // Scripts.
  spelled('hangul', 'Syllables are typed as their letters.', '\uc11c\uc6b8', '\u1109\u1165\u110b\u116e\u11af'),
  spelled(
    'hangul-letters-sealed',
    'The writer took the letters of syllables.',
    '\u1109\u1165\u110b\u116e\u11af',
    '\uc11c\uc6b8',
  ),
  spelled(
    'arabic-vowels',
    'Vowel marks are left out.',
    '\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f',
    '\u0645\u062d\u0645\u062f',
  ),
  spelled(
    'arabic-hamza',
    'An alef is typed without its hamza.',
    '\u0623\u062d\u0645\u062f',
    '\u0627\u062d\u0645\u062f',
  ),
  spelled(
    'arabic-shapes',
    'Letters are typed in their shapes, two of them as one.',
    '\u0633\u0644\u0627\u0645',
    '\ufeb3\ufefc\ufee1',
  ),
  spelled(
    'arabic-tatweel',
    'A line that draws letters apart is typed, which is a letter to Unicode.',
    '\u0645\u062d\u0645\u062f',
    '\u0645\u062d\u0640\u0645\u062f',
  ),
  spelled(
    'devanagari-marks',
    'Vowel signs are left out, which are marks.',
    '\u0939\u093f\u0928\u094d\u0926\u0940',
    '\u0939\u0928\u0926',
  ),
  spelled(
    'kana-half-width',
    'Kana are typed in half width, a voicing mark as a character of its own.',
    '\u30ac\u30b9',
    '\uff76\uff9e\uff7d',
  ),
  spelled('kana-voicing', 'A voicing mark is left out.', '\u304c', '\u304b'),
  spelled('kana-hiragana', 'Hiragana are typed for katakana.', '\u30ab', '\u304b', 'DID_NOT_OPEN'),
  spelled('cyrillic-breve', 'A letter is typed without its breve.', '\u0419\u043e\u0434', '\u0438\u043e\u0434'),

  // What does matter.
  spelled(
    'stroke',
    'A letter is typed without its stroke, which is no mark.',
    '\u0141\u00f3d\u017a',
    'lodz',
    'DID_NOT_OPEN',
  ),
  spelled('umlaut-as-two', 'An umlaut is typed as two letters.', 'M\u00fcller', 'Mueller', 'DID_NOT_OPEN'),
  spelled('arabic-digits', 'Digits of another script are typed.', '1968', '\u0661\u0669\u0666\u0668', 'DID_NOT_OPEN'),
  spelled('modifier-apostrophe', 'An apostrophe is typed that is a letter.', "O'Brien", 'O\u02bcBrien'),
  spelled('another', 'Another answer is typed.', 'Berlin', 'Bern', 'DID_NOT_OPEN'),

  // Lengths.
  spelled('1-byte', 'It has one byte, the least there can be.', 'a', 'A'),
  spelled(
    '1024-bytes',
    'It has 1,024 bytes, the most there can be, and more than that in blanks and accents.',
    'a'.repeat(1024),
    `${'\u00c4 '.repeat(1024)}.`,
  ),
  lying(
    '1025-bytes',
    'It has 1,025 bytes, one more than there can be, and the writer derived from them all the same.',
    ['a'.repeat(1025)],
  ),
  lying('empty', 'It is empty, and the writer derived from that all the same.', ['']),
  lying('nothing-left', 'Nothing is left of it, and the writer derived from that all the same.', [
    ' -- \u0301\u{1f436}',
  ]),
  lying('second-empty', 'The second of two is empty, and the writer derived from that all the same.', ['ab', '']),

  // Several.
  several('two', 'There are two questions.', ['Berlin', '1968'], ['berlin', '1968']),
  several(
    'three',
    'There are three questions, the most there can be.',
    ['Berlin', '1968', 'Rex'],
    ['BERLIN', '1968', 'rex'],
  ),
  several('swapped', 'Two answers are swapped.', ['Berlin', '1968'], ['1968', 'Berlin'], 'DID_NOT_OPEN'),
  several(
    'cut-otherwise',
    'The same letters are cut into two answers in another place.',
    ['ab', 'c'],
    ['a', 'bc'],
    'DID_NOT_OPEN',
  ),
  several('one-wrong', 'The last of three is wrong.', ['a', 'b', 'c'], ['a', 'b', 'd'], 'DID_NOT_OPEN'),
  several('two-few', 'One answer is typed for two questions.', ['a', 'b'], ['a'], 'DID_NOT_OPEN'),
  several('two-many', 'Three answers are typed for two questions.', ['a', 'b'], ['a', 'b', 'c'], 'DID_NOT_OPEN'),
  several('none-typed', 'No answer is typed.', ['a'], [], 'DID_NOT_OPEN'),
  miscounted('fewer-sealed', 'The writer took one answer for two questions, and that is what is typed.', 2, ['a']),
  miscounted('more-sealed', 'The writer took two answers for one question, and those are what is typed.', 1, [
    'a',
    'b',
  ]),

  // Codes.
  coded('code', 'A code goes with the answer.', '0123-4567-89AB', '0123-4567-89AB'),
  coded(
    'code-spelled-otherwise',
    'The code is typed in another case, with other separators and look-alikes.',
    '0123-4567-89AB',
    ' o i23.4567_89ab\u2013',
  ),
  coded('code-wrong', 'The code is another.', '0123-4567-89AB', '0123-4567-89AC', 'DID_NOT_OPEN'),
  coded(
    'code-full-width',
    'A digit of the code is typed in full width, which the rule of codes does not know.',
    '0123',
    '\uff10123',
    'DID_NOT_OPEN',
  ),
  coded('code-missing', 'The code is not typed.', '0123-4567-89AB', undefined, 'DID_NOT_OPEN'),
  coded('code-not-wanted', 'A code is typed, and the slot has none.', undefined, '0123-4567-89AB'),
  coded('code-1024-bytes', 'The code has 1,024 bytes, the most there can be.', '7'.repeat(1024), '7'.repeat(1024)),
  {
    ...coded(
      'code-1025-bytes',
      'The code has 1,025 bytes, one more than there can be.',
      '0',
      '7'.repeat(1025),
      'DID_NOT_OPEN',
    ),
    recipe: sealedWith({ answers: ['Berlin'], code: '0' }, joined('berlin', '7'.repeat(1025)), 1),
  },
  {
    ...coded(
      'code-nothing-left',
      'Nothing is left of the code, and the writer derived from that all the same.',
      '0',
      '--',
      'DID_NOT_OPEN',
    ),
    recipe: sealedWith({ answers: ['Berlin'], code: '0' }, joined('berlin', ''), 1),
  },
  {
    ...coded(
      'code-as-answer',
      'The code is typed as one more answer, which gives the same bytes.',
      '0123',
      undefined,
      'DID_NOT_OPEN',
    ),
    answers: ['Berlin', '0123'],
  },
  {
    ...coded(
      'code-as-answers',
      'A slot without a code holds the bytes of an answer and a code.',
      '0',
      '0123',
      'DID_NOT_OPEN',
    ),
    recipe: sealedWith({ answers: ['Berlin'] }, joined('berlin', '0123'), 1),
  },
  {
    ...coded(
      'code-by-the-rule-of-answers',
      'The writer took the code by the rule of answers.',
      '0',
      '89AB',
      'DID_NOT_OPEN',
    ),
    recipe: sealedWith({ answers: ['Berlin'], code: '0' }, joined('berlin', '89ab'), 1),
  },

  // How they are put together.
  laid('lengths-little-endian', 'The lengths are little-endian.', [concat(Uint8Array.of(2, 0, 0, 0), utf8('ab'))]),
  laid('lengths-missing', 'There are no lengths.', [utf8('ab')]),
  laid(
    'lengths-in-characters',
    'The length counts characters and not bytes.',
    [concat(u32(1), utf8('\u03c3'))],
    '\u03c3',
  ),
  laid('not-composed', 'The writer left out the last step, NFKC.', [joined('\u1109\u1165')], '\uc11c'),
  laid('upper-case', 'The writer took upper case.', [joined('AB')]),
];

type Outcome = 'success' | 'DID_NOT_OPEN';

function spelled(name: string, about: string, sealed: string, typed: string, expected: Outcome = 'success'): Scenario {
  return several(name, about, [sealed], [typed], expected);
}

function several(
  name: string,
  about: string,
  sealed: readonly string[],
  typed: readonly string[],
  expected: Outcome = 'success',
): Scenario {
  return {
    name: `answer-${name}`,
    about,
    section: '6.1',
    expected,
    answers: typed,
    recipe: sealedWith({ answers: sealed }, undefined, sealed.length),
  };
}

function coded(
  name: string,
  about: string,
  sealed: string | undefined,
  typed: string | undefined,
  expected: Outcome = 'success',
): Scenario {
  return {
    ...several(name, about, ['Berlin'], ['berlin'], expected),
    ...(typed === undefined ? {} : { code: typed }),
    recipe: sealedWith({ answers: ['Berlin'], ...(sealed === undefined ? {} : { code: sealed }) }, undefined, 1),
  };
}

/** Answers of which less or more is left than there may be; the writer derived from what is left. */
function lying(name: string, about: string, typed: readonly string[]): Scenario {
  const left = typed.map((answer) => (/[a-z]/.test(answer) ? answer : ''));
  return {
    ...several(name, about, ['a'], typed, 'DID_NOT_OPEN'),
    recipe: sealedWith({ answers: typed }, joined(...left), typed.length),
  };
}

function miscounted(name: string, about: string, questions: number, sealed: readonly string[]): Scenario {
  return {
    ...several(name, about, sealed, sealed, 'DID_NOT_OPEN'),
    recipe: sealedWith({ answers: sealed }, undefined, questions),
  };
}

/** A writer that put the bytes of a right answer together in another way. */
function laid(name: string, about: string, [secret]: readonly [Uint8Array], typed = 'ab'): Scenario {
  return {
    ...several(name, about, [typed], [typed], 'DID_NOT_OPEN'),
    recipe: sealedWith({ answers: [typed] }, secret, 1),
  };
}

function joined(...pieces: readonly string[]): Uint8Array {
  return concat(...pieces.map(utf8).flatMap((bytes) => [u32(bytes.length), bytes]));
}

function sealedWith(
  sealed: Answers,
  secret: Uint8Array | undefined,
  questions: number,
): NonNullable<Scenario['recipe']> {
  const lies = secret === undefined ? {} : { secret };
  return { slots: [{ ...sealed, kdf: answerKdf, lies }], face: asking(questions), message: answered };
}
