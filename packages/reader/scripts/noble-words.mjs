import path from 'node:path';

const FRACTIONS = path.join(import.meta.dirname, 'fractions.mjs');

/** @typedef {{ readonly [file: string]: Readonly<Record<string, string>> }} Replacements */

/**
 * What is known of the only caller, core's `crypto/noble.ts`, as other words for noble's. The minifier then leaves out the branches
 * that are never taken; where another caller could take them, they throw.
 *
 * @type {Replacements}
 */
export const KNOWN = {
  'hashes/utils.js': {
    // Hashes are wrapped without the identifier that ASN.1 has for them, and nobody asks the wrappers for lengths.
    "info = checkOpts({}, info, 'info');": '',
    'Object.assign(hashC, info);': '',
    'const tmp = hashCons(undefined);': '',
    'hashC.outputLen = tmp.outputLen;': '',
    'hashC.blockLen = tmp.blockLen;': '',
    'return Object.freeze(hashC);': 'return hashC;',
  },
  // Both hashes have their high bytes first, and room for the length in an eighth of a block.
  'hashes/_md.js': {
    'import { setU64FromNum } from "./_u64.js";': `import { fractions } from '${FRACTIONS}';
export const SQUARE_ROOTS = /* @__PURE__ */ fractions(2n, 8);`,
    'constructor(blockLen, outputLen, padOffset, isLE) {': 'constructor(blockLen, outputLen, IV) {',
    'this.padOffset = padOffset;': 'this.hashWords = IV.slice();',
    'this.isLE = isLE;': '',
    '    padOffset;\n': '    hashWords;\n',
    '    isLE;\n': '',
    'const { buffer, view, blockLen, isLE } = this;': 'const { buffer, view, blockLen } = this;',
    'this.padOffset > blockLen - pos': 'blockLen / 8 > blockLen - pos',
    'setU64FromNum(view, blockLen - 8, this.length * 8, isLE);':
      'view.setUint32(blockLen - 8, this.length / 2 ** 29);\n        view.setUint32(blockLen - 4, this.length * 8);',
    'const oview = out === buffer ? view : createView(out);': 'const oview = createView(out);',
    'oview.setUint32(4 * i, state[i], isLE);': 'oview.setUint32(4 * i, state[i]);',
    'const { buffer, length, finished, destroyed, pos } = this;': 'const { buffer, length, pos } = this;',
    'this.get()': 'this.hashWords',
    '_cloneIntoMeta(to) {': `destroy() {
        clean(this.buffer, this.hashWords);
    }
    _cloneInto(to) {
        to ||= new this.constructor(this.blockLen, this.outputLen, this.hashWords);
        to.hashWords.set(this.hashWords);`,
    'aoutput, createView }': 'aoutput, clean, createView }',
  },
  'hashes/sha2.js': {
    'import * as u64 from "./_u64.js";': `import * as u64 from './_u64.js';
import { fractions } from '${FRACTIONS}';
const CUBE_ROOTS = /* @__PURE__ */ fractions(3n, 80);`,
    'view.getUint32(offset, false)': 'view.getUint32(offset)',
    // The low half of a shifted word is that of a rotated one.
    'u64.shrSL(': 'u64.rotrSL(',
    'u64.shrSH(W15h, W15l, 7)': '(W15h >>> 7)',
    'u64.shrSH(W2h, W2l, 6)': '(W2h >>> 6)',
    // One class for each hash.
    'new _SHA256()': 'new SHA2_32B(64, 32, SHA256_IV)',
    'new _SHA512()': 'new SHA2_64B(128, 64, SHA512_IV)',
  },
  // GHASH only runs inside GCM, and over full chunks: for these, noble looks at four bits at once.
  'ciphers/_polyval.js': {
    'wrapMacConstructor(16, (key, expectedLength) => new GHASH(key, expectedLength), (msg) => [msg.length]);':
      '{ create: (key) => new GHASH(key) };',
    'constructor(key, expectedLength) {': 'constructor(key) {',
    'const W = estimateWindow(expectedLength || 1024);': 'const W = 4;',
    'this.W = W;': '',
    'const windowSize = (this.windowSize = 2 ** W);': 'const windowSize = 16;',
    'const { W, t, windowSize } = this;': 'const { t } = this, W = 4, windowSize = 16;',
    '    W;\n    windowSize;\n': '',
    ', false);': ');',
  },
  'ciphers/utils.js': {
    'view.setBigUint64(0, BigInt(aadLength), isLE);': '',
    'BigInt(dataLength), isLE)': 'BigInt(dataLength))',
  },
  // Keys have 32 bytes in memory of their own and nonces 12, there is no associated data, and GCM counts with the high byte first.
  'ciphers/aes.js': {
    'if (nonce.length < 8)': 'if (AAD || key.length !== 32 || nonce.length !== 12)',
    'const aadLength = AAD ? AAD.length : 0;': '',
    'fn.create(key, data.length + aadLength)': 'fn.create(key)',
    'u64Lengths(8 * data.length, 8 * aadLength, isLE)': 'u64Lengths(8 * data.length, 0, isLE)',
    'if (AAD)\n        h.update(AAD);': '',
    'if (nonce.length === 12)': 'if (true)',
    'return { sbox, sbox2, T0, T1, T2, T3, T01, T23 };': 'return { sbox2, T01, T23 };',
    'function ctr32(xk, isLE, nonce, src, dst)': 'function ctr32(xk, nonce, src, dst = new Uint8Array(src.length))',
    'dst = getOutput(src.length, dst);': '',
    'ctr32(xk, false, ': 'ctr32(xk, ',
    'const ctrPos = isLE ? 0 : 12;': 'const ctrPos = 12;',
    'view.getUint32(ctrPos, isLE)': 'view.getUint32(ctrPos)',
    'view.setUint32(ctrPos, ctrNum, isLE)': 'view.setUint32(ctrPos, ctrNum)',
    'const toClean = [];': '',
    [`if (!isLE || !isAligned32(key))
        toClean.push((key = copyBytes(key)));`]: '',
    'const Nk = k32.length;': 'const Nk = 8;',
    'clean(...toClean);\n    return xk;': 'return xk;',
    'new Uint32Array(len + 28)': 'new Uint32Array(60)',
    'const rounds = xk.length / 4 - 2;': 'const rounds = 13;',
  },
  // All options are given, but for the version, key and associated data. Only Argon2id runs.
  'hashes/argon2.js': {
    'argon2Opts(opts);': 'opts;',
    'const maxUint32 = Math.pow(2, 32);': '',
    'if (!Object.values(AT).includes(type))': 'if (type !== AT.Argon2id || opts.key || opts.personalization)',
    'let { p, dkLen, m, t, version, key, personalization, maxmem, onProgress, asyncTick } = ':
      'const version = 0x13, key = Uint8Array.of(), personalization = key;\n        const { p, dkLen, m, t } = ',
    'const keyInput = key;': '',
    "key = rememberOwned(keyInput, abytesOrZero(keyInput, 'key'));": '',
    'const personalizationInput = personalization;': '',
    "personalization = rememberOwned(personalizationInput, abytesOrZero(personalizationInput, 'personalization'));": '',
    'return { H0, p, dkLen, m, t, version, maxmem, onProgress, asyncTick };': 'return H0;',
    'const ownedInputs = [];': '',
    'clean(BUF, ...ownedInputs);': 'clean(BUF);',
    'const { H0, p, dkLen, m, t, version, maxmem, onProgress, asyncTick } = argon2InitialHash(password, salt, type, opts);':
      'const H0 = argon2InitialHash(password, salt, type, opts), { p, dkLen, m, t, onProgress, asyncTick } = opts;',
    'return { type, mP, p, t, version, B, laneLen, lanes, segmentLen, dkLen, perBlock, asyncTick };':
      'return { mP, p, t, B, laneLen, segmentLen, dkLen, perBlock, asyncTick };',
    'const { type, mP, p, t, version, B, laneLen, lanes, segmentLen, perBlock } = ctx;':
      'const { mP, p, t, B, laneLen, segmentLen, perBlock } = ctx, type = 2, lanes = p;',
    'r !== 0 && version === 0x13': 'r !== 0',
    'type == AT.Argon2i || (type == AT.Argon2id && r === 0 && s < 2)': 'r === 0 && s < 2',
    'let perBlock = () => { };': 'let perBlock;',
    'if (onProgress) {': 'if (true) {',
    'if (onProgress && (!(blockCnt % callbackPer) || blockCnt === totalBlock))':
      'if (!(blockCnt % callbackPer) || blockCnt === totalBlock)',
    'blake2b.create({})': 'blake2b.create()',
  },
  // Argon2 hashes without key, salt or personalization, and little at once. What BLAKE2 has of its own as SHA-2 has it, comes from there.
  'hashes/blake2.js': {
    'import { SHA256_IV }': 'import { HashMD, SQUARE_ROOTS }',
    'class _BLAKE2 {': 'class _BLAKE2 extends HashMD {',
    '    buffer;\n    buffer32;\n': '    buffer32 = u32(this.buffer);\n',
    '    length = 0;\n    pos = 0;\n    blockLen;\n    outputLen;\n': '',
    'super(128, olen);': 'super(128, olen, B2B_IV);',
    'let { key, personalization, salt } = opts;': `if (opts.key || opts.personalization || opts.salt) throw new Error();
        const key = undefined, personalization = undefined, salt = undefined;`,
    'opts = checkOpts({}, opts);': '',
    'if (take === blockLen && !(dataOffset % 4) && pos + take < len) {': 'if (false) {',
    [`const out32 = out === this.buffer ? buffer32 : u32(out);
        const full = Math.floor(this.outputLen / 4);
        for (let i = 0; i < full; i++)
            out32[i] = swap8IfBE(state[i]);
        const tail = this.outputLen % 4;
        if (!tail)
            return;
        const off = full * 4;
        const word = state[full];
        for (let i = 0; i < tail; i++)
            out[off + i] = word >>> (8 * i);`]: `for (let i = 0; i < this.outputLen; i++)
            out[i] = state[i >> 2] >>> (8 * (i & 3));`,
    'this.get()': 'this.hashWords',
    'this.compress(buffer32, 0, ': 'this.compress(',
    // Both halves of a round are one function.
    'function G1b(a, b, c, d, msg, x) {': 'function G1b(a, b, c, d, msg, x, second) {',
    'u64.rotr32H(xh, xl)': 'second ? u64.rotrSH(xh, xl, 16) : xl',
    'u64.rotr32L(xh, xl)': 'second ? u64.rotrSL(xh, xl, 16) : xh',
    'u64.rotrSH(xh, xl, 24)': 'second ? u64.rotrBH(xh, xl, 63) : u64.rotrSH(xh, xl, 24)',
    'u64.rotrSL(xh, xl, 24)': 'second ? u64.rotrBL(xh, xl, 63) : u64.rotrSL(xh, xl, 24)',
  },
  'hashes/hmac.js': {
    '    blockLen;\n': '',
    'this.blockLen = this.iHash.blockLen;': '',
    'const blockLen = this.blockLen;': 'const { blockLen } = this.iHash;',
  },
  'hashes/pbkdf2.js': {
    'checkOpts({ dkLen: 32, asyncTick: 10 }, _opts)': '_opts',
    'view.setInt32(0, ti, false);': 'view.setInt32(0, ti);',
    'const iClone = iHash._cloneInto;': '',
    'const oClone = oHash._cloneInto;': '',
    'iClone.call(iHash, work)': 'iHash._cloneInto(work)',
    'oClone.call(oHash, work)': 'oHash._cloneInto(work)',
  },
};

/**
 * What noble writes out word by word, for speed where speed is of no interest here, as lists and loops. The words of a hash's state
 * are the fields of an object in noble, and an array `hashWords` in the page.
 *
 * @type {{ readonly [file: string]: readonly (readonly [noble: RegExp, ours: string])[] }}
 */
export const LOOPS = {
  'hashes/sha2.js': [
    [/(?: {4}[A-H] = 0;\n){8} {4}constructor[^{]*\{[^}]*\}\n/, ''],
    [/(?: {4}[A-H][hl] = 0;\n){16} {4}constructor[^{]*\{[^}]*\}\n/, ''],
    [
      /let \{ A, B, C, D, E, F, G, H \} = this;/,
      'let { 0: A, 1: B, 2: C, 3: D, 4: E, 5: F, 6: G, 7: H } = this.hashWords;',
    ],
    [
      /let (\{ Ah, [^}]* \}) = this;/,
      'let [Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl] = this.hashWords;',
    ],
    [
      /(?:([A-H]) = \(\1 \+ this\.\1\) \| 0;\s*){8}this\.set\(([A-H, ]*)\);/,
      '[$2].forEach((word, i) => (this.hashWords[i] += word));',
    ],
    [
      /(?:\(\{ h: (\w+), l: (\w+) \} = u64\.add\(this\.\1 \| 0, this\.\2 \| 0, \1 \| 0, \2 \| 0\)\);\s*){8}this\.set\(([\w, ]*)\);/,
      `[$3].forEach((word, i, all) => {
            if (i % 2) return;
            const { h, l } = u64.add(this.hashWords[i], this.hashWords[i + 1], word, all[i + 1]);
            this.hashWords.set([h, l], i);
        });`,
    ],
  ],
  'hashes/argon2.js': [
    // The sixteen words are eight pairs, `step` words apart.
    [
      /function P\(v00,[^}]*\}/,
      `function P(a, step) {
    const b = a + step, c = b + step, d = c + step, e = d + step, f = e + step, g = f + step, h = g + step;
    G(a, c, e, g);
    G(a + 1, c + 1, e + 1, g + 1);
    G(b, d, f, h);
    G(b + 1, d + 1, f + 1, h + 1);
    G(a, c + 1, f, h + 1);
    G(a + 1, d, f + 1, g);
    G(b, d + 1, e, g + 1);
    G(b + 1, c, e + 1, h);
}`,
    ],
    [/P\(i, i \+ 1, i \+ 2,[^)]*\)/, 'P(i, 2)'],
    [/P\(i, i \+ 1, i \+ 16,[^)]*\)/, 'P(i, 16)'],
  ],
  'hashes/blake2.js': [
    [/(?: {4}v\d[lh] = B2B_IV\[\d+\] \| 0;\n){16}/, ''],
    [/constructor\(blockLen, outputLen\) \{[^}]*\}/, ''],
    [/this\.v0l (?=\^= this\.outputLen)/, 'this.hashWords[0] '],
    [
      /compress\(msg, offset, isLast\) \{\s*const \{ v0l, [^}]*\} = this;\s*\{(?:\s*BBUF\[\d+\] = v\d[lh];)*\s*\}/,
      'compress(isLast) {\n        BBUF.set(this.hashWords);',
    ],
    [
      /(?:this\.v\d[lh] \^= BBUF\[\d+\] \^ BBUF\[\d+\];\s*){16}/,
      'for (let i = 0; i < 16; i++) this.hashWords[i] ^= BBUF[i] ^ BBUF[i + 16];\n',
    ],
    // Columns, then diagonals.
    [
      /(?:G[12]b\(\d+, \d+, \d+, \d+, msg, offset \+ 2 \* s\[j\+\+\]\);\s*){16}/,
      `for (let k = 0; k < 16; k++) {
                const [a, b, c, d] = [0, 1, 2, 3].map((n) => 4 * n + (((k >> 1) + n * (k >> 3)) & 3));
                G1b(a, b, c, d, this.buffer32, 2 * s[j++ % 160], k & 1);
            }`,
    ],
  ],
};
