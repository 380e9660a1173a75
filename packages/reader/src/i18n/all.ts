import { de } from './de.js';
import { en } from './en.js';
import { fr } from './fr.js';
import type { Strings } from './keys.js';

/** The languages of this release. The first is the one to fall back to. */
export const languages: readonly [Strings, ...Strings[]] = [en, fr, de];
