import { writeAnswer } from '../../src/reply/answer.js';
import type { SendingKem } from '../../src/reply/answer-input.js';
import { p256 } from '../../src/reply/p256.js';
import { registry } from '../../src/registry.js';

/** How a page seals, as a module beside `open` has it. */
export interface Sealing {
  readonly writeAnswer: typeof writeAnswer;
  readonly kem: SendingKem;
}

const sealing: Sealing = { writeAnswer, kem: p256 };
registry().provide('register', sealing);
