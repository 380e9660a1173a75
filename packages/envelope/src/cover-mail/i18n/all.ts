import type { LanguageCode } from '@sealpost/reader';
import { ar } from './ar.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { ja } from './ja.js';
import { pt } from './pt.js';
import type { CoverLanguage } from './texts.js';

/** The cover mail speaks every language that the page speaks: a new one does not compile before it is here too. */
export const coverLanguages: Readonly<Record<LanguageCode, CoverLanguage>> = { en, fr, de, es, it, pt, ja, ar };
