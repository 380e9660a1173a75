import type { Engine, EngineName } from './engine.js';

/** Of each five cases, the one that a slower engine takes. */
const PLACE: Readonly<Partial<Record<EngineName, number>>> = { Firefox: 0, WebKitGTK: 2 };

/** Of many cases, those that an engine is given: Chromium all of them, the slower ones every fifth; in `npm run test:full` all get all. */
export function inTurn<Case>(cases: readonly Case[], { name }: Engine): readonly Case[] {
  const place = PLACE[name];
  if (process.env['SLOW'] !== undefined || place === undefined) return cases;
  return cases.filter((_, index) => index % 5 === place);
}
