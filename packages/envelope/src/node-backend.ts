import { createCipheriv, createDecipheriv, createHash, createHmac, pbkdf2, type BinaryLike } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createDeflateRaw, createInflateRaw, deflateRawSync } from 'node:zlib';
import { webcryptoBackend, type AesGcm, type Backend, type Bytes } from '@sealpost/core';
import { plain } from './plain-bytes.js';

export { nodeEd25519 as ed25519 } from './node-ed25519.js';
export { nodeP256 as p256Group } from './node-p256.js';

const TAG_BYTES = 16;

/** `Algorithm.Argon2id` of `@node-rs/argon2`: an ambient const enum, which modules compiled one by one cannot use. */
const ARGON2ID = 2;

const runPbkdf2 = promisify(pbkdf2);

function hash(name: string, data: BinaryLike): Promise<Bytes> {
  return Promise.resolve(plain(createHash(name).update(data).digest()));
}

/** How long promises that are settled at once may follow each other before timers and sockets get their turn, milliseconds. */
const SLICE = 40;

let turnAt = performance.now();
let turn: Promise<void> | undefined;

/**
 * Gives a value, where a turn of the event loop is due after that turn. One turn for all that run at the same time: it comes when
 * none of them has anything left to do before it.
 */
function inTurn<T>(value: T): Promise<T> {
  if (performance.now() - turnAt < SLICE) return Promise.resolve(value);
  turn ??= setImmediate().then(() => {
    turnAt = performance.now();
    turn = undefined;
  });
  return turn.then(() => value);
}

function aesGcm(key: Uint8Array): AesGcm {
  const own = Uint8Array.from(key);
  return {
    seal(nonce, plaintext, out) {
      const cipher = createCipheriv('aes-256-gcm', own, nonce);
      out.set(cipher.update(plaintext));
      cipher.final();
      out.set(cipher.getAuthTag(), plaintext.length);
      return inTurn(undefined);
    },
    open(nonce, ciphertext) {
      if (ciphertext.length < TAG_BYTES) return Promise.resolve(undefined);
      const decipher = createDecipheriv('aes-256-gcm', own, nonce, { authTagLength: TAG_BYTES });
      decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
      const plaintext = decipher.update(ciphertext.subarray(0, -TAG_BYTES));
      try {
        decipher.final();
        return inTurn(plain(plaintext));
      } catch {
        return Promise.resolve(undefined);
      }
    },
  };
}

/** Output of zlib at once: its default of 16 KiB makes four times the pieces. */
const ZLIB_CHUNK = 65_536;

/** At most this much is deflated on this thread, in a few milliseconds: starting a stream takes longer than a short text. */
const SHORT = 65_536;

async function* deflateRaw(pieces: AsyncIterable<Bytes>): AsyncGenerator<Bytes, void, undefined> {
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    const second = first.done === true ? first : await iterator.next();
    const start = [first, second].flatMap(({ done, value }) => (done === true ? [] : [value]));
    const length = start.reduce((sum, piece) => sum + piece.length, 0);
    if (second.done === true && length <= SHORT) yield plain(deflateRawSync(start[0] ?? new Uint8Array()));
    else yield* deflateStream(resumed(start, iterator));
  } finally {
    await iterator.return?.();
  }
}

/** What was read ahead, and the rest. */
async function* resumed(
  start: readonly Bytes[],
  iterator: AsyncIterator<Bytes, unknown>,
): AsyncGenerator<Bytes, void, undefined> {
  yield* start;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
}

async function* deflateStream(pieces: AsyncIterable<Bytes>): AsyncGenerator<Bytes, void, undefined> {
  const source = Readable.from(pieces);
  const deflate = createDeflateRaw({ chunkSize: ZLIB_CHUNK });
  source.on('error', (error) => deflate.destroy(error));
  for await (const piece of source.pipe(deflate)) yield plain(piece as Buffer);
}

/** zlib passes over bytes behind the end of the stream; here they are an error, as in browsers. */
async function* inflateRaw(pieces: AsyncIterable<Bytes> | Iterable<Bytes>): AsyncGenerator<Bytes, void, undefined> {
  const iterator = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  let handedIn = 0;
  // Not a loop over the pieces: that would end them when zlib has read enough, and hide what comes behind.
  async function* counted(): AsyncGenerator<Bytes, void, undefined> {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      handedIn += next.value.length;
      yield next.value;
    }
  }
  const source = Readable.from(counted());
  const inflate = createInflateRaw({ chunkSize: ZLIB_CHUNK });
  source.on('error', (error) => inflate.destroy(error));
  try {
    for await (const piece of source.pipe(inflate)) yield plain(piece as Buffer);
    const behind = await iterator.next();
    if (behind.done !== true || inflate.bytesWritten !== handedIn)
      throw new Error('bytes behind the end of a deflate stream');
  } finally {
    source.destroy();
    await iterator.return?.();
  }
}

type HashRaw = (typeof import('@node-rs/argon2'))['hashRaw'];

let loading: Promise<HashRaw | undefined> | undefined;

/**
 * The native Argon2id; `undefined` where it does not load: its binaries are optional packages, which some installations leave
 * out, and Deno runs them only with `--allow-ffi`.
 */
function nativeArgon2(): Promise<HashRaw | undefined> {
  loading ??= import('@node-rs/argon2').then(
    ({ hashRaw }) => hashRaw,
    () => undefined,
  );
  return loading;
}

/**
 * OpenSSL through node:crypto and the native Argon2id of `@node-rs/argon2`: the same bytes as core's own backends, without a
 * trip through a thread pool for each chunk. The derivation runs on another thread and reports no progress; where the native
 * one does not load, core's does the same, slower and on this thread.
 */
export const backend: Backend = {
  name: 'node',
  sha256: (data) => hash('sha256', data),
  sha512: (data) => hash('sha512', data),
  sha256Stream: () => {
    const running = createHash('sha256');
    return { update: (data) => void running.update(data), digest: () => plain(running.digest()) };
  },
  hmac: (name, key, data) => Promise.resolve(plain(createHmac(name, key).update(data).digest())),
  importAesGcm: (key) => Promise.resolve(aesGcm(key)),
  pbkdf2Sha256: async (password, salt, iterations, length) =>
    plain(await runPbkdf2(password, salt, iterations, length, 'sha256')),
  deflateRaw,
  inflateRaw,
  argon2id: async (password, salt, parameters, work = {}) => {
    const hashRaw = await nativeArgon2();
    if (hashRaw === undefined) return webcryptoBackend.argon2id(password, salt, parameters, work);
    const { m, t, p } = parameters;
    const { onProgress, signal } = work;
    const options = { algorithm: ARGON2ID, memoryCost: m, timeCost: t, parallelism: p, outputLen: 32, salt };
    const key = plain(await hashRaw(password, options, signal ?? null));
    onProgress?.(1);
    return key;
  },
};
