// The same in a worker. Prints what it did as JSON.
import { Worker } from 'node:worker_threads';

const worker = new Worker(new URL('worker.mjs', import.meta.url));
worker.on('message', (outcome) => {
  console.log(JSON.stringify(outcome));
});
