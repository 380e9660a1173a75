import { inflateRawSync } from 'node:zlib';

/** @typedef {import('../../core/src/crypto/backend.js').Backend} Backend */
/** @typedef {typeof import('../../core/src/document/assemble.js')} Assembling */
/** @typedef {typeof import('../../core/src/wire/header.js')} Header */
/** @typedef {typeof import('../../core/src/document/language.js')} Languages */

/**
 * @typedef {object} Build
 * @property {readonly string[]} keys of the texts of a language that the first paint shows
 * @property {(language: import('../../core/src/document/language.js').Language) => string} languageText as a block holds it
 */

/** Texts in place of those of a release: what core writes around them is all that shows. */
const MODULES = { open: 'open', reply: 'reply', register: 'register', pq: 'pq' };

/**
 * Pages of envelopes with nothing and with everything in their faces, as core writes them around texts that never change. While
 * this is the same, core puts the texts of a former release together to the bytes of then.
 *
 * @param {Pick<Assembling, 'assemble'> & Pick<Header, 'encodeHeader'> & Pick<Languages, 'joinTexts'> & Build} core
 * @param {(bytes: Uint8Array) => Uint8Array<ArrayBuffer>} sha256
 * @returns {Promise<string>}
 */
export async function samplePages({ assemble, encodeHeader, joinTexts, keys, languageText }, sha256) {
  // Nothing else of a backend is needed to write a page.
  /** @type {Pick<Backend, 'sha256' | 'inflateRaw'>} */
  const used = {
    sha256: (bytes) => Promise.resolve(sha256(bytes)),
    async *inflateRaw(pieces) {
      for await (const piece of pieces) yield Uint8Array.from(inflateRawSync(piece));
    },
  };
  const backend = /** @type {Backend} */ (used);
  const language = (/** @type {string} */ code, /** @type {'ltr' | 'rtl'} */ dir) => {
    const texts = /** @type {const} */ ([joinTexts(keys.map((key) => `${key} of ${code}`)), `reply in ${code}`]);
    return { code, json: languageText({ code, dir, name: code, texts }) };
  };
  const bytes = (/** @type {number} */ length) => new Uint8Array(length).fill(7);
  const kdf = /** @type {const} */ ({ name: 'argon2id', m: 64, t: 1, p: 1, salt: bytes(16) });
  const slots = [/** @type {const} */ ({ type: 'passphrase', kdf, norm: 'words', wrap: bytes(104) })];
  const header = { v: /** @type {const} */ (1), id: bytes(16), slots };
  const logo = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0);
  const face = {
    org: 'Klinik & S\u00f6hne <"\u65e5\u672c\u8a9e">',
    contact: 'contact '.repeat(60).trim(),
    color: '#123456',
    logo,
    opener: 'https://opener.example',
    subject: 'subject',
    date: 1_795_321_800,
    hint: 'hint',
  };
  async function* blocks() {
    yield await Promise.resolve(bytes(72));
    yield bytes(1_000);
  }
  const samples = [
    { envelope: { ...header, face: {} }, modules: { open: MODULES.open }, languages: [language('en', 'ltr')] },
    {
      envelope: { ...header, face, connect: 'https://reply.example' },
      modules: MODULES,
      languages: [language('ar', 'rtl'), language('en', 'ltr')],
    },
  ];
  let text = '';
  for (const { envelope, modules, languages } of samples) {
    const page = { runtime: { modules, style: 'style' }, languages };
    for await (const piece of assemble(encodeHeader(envelope), page, blocks(), backend))
      text += Buffer.from(piece).toString('latin1');
  }
  return text;
}
