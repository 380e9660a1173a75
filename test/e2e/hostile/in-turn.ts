import type { Engine } from '../driver/engine.js';

/** How many runs it takes until each of the slower engines has seen every mail. */
const RUNS = 5;

/**
 * The mails that an engine is shown in this run: Chromium all of them, the slower ones every fifth, beginning with another one each
 * day. `npm run test:full` shows all of them to all.
 */
export function inTurn<Mail>(mails: readonly Mail[], engine: Engine): readonly Mail[] {
  if (process.env['SLOW'] !== undefined || engine.name === 'Chromium') return mails;
  const day = Math.floor(Date.now() / 86_400_000);
  return mails.filter((_, index) => (index + day) % RUNS === 0);
}
