// Builds everything: the reader's runtime, then the packages. `npm run build`.
import { build } from './lib/build.mjs';
import { startClock } from './lib/clock.mjs';
import { runMain } from './lib/failure.mjs';

await runMain(async () => {
  const elapsed = startClock();
  await build();
  console.log(`built in ${elapsed()}`);
  return 0;
});
