import { hybrid } from './hybrid.js';
import type { Kem } from './kem.js';
import { p256 } from './p256.js';

/** Those that section 5.2 lists. */
export const kems: readonly Kem[] = [p256, hybrid];
