import { generateIdentity, prepareSecret, seal, type SealOptions } from 'sealpost';
import { letter } from '../content.js';

/** Messages a second, by the clock and by processor time of all threads. */
export interface Rate {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** What opens the envelopes: a prepared passphrase, or a key. */
export type OpenedWith = 'prepared' | 'p256' | 'mlkem768-x25519';

/** Seals small messages one after the other for `milliseconds`, `runs` times. */
export async function smallMessages(
  openedWith: OpenedWith,
  milliseconds: number,
  runs: number,
): Promise<readonly Rate[]> {
  const options = await optionsFor(openedWith);
  const message = letter();
  const measure = async (): Promise<Rate> => {
    const start = performance.now();
    const startCpu = process.cpuUsage();
    let count = 0;
    while (performance.now() - start < milliseconds) {
      await (await seal(message, options)).bytes();
      count++;
    }
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(startCpu);
    return { perSecond: (count / wall) * 1_000, perCpuSecond: (count / (user + system)) * 1_000_000 };
  };
  await measure();
  const rates: Rate[] = [];
  for (let run = 0; run < runs; run++) rates.push(await measure());
  return rates;
}

async function optionsFor(openedWith: OpenedWith): Promise<SealOptions> {
  if (openedWith === 'prepared') return { prepared: (await prepareSecret()).prepared };
  return { recipientKeys: [(await generateIdentity({ kem: openedWith })).publicKey] };
}
