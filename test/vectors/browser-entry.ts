import { nobleBackend, webcryptoBackend } from '@sealpost/core';
import { openWithCore, typedSecret, type TypedSecret } from './open-with-core.js';
import type { Outcome } from './outcome.js';

/** A vector as it goes into a page: none that an identity opens. */
export interface CarriedVector extends TypedSecret {
  readonly name: string;
  readonly base64: string;
  /** Keys that sign, in base64. */
  readonly known: readonly string[];
}

/** One run of a vector in a page. */
export interface BrowserOutcome extends Outcome {
  readonly name: string;
  /** The backend. */
  readonly run: string;
}

/** Opens each vector of a JSON array on both backends. Attachments are read in one piece: a page's core has no streams of them. */
async function runVectors(json: string): Promise<readonly BrowserOutcome[]> {
  const outcomes: BrowserOutcome[] = [];
  for (const { name, base64, known, ...typed } of JSON.parse(json) as readonly CarriedVector[]) {
    const file = fromBase64(base64);
    const keys = known.map(fromBase64);
    for (const backend of [webcryptoBackend, nobleBackend]) {
      // What has no code is a fault of core, and ends up in the comparison as an outcome that no vector wants.
      const outcome = await openWithCore(file, typedSecret(typed), backend, 'bytes', keys).catch(
        (error: unknown): Outcome => ({
          outcome: String(error),
          parts: [],
        }),
      );
      outcomes.push({ name, run: backend.name, ...outcome });
    }
  }
  return outcomes;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
}

Object.assign(globalThis, { runVectors });
