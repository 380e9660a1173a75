import { randomFillSync } from 'node:crypto';
import type { Message } from 'sealpost';

/** A kilobyte of plain text as people write it; deflate takes it to about half. */
export const LETTER: string = `Dear Mrs Okafor,

thank you for coming to see us on Thursday. As agreed, this letter sums up what we found and what should happen next.

The blood count is within the normal range, and so are the values for liver and kidney. The scan of the left knee shows
a small tear in the inner meniscus, about four millimetres long, with no sign of inflammation around it. An operation is
not needed at present. We suggest physiotherapy twice a week for six weeks, and that you avoid running and deep squats
until the end of that time. For the pain, take the tablets you were given, one in the morning and one in the evening with
a meal, for no longer than ten days.

Please call us at once if the knee swells, locks or gives way, or if you get a fever. Otherwise we would like to see you
again in seven weeks: our front desk will write to you with a date. The full report of the scan goes to your family doctor
as well, as you asked.

With kind regards, and all the best for your recovery,
Dr J. Lindqvist, Department of Orthopaedics, Riverside Clinic
`.slice(0, 1_000);

const headers = {
  from: [{ name: 'Riverside Clinic', address: 'letters@clinic.example' }],
  to: [{ name: 'Ada Okafor', address: 'ada@home.example' }],
  subject: 'Your visit on Thursday',
  date: '2026-11-22T05:30:00+01:00',
} as const;

/** Bytes that no compression makes smaller. */
export function incompressible(length: number): Uint8Array<ArrayBuffer> {
  return randomFillSync(new Uint8Array(length));
}

/** The letter, with attachments of the given content. */
export function letter(...contents: readonly NonNullable<Message['attachments']>[number]['content'][]): Message {
  return {
    headers,
    text: LETTER,
    attachments: contents.map((content, index) => ({
      name: `scan-${String(index + 1)}.bin`,
      type: 'application/octet-stream',
      content,
    })),
  };
}

/** The letter as the HTML page that a tool for pages is given; the attachment becomes a link to its own bytes. */
export function letterPage(attachment?: Uint8Array): string {
  const data = attachment === undefined ? undefined : Buffer.from(attachment).toString('base64');
  const link =
    data === undefined
      ? ''
      : `<p><a id="attachment" download="scan-1.bin" href="data:application/octet-stream;base64,${data}">scan-1.bin</a></p>\n`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Your visit on Thursday</title></head>
<body>
<pre id="letter">${LETTER}</pre>
${link}</body>
</html>
`;
}

/** Pieces of incompressible content without end to the memory: one pool again and again, far apart for deflate's window. */
export async function* endless(length: number): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const pool = incompressible(4 * 1_048_576);
  const piece = 65_536;
  for (let at = 0; at < length; at += piece) {
    const start = at % pool.length;
    yield await Promise.resolve(pool.subarray(start, start + Math.min(piece, length - at)));
  }
}
