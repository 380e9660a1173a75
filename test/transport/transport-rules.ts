/** Mail transport's rules for an envelope (spec/envelope-v1.md, section 8.4), over a file that comes in pieces. */

const MAX_LINE = 990;

export class TransportRules {
  /** What came since the last line feed. */
  #rest = '';
  #number = 1;

  /** Throws for the first line that breaks a rule, with its number. */
  push(piece: Uint8Array): void {
    const lines = (this.#rest + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1')).split(
      '\n',
    );
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#check(line);
  }

  /** The file has ended: its last line must have, too. */
  end(): void {
    if (this.#rest !== '') this.#fail('does not end in a line feed');
  }

  #check(line: string): void {
    if (/[^\x20-\x7e]/.test(line)) this.#fail('holds a byte that is not printable ASCII');
    if (line.length > MAX_LINE) this.#fail(`is longer than ${String(MAX_LINE)} characters`);
    if (line.startsWith('.') || line.startsWith('From ')) this.#fail('begins with "." or "From "');
    if (line.endsWith(' ')) this.#fail('ends in a blank');
    this.#number++;
  }

  #fail(what: string): never {
    throw new Error(`transport rules: line ${String(this.#number)} ${what}`);
  }
}
