/** Longest line that a mail may hold, without its CR LF (RFC 5322, section 2.1.1). */
const MAX_LINE = 998;

const BOUNDARY = '=_sealpost_bench_1';

/**
 * A whole mail with a short covering text and this file attached: as it is where that is allowed (7-bit, lines that fit), else
 * in base64. CR LF throughout, so that its length is what goes over the wire.
 */
export function mailWith(file: Uint8Array, fileName: string): Buffer {
  const text = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const encoding = isSevenBit(text) ? '7bit' : 'base64';
  return Buffer.concat([
    lines(
      'From: Riverside Clinic <letters@clinic.example>',
      'To: Ada Okafor <ada@home.example>',
      'Subject: A sealed message for you',
      'Date: Sun, 22 Nov 2026 05:30:00 +0100',
      'Message-ID: <0001@clinic.example>',
      'MIME-Version: 1.0',
      `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
      '',
      `--${BOUNDARY}`,
      'Content-Type: text/plain; charset=us-ascii',
      '',
      'The attached file holds a message for you. Save it, open it in a browser,',
      'and type the passphrase that you were told.',
      `--${BOUNDARY}`,
      `Content-Type: text/html; charset=us-ascii; name="${fileName}"`,
      `Content-Disposition: attachment; filename="${fileName}"`,
      `Content-Transfer-Encoding: ${encoding}`,
      '',
    ),
    encoding === '7bit' ? withCrLf(text) : base64Lines(text),
    lines('', `--${BOUNDARY}--`),
  ]);
}

function lines(...texts: readonly string[]): Buffer {
  return Buffer.from(texts.map((text) => `${text}\r\n`).join(''), 'latin1');
}

function isSevenBit(text: Buffer): boolean {
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0;
    if (byte === 0 || byte === 0x0d || byte > 0x7e) return false;
    if (byte !== 0x0a) continue;
    if (at - start > MAX_LINE) return false;
    start = at + 1;
  }
  return text.length - start <= MAX_LINE;
}

function withCrLf(text: Buffer): Buffer {
  return Buffer.from(text.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}

function base64Lines(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n'), 'latin1');
}
