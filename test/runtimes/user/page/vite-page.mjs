// A page of a user, built by Vite, with a worker in the way that Vite knows.
import { sealAndOpen } from '../seal-and-open.mjs';

globalThis.sealAndOpen = sealAndOpen;
globalThis.startWorker = () => new Worker(new URL('web-worker.mjs', import.meta.url), { type: 'module' });
