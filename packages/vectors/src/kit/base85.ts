const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
const digitsPerLine = 985;

/** The digits of `bytes` by section 8.1, without line breaks. */
export function encodeBase85(bytes: Uint8Array): string {
  const missing = (4 - (bytes.length % 4)) % 4;
  const filled = new DataView(new ArrayBuffer(bytes.length + missing));
  new Uint8Array(filled.buffer).set(bytes);
  const digits = Buffer.alloc((filled.byteLength / 4) * 5);
  for (let group = 0; group * 4 < filled.byteLength; group += 1) {
    let rest = filled.getUint32(group * 4);
    for (let i = 4; i >= 0; i -= 1) {
      digits[group * 5 + i] = alphabet.charCodeAt(rest % 85);
      rest = Math.floor(rest / 85);
    }
  }
  return digits.toString('latin1', 0, digits.length - missing);
}

/** The bytes of digits without white space, or undefined where they are not what {@link encodeBase85} writes. */
export function decodeBase85(digits: string): Uint8Array | undefined {
  const missing = (5 - (digits.length % 5)) % 5;
  // What the digits left out stand for is cut off again; with the highest ones, the bytes that stay come out right.
  const filled = digits + '~'.repeat(missing);
  const bytes = new DataView(new ArrayBuffer((filled.length / 5) * 4));
  for (let group = 0; group * 5 < filled.length; group += 1) {
    let value = 0;
    for (const digit of filled.slice(group * 5, group * 5 + 5)) {
      const digitValue = alphabet.indexOf(digit);
      if (digitValue === -1) return undefined;
      value = value * 85 + digitValue;
    }
    if (value > 0xffffffff) return undefined;
    bytes.setUint32(group * 4, value);
  }
  const kept = new Uint8Array(bytes.buffer).slice(0, bytes.byteLength - missing);
  return encodeBase85(kept) === digits ? kept : undefined;
}

/** A line feed after every 985 digits, and one inside every `<!` within such a line. */
export function foldDigits(digits: string): string {
  const lines = digits.match(new RegExp(`.{1,${digitsPerLine}}`, 'g')) ?? [];
  return lines.map((line) => line.replaceAll('<!', '<\n!')).join('\n');
}
