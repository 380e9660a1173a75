/**
 * A zip archive of files that are stored as they are (PKWARE APPNOTE 6.3). Our own, since the libraries for it would be five to
 * six kilobytes of every envelope. There is no zip64: what a page opens is far below 4 GiB and 65,535 files.
 */

import { utf8 } from '@sealpost/core';

/** A file whose content has been read: what its headers say of it, and the content. */
export interface ZipFile {
  /** Cleaned, and unlike all others, as {@link uniqueNames} makes them. */
  readonly name: string;
  readonly crc: number;
  readonly content: Blob;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, value) => {
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (0xedb88320 & -(value & 1));
  return value;
});

/** CRC-32 of a content whose beginning has the CRC-32 `before`. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 255] ?? 0);
  return ~crc;
}

/** `date` is when all files were last changed. One that zip cannot say, before 1980 or none at all, becomes its first day. */
export function makeZip(files: readonly ZipFile[], date: Date): Blob {
  const contents: BlobPart[] = [];
  const directory: BlobPart[] = [];
  const year = date.getFullYear() - 1980;
  const [time, day] =
    year >= 0 && year < 128
      ? [
          (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1),
          (year << 9) | ((date.getMonth() + 1) << 5) | date.getDate(),
        ]
      : [0, 33];
  let offset = 0;
  let length = 0;
  for (const { name, crc, content } of files) {
    const path = utf8(name);
    const { size } = content;
    // Version 2.0, name in UTF-8, stored; the lengths of the name and of extra fields.
    const facts = [20, 0x800, 0, time, day, ...long(crc), ...long(size), ...long(size), path.length, 0];
    const local = Uint16Array.of(0x4b50, 0x0403, ...facts);
    // Comment, disk, attributes.
    const entry = Uint16Array.of(0x4b50, 0x0201, 20, ...facts, 0, 0, 0, 0, 0, ...long(offset));
    contents.push(local, path, content);
    directory.push(entry, path);
    offset += local.byteLength + path.length + size;
    length += entry.byteLength + path.length;
  }
  const count = files.length;
  const end = Uint16Array.of(0x4b50, 0x0605, 0, 0, count, count, ...long(length), ...long(offset), 0);
  return new Blob([...contents, ...directory, end]);
}

/** The same names, where one was there before with a number. Case does not tell them apart, since on many systems it cannot. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const dot = name.lastIndexOf('.');
    const stem = dot > 0 ? dot : name.length;
    let unique = name;
    for (let n = 2; used.has(unique.toLowerCase()); n++) unique = `${name.slice(0, stem)} (${n})${name.slice(stem)}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}

/** 32 bits as two numbers of 16, the low one first: so do the arrays above lay them down, wherever the page runs. */
function long(value: number): readonly [number, number] {
  return [value, value >>> 16];
}
