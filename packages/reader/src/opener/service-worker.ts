import { READY } from './received-files.js';

/** What this worker uses of its scope; TypeScript has it for workers alone, which know no documents. */
interface Scope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'message', listener: (event: Told) => void): void;
}

interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Lasting {
  readonly request: Request;
  readonly resultingClientId: string;
  respondWith(response: Response | Promise<Response>): void;
}

interface Client {
  readonly id: string;
  postMessage(message: unknown): void;
}

interface Told extends Lasting {
  readonly data: unknown;
  readonly source: Client;
}

declare const self: Scope;
/** The build writes them: the files beside this one, and the hash of them all. */
declare const FILES: readonly string[];
declare const VERSION: string;

const PREFIX = 'sealpost-opener-';
const CACHE = `${PREFIX}${VERSION}`;
const SHARE = new URL('share', self.location.href).pathname;

/** How long shared files wait for the page that is being loaded for them. */
const WAIT = 30_000;

/** Shared files, by the page that is to get them. They are kept nowhere but here, and no longer than it takes. */
const waiting = new Map<string, Promise<readonly File[]>>();

self.addEventListener('install', (event) => {
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === 'POST' && pathname === SHARE) {
    const files = filesOf(request);
    event.respondWith(Response.redirect('./', 303));
    event.waitUntil(hold(event.resultingClientId, files));
    return;
  }
  // Nothing but the opener's own files: everything else is the browser's.
  if (request.method === 'GET' && FILES.some((name) => new URL(name, self.location.href).pathname === pathname))
    event.respondWith(fromCache(request));
});

self.addEventListener('message', (event) => {
  const { source, data } = event;
  if (data === READY) event.waitUntil(deliver(source));
});

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  // All of one release, or none: not what a browser kept of an older one.
  await cache.addAll(FILES.map((name) => new Request(name, { cache: 'reload' })));
  await self.skipWaiting();
}

async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function fromCache(request: Request): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(request, { ignoreSearch: true });
  return kept ?? fetch(request);
}

async function filesOf(request: Request): Promise<readonly File[]> {
  return (await request.formData()).getAll('file').filter((one) => one instanceof File);
}

async function hold(client: string, files: Promise<readonly File[]>): Promise<void> {
  waiting.set(client, files);
  await new Promise((resolve) => setTimeout(resolve, WAIT));
  waiting.delete(client);
}

async function deliver(client: Client): Promise<void> {
  const files = waiting.get(client.id);
  waiting.delete(client.id);
  if (files !== undefined) client.postMessage(await files);
}
