import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Debian's own, not another one in the path. */
const PYTHON = '/usr/bin/python3';
const READ = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    bad = archive.testzip()
    if bad is not None: sys.exit('damaged: ' + bad)
    print(json.dumps([{'name': i.filename, 'date': i.date_time, 'hex': archive.read(i).hex(), 'flags': i.flag_bits, 'method': i.compress_type} for i in archive.infolist()]))
`;

export interface ArchivedFile {
  readonly name: string;
  /** Year, month, day, hour, minute, second. */
  readonly date: readonly number[];
  readonly hex: string;
  readonly flags: number;
  readonly method: number;
}

/** Why archives cannot be read here; undefined where they can. */
export const noArchives = spawnSync(PYTHON, ['-c', '']).error === undefined ? undefined : `${PYTHON} is not there`;

/** What Python finds in a zip archive. Throws where it is damaged. */
export function readArchive(bytes: Uint8Array): readonly ArchivedFile[] {
  return withFile(
    bytes,
    (file) =>
      JSON.parse(
        execFileSync(PYTHON, ['-c', READ, file], { encoding: 'utf8', maxBuffer: 100_000_000 }),
      ) as readonly ArchivedFile[],
  );
}

/** What `unzip` says of an archive; undefined where there is no such program. */
export function testArchive(bytes: Uint8Array): string | undefined {
  return withFile(bytes, (file) => {
    const { error, stdout } = spawnSync('unzip', ['-t', file], { encoding: 'utf8' });
    return error === undefined ? stdout : undefined;
  });
}

function withFile<T>(bytes: Uint8Array, work: (file: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-zip-'));
  try {
    const file = path.join(folder, 'read.zip');
    writeFileSync(file, bytes);
    return work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
