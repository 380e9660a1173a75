#!/usr/bin/env node
import { toFailure } from './failure.js';
import { cleanUp } from './interrupt.js';
import { run } from './program.js';
import { explain } from './tui.js';

// What nobody caught, Node would print with its causes and everything in them.
process.on('uncaughtException', (error) => {
  cleanUp();
  const failure = toFailure(error);
  explain(failure);
  process.exit(failure.exitCode);
});

// Not process.exit: what is still on its way to a pipe has to arrive.
process.exitCode = await run(process.argv.slice(2));
