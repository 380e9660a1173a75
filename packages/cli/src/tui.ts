/**
 * How the command speaks.
 *
 * - Standard output belongs to results: what a script would read. It is written in stdout.ts and nowhere else.
 * - Everything else is a line on standard error that begins with `sealpost: `, so that in a log of many programs it is clear who
 *   speaks. Lower case at the start, no full stop at the end.
 * - An error is one line that says what is wrong. Where something can be done about it, a second line, a hint, says what.
 * - Silence is success, but for one line about files that were written.
 * - Questions go to the controlling terminal (terminal.ts), never to standard input or output: both may be pipes.
 * - Progress is for people who wait: on a terminal only, after half a second, and gone when it is done.
 * - Whatever comes from a file or an argument is made printable first.
 */
import { printableLine, printableText } from './printable.js';
import type { Failure } from './failure.js';

const PREFIX = 'sealpost: ';

/** Says one thing. */
export function say(message: string): void {
  process.stderr.write(`${PREFIX}${printableLine(message)}\n`);
}

/** Says something that the caller should know, and that stops nothing. */
export function warn(message: string, hint?: string): void {
  say(`warning: ${message}`);
  if (hint !== undefined) say(`hint: ${hint}`);
}

/** Says why the command ends. */
export function explain({ message, hint }: Failure): void {
  for (const line of printableText(message).split('\n')) say(line);
  if (hint !== undefined) say(`hint: ${hint}`);
}

const QUIET_MS = 500;
const CLEAR_LINE = '\r\u001b[K';

/** Shows how far `work` is while it takes its time. `report` takes fractions from 0 to 1. */
export async function withProgress<T>(
  label: string,
  work: (report: (fraction: number) => void) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  let shown = '';
  const report = (fraction: number): void => {
    const line = `${PREFIX}${label} ${Math.floor(Math.min(Math.max(fraction, 0), 1) * 100)} %`;
    if (!process.stderr.isTTY || line === shown || performance.now() - started < QUIET_MS) return;
    process.stderr.write(`${CLEAR_LINE}${line}`);
    shown = line;
  };
  try {
    return await work(report);
  } finally {
    if (shown !== '') process.stderr.write(CLEAR_LINE);
  }
}
