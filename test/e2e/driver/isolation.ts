import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Why a browser cannot be kept from the network on this machine; undefined where it can. */
export const noIsolation: string | undefined = canIsolate()
  ? undefined
  : 'no network namespace: needs Linux, root, unshare and ip';

/** Starts the program that `BROWSER` names without a network. */
export const withoutNetwork = fileURLToPath(new URL('without-network.sh', import.meta.url));

/** The way in to a browser that has no network: one TCP port, the same number inside and outside. */
export interface Doorway {
  readonly port: number;
  /** What {@link withoutNetwork} needs to know. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/** Opens a doorway on a free port of the loopback interface. */
export async function openDoorway(): Promise<Doorway> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-doorway-'));
  const socket = path.join(folder, 'socket');
  const server = createServer((outside) => {
    // A socket in the file system is seen from every network namespace.
    const inside = connect(socket);
    outside.pipe(inside).pipe(outside);
    outside.on('error', () => inside.destroy());
    inside.on('error', () => outside.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    env: {
      NODE: process.execPath,
      DOORWAY: socket,
      DOORWAY_PORT: String(port),
      DOORWAY_SCRIPT: fileURLToPath(new URL('doorway.mjs', import.meta.url)),
    },
    close() {
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function canIsolate(): boolean {
  return process.platform === 'linux' && spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0;
}
