import { ar } from './ar.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { ja } from './ja.js';
import type { OpenerTexts } from './keys.js';
import { pt } from './pt.js';

/** By the codes of the page's languages. */
export const openerTexts: Readonly<Record<string, OpenerTexts>> = { en, fr, de, es, it, pt, ja, ar };
