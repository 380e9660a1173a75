import { ar } from './ar.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { ja } from './ja.js';
import { REPLY_KEYS, type ReplyStrings } from './keys.js';
import { pt } from './pt.js';
import { joinTexts } from '@sealpost/core';

/** The texts of the module `reply`, by the codes of the page's languages. */
export const replyStrings: Readonly<Record<string, ReplyStrings>> = { en, fr, de, es, it, pt, ja, ar };

/** The texts of a language as its block holds them. Throws for a language that has none. */
export function replyTexts(code: string): string {
  const strings = replyStrings[code];
  if (strings === undefined) throw new Error(`the module reply has no texts in ${code}`);
  return joinTexts(REPLY_KEYS.map((key) => strings[key]));
}
