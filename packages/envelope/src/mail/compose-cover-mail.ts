import { EnvelopeError } from '@sealpost/core';
import type { CoverMailParts } from '../cover-mail/parts.js';
import { buildMail } from './build-mail.js';
import { transferEncodings } from './file-transfer.js';
import { MAX_LINE } from './limits.js';
import { writeHeaders } from './write-mail.js';

/** Where the file goes. Only the last one in the mail counts: nothing but the closing boundary is behind it. */
const STAND_IN = '=sealpost-envelope=';

/**
 * Writes the mail. The composer gets a stand-in for the file, which is put in afterwards: so a large file is copied once, and
 * nothing recodes it. As `raw`, because the composer makes quoted-printable of any other content with long lines.
 *
 * @throws EnvelopeError `INVALID_ARGUMENT` as `writeMail` does, for the headers, and for one with too long a line.
 */
export async function composeCoverMail(parts: CoverMailParts): Promise<Uint8Array> {
  const { headers, text, html, file, fileName, mediaType, transfer } = parts;
  const around = await buildMail({
    ...writeHeaders(headers),
    text: text.replaceAll('\n', '\r\n'),
    // What does not go as it is goes as base64: in quoted-printable, a break may leave a "." alone on its line.
    ...(/^(?:[ -~]{0,76}\n)*$/.test(text) ? {} : { textEncoding: 'base64' }),
    alternatives: [{ raw: rawPart(['Content-Type: text/html; charset=utf-8', ...SEVEN_BIT], html) }],
    attachments: [
      {
        raw: rawPart(
          [
            `Content-Type: ${mediaType}; name="${fileName}"`,
            `Content-Disposition: attachment; filename="${fileName}"`,
            `Content-Transfer-Encoding: ${transfer}`,
          ],
          STAND_IN,
        ),
      },
    ],
  });
  refuseLongLines(around);
  const at = around.lastIndexOf(STAND_IN);
  const encoding = transferEncodings[transfer];
  const end = at + encoding.length(file);
  const mail = new Uint8Array(around.length - STAND_IN.length + (end - at));
  mail.set(around.subarray(0, at));
  encoding.write(file, mail.subarray(at, end));
  mail.set(around.subarray(at + STAND_IN.length), end);
  return mail;
}

function refuseLongLines(mail: Buffer): void {
  for (let start = 0; start < mail.length;) {
    const end = mail.indexOf('\r\n', start);
    if (end - start > MAX_LINE)
      throw new EnvelopeError('INVALID_ARGUMENT', 'headers holds a value that is too long for a line of mail');
    start = end + 2;
  }
}

const SEVEN_BIT = ['Content-Transfer-Encoding: 7bit'];

function rawPart(headers: readonly string[], body: string): string {
  return `${headers.join('\r\n')}\r\n\r\n${body.replaceAll('\n', '\r\n')}`;
}
