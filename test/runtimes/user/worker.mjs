import { parentPort } from 'node:worker_threads';
import { sealAndOpen } from './seal-and-open.mjs';

parentPort?.postMessage(await sealAndOpen());
