import { encodeBase64url } from '../kit/base64url.js';
import { utf8 } from '../kit/bytes.js';
import { isObject, type JsonObject } from '../kit/header-json.js';
import { smallestArgon2id, smallestPbkdf2, type Argon2id, type Kdf } from '../kit/kdf.js';
import { passphrase, type Scenario } from './scenario.js';

const salt = utf8('a salt of a test');
const argon2id = smallestArgon2id(salt);
const pbkdf2 = smallestPbkdf2(salt);
const most = Number.MAX_SAFE_INTEGER;

/** Section 5.1: the ranges of the parameters, and the syntax of `kdf`. */
export const kdfs: readonly Scenario[] = [
  argon2('m-8', 'The memory is 8 KiB, the least there can be.', { m: 8 }),
  argon2('m-7', 'The memory is 7 KiB.', { m: 7 }, 'LIMIT'),
  argon2('m-15-p-2', 'The memory is less than 8 KiB for each of two lanes.', { m: 15, p: 2 }, 'LIMIT'),
  argon2('m-262145', 'The memory is 256 MiB and a KiB.', { m: 262_145 }, 'LIMIT'),
  argon2('m-most', 'The memory is 2^53 - 1 KiB.', { m: most }, 'LIMIT'),
  argon2('t-0', 'There is no pass.', { t: 0 }, 'LIMIT'),
  argon2('t-10', 'There are 10 passes, the most there can be.', { t: 10 }),
  argon2('t-11', 'There are 11 passes.', { t: 11 }, 'LIMIT'),
  argon2('p-0', 'There is no lane.', { p: 0 }, 'LIMIT'),
  argon2('p-16', 'There are 16 lanes, the most there can be.', { m: 128, p: 16 }),
  argon2('p-17', 'There are 17 lanes.', { m: 136, p: 17 }, 'LIMIT'),
  argon2(
    'cost',
    'Memory times passes is 1,048,578, the least that is too much; each by itself is in its range.',
    { m: 174_763, t: 6 },
    'LIMIT',
  ),
  argon2('m-1024-t-3-p-4', 'Several passes and lanes over a memory that is not the least.', { m: 1024, t: 3, p: 4 }),
  notRun(
    'argon2-most',
    'A slot behind the one that opens wants 256 MiB and 4 passes, the most there can be.',
    'success',
    {
      ...argon2id,
      m: 262_144,
      t: 4,
    },
  ),
  notRun('behind', 'A slot behind the one that opens wants 11 passes.', 'LIMIT', { ...argon2id, t: 11 }),
  range('pbkdf2', 'The function is PBKDF2 with 4,096 iterations.', { ...pbkdf2, c: 4096 }),
  range('pbkdf2-c-1', 'There is one iteration, the fewest there can be.', pbkdf2),
  range('pbkdf2-c-0', 'There is no iteration.', { ...pbkdf2, c: 0 }, 'LIMIT'),
  range('pbkdf2-c-10000001', 'There are 10,000,001 iterations.', { ...pbkdf2, c: 10_000_001 }, 'LIMIT'),
  notRun(
    'pbkdf2-most',
    'A slot behind the one that opens wants 10,000,000 iterations, the most there can be.',
    'success',
    {
      ...pbkdf2,
      c: 10_000_000,
    },
  ),
  range('salt-64', 'The salt has 64 bytes, the most there can be.', { ...argon2id, salt: new Uint8Array(64) }),
  ...[0, 15, 65].map((length) =>
    range(`salt-${length}`, `The salt has ${length} bytes.`, { ...argon2id, salt: new Uint8Array(length) }, 'LIMIT'),
  ),
  syntax('name-unknown', 'The function is none of version 1.', (honest) => ({ ...honest, name: 'scrypt' })),
  syntax('key-unknown', 'It has a key that version 1 does not know.', (honest) => ({ ...honest, more: 1 })),
  syntax('keys-reordered', 'The passes come before the memory.', () => ({
    name: 'argon2id',
    t: 1,
    m: 8,
    p: 1,
    salt: encodeBase64url(salt),
  })),
  syntax('parameters-of-another', 'The function is Argon2id with the parameters of PBKDF2.', () => ({
    name: 'argon2id',
    c: 1,
    salt: encodeBase64url(salt),
  })),
  syntax('m-text', 'The memory is a string.', (honest) => ({ ...honest, m: '8' })),
  syntax('salt-missing', 'It has no salt.', () => ({ name: 'argon2id', m: 8, t: 1, p: 1 })),
  syntax('salt-unused-bits', 'The last character of the salt has bits that are not used.', (honest) => ({
    ...honest,
    salt: 'AAAAAAAAAAAAAAAAAAAAAB',
  })),
  {
    name: 'kdf-other-than-said',
    about: 'The slot was derived with another parameter than it says.',
    section: '5.1',
    expected: 'DID_NOT_OPEN',
    recipe: {
      slots: [{ passphrase, norm: 'words', kdf: argon2id, lies: { derivedWith: { ...argon2id, t: 2 } } }],
    },
  },
];

/** What is out of range must be refused before it is run: the kit derives with the cheapest parameters instead. */
function range(name: string, about: string, kdf: Kdf, expected: 'success' | 'LIMIT' = 'success'): Scenario {
  const lies = expected === 'success' ? {} : { derivedWith: argon2id };
  return {
    name: `kdf-${name}`,
    about,
    section: '5.1',
    expected,
    recipe: { slots: [{ passphrase, norm: 'words', kdf, lies }] },
  };
}

function argon2(
  name: string,
  about: string,
  parameters: Partial<Argon2id>,
  expected: 'success' | 'LIMIT' = 'success',
): Scenario {
  return range(`argon2-${name}`, about, { ...argon2id, ...parameters }, expected);
}

/** Costly or refused parameters in a slot that nobody needs. */
function notRun(name: string, about: string, expected: 'success' | 'LIMIT', kdf: Kdf): Scenario {
  return {
    name: `kdf-${name}`,
    about,
    section: '5.1',
    expected,
    recipe: {
      slots: [
        { passphrase, norm: 'words', kdf: argon2id },
        { passphrase: 'somebody else', norm: 'words', kdf, lies: { derivedWith: argon2id } },
      ],
    },
  };
}

function syntax(name: string, about: string, change: (honest: JsonObject) => JsonObject): Scenario {
  return {
    name: `kdf-${name}`,
    about,
    section: '5.1',
    expected: 'NOT_AN_ENVELOPE',
    recipe: {
      slots: [
        {
          passphrase,
          norm: 'words',
          kdf: argon2id,
          lies: {
            slot: ({ kdf = {}, ...honest }) => ({
              type: 'passphrase',
              kdf: isObject(kdf) ? change(kdf) : kdf,
              norm: honest['norm'] ?? '',
            }),
          },
        },
      ],
    },
  };
}
