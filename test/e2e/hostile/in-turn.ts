import type { Engine } from '../driver/engine.js';

/** Of the mails, those that an engine is shown: Chromium all of them, the slower ones every fifth; in `npm run test:full` all see all. */
export function inTurn<Mail>(mails: readonly Mail[], engine: Engine): readonly Mail[] {
  if (process.env['SLOW'] !== undefined || engine.name === 'Chromium') return mails;
  return mails.filter((_, index) => index % 5 === 0);
}
