import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that takes everything and keeps it. */
export interface Sink {
  readonly port: number;
  /** The next mail that was not asked for yet, as it came over the wire (dots unstuffed). Rejects when none comes in a minute. */
  next(): Promise<Buffer>;
  close(): Promise<void>;
}

/** Less than a test has, so that it can say what it knows. */
const PATIENCE_MS = 60_000;

export async function startSink({ eightBit }: { readonly eightBit: boolean }): Promise<Sink> {
  const arrived: Buffer[] = [];
  const waiting: ((raw: Buffer) => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    hide8BITMIME: !eightBit,
    hideSMTPUTF8: true,
    onData(stream, _session, done) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const raw = Buffer.concat(pieces);
        const taker = waiting.shift();
        if (taker === undefined) arrived.push(raw);
        else taker(raw);
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    next() {
      const raw = arrived.shift();
      if (raw !== undefined) return Promise.resolve(raw);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error('no mail came in a minute'));
        }, PATIENCE_MS);
        waiting.push((mail) => {
          clearTimeout(timer);
          resolve(mail);
        });
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}
