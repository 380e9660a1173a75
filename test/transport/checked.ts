import type { Message, Page, ParsedHeader, SealedEnvelope } from '@sealpost/core';
import { recipientFaults, scannerFaults } from './scanner-rules.js';
import { TransportRules } from './transport-rules.js';

/** Takes the file of an envelope in its pieces, as `assemble` gives them. */
class FileText {
  /** The file but for the digits of its payload. */
  text = '';
  bytes = 0;
  #pieces = 0;

  push(piece: Uint8Array): void {
    // The first piece is all that comes before the payload. Then each block is three: what opens it, its digits, what closes it.
    if (this.#pieces++ % 3 !== 2)
      this.text += Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
    this.bytes += piece.length;
  }
}

/** Passes the pieces of a file on, and throws where it breaks a rule of transport or of scanners. */
export async function* checked<T extends Uint8Array>(
  pieces: AsyncIterable<T>,
  { header }: ParsedHeader,
  page: Page | undefined,
): AsyncGenerator<T, void, undefined> {
  const rules = new TransportRules();
  const file = new FileText();
  for await (const piece of pieces) {
    rules.push(piece);
    file.push(piece);
    yield piece;
  }
  rules.end();
  if (page !== undefined) fail(await scannerFaults(file.text, file.bytes, page, header));
}

/** The same envelope, whose file throws where it shows who gets the message. */
export function hidingRecipients(sealed: SealedEnvelope, message: Message): SealedEnvelope {
  return { ...sealed, file: () => withoutRecipients(sealed.file(), message) };
}

async function* withoutRecipients<T extends Uint8Array>(
  pieces: AsyncIterable<T>,
  message: Message,
): AsyncGenerator<T, void, undefined> {
  const file = new FileText();
  for await (const piece of pieces) {
    file.push(piece);
    yield piece;
  }
  fail(recipientFaults(file.text, message));
}

function fail(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(`scanner rules: ${faults.join('; ')}`);
}
