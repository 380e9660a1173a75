import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError } from '@sealpost/core';
import type { ReplyLedger } from './reply-ledger.js';

const ID = /^[0-9a-f]{32}$/;

/** What stands in a file that was written to its end: a date that was cut off would be an earlier one. */
const NOTE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\n$/;

/**
 * A {@link ReplyLedger} in a folder of its own, made where it is missing: a file per reply, which says when it may be forgotten.
 * Making a file that must not exist is one step for all processes of a machine, and on file systems that machines share (NFS 3 and
 * later). Nothing is forgotten by itself: {@link FileReplyLedger.prune} does it.
 *
 * Rejects with what the file system says, and with {@link EnvelopeError} `INVALID_ARGUMENT` for an identifier that is none.
 */
export class FileReplyLedger implements ReplyLedger {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async remember(id: string, expires: Date): Promise<boolean> {
    const file = this.#fileOf(id);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(file, `${expires.toISOString()}\n`, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    }
  }

  async forget(id: string): Promise<void> {
    await rm(this.#fileOf(id), { force: true });
  }

  /** The same at once, for whoever is about to end. */
  forgetSync(id: string): void {
    rmSync(this.#fileOf(id), { force: true });
  }

  /** Forgets replies that would be refused as expired at the time `now`. Gives their number. */
  async prune(now: Date = new Date()): Promise<number> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    });
    let pruned = 0;
    for (const id of names.filter((name) => ID.test(name))) {
      // Another process may have been first. One whose writing was cut off stays.
      const written = await readFile(this.#fileOf(id), 'utf8').catch(() => '');
      if (!NOTE.test(written) || !(new Date(written.trim()) < now)) continue;
      await this.forget(id);
      pruned++;
    }
    return pruned;
  }

  #fileOf(id: string): string {
    if (!ID.test(id)) throw new EnvelopeError('INVALID_ARGUMENT', 'id of a reply is not 32 hexadecimal digits');
    return path.join(this.#folder, id);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
