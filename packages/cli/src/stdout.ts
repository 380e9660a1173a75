import { fileFailure, toFailure } from './failure.js';

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
