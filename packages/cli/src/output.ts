import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';
import path from 'node:path';
import { EXIT, Failure, fileFailure } from './failure.js';
import { interruptible, onInterrupt } from './interrupt.js';

/**
 * Files that come into being together or not at all. Each is written under a temporary name on the file system of its
 * destination; publishing renames them. A file that one replaces is kept under a temporary name until all is done.
 *
 * Synchronous throughout, on purpose: whatever a signal interrupts, its handler finds each file either made or not made.
 */

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** As far as the caller's umask lets them. */
const SHARED = 0o666;
const SHARED_FOLDER = 0o777;

export interface OutputOptions {
  /** Overwrite a regular file, or replace a symbolic link. */
  readonly force?: boolean | undefined;
  /** With the usual mode, instead of one for the owner alone. */
  readonly shared?: boolean | undefined;
}

export class Outputs {
  /** What takes back everything so far, in the order in which it was done. */
  readonly #undo: (() => void)[] = [];
  readonly #publish: (() => void)[] = [];
  /** Temporary names of the files that were replaced. */
  readonly #kept: string[] = [];

  private constructor() {
    // Made by Outputs.run alone, so that there is always somebody who cleans up.
  }

  /**
   * Runs `work`. If it fails, or a signal arrives before it is done, nothing of what it made stays, published or not, and
   * what it replaced is there again.
   */
  static async run<T>(work: (outputs: Outputs) => Promise<T>): Promise<T> {
    const outputs = new Outputs();
    const forget = onInterrupt(() => {
      outputs.#undoAll();
    });
    try {
      const result = await work(outputs);
      outputs.#dropKept();
      return result;
    } catch (error) {
      outputs.#undoAll();
      throw error;
    } finally {
      forget();
    }
  }

  /** A file to be written. Fails at once where it could not be published. */
  file(destination: string, { force = false, shared = false }: OutputOptions): OutputFile {
    return naming(destination, () => {
      refuseTaken(destination, force);
      const file = this.#stage(temporaryBeside(destination), shared ? SHARED : OWNER_ONLY);
      this.#publish.push(() => {
        naming(destination, () => {
          this.#move(file, destination, force);
        });
      });
      return file;
    });
  }

  /** A folder for files. It need not exist, but the one that holds it must. */
  folder(destination: string, { force = false, shared = false }: OutputOptions): OutputFolder {
    return naming(destination, () => {
      const exists = statSync(destination, { throwIfNoEntry: false });
      if (exists !== undefined && !exists.isDirectory()) throw new Failure(EXIT.file, `${destination} is not a folder`);
      // Into an existing folder files are moved one by one; within it they are on the same file system.
      const staging =
        exists === undefined ? temporaryBeside(destination) : temporaryBeside(path.join(destination, '-'));
      if (exists === undefined) refuseTaken(destination, false);
      this.#undo.push(() => {
        rmSync(staging, { recursive: true, force: true });
      });
      mkdirSync(staging, shared ? SHARED_FOLDER : OWNER_ONLY_FOLDER);
      const files = new Map<string, OutputFile>();
      this.#publish.push(() => {
        naming(destination, () => {
          if (exists === undefined) this.#moveFolder(staging, destination);
          else this.#moveInto(staging, destination, files, force);
        });
      });
      return {
        reserve: (names) => {
          for (const name of names) refuseTaken(path.join(destination, name), force);
        },
        file: (name) => {
          const file = this.#stage(path.join(staging, name), shared ? SHARED : OWNER_ONLY);
          files.set(name, file);
          return file;
        },
      };
    });
  }

  /** Something done elsewhere, taken back with everything else. `undo` is synchronous. */
  onUndo(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** Gives everything its name. Every file has been closed. */
  publish(): void {
    for (const publish of this.#publish) publish();
  }

  #stage(temporary: string, mode: number): OutputFile {
    const file = new OutputFile(temporary, mode);
    this.#undo.push(() => {
      file.discard();
    });
    return file;
  }

  #move({ temporary }: OutputFile, destination: string, force: boolean): void {
    const old = refuseTaken(destination, force);
    if (old === undefined) {
      placeNew(temporary, destination);
      this.#undo.push(() => {
        rmSync(destination, { force: true });
      });
      return;
    }
    const kept = temporaryBeside(destination);
    keep(old, destination, kept);
    this.#kept.push(kept);
    this.#undo.push(() => {
      renameSync(kept, destination);
      // Where both still are one file, renaming does nothing.
      rmSync(kept, { force: true });
    });
    renameSync(temporary, destination);
  }

  #moveFolder(staging: string, destination: string): void {
    renameSync(staging, destination);
    this.#undo.push(() => {
      rmSync(destination, { recursive: true, force: true });
    });
  }

  #moveInto(staging: string, destination: string, files: ReadonlyMap<string, OutputFile>, force: boolean): void {
    for (const [name, file] of files) this.#move(file, path.join(destination, name), force);
    rmdirSync(staging);
  }

  /** All is done: from here on nothing is taken back. */
  #dropKept(): void {
    this.#undo.length = 0;
    for (const kept of this.#kept) {
      try {
        rmSync(kept, { force: true });
      } catch {
        // The result is there and told; an old file too many is no reason to take it back.
      }
    }
  }

  #undoAll(): void {
    for (const undo of this.#undo.splice(0).reverse()) {
      try {
        undo();
      } catch {
        // What failed is told by the error that led here; the rest still has to go.
      }
    }
  }
}

export interface OutputFolder {
  /** Fails where one of these names is taken. Before anything is written. */
  reserve(names: readonly string[]): void;
  /** A file in it. `name` is one safe path component, and new. */
  file(name: string): OutputFile;
}

/** A file under its temporary name. Made by {@link Outputs}. */
export class OutputFile {
  readonly temporary: string;
  #descriptor: number | undefined;

  constructor(temporary: string, mode: number) {
    this.temporary = temporary;
    // Exclusive: it is new, and no link is followed.
    this.#descriptor = openSync(temporary, 'wx', mode);
  }

  /** Writes all of it, to the disk, and closes the file. */
  async fill(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    if (content instanceof Uint8Array) this.#write(content);
    else for await (const piece of interruptible(content)) this.#write(piece);
    this.#finish();
  }

  /** Removes it, written or not. */
  discard(): void {
    this.#close();
    rmSync(this.temporary, { force: true });
  }

  #write(bytes: Uint8Array): void {
    this.#attempt((descriptor) => {
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    });
  }

  #finish(): void {
    this.#attempt((descriptor) => {
      fsyncSync(descriptor);
      this.#close();
    });
  }

  #attempt(action: (descriptor: number) => void): void {
    if (this.#descriptor === undefined) throw new Error('the file is closed');
    try {
      action(this.#descriptor);
    } catch (error) {
      throw fileFailure(error, 'write', `a file in ${path.dirname(this.temporary)}`);
    }
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

function temporaryBeside(destination: string): string {
  return path.join(path.dirname(path.resolve(destination)), `.sealpost-${randomBytes(8).toString('hex')}`);
}

/** What is there, and may be replaced. Links count as what they are, not as what they point to. */
function refuseTaken(destination: string, force: boolean): Stats | undefined {
  const found = lstatSync(destination, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!force) throw new Failure(EXIT.file, `${destination} exists already`, 'choose another name, or use --force');
  if (found.isFile() || found.isSymbolicLink()) return found;
  throw new Failure(
    EXIT.file,
    `${destination} is not a regular file`,
    'not even --force replaces that; choose another name',
  );
}

/** Gives a file its name. Never overwrites, not even what appeared a moment ago: a link is made only where nothing is. */
function placeNew(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
    // This file system has no hard links.
    renameSync(from, to);
    return;
  }
  unlinkSync(from);
}

/** Gives an old file a second name, so that its own is never without a file; where that cannot be, another name. */
function keep(old: Stats, from: string, to: string): void {
  try {
    // Some systems would link what a symbolic link points to.
    if (old.isFile()) {
      linkSync(from, to);
      return;
    }
  } catch {
    // No hard links here, or not to somebody else's file.
  }
  renameSync(from, to);
}

/** Errors name what the caller named, not a temporary file. */
function naming<T>(destination: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw fileFailure(error, 'write', destination);
  }
}
