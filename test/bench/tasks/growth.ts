import { prepareSecret, seal } from 'sealpost';
import { endless, letter } from '../content.js';

/** Milliseconds of processor time and bytes of envelope. */
export interface Growth {
  readonly cpu: number;
  readonly file: number;
}

/** Seals attachments of each of the sizes, several times, as streams. */
export async function growth(sizes: readonly number[], runs: number): Promise<readonly (readonly Growth[])[]> {
  const { prepared } = await prepareSecret();
  const measure = async (size: number): Promise<Growth> => {
    globalThis.gc?.();
    const start = process.cpuUsage();
    let file = 0;
    const sealed = await seal(letter(endless(size)), { prepared });
    await sealed.stream().pipeTo(new WritableStream({ write: (piece: Uint8Array) => void (file += piece.length) }));
    const { user, system } = process.cpuUsage(start);
    return { cpu: (user + system) / 1_000, file };
  };
  // Until it is compiled, code takes many times as long; a small message would bear all of that.
  for (let run = 0; run < 5; run++) await measure(2_000_000);
  const results: Growth[][] = sizes.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, size] of sizes.entries()) results[index]?.push(await measure(size));
  }
  return results;
}
