import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPostfix } from '../../tools/lib/postfix-package.mjs';
import { freePort } from '../support/free-port.js';

/** A Postfix of the test's own: configuration, queue and log in a temporary folder, a free port of the loopback interface. */
export interface Postfix {
  readonly port: number;
  /** What it logged, for a test that failed. */
  log(): string;
  stop(): void;
}

/** Why there can be none here. */
export const noPostfix: string | undefined =
  process.getuid?.() !== 0
    ? 'only root can start a Postfix'
    : findPostfix() === undefined
      ? 'no Postfix is installed'
      : undefined;

/** What the mail system does apart from its listener, the name of which is its port. None is confined to the queue (`n`). */
const SERVICES = `
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

/** Starts one that relays each domain to a port of this machine. */
export async function startPostfix(relays: Readonly<Record<string, number>>): Promise<Postfix> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-postfix-'));
  // Its processes run as a user of its own.
  chmodSync(folder, 0o755);
  const [configuration, log] = [path.join(folder, 'configuration'), path.join(folder, 'log')];
  const queue = path.join(folder, 'queue');
  for (const part of [configuration, queue]) mkdirSync(part);
  const port = await freePort();
  const transports = Object.entries(relays).map(([domain, relay]) => `{ ${domain} = smtp:[127.0.0.1]:${relay} }`);
  const settings = {
    compatibility_level: '3.6',
    queue_directory: queue,
    data_directory: path.join(folder, 'data'),
    maillog_file: log,
    maillog_file_prefixes: folder,
    myhostname: 'relay.example',
    mydestination: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.1/32',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    smtp_dns_support_level: 'disabled',
    transport_maps: `inline:{ ${transports.join(', ')} }`,
    alias_maps: '',
    local_recipient_maps: '',
    message_size_limit: '50000000',
    mailbox_size_limit: '0',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
  writeFileSync(path.join(configuration, 'main.cf'), lines.join(''));
  writeFileSync(path.join(configuration, 'master.cf'), `127.0.0.1:${port} inet n - n - - smtpd${SERVICES}`);
  const readLog = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  const control = (command: 'start' | 'stop'): string => {
    const { status, stderr } = spawnSync(findPostfix() ?? '', ['-c', configuration, command], { encoding: 'utf8' });
    return status === 0 ? '' : `postfix ${command} failed: ${stderr}${readLog()}`;
  };
  const failure = control('start');
  if (failure !== '') {
    rmSync(folder, { recursive: true });
    throw new Error(failure);
  }
  return {
    port,
    log: readLog,
    stop() {
      const unstopped = control('stop');
      rmSync(folder, { recursive: true });
      if (unstopped !== '') throw new Error(unstopped);
    },
  };
}
