// Writes examples/mail/discharge-letter.eml: a ward writes to a patient. Everything in it is invented; the addresses are of
// example.org and example.com (RFC 2606). Fixed boundaries, dates and identifiers, and no compression whose result may
// vary: the same file on every machine. Parts are encoded in different ways on purpose.
//
// Usage: node tools/make-example-mail.mjs

import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CRLF = '\r\n';

const TEXT = `Sehr geehrter Herr Müller,

wie heute bei der Entlassung besprochen, erhalten Sie anbei

  - Ihren Entlassungsbrief (PDF),
  - die Laborwerte vom 19. bis 21. November (CSV), mit den japanischen
    Bezeichnungen, um die Ihre Hausärztin Dr. Tanaka gebeten hat,
  - den Termin zur Nachsorge für Ihren Kalender (ICS).

Bitte nehmen Sie das Metoprolol ab morgen früh in der neuen Dosis
(47,5 mg statt 95 mg) und messen Sie den Blutdruck zweimal täglich.
Bei Luftnot, Brustschmerz oder einer Gewichtszunahme von mehr als
2 kg in drei Tagen rufen Sie uns sofort an, auch nachts.

Gute Besserung wünscht Ihnen
das Team der Station 3B

-- \nKlinikum Lindenhöhe · Kardiologie, Station 3B
Stationsleitung: Aylin Öztürk · Telefon +49 555 0173
`;

const HTML = `<!DOCTYPE html>
<html lang="de">
<head><meta charset="utf-8"><title>Ihr Entlassungsbrief</title></head>
<body style="font-family: sans-serif; color: #1c2b36">
<p><img src="cid:logo.3b@example.org" alt="Klinikum Lindenhöhe" width="160" height="48"></p>
<p>Sehr geehrter Herr Müller,</p>
<p>wie heute bei der Entlassung besprochen, erhalten Sie anbei</p>
<ul>
<li>Ihren <b>Entlassungsbrief</b> (PDF),</li>
<li>die <b>Laborwerte</b> vom 19. bis 21. November (CSV), mit den japanischen Bezeichnungen, um die Ihre Hausärztin
Dr. Tanaka gebeten hat,</li>
<li>den <b>Termin zur Nachsorge</b> für Ihren Kalender (ICS).</li>
</ul>
<table cellpadding="6" style="border-collapse: collapse">
<tr style="background: #e3eef2"><th align="left">Medikament</th><th>morgens</th><th>mittags</th><th>abends</th></tr>
<tr><td>Metoprolol 47,5 mg <i>(neu: halbe Dosis)</i></td><td align="center">1</td><td align="center">–</td><td align="center">–</td></tr>
<tr><td>Ramipril 5 mg</td><td align="center">1</td><td align="center">–</td><td align="center">1</td></tr>
<tr><td>Apixaban 5 mg</td><td align="center">1</td><td align="center">–</td><td align="center">1</td></tr>
</table>
<p>Bitte messen Sie den Blutdruck zweimal täglich. Bei Luftnot, Brustschmerz oder einer Gewichtszunahme von mehr als
2&nbsp;kg in drei Tagen <b>rufen Sie uns sofort an</b>, auch nachts.</p>
<p>Gute Besserung wünscht Ihnen<br>das Team der Station 3B</p>
<hr>
<p><small>Klinikum Lindenhöhe · Kardiologie, Station 3B<br>Stationsleitung: Aylin Öztürk · Telefon +49 555 0173</small></p>
</body>
</html>
`;

const LAB_VALUES = [
  '検査項目,Messgröße,Einheit,2026-11-19,2026-11-20,2026-11-21,基準値',
  'ナトリウム,Natrium,mmol/l,136,138,139,135–145',
  'カリウム,Kalium,mmol/l,3.4,3.9,4.2,3.5–5.1',
  'クレアチニン,Kreatinin,µmol/l,104,98,95,62–106',
  'ヘモグロビン,Hämoglobin,g/dl,13.1,13.4,13.6,13.5–17.5',
  'トロポニンT,Troponin T (hs),ng/l,22,17,12,< 14',
  'NT-proBNP,NT-proBNP,ng/l,1840,1210,870,< 486',
  '',
].join(CRLF);

const APPOINTMENT = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Klinikum Lindenhöhe//Station 3B//DE',
  'METHOD:PUBLISH',
  'BEGIN:VEVENT',
  'UID:nachsorge-20261207@example.org',
  'DTSTAMP:20261121T091500Z',
  'DTSTART:20261207T093000Z',
  'DTEND:20261207T100000Z',
  'SUMMARY:Nachsorge Kardiologie – Herr Müller',
  'LOCATION:Klinikum Lindenhöhe\\, Ambulanz 2\\, Zimmer 214',
  'DESCRIPTION:Bitte Medikamentenplan und Blutdruck-Tagebuch mitbringen.',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join(CRLF);

/** @type {[font: string, size: number, text: string][]} */
const LETTER = [
  ['F2', 16, 'Klinikum Lindenhöhe'],
  ['F1', 10, 'Kardiologie, Station 3B · Am Lindenhang 12 · 99999 Beispielstadt'],
  ['F1', 10, ''],
  ['F2', 13, 'Entlassungsbrief'],
  ['F1', 10, 'Patient: Jonas Müller, geboren am 14.03.1961 · Fall 2026-3B-0471'],
  ['F1', 10, 'Stationärer Aufenthalt: 18.11.2026 bis 21.11.2026'],
  ['F1', 10, ''],
  ['F2', 11, 'Diagnosen'],
  ['F1', 10, 'Paroxysmales Vorhofflimmern, erstmals dokumentiert am 18.11.2026'],
  ['F1', 10, 'Arterielle Hypertonie · leichtgradig eingeschränkte Pumpfunktion (EF 48 %)'],
  ['F1', 10, ''],
  ['F2', 11, 'Verlauf'],
  ['F1', 10, 'Aufnahme mit Herzrasen und Belastungsdyspnoe. Im EKG tachykardes Vorhofflimmern,'],
  ['F1', 10, 'nach Frequenzkontrolle spontane Konversion in den Sinusrhythmus am 19.11.2026.'],
  ['F1', 10, 'Unter Metoprolol 95 mg Bradykardie bis 44/min, daher halbiert. Beschwerdefrei entlassen.'],
  ['F1', 10, ''],
  ['F2', 11, 'Empfehlungen'],
  ['F1', 10, 'Metoprolol 47,5 mg 1-0-0, Ramipril 5 mg 1-0-1, Apixaban 5 mg 1-0-1.'],
  ['F1', 10, 'Langzeit-EKG in vier Wochen. Nachsorge am 07.12.2026, 10:30 Uhr, Ambulanz 2.'],
  ['F1', 10, ''],
  ['F1', 10, 'Beispielstadt, 21.11.2026'],
  ['F1', 10, 'Dr. med. Helène Brückner, Oberärztin'],
];

/**
 * A PDF of one page (ISO 32000-1), the standard fonts in WinAnsiEncoding, nothing compressed.
 *
 * @param {[font: string, size: number, text: string][]} lines
 */
function pdf(lines) {
  /** @param {string} text */
  const escaped = (text) => text.replace(/[\\()]/g, '\\$&');
  const page = lines.map(([font, size, text]) => `/${font} ${size} Tf (${escaped(text)}) Tj T*`).join('\n');
  const content = `BT\n17 TL\n56 780 Td\n${page}\nET\n`;
  /** @param {string} name */
  const font = (name) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (de-DE) >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}endstream`,
    font('Helvetica'),
    font('Helvetica-Bold'),
  ];
  let file = '%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** @param {Uint8Array} bytes */
function adler32(bytes) {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/**
 * A PNG (W3C) of two bits a pixel with a palette, in one stored deflate block: no zlib, so no differences between them.
 *
 * @param {number} width - a multiple of four.
 * @param {number} height
 * @param {number[][]} palette
 * @param {(x: number, y: number) => number} colorAt
 */
function png(width, height, palette, colorAt) {
  const rows = [];
  for (let y = 0; y < height; y++) {
    const row = Buffer.alloc(1 + width / 4);
    for (let x = 0; x < width; x++) {
      const at = 1 + (x >> 2);
      row[at] = (row[at] ?? 0) | (colorAt(x, y) << (6 - 2 * (x & 3)));
    }
    rows.push(row);
  }
  const data = Buffer.concat(rows);
  const head = Buffer.from([0x78, 0x01, 0x01, 0, 0, 0, 0]);
  head.writeUInt16LE(data.length, 3);
  head.writeUInt16LE(~data.length & 0xffff, 5);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(adler32(data));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([2, 3, 0, 0, 0], 8);
  /** @type {(type: string, body: Buffer) => Buffer} */
  const chunk = (type, body) => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const framed = Buffer.alloc(named.length + 8);
    framed.writeUInt32BE(body.length, 0);
    framed.set(named, 4);
    framed.writeUInt32BE(crc32(named), named.length + 4);
    return framed;
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', Buffer.concat([head, data, check])),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The clinic's logo: a green cross before a pulse line. */
function logo() {
  const palette = [
    [255, 255, 255],
    [20, 122, 88],
    [28, 43, 54],
    [190, 222, 212],
  ];
  const pulse = [24, 24, 24, 24, 20, 24, 24, 32, 6, 40, 24, 24, 24, 18, 18, 24, 24, 24];
  return png(160, 48, palette, (x, y) => {
    const cross =
      (Math.abs(x - 24) <= 6 && Math.abs(y - 24) <= 18) || (Math.abs(x - 24) <= 18 && Math.abs(y - 24) <= 6);
    if (cross) return 1;
    if ((x - 24) ** 2 + (y - 24) ** 2 <= 23 ** 2) return 3;
    if (x < 56 || x > 156) return 0;
    const position = (x - 56) / 6;
    const [from = 24, to = 24] = [pulse[Math.floor(position)], pulse[Math.floor(position) + 1]];
    return Math.abs(y - (from + (to - from) * (position % 1))) <= 2 + Math.abs(to - from) / 6 ? 2 : 0;
  });
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  return Buffer.from(bytes)
    .toString('base64')
    .replace(/.{76}(?=.)/g, `$&${CRLF}`);
}

/**
 * Quoted-printable (RFC 2045, 6.7) of a text whose line breaks stay line breaks.
 *
 * @param {string} text
 */
function quotedPrintable(text) {
  /** @param {string} line */
  const encodeLine = (line) => {
    const encoded = [...Buffer.from(line, 'utf8')].map((byte, index, all) => {
      const last = index === all.length - 1;
      const literal = (byte >= 0x21 && byte <= 0x7e && byte !== 0x3d) || (byte === 0x20 && !last);
      return literal ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    });
    let width = 0;
    return encoded
      .map((unit) => {
        const broken = width + unit.length > 75;
        width = (broken ? 0 : width) + unit.length;
        return broken ? `=${CRLF}${unit}` : unit;
      })
      .join('');
  };
  return text.split(/\r?\n/).map(encodeLine).join(CRLF);
}

/**
 * Encoded words (RFC 2047), each of whole characters and at most 75 columns.
 *
 * @param {string} text
 */
function encodedWords(text) {
  const words = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join(`${CRLF} `);
}

/**
 * A file name as RFC 2231 writes it.
 *
 * @param {string} name
 */
function extended(name) {
  return `filename*=utf-8''${encodeURIComponent(name)}`;
}

/** @type {(type: string, boundary: string, parts: string[]) => string} */
function multipart(type, boundary, parts) {
  return [
    `Content-Type: ${type}; boundary="${boundary}"`,
    '',
    ...parts.flatMap((part) => [`--${boundary}`, part]),
    `--${boundary}--`,
    '',
  ].join(CRLF);
}

/** @type {(fields: string[], body: string) => string} */
function leaf(fields, body) {
  return [...fields, '', body].join(CRLF);
}

const alternative = multipart('multipart/alternative', 'alternative_3b', [
  leaf(
    ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
    quotedPrintable(TEXT),
  ),
  multipart('multipart/related; type="text/html"', 'related_3b', [
    leaf(
      ['Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
      quotedPrintable(HTML),
    ),
    leaf(
      [
        'Content-Type: image/png; name="logo.png"',
        'Content-Transfer-Encoding: base64',
        'Content-ID: <logo.3b@example.org>',
        'Content-Disposition: inline; filename="logo.png"',
      ],
      base64(logo()),
    ),
  ]),
]);

const mail = [
  'Received: from mail.example.org (mail.example.org [192.0.2.25])',
  '\tby mx.example.com with ESMTPS id 3bK7Qd0471; Sat, 21 Nov 2026 10:15:04 +0100',
  `From: ${encodedWords('Klinikum Lindenhöhe – Station 3B')} <station-3b@example.org>`,
  `To: ${encodedWords('Jonas Müller')} <jonas.mueller@example.com>`,
  `Cc: ${encodedWords('田中 由紀 (Dr. Tanaka)')} <praxis.tanaka@example.com>`,
  `Reply-To: ${encodedWords('Aylin Öztürk')} <aylin.oeztuerk@example.org>`,
  `Subject: ${encodedWords('Ihr Entlassungsbrief und die Laborwerte – 検査結果')}`,
  'Date: Sat, 21 Nov 2026 10:15:00 +0100',
  'Message-ID: <entlassung.2026-3B-0471@example.org>',
  'In-Reply-To: <anfrage.20261120@example.com>',
  'References: <aufnahme.20261118@example.org> <anfrage.20261120@example.com>',
  'MIME-Version: 1.0',
  multipart('multipart/mixed', 'mixed_3b', [
    alternative,
    leaf(
      [
        'Content-Type: application/pdf',
        'Content-Transfer-Encoding: base64',
        `Content-Disposition: attachment; ${extended('Entlassungsbrief – Müller.pdf')}`,
      ],
      base64(pdf(LETTER)),
    ),
    leaf(
      [
        'Content-Type: text/csv; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable',
        `Content-Disposition: attachment; ${extended('検査結果.csv')}`,
      ],
      quotedPrintable(LAB_VALUES),
    ),
    leaf(
      [
        'Content-Type: text/calendar; charset=utf-8; method=PUBLISH',
        'Content-Transfer-Encoding: 8bit',
        'Content-Disposition: attachment; filename="Nachsorgetermin.ics"',
      ],
      APPOINTMENT,
    ),
  ]),
].join(CRLF);

const folder = new URL('../examples/mail/', import.meta.url);
mkdirSync(folder, { recursive: true });
const file = new URL('discharge-letter.eml', folder);
writeFileSync(file, mail);
console.log(`${fileURLToPath(file)}: ${String(Buffer.byteLength(mail))} bytes`);
