import type { Bytes } from '../bytes.js';
import type { Header } from '../wire/header.js';

/** Where the text of a payload comes from: a file that was read, or elements of a page that is still being parsed. */
export interface PayloadText {
  /** Number of payload blocks; settles when the end of the file is known. Rejects with `DAMAGED` where blocks are missing. */
  blockCount(): Promise<number>;
  /** Text of block n, below the number of blocks. White space in it means nothing. */
  block(n: number): Promise<string>;
  /** Text of the end block. */
  end(): Promise<string>;
}

/** An envelope taken apart, in either form. */
export interface EnvelopeSource {
  readonly form: 'html' | 'data';
  readonly header: Header;
  readonly headerBytes: Bytes;
  readonly payload: PayloadText;
}
