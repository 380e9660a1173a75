import { ar } from './ar.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { ja } from './ja.js';
import type { Strings } from './keys.js';
import { pt } from './pt.js';

/** The languages of this release. The first is the one to fall back to. */
export const languages: readonly [Strings, ...Strings[]] = [en, fr, de, es, it, pt, ja, ar];
