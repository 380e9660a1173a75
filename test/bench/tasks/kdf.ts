import { generatePassphrase, prepareSecret, type KdfProfile } from 'sealpost';

/** Milliseconds that preparing a passphrase takes under a profile, run by run. */
export async function kdfTimes(kdf: KdfProfile, runs: number): Promise<readonly number[]> {
  const { text } = generatePassphrase('fips');
  const times: number[] = [];
  // The first loads the native code.
  for (let run = -1; run < runs; run++) {
    const start = performance.now();
    await prepareSecret({ passphrase: text, kdf });
    if (run >= 0) times.push(performance.now() - start);
  }
  return times;
}
