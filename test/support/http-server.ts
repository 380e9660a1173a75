import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts a server on a free port; `close` ends it and every connection to it. */
export async function listen(
  server: Server,
  host = '127.0.0.1',
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
