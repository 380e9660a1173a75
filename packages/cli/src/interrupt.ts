import { setImmediate as nextTurn } from 'node:timers/promises';

/** What has to be undone when a signal ends the command. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const cleanups = new Set<() => void>();

/**
 * Runs `cleanup` when SIGINT, SIGTERM or SIGHUP arrives; the command then dies of that signal. `cleanup` is synchronous: nothing
 * runs after it. Returns what takes it back.
 */
export function onInterrupt(cleanup: () => void): () => void {
  if (cleanups.size === 0) for (const signal of SIGNALS) process.on(signal, interrupt);
  cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
    if (cleanups.size === 0) stopListening();
  };
}

function stopListening(): void {
  for (const signal of SIGNALS) process.off(signal, interrupt);
}

function interrupt(signal: NodeJS.Signals): void {
  cleanUp();
  stopListening();
  process.kill(process.pid, signal);
}

/** Runs what would run if a signal arrived. For whatever else ends the command at once. */
export function cleanUp(): void {
  for (const cleanup of cleanups) {
    try {
      cleanup();
    } catch {
      // The others still have to run, and there is nobody left to tell.
    }
  }
}

const TURN_MS = 50;

/**
 * The pieces, with room between them for signals. Where pieces are made without waiting for anything, a loop over them
 * would otherwise let no signal through before its end.
 */
export async function* interruptible(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let turned = performance.now();
  for await (const piece of pieces) {
    yield piece;
    if (performance.now() - turned < TURN_MS) continue;
    await nextTurn();
    turned = performance.now();
  }
}

/** All of the pieces, {@link interruptible}. */
export async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of interruptible(pieces)) all.push(piece);
  return Buffer.concat(all);
}
