import { fstatSync, readSync, statSync } from 'node:fs';
import { EXIT, Failure, fileFailure, toFailure } from './failure.js';
import { explain, warn } from './tui.js';

/** Writes a result to standard output, whole. Rejects when it was closed before. */
export function writeOut(result: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(toFailure(fileFailure(error, 'write', 'standard output')));
    };
    process.stdout.once('error', fail);
    process.stdout.write(result, (error) => {
      // A failed write also emits 'error', after this: the listener stays for it.
      if (error) {
        fail(error);
        return;
      }
      process.stdout.off('error', fail);
      resolve();
    });
  });
}

/** What a shell shows for a program that wrote into a pipe nobody reads from any more: 128 and the number of SIGPIPE. */
const BROKEN_PIPE = 141;

/** Writes help, which is no result: where its reader has seen enough (`| head`), the command ends without a word. */
export function writeHelp(text: string): void {
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(BROKEN_PIPE);
    const failure = toFailure(fileFailure(error, 'write', 'standard output'));
    explain(failure);
    process.exit(failure.exitCode);
  });
  process.stdout.write(text);
}

/**
 * Fails where a generated passphrase or code, which nobody could find again, would be lost: Node puts the null device in place of a
 * stream that was closed before it started. A caller who sent standard output there is warned; one who sent standard error
 * there would not see that. `passphraseOption` gives a passphrase in a file instead.
 */
export function refuseToLose(
  secret: 'passphrase' | 'code',
  stream: 'standard output' | 'standard error',
  passphraseOption = '--passphrase-file',
): void {
  const descriptor = stream === 'standard output' ? 1 : 2;
  if (!isNullDevice(descriptor)) return;
  // There is no other way to have a code.
  const instead = secret === 'passphrase' ? `, or use ${passphraseOption}` : '';
  if (descriptor === 1 && !isReadable(descriptor)) {
    warn(
      `standard output is the null device: the generated ${secret} is lost, and nobody can open the envelope`,
      `send standard output to a file${instead}`,
    );
    return;
  }
  throw new Failure(
    EXIT.file,
    `the generated ${secret} would be lost: ${stream} is closed, or the null device`,
    `leave it open${instead}`,
  );
}

function isNullDevice(descriptor: number): boolean {
  const nothing = statSync('/dev/null', { throwIfNoEntry: false });
  if (nothing?.isCharacterDevice() !== true) return false;
  const found = fstatSync(descriptor);
  return found.isCharacterDevice() && found.rdev === nothing.rdev;
}

/** A shell opens what `>` names for writing only; Node opens its stand-in for both. */
function isReadable(descriptor: number): boolean {
  try {
    readSync(descriptor, new Uint8Array(1));
    return true;
  } catch {
    return false;
  }
}
