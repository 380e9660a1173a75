import { randomBytes } from 'node:crypto';
import { openEnvelope, PreparedSecret, profileKdf, readEnvelope, sealEnvelope } from '@sealpost/core';
import { backend } from '../../../packages/envelope/src/node-backend.js';

/** Envelopes that are made and opened for one figure. */
const TIMES = 100;

/**
 * Milliseconds of processor time to seal and open an envelope without a message, with so many slots, of which the last opens; several
 * times for each number.
 */
export async function slotCosts(counts: readonly number[], runs: number): Promise<readonly (readonly number[])[]> {
  const kdf = profileKdf('light', new Uint8Array(randomBytes(16)));
  const secretOf = (): PreparedSecret =>
    new PreparedSecret({ key: new Uint8Array(randomBytes(32)), kdf, norm: 'words', madeAt: 0, strengthBits: 64 });
  const measure = async (count: number): Promise<number> => {
    const secrets = Array.from({ length: count }, secretOf);
    const prepared = secrets.at(-1) ?? secretOf();
    const start = process.cpuUsage();
    for (let time = 0; time < TIMES; time++) {
      const sealed = await sealEnvelope({ headers: {} }, { secrets, backend });
      let file = '';
      for await (const piece of sealed.file()) file += Buffer.from(piece).toString('latin1');
      await openEnvelope(readEnvelope(file), { prepared }, { backend });
    }
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000 / TIMES;
  };
  // Until it is compiled, code takes many times as long.
  for (const count of counts) await measure(count);
  const costs: number[][] = counts.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, count] of counts.entries()) costs[index]?.push(await measure(count));
  }
  return costs;
}
