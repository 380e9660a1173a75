/**
 * The files of noble that the page holds, and nothing else of noble may come into it.
 *
 * @typedef {object} NobleFile
 * @property {string} sha256 of the text that was read when the changes in lean-noble.mjs were written
 * @property {readonly string[]} [checks] conditions of the statements `if (...) throw ...` that go: each guards against a caller's
 *   mistake that core, the only caller, does not make. Every other such statement stays.
 * @property {readonly string[]} [kept] what must be left: what depends on a stranger's bytes, and what wipes keys
 */

/** @type {Readonly<Record<string, NobleFile>>} */
export const nobleFiles = {
  'ciphers/_polyval.js': {
    sha256: '735b078133e0c5a97dd984a21389f152dc7958b283f52504f6f0906ded243fa5',
    checks: ['![1, 2, 4, 8].includes(W)'],
    kept: ['((elm.s0 = 0), (elm.s1 = 0), (elm.s2 = 0), (elm.s3 = 0));'],
  },
  'ciphers/aes.js': {
    sha256: '941ebefe14c48cd1401ffe52f329d4e6ff14f3f596681b211a33cde21de3a90c',
    checks: ['sbox.length !== 256'],
    kept: [
      `if (!equalBytes(tag, passedTag)) {
                clean(...toClean);
                throw new Error();
            }
            const out = ctr32(xk, counter, data);
            clean(...toClean);
            return out;`,
    ],
  },
  'ciphers/utils.js': {
    sha256: 'a443ec1f60d1aaa25d1b7d8c102d33c0e8e6d683ada1ad17be9c32e69170ff95',
    checks: ['onlyAligned && !isAligned32(out)'],
    kept: ['diff |= a[i] ^ b[i];\n    return diff === 0;'],
  },
  'hashes/_blake.js': { sha256: 'cabbff61d1f373bac45594ad758df7c42e176464ddbb94b44f5533fa977a4f56' },
  'hashes/_md.js': {
    sha256: '60cf3010fda89e3e4d3f0e7ff1ce249e9c467f34b4fd41b6fd6101d9f69be763',
    checks: ['len % 4 || outLen > state.length'],
  },
  'hashes/_u64.js': { sha256: 'b09da8c07fe8187c07649494cdb7cd0bcf13df90b506a9473d19e4d5f8c2e102' },
  'hashes/argon2.js': {
    sha256: 'f39753324bdf2f484150731d24b1d71236f26bf10bedd594f7d190fcdfdefdc9',
    checks: [
      '!isU32(passwordBytes.length)',
      '!isU32(saltBytes.length) || saltBytes.length < 8',
      '!isU32(maxmem)',
      'memUsed > maxmem',
    ],
  },
  'hashes/blake2.js': {
    sha256: '03f00237bcc0b4d822a80f7c0ac22e42632c48e246c3b6da584e6452186e32f0',
    checks: ['out.byteOffset & 3'],
  },
  'hashes/hmac.js': {
    sha256: 'fec9f8f3aeda785ea2de91cc4c059d54ef98196261c026c43f48341007ae52c9',
    checks: ["typeof this.iHash.update !== 'function'"],
  },
  'hashes/pbkdf2.js': {
    sha256: '62b75b5465a89af052a80bdebe7e0383ba01648b12f64877ce285a2e9896c713',
    checks: ['c < 1', 'dkLen < 1', 'dkLen > (2 ** 32 - 1) * hash.outputLen'],
  },
  'hashes/sha2.js': { sha256: '471746bba6ec4c6238ca41358d1d3b40b6ff31cf3363f0b4d550c649c1a8e83b' },
  'hashes/utils.js': {
    sha256: '037ad49adb78168b6b699598fd33f85f7877456b1d28b4d032e2a1a16807947c',
    checks: ["typeof hashCons !== 'function'", "typeof cb !== 'function'"],
    kept: ['arrays[i].fill(0);'],
  },
};
