import { p256Kem } from '@sealpost/core';
import { writeAnswer, type SendingKem } from '../../src/reply/answer.js';
import { sealingBackend } from '../../src/reply/backend.js';
import { registry } from '../../src/registry.js';

/** How a page seals, as a module beside `open` has it. */
export interface Sealing {
  readonly writeAnswer: typeof writeAnswer;
  readonly kem: SendingKem;
}

const sealing: Sealing = { writeAnswer, kem: p256Kem(sealingBackend) };
registry().provide('register', sealing);
