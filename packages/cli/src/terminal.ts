import { closeSync, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { EXIT, Failure } from './failure.js';
import { onInterrupt } from './interrupt.js';
import { printableLine } from './printable.js';

const [INPUT, OUTPUT] = process.platform === 'win32' ? ['\\\\.\\CONIN$', '\\\\.\\CONOUT$'] : ['/dev/tty', '/dev/tty'];

/** What keys send that are no characters: arrows, function keys, marks around pasted text. */
// eslint-disable-next-line no-control-regex -- escape sequences begin with ESC
const KEY_SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?/g;

/**
 * The controlling terminal, for secrets: what is typed is not shown. It is there even when standard input and output are pipes.
 * While it is open it is in raw mode, so keys of later answers are not shown either; close it in any case.
 */
export class Terminal {
  readonly #input: ReadStream;
  readonly #output: number;
  readonly #forget: () => void;
  #unread = '';

  /** Undefined where the command has no terminal (cron, a service, a container). */
  static open(): Terminal | undefined {
    let output: number | undefined;
    try {
      output = openSync(OUTPUT, 'w');
      return new Terminal(new ReadStream(openSync(INPUT, 'r+')), output);
    } catch {
      if (output !== undefined) closeSync(output);
      return undefined;
    }
  }

  private constructor(input: ReadStream, output: number) {
    this.#input = input;
    this.#output = output;
    // A signal that ends the command must not leave the user's shell without an echo.
    this.#forget = onInterrupt(() => input.setRawMode(false));
    input.setRawMode(true);
    input.setEncoding('utf8');
  }

  /** Asks on a line of its own. Rejects when the user ends the input (^D, a closed terminal). */
  async askSecret(question: string): Promise<string> {
    writeSync(this.#output, printableLine(question) + ' ');
    try {
      return await this.#readLine();
    } finally {
      writeSync(this.#output, '\n');
    }
  }

  #readLine(): Promise<string> {
    return new Promise((resolve, reject) => {
      const typed: string[] = [];
      const stop = (): void => {
        this.#input.pause();
        this.#input.removeAllListeners();
      };
      const take = (keys: string): void => {
        const characters = Array.from((this.#unread + keys).replace(KEY_SEQUENCE, ''));
        this.#unread = '';
        for (const [index, character] of characters.entries()) {
          const ended = edit(typed, character);
          if (ended === undefined) continue;
          stop();
          this.#unread = characters.slice(index + 1).join('');
          if (ended === 'entered') resolve(typed.join(''));
          else reject(cancelled());
          return;
        }
      };
      this.#input.on('data', take);
      for (const end of ['end', 'error', 'close']) {
        this.#input.on(end, () => {
          stop();
          reject(cancelled());
        });
      }
      this.#input.resume();
      if (this.#unread !== '') take('');
    });
  }

  close(): void {
    this.#input.setRawMode(false);
    this.#forget();
    this.#input.removeAllListeners();
    this.#input.destroy();
    closeSync(this.#output);
  }
}

function cancelled(): Failure {
  return new Failure(EXIT.internal, 'cancelled');
}

/** One key in raw mode. Says when the line has ended. */
function edit(typed: string[], key: string): 'entered' | 'ended' | undefined {
  switch (key) {
    case '\r':
    case '\n':
      return 'entered';
    case '\u0004':
      return 'ended';
    case '\u0003':
      process.kill(process.pid, 'SIGINT');
      return undefined;
    case '\b':
    case '\u007f':
      typed.pop();
      return undefined;
    case '\u0015':
      typed.length = 0;
      return undefined;
    case '\u0017':
      while (typed.at(-1) === ' ') typed.pop();
      while (typed.length > 0 && typed.at(-1) !== ' ') typed.pop();
      return undefined;
    default:
      if (key >= ' ') typed.push(key);
      return undefined;
  }
}
