import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { listen } from '../../support/http-server.js';

/** A proxy that forwards nothing and remembers what it was asked for. */
export interface CountingProxy {
  readonly port: number;
  /** As in the request line: `GET http://host/path`, `CONNECT host:443`. */
  readonly requests: readonly string[];
  /** TCP connections, including those on which nothing was asked. */
  readonly connections: number;
  readonly close: () => Promise<void>;
}

/** Starts a counting proxy on a free port of the loopback interface. */
export async function startCountingProxy(): Promise<CountingProxy> {
  const requests: string[] = [];
  let connections = 0;

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(requestLine(request));
    response.writeHead(502).end();
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    requests.push(requestLine(request));
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  const { port, close } = await listen(server);

  return {
    port,
    requests,
    get connections() {
      return connections;
    },
    close,
  };
}

function requestLine({ method, url }: IncomingMessage): string {
  return `${String(method)} ${String(url)}`;
}
