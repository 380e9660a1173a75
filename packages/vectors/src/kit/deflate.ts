/** Bits in the order of RFC 1951: the lowest of each byte first. */
class BitWriter {
  readonly #bytes: number[] = [];
  #used = 8;

  /** The lowest `count` bits of `value`, lowest first. */
  write(value: number, count: number): void {
    for (let i = 0; i < count; i += 1) this.#bit((value >> i) & 1);
  }

  /** A Huffman code, highest bit first. */
  writeCode(code: number, count: number): void {
    for (let i = count - 1; i >= 0; i -= 1) this.#bit((code >> i) & 1);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #bit(bit: number): void {
    if (this.#used === 8) {
      this.#bytes.push(0);
      this.#used = 0;
    }
    const last = this.#bytes.length - 1;
    this.#bytes[last] = (this.#bytes[last] ?? 0) | (bit << this.#used);
    this.#used += 1;
  }
}

const longestMatch = 258;
const endOfBlock = 256;
const lengthOf258 = 285;

/**
 * One raw DEFLATE stream of one block with fixed codes (RFC 1951, section 3.2.6), in which only runs of 258 equal bytes
 * and more become shorter. zlib's output is not the same in every version; this is.
 */
export function deflate(bytes: Uint8Array): Uint8Array {
  const out = new BitWriter();
  out.write(1, 1); // the last block
  out.write(1, 2); // fixed codes
  for (let at = 0; at < bytes.length;) {
    if (isRun(bytes, at)) {
      writeSymbol(out, lengthOf258);
      out.writeCode(0, 5); // distance 1
      at += longestMatch;
    } else {
      writeSymbol(out, bytes[at] ?? 0);
      at += 1;
    }
  }
  writeSymbol(out, endOfBlock);
  return out.bytes();
}

/** Whether the next 258 bytes are all the byte before them. */
function isRun(bytes: Uint8Array, at: number): boolean {
  const run = bytes.subarray(at, at + longestMatch);
  return at > 0 && run.length === longestMatch && run.every((byte) => byte === bytes[at - 1]);
}

function writeSymbol(out: BitWriter, symbol: number): void {
  if (symbol < 144) out.writeCode(0x30 + symbol, 8);
  else if (symbol < 256) out.writeCode(0x190 + symbol - 144, 9);
  else if (symbol < 280) out.writeCode(symbol - 256, 7);
  else out.writeCode(0xc0 + symbol - 280, 8);
}
