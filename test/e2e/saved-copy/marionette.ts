import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFirefox } from '../../../tools/lib/browsers.mjs';
import { freePort } from '../../support/free-port.js';
import { Cleanup } from '../driver/cleanup.js';
import { Service } from '../driver/service.js';
import { until } from '../driver/until.js';

/** A Firefox that is asked to do what only its own menus do, over the protocol that geckodriver speaks with it. */
export class Marionette {
  readonly #socket: Socket;
  readonly #cleanup: Cleanup;
  #received = Buffer.alloc(0);
  #count = 0;

  private constructor(socket: Socket, cleanup: Cleanup) {
    this.#socket = socket;
    this.#cleanup = cleanup;
  }

  static start(): Promise<Marionette> {
    const executable = findFirefox();
    if (executable === undefined) throw new Error('no Firefox');
    const cleanup = new Cleanup();
    return cleanup.unlessDone(async () => {
      const profile = mkdtempSync(path.join(tmpdir(), 'sealpost-marionette-'));
      cleanup.add(() => {
        rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
      });
      const port = await freePort();
      const preferences = { 'marionette.port': port, 'security.fileuri.strict_origin_policy': true };
      const lines = Object.entries(preferences).map(
        ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`,
      );
      writeFileSync(path.join(profile, 'user.js'), lines.join(''));
      const args = ['-headless', '-no-remote', '-marionette', '-remote-allow-system-access', '-profile', profile];
      const service = new Service(executable, args);
      cleanup.add(() => service.end());
      let socket: Socket | undefined;
      await until(
        async () => {
          const attempt = connect(port, '127.0.0.1');
          const connected = await Promise.race([once(attempt, 'connect'), once(attempt, 'error')]).catch(
            () => undefined,
          );
          if (connected === undefined || attempt.connecting || attempt.destroyed) return false;
          socket = attempt;
          return true;
        },
        () => 'Firefox does not listen',
      );
      const marionette = new Marionette(socket!, cleanup);
      cleanup.add(() => socket?.destroy());
      // What it says of itself.
      await marionette.#next();
      await marionette.send('WebDriver:NewSession', {});
      return marionette;
    });
  }

  /** Runs an asynchronous function in the page, or in the browser's own window. */
  async run(where: 'content' | 'chrome', work: string, ...args: readonly string[]): Promise<unknown> {
    await this.send('Marionette:SetContext', { value: where });
    const script = `const done = arguments[arguments.length - 1];
      (${work})(...[...arguments].slice(0, -1)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value } = (await this.send('WebDriver:ExecuteAsyncScript', { script, args, scriptTimeout: 30_000 })) as {
      value: { value?: unknown; error?: string };
    };
    if (value.error !== undefined) throw new Error(value.error);
    return value.value;
  }

  async send(command: string, parameters: object): Promise<unknown> {
    const id = ++this.#count;
    const text = JSON.stringify([0, id, command, parameters]);
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [, , error, value] = (await this.#next()) as readonly unknown[];
    if (error !== null) throw new Error(`${command}: ${JSON.stringify(error)}`);
    return value;
  }

  /** One message: its length, a colon, JSON. */
  async #next(): Promise<unknown> {
    for (;;) {
      const colon = this.#received.indexOf(':');
      const length = Number(this.#received.subarray(0, Math.max(0, colon)).toString());
      const end = colon + 1 + length;
      if (colon >= 0 && this.#received.length >= end) {
        const text = this.#received.subarray(colon + 1, end).toString();
        this.#received = this.#received.subarray(end);
        return JSON.parse(text);
      }
      const [data] = (await once(this.#socket, 'data')) as [Buffer];
      this.#received = Buffer.concat([this.#received, data]);
    }
  }

  close(): Promise<void> {
    return this.#cleanup.run();
  }
}
