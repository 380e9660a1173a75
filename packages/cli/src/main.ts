#!/usr/bin/env node
import { run } from './program.js';

// Not process.exit: what is still on its way to a pipe has to arrive.
process.exitCode = await run(process.argv.slice(2));
