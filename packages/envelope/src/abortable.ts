import { EnvelopeError } from '@sealpost/core';

/**
 * Passes pieces on until the signal fires; then throws `ABORTED` at once, also while the source keeps its taker waiting. The source
 * is told to end, and not waited for.
 */
export async function* abortable<T>(
  pieces: AsyncGenerator<T, void, undefined>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  if (signal === undefined) {
    yield* pieces;
    return;
  }
  const { promise, stop } = rejectOnAbort(signal);
  try {
    for (;;) {
      const next = await Promise.race([promise, pieces.next()]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    stop();
    pieces.return().catch(() => undefined);
  }
}

function rejectOnAbort(signal: AbortSignal): { readonly promise: Promise<never>; readonly stop: () => void } {
  let stop = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    const abort = (): void => {
      reject(new EnvelopeError('ABORTED', 'sealing was cancelled'));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    stop = () => {
      signal.removeEventListener('abort', abort);
    };
  });
  // It also rejects when nobody waits any more.
  promise.catch(() => undefined);
  return { promise, stop };
}
