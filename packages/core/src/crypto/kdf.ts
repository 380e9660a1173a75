import type { Bytes } from '../bytes.js';
import { EnvelopeError } from '../errors.js';
import { checkKdfRange, type Kdf } from '../wire/kdf.js';
import type { Backend, WorkOptions } from './backend.js';
import { defaultBackend } from './default-backend.js';

/** Runs a key derivation somewhere: here, in a worker, on another machine. Gives 32 bytes, which are overwritten after use. */
export type KdfRunner = (secret: Bytes, kdf: Kdf, options?: WorkOptions) => Promise<Bytes>;

/**
 * Derives a slot key on this thread. `secret` is a normalised secret. Throws `LIMIT` outside the reader's range before any
 * work, and `ABORTED` when the signal fires (Argon2id only looks between its slices; PBKDF2 cannot be interrupted).
 */
export async function runKdf(
  secret: Bytes,
  kdf: Kdf,
  options: WorkOptions = {},
  backend: Backend = defaultBackend(),
): Promise<Bytes> {
  checkKdfRange(kdf);
  try {
    options.signal?.throwIfAborted();
    return kdf.name === 'argon2id'
      ? await backend.argon2id(secret, kdf.salt, kdf, options)
      : await backend.pbkdf2Sha256(secret, kdf.salt, kdf.c, 32);
  } catch (cause) {
    if (options.signal?.aborted === true) throw new EnvelopeError('ABORTED', 'key derivation was cancelled', { cause });
    throw cause;
  }
}
