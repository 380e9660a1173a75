import { concat, fromAscii, fromUtf8, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { Base85Encoder } from '../wire/base85-encode.js';
import { decodeBase85 } from '../wire/base85-decode.js';
import { jsonText } from './inline.js';

/** One language of a page. */
export interface Language {
  /** BCP 47 tag, as in the element id `sealpost-lang-XX`. */
  readonly code: string;
  readonly dir: 'ltr' | 'rtl';
  /** The language's own name, for a language menu. */
  readonly name: string;
  /**
   * Texts as {@link joinTexts} joins them. First those of the page, which begin with those of `FIRST_PAINT_KEYS`, in their order; then
   * those of each module that has some. They are there whether or not a page has the module.
   */
  readonly texts: readonly [string, ...string[]];
}

/** A language in its block: texts are packed, each string a line of base85. */
interface PackedLanguage extends Omit<Language, 'texts'> {
  readonly packed: readonly string[];
}

/** Stands between two texts and within none. */
const BETWEEN = '|';
/** Stands between the texts of two modules. */
const END = '\n';

/** Joins texts without their keys, which would be a third of them. Empty texts at the end are left out. Throws for a text with `|` or a line end. */
export function joinTexts(texts: readonly string[]): string {
  for (const text of texts)
    if (text.includes(BETWEEN) || text.includes(END))
      throw new Error(`"${text}" cannot stand among a language's texts`);
  return texts.join(BETWEEN).replace(/\|+$/, '');
}

/** The texts that {@link joinTexts} joined, up to the last that is not empty. */
export function splitTexts(joined: string): readonly string[] {
  return joined.split(BETWEEN);
}

/**
 * The content of a language's block (spec/envelope-v1.md, section 8.3): ASCII JSON that keeps the transport rules. What a page says is
 * most of its bytes beside its code, so the texts are deflated: by `deflate` (raw, RFC 1951), whose result has to be the same on every
 * machine, since blocks have fixed hashes.
 */
export function writeLanguage({ texts, ...language }: Language, deflate: (bytes: Bytes) => Bytes): string {
  // Its lines end where a page's lines have to, and within every `<!`: no digit needs to be escaped in JSON or in a page.
  const packed = fromAscii(new Base85Encoder().encode(deflate(utf8(texts.join(END))))).replaceAll('\n', '",\n"');
  return jsonText({ ...language, packed: [''] }).replace('""', () => `"${packed}"`);
}

/**
 * The language of a block. The block is one whose hash is known, or has come with the code that reads it: how large its texts are is not
 * limited. Throws a `SyntaxError`, `DAMAGED`, or whatever `Backend.inflateRaw` ends in, for one that {@link writeLanguage} did not write.
 */
export async function readLanguage(json: string, backend: Backend): Promise<Language> {
  const { packed, ...language } = JSON.parse(json) as PackedLanguage;
  const stored = packed.join('');
  const pieces: Bytes[] = [];
  for await (const piece of backend.inflateRaw([decodeBase85(stored, stored.length)])) pieces.push(piece);
  return { ...language, texts: fromUtf8(concat(...pieces)).split(END) as unknown as Language['texts'] };
}
