// A program of a user of Node, Deno or Bun. Prints what it did as JSON.
import { readFile } from 'node:fs/promises';
import { sealAndOpen } from './seal-and-open.mjs';

const received = JSON.parse(await readFile('received.json', 'utf8'));
console.log(JSON.stringify(await sealAndOpen(received)));
