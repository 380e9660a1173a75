import { createCipheriv, createHash, randomBytes, webcrypto } from 'node:crypto';
import { prepareSecret, seal } from 'sealpost';
import { Base85Encoder } from '../../../packages/core/src/wire/base85-encode.js';
import { incompressible, letter } from '../content.js';

/** Milliseconds of processor time, user and system, of all threads. */
export interface SealingCost {
  readonly seal: number;
  /** One-shot WebCrypto AES-GCM and native base64 of the same bytes. */
  readonly floor: number;
  /** The layers one by one, each as fast as Node does it; base85 is ours. */
  readonly sha256: number;
  readonly gcmChunks: number;
  readonly base85: number;
  readonly base64: number;
}

const CHUNK = 16_384;
const BLOCK = 1_048_576;

/** Seals the same bytes and does the floor's work on them, in turn, so that both meet the same machine. */
export async function sealingCost(size: number, runs: number): Promise<readonly SealingCost[]> {
  const content = incompressible(size);
  const { prepared } = await prepareSecret();
  const costs: SealingCost[] = [];
  for (let run = 0; run < runs; run++) {
    costs.push({
      floor: await cpuTime(() => floor(content)),
      seal: await cpuTime(async () => (await seal(letter(content), { prepared })).bytes()),
      sha256: await cpuTime(() => createHash('sha256').update(content).digest()),
      gcmChunks: await cpuTime(() => encryptChunks(content)),
      base85: await cpuTime(() => encodeBlocks(content)),
      base64: await cpuTime(() => Buffer.from(content.buffer).toString('base64').length),
    });
  }
  return costs;
}

/** The same in a process that has done nothing else before: what a command costs. */
export async function firstCost(kind: 'seal' | 'floor', size: number): Promise<number> {
  const content = incompressible(size);
  const { prepared } = await prepareSecret();
  if (kind === 'floor') return cpuTime(() => floor(content));
  return cpuTime(async () => (await seal(letter(content), { prepared })).bytes());
}

async function cpuTime(work: () => unknown): Promise<number> {
  globalThis.gc?.();
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

async function floor(content: Uint8Array<ArrayBuffer>): Promise<number> {
  const { subtle } = webcrypto;
  const key = await subtle.importKey('raw', randomBytes(32), 'AES-GCM', false, ['encrypt']);
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv: randomBytes(12) }, key, content);
  return Buffer.from(sealed).toString('base64').length;
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
