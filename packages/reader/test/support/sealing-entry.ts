import { p256Kem, sealEnvelope } from '@sealpost/core';
import { sealingBackend } from '../../src/reply/backend.js';
import { registry } from '../../src/registry.js';

/** What answering needs of core, as a module beside `open` has it. */
export interface Sealing {
  readonly sealEnvelope: typeof sealEnvelope;
  readonly backend: typeof sealingBackend;
  readonly kem: ReturnType<typeof p256Kem>;
}

const sealing: Sealing = { sealEnvelope, backend: sealingBackend, kem: p256Kem(sealingBackend) };
registry().provide('register', sealing);
