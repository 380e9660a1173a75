import path from 'node:path';
import { rewrite, withoutMembers, withWords } from './rewrite.mjs';

export const CORE = path.resolve(import.meta.dirname, '../../core/src');

/** What only sealing needs of a backend. */
const SEALING = ['deflateRaw', 'seal', 'sha256Stream'];

/**
 * Members of core's classes and objects that no page calls, by their files: it seals nothing, and holds a part whole. A test looks
 * for calls.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const UNUSED = {
  'crypto/noble.ts': SEALING,
  'crypto/webcrypto.ts': SEALING,
  'message/opened-part.ts': ['stream', '#verified'],
};

/**
 * What is known of the page, as other words for core's: it opens with what somebody typed.
 *
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>}
 */
const KNOWN = {
  'crypto/noble.ts': {
    // noble, as the page has it, does not look at it.
    'maxmem: 2 ** 32 - 1, ': '',
    // Its names there (lean-noble.mjs).
    'sha256.create()': 'sha256.newHash()',
    'hash.update(data)': 'hash.takeIn(data)',
    'hash.digest()': 'hash.hashOf()',
  },
  'open.ts': { "'openKeySlot' in secret": 'false', "'prepared' in secret": 'false' },
  // A page has no private key, and passes over slots for them.
  'wire/header.ts': {
    "slots.some((slot) => slot.type === 'key' && (slot.token?.length ?? 0) > MAX_TOKEN_BYTES)": 'false',
  },
  'wire/slot.ts': {
    "['card']": "['card', 'key']",
    "slot.type === 'key'": 'false',
    "if (type === 'key')": 'if (false)',
  },
};

/** What opening needs of a KEM, and who keeps keys. A page that answers seals, and nothing else. */
const KEEPING = ['generate', 'isPublicKey', 'decapsulate'];

/** As UNUSED, for the modules beside `open`. @type {Readonly<Record<string, readonly string[]>>} */
export const UNUSED_BESIDE = {
  'kem/hybrid.ts': KEEPING,
};

/**
 * As KNOWN, for the modules beside `open`: they make pages, no padding, and randomness of their own.
 *
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>}
 */
const KNOWN_BESIDE = {
  // An answer to a key proves what it answers.
  'kem/hpke.ts': {
    'psk === undefined ? MODE_BASE : MODE_PSK': 'MODE_PSK',
    'psk?.id ?? NO_BYTES': 'psk.id',
    'psk?.psk ?? NO_BYTES': 'psk.psk',
    'encapsulate(publicKey, ephemeral)': 'encapsulate(publicKey)',
  },
  'document/first-paint.ts': { 'face.hint !== undefined': 'false', 'lines.push(...facts(face, text));': '' },
};

/**
 * Exports of the files above, and what leads to them, that `open` may share all the same, and why.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const SHAREABLE = {
  // The same, in the words of the page's noble.
  'crypto/noble.ts': ['nobleArgon2id'],
  // Without sealing, which the module `reply` adds (src/reply/backend.ts).
  'crypto/webcrypto.ts': ['webcryptoBackend'],
  // Takes a slot for a key as one that it passes over: its bytes are the same.
  'wire/header.ts': ['readHeader', 'derivationId'],
};

/**
 * Whether `open` has an export of a file of core as the other modules need it.
 *
 * @param {string} file
 * @param {string} exported
 */
export function isShareable(file, exported) {
  const name = path.relative(CORE, file).replaceAll(path.sep, '/');
  return !(name in UNUSED || name in KNOWN) || (SHAREABLE[name] ?? []).includes(exported);
}

/**
 * A file of core without what `open` cannot reach.
 *
 * @param {string} file
 * @param {string} code TypeScript
 */
export function leanCore(file, code) {
  return lean(file, code, KNOWN, UNUSED);
}

/**
 * A file of core without what the modules beside `open` cannot reach.
 *
 * @param {string} file
 * @param {string} code TypeScript
 */
export function leanBeside(file, code) {
  return lean(file, code, KNOWN_BESIDE, UNUSED_BESIDE);
}

/**
 * @param {string} file
 * @param {string} code
 * @param {typeof KNOWN} known
 * @param {typeof UNUSED} unused
 */
function lean(file, code, known, unused) {
  const name = path.relative(CORE, file).replaceAll(path.sep, '/');
  const members = unused[name] ?? [];
  return rewrite(withWords(name, code, known[name] ?? {}), (node, textOf) => withoutMembers(node, textOf, members));
}
