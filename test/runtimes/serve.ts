import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { listen } from '../support/http-server.js';

/** A server of files. */
export interface FileServer {
  /** Without a slash at its end. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/**
 * Serves the pages and scripts of a folder, under a policy that allows neither `eval` nor anything from elsewhere. Loopback is
 * a secure context for them, any other host is not.
 */
export async function serve(folder: string, host = '127.0.0.1'): Promise<FileServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [file, type] = [path.join(folder, pathname), TYPES[path.extname(pathname)]];
    if (pathname === '/favicon.ico') response.writeHead(204).end();
    else if (type === undefined || !existsSync(file)) response.writeHead(404).end();
    else {
      response.writeHead(200, { 'content-type': type, 'content-security-policy': "default-src 'self'" });
      response.end(readFileSync(file));
    }
  });
  const { port, close } = await listen(server, host);
  return { origin: `http://${host}:${port}`, close };
}
