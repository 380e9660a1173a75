import { prepareSecret, seal } from 'sealpost';
import { endless, incompressible, letter } from '../content.js';

/** Seals one attachment that is in memory into a file that is in memory: what a mail program does. */
export async function sealOne(size: number): Promise<number> {
  const { prepared } = await prepareSecret();
  const sealed = await seal(letter(incompressible(size)), { prepared });
  return (await sealed.bytes()).length;
}

/** Seals an attachment that comes as a stream into a stream. */
export async function sealStream(size: number): Promise<number> {
  const { prepared } = await prepareSecret();
  const sealed = await seal(letter(endless(size)), { prepared });
  let length = 0;
  await sealed.stream().pipeTo(new WritableStream({ write: (piece: Uint8Array) => void (length += piece.length) }));
  return length;
}

/** Seals several messages at once, each with an attachment in memory, and holds all the files. */
export async function sealTogether(size: number, count: number): Promise<number> {
  const { prepared } = await prepareSecret();
  const contents = Array.from({ length: count }, () => incompressible(size));
  const files = await Promise.all(contents.map(async (content) => (await seal(letter(content), { prepared })).bytes()));
  return files.reduce((length, file) => length + file.length, 0);
}
