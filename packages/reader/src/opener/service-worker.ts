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
/** The build writes them: the files beside this one, each with its SHA-256, and the hash of them all. */
declare const FILES: readonly (readonly [name: string, sha256: string])[];
declare const VERSION: string;

/** With the folder: on the same site there may be other openers, of other releases. */
const PREFIX = `sealpost-opener-${new URL('./', self.location.href).pathname}#`;
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
  if (request.method === 'GET' && FILES.some(([name]) => new URL(name, self.location.href).pathname === pathname))
    event.respondWith(fromCache(request));
});

self.addEventListener('message', (event) => {
  const { source, data } = event;
  if (data === READY) event.waitUntil(deliver(source));
});

async function keep(): Promise<void> {
  // All of this release, or none: not what a browser kept of an older one, nor what a server gives to who is not logged in.
  const files = await Promise.all(FILES.map(async ([name, hash]) => [name, await load(name, hash)] as const));
  const cache = await caches.open(CACHE);
  for (const [name, file] of files) await cache.put(name, file);
  await self.skipWaiting();
}

/** What of a server's answer belongs to how it was sent, and not to the file. */
const SENDING = ['vary', 'content-encoding', 'content-length'];

/** An answer of its own, since browsers take none for a page that came by a redirection. Rejects where it is another file. */
async function load(name: string, hash: string): Promise<Response> {
  const response = await fetch(name, { cache: 'reload' });
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  if (Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') !== hash) throw new TypeError(name);
  const headers = new Headers(response.headers);
  for (const one of SENDING) headers.delete(one);
  return new Response(bytes, { headers });
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
