import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { listen } from '../../support/http-server.js';

/** Pages served over plain http. */
export interface Site {
  /** Without a slash at its end. */
  readonly origin: string;
  close(): Promise<void>;
}

/** An address of this machine that is not a loopback address: what it serves over plain http is no secure context. */
export const ownAddress: string | undefined = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address;

/** Why nothing can be served from an address that is not loopback; undefined where it can. */
export const noOwnAddress: string | undefined =
  ownAddress === undefined ? 'no address but the loopback ones' : undefined;

/** Of what else the static opener consists of. */
export const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
};

type Page = string | Uint8Array;

/**
 * Serves pages by their paths, such as `/securedoc.html`, as `text/html` where their names say nothing else.
 *
 * @param pages - a function for a page that changes: it gives the one of the moment.
 * @param onRequest - told of each path that is asked for.
 */
export async function startSite(
  pages: Readonly<Record<string, Page | (() => Page)>>,
  host = '127.0.0.1',
  onRequest?: (asked: string) => void,
): Promise<Site> {
  const server = createServer(({ url = '' }, response) => {
    onRequest?.(url);
    const page = pages[url];
    if (page === undefined) response.writeHead(404).end();
    else {
      const type = TYPES[path.extname(url)] ?? 'text/html';
      response.writeHead(200, { 'content-type': type }).end(typeof page === 'function' ? page() : page);
    }
  });
  const { port, close } = await listen(server, host);
  return { origin: `http://${host}:${port}`, close };
}
