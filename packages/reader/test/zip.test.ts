import { crc32 as oracle } from 'node:zlib';
import { cleanFileName } from '@sealpost/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32, makeZip, uniqueNames } from '../src/zip.js';
import { noArchives, readArchive, testArchive } from './support/archive.js';

interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function archive(entries: readonly Entry[], date: Date): Promise<Buffer> {
  const files = entries.map(({ name, bytes }) => ({
    name,
    crc: crc32(bytes),
    content: new Blob([new Uint8Array(bytes)]),
  }));
  return Buffer.from(await makeZip(files, date).arrayBuffer());
}

const DATE = new Date(2026, 10, 22, 5, 30, 7);
const ENTRIES: readonly Entry[] = [
  { name: 'Entlassungsbrief \u2013 M\u00fcller.pdf', bytes: Uint8Array.from({ length: 70_000 }, (_, n) => n * 7) },
  { name: 'empty.txt', bytes: new Uint8Array() },
  { name: '\u691c\u67fb\u7d50\u679c.csv', bytes: Buffer.from('a,b\r\n') },
];

describe('a zip archive', () => {
  it.skipIf(noArchives)('20: is read back by Python, names, dates and bytes', async () => {
    expect(readArchive(await archive(ENTRIES, DATE))).toEqual(
      ENTRIES.map(({ name, bytes }) => ({
        name,
        date: [2026, 11, 22, 5, 30, 6],
        hex: Buffer.from(bytes).toString('hex'),
        flags: 0x800,
        method: 0,
      })),
    );
  });

  it('has no error that unzip finds', async (test) => {
    const verdict = testArchive(await archive(ENTRIES, DATE));
    if (verdict === undefined) test.skip('unzip is not there');
    expect(verdict).toContain('No errors detected');
    // It does look.
    const wrong = makeZip([{ name: 'a', crc: crc32(Buffer.from('a')), content: new Blob(['b']) }], DATE);
    expect(testArchive(new Uint8Array(await wrong.arrayBuffer()))).toContain('bad CRC');
  });

  it.skipIf(noArchives)('has zip\u2019s first day where the message has no date that zip can say', async () => {
    for (const date of [new Date(Number.NaN), new Date(1979, 1, 1), new Date(2108, 0, 1)]) {
      const [file] = readArchive(await archive(ENTRIES, date));
      expect(file?.date).toEqual([1980, 1, 1, 0, 0, 0]);
    }
  });
});

it('CRC-32 is zlib\u2019s, whole or piece by piece', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), fc.nat(3_000), (bytes, cut) => {
      const expected = oracle(bytes);
      expect(crc32(bytes) >>> 0).toBe(expected);
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut))) >>> 0).toBe(expected);
    }),
  );
});

describe('names in an archive', () => {
  it('20: are unlike each other, also where case does not count', () => {
    expect(uniqueNames(['a.pdf', 'a.pdf', 'A.PDF', 'a (2).pdf', 'b', 'b', '.x', '.x'])).toEqual([
      'a.pdf',
      'a (2).pdf',
      'A (3).PDF',
      'a (2) (2).pdf',
      'b',
      'b (2)',
      '.x',
      '.x (2)',
    ]);
  });

  it('20: are still clean, and as many', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('con', 'a.pdf', '..', 'A.pdf', '\u202egpj.exe'),
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (names) => {
        const cleaned = names.map((one, index) => cleanFileName(one, `attachment-${index + 1}`));
        const unique = uniqueNames(cleaned);
        expect(new Set(unique.map((one) => one.toLowerCase())).size).toBe(names.length);
        for (const one of unique) if (Buffer.byteLength(one) <= 200) expect(cleanFileName(one)).toBe(one);
      }),
    );
  });
});
