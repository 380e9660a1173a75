import { utf8 } from '../kit/bytes.js';
import { smallestPbkdf2 } from '../kit/kdf.js';
import type { Norm } from '../kit/normalise.js';
import type { Scenario } from './scenario.js';

const kdf = smallestPbkdf2(utf8('a salt of a test'));
const tooLong = `${'\u00e9'.repeat(512)}x`;

/** Section 6. `sealed` is what the writer took, `typed` what is typed to open it. */
export const passphrases: readonly Scenario[] = [
  opaque('nfc', 'An accent is typed as a character of its own.', 'Caf\u00e9', 'Cafe\u0301'),
  opaque('blanks', 'Blanks are typed as U+00A0, U+2003 and U+3000.', 'a b c d', 'a\u00a0b\u2003c\u3000d'),
  opaque('case', 'It is typed in another case.', 'Horse', 'horse', 'DID_NOT_OPEN'),
  opaque('blank-behind', 'A blank is typed behind it.', 'Horse', 'Horse ', 'DID_NOT_OPEN'),
  opaque('blanks-doubled', 'A blank inside is typed twice.', 'a b', 'a  b', 'DID_NOT_OPEN'),
  opaque('tab', 'A blank is typed as a tab.', 'a b', 'a\tb', 'DID_NOT_OPEN'),
  opaque('full-width', 'It is typed in full-width letters.', 'Horse', '\uff28\uff4f\uff52\uff53\uff45', 'DID_NOT_OPEN'),
  opaque(
    'ligature',
    'A ligature stands for its letters, as NFKC has it and NFC does not.',
    'fi',
    '\ufb01',
    'DID_NOT_OPEN',
  ),

  words(
    'separators',
    'Every separator is typed, and some at both ends.',
    'a b c d e f g h',
    '-a-b_c.d,e\u2010f\u2015g\t\r\n\u3000h. ',
  ),
  words('case', 'It is typed in upper case.', 'caf\u00e9 au lait', 'CAFE\u0301 AU LAIT'),
  words(
    'final-sigma',
    'A sigma at the end of a word is typed in upper case.',
    '\u03bf\u03b4\u03bf\u03c2',
    '\u039f\u0394\u039f\u03a3',
  ),
  words('dotted-i', 'An upper-case I with a dot becomes two characters.', 'i\u0307zmir', '\u0130zmir'),
  words('nfc-again', 'Lower case makes a letter and its accent one character.', '\u01f0', 'J\u030c'),
  words(
    'sharp-s',
    'A sharp s is typed as two letters, as case folding has it and lower case does not.',
    'stra\u00dfe',
    'STRASSE',
    'DID_NOT_OPEN',
  ),
  words(
    'solidus',
    'Words are typed with a solidus between them, which is no separator.',
    'one two',
    'one/two',
    'DID_NOT_OPEN',
  ),
  words(
    'zero-width-space',
    'Words are typed with U+200B between them, which is no separator.',
    'one two',
    'one\u200btwo',
    'DID_NOT_OPEN',
  ),
  words('joined', 'Words are typed without anything between them.', 'one two', 'onetwo', 'DID_NOT_OPEN'),

  code('look-alikes', 'O, I and L are typed for digits, in both cases.', '0011 1100', 'oO-iI lL00'),
  code(
    'separators',
    'Other separators are typed, and some at both ends.',
    '0123456789ABCDEF',
    ' 0123-4567_89ab.\u2013cdef,',
  ),
  code('no-separators', 'It is typed without the separators it was sealed with.', '0123-4567', '01234567'),
  code('full-width', 'A digit is typed in full width.', '0123', '\uff10123', 'DID_NOT_OPEN'),
  code(
    'long-s',
    'A long s is typed, whose upper case is S in Unicode and not in ASCII.',
    'S123',
    '\u017f123',
    'DID_NOT_OPEN',
  ),
  code('kelvin', 'A Kelvin sign is typed for K, as NFC and NFKC have it.', 'K123', '\u212a123', 'DID_NOT_OPEN'),

  opaque(
    '1024-bytes',
    'It has 1,024 bytes in UTF-8, the most there can be.',
    '\u00e9'.repeat(512),
    '\u00e9'.repeat(512),
  ),
  {
    name: 'passphrase-opaque-1025-bytes',
    about: 'It has 1,025 bytes in UTF-8, one more than there can be, and the writer derived from them all the same.',
    section: '6',
    expected: 'DID_NOT_OPEN',
    typed: tooLong,
    recipe: { slots: [{ passphrase: tooLong, norm: 'opaque', kdf, lies: { secret: utf8(tooLong) } }] },
  },
  words('nothing-left', 'The rule leaves nothing of what is typed.', 'words', '-- .', 'DID_NOT_OPEN'),
  {
    name: 'passphrase-nothing-left-for-one',
    about: 'The rule of the first slot leaves nothing of what is typed; the second slot opens.',
    section: '6',
    expected: 'success',
    typed: '---',
    recipe: {
      slots: [
        { passphrase: 'words', norm: 'words', kdf },
        { passphrase: '---', norm: 'opaque', kdf },
      ],
    },
  },
];

type Outcome = 'success' | 'DID_NOT_OPEN';

function opaque(name: string, about: string, sealed: string, typed: string, expected: Outcome = 'success'): Scenario {
  return spelled('opaque', name, about, [sealed, typed], expected);
}

function words(name: string, about: string, sealed: string, typed: string, expected: Outcome = 'success'): Scenario {
  return spelled('words', name, about, [sealed, typed], expected);
}

function code(name: string, about: string, sealed: string, typed: string, expected: Outcome = 'success'): Scenario {
  return spelled('code', name, about, [sealed, typed], expected);
}

function spelled(
  norm: Norm,
  name: string,
  about: string,
  [sealed, typed]: readonly [sealed: string, typed: string],
  expected: Outcome,
): Scenario {
  return {
    name: `passphrase-${norm}-${name}`,
    about,
    section: '6',
    expected,
    typed,
    recipe: { slots: [{ passphrase: sealed, norm, kdf }] },
  };
}
