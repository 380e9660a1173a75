import { createCipheriv, createHash, randomBytes, webcrypto } from 'node:crypto';
import { open, prepareSecret, seal, type PreparedSecret } from 'sealpost';
import { Base85Encoder } from '../../../packages/core/src/wire/base85-encode.js';
import { incompressible, letter } from '../content.js';

/** What is measured, and the least that the same bytes could cost. */
export type Work = 'seal' | 'sealFloor' | 'open' | 'openFloor';

/** Gets ready for the work on so many bytes, and gives what is to be measured. */
type Preparation = (size: number, prepared: PreparedSecret) => Promise<() => Promise<unknown>>;

const CHUNK = 16_384;
const BLOCK = 1_048_576;

/** What runs before so that code is compiled: small enough that its memory is not what the measured work gets. */
const WARM_UP = 2_000_000;
const WARM_UPS = 20;

const WORKS: Readonly<Record<Work, Preparation>> = {
  seal: (size, prepared) => {
    const content = incompressible(size);
    return Promise.resolve(async () => (await seal(letter(content), { prepared })).bytes());
  },
  sealFloor: (size) => {
    const content = incompressible(size);
    return Promise.resolve(async () => {
      const { iv, key } = await floorKey();
      const sealed = await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, content);
      return Buffer.from(sealed).toString('base64').length;
    });
  },
  open: async (size, prepared) => {
    const file = await (await seal(letter(incompressible(size)), { prepared })).bytes();
    return async () => (await open(file, { prepared })).attachments[0]?.bytes();
  },
  openFloor: async (size) => {
    const { iv, key } = await floorKey();
    const sealed = await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, incompressible(size));
    const text = Buffer.from(sealed).toString('base64');
    return () => webcrypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, Buffer.from(text, 'base64'));
  },
};

/** Milliseconds of processor time of one work on memory that the process has not used before; `compiled`: with code that it has. */
export async function workCost(work: Work, size: number, compiled: boolean): Promise<number> {
  const { prepared } = await prepareSecret();
  for (let run = 0; compiled && run < WARM_UPS; run++) await (await WORKS[work](WARM_UP, prepared))();
  return cpuTime(await WORKS[work](size, prepared));
}

/** Milliseconds of processor time, user and system, of all threads. */
export interface RepeatedCost {
  readonly seal: number;
  readonly floor: number;
  /** The layers one by one, each as fast as Node does it; base85 is ours. */
  readonly sha256: number;
  readonly gcmChunks: number;
  readonly base85: number;
  readonly base64: number;
}

/**
 * Sealing, the floor's work and the layers, in turn and many times, so that each gets memory that was used before: a fresh
 * page costs the system about as much as encrypting it, and the floor consists of little else.
 */
export async function repeatedCosts(size: number, runs: number): Promise<readonly RepeatedCost[]> {
  const content = incompressible(size);
  const { prepared } = await prepareSecret();
  const sealing = await WORKS.seal(size, prepared);
  const floor = await WORKS.sealFloor(size, prepared);
  const costs: RepeatedCost[] = [];
  // As long as it takes until the allocator keeps what it gets back.
  for (let run = -8; run < runs; run++) {
    const cost: RepeatedCost = {
      floor: await cpuTime(floor),
      seal: await cpuTime(sealing),
      sha256: await cpuTime(() => createHash('sha256').update(content).digest()),
      gcmChunks: await cpuTime(() => encryptChunks(content)),
      base85: await cpuTime(() => encodeBlocks(content)),
      base64: await cpuTime(() => Buffer.from(content.buffer).toString('base64').length),
    };
    if (run >= 0) costs.push(cost);
  }
  return costs;
}

async function cpuTime(work: () => unknown): Promise<number> {
  globalThis.gc?.();
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

async function floorKey(): Promise<{ readonly iv: Uint8Array; readonly key: webcrypto.CryptoKey }> {
  const key = await webcrypto.subtle.importKey('raw', randomBytes(32), 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { iv: randomBytes(12), key };
}

function encryptChunks(content: Uint8Array): number {
  const key = randomBytes(32);
  const nonce = Buffer.alloc(12);
  let length = 0;
  for (let at = 0; at < content.length; at += CHUNK) {
    nonce.writeUInt32BE(at / CHUNK, 8);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    length += cipher.update(content.subarray(at, at + CHUNK)).length;
    cipher.final();
    length += cipher.getAuthTag().length;
  }
  return length;
}

function encodeBlocks(content: Uint8Array): number {
  const encoder = new Base85Encoder();
  let length = 0;
  for (let at = 0; at < content.length; at += BLOCK) length += encoder.encode(content.subarray(at, at + BLOCK)).length;
  return length;
}
