import { chromiumEngine } from './chromium.js';
import { describeUnless } from './describe-unless.js';
import type { Engine } from './engine.js';
import { firefoxEngine } from './firefox.js';
import { webkitEngine } from './webkit.js';

const engines: readonly Engine[] = [chromiumEngine, firefoxEngine, webkitEngine];

/** The same tests in each engine that is on this machine; those of the others are skipped, and their names say why. */
export function describeInEachEngine(name: string, tests: (engine: Engine) => void, obstacle?: string): void {
  for (const engine of engines) {
    describeUnless(engine.missing ?? obstacle, `${name} in ${engine.name}`, () => {
      tests(engine);
    });
  }
}
