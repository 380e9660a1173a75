import { runTask } from './child.js';
import type { Extent } from './extent.js';
import { whole, withRange, type Row } from './row.js';
import { summarise } from './statistics.js';

const PROFILES = {
  standard: 'Argon2id, 64 MiB, 3 passes, 4 lanes: the default for a passphrase that a person chose',
  light: 'Argon2id, 46 MiB, 1 pass: the default for a generated passphrase',
  fips: 'PBKDF2-HMAC-SHA-256, 1,300,000 rounds',
} as const;

/** What opens the envelopes, how many of them a second are the goal, and what is made. */
const RATES = [
  ['prepared', 'prepared passphrase', 500, 'pages'],
  ['p256', 'key of P-256', 500, 'data forms'],
  ['mlkem768-x25519', 'key of MLKEM768-X25519', 180, 'data forms, with ML-KEM in JavaScript'],
] as const;

/** Small messages a second, and the key derivation that a prepared passphrase saves. */
export async function rate({ runs, rate: milliseconds }: Extent): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [openedWith, name, goal, form] of RATES) {
    const { result: rates } = await runTask('smallMessages', openedWith, milliseconds, runs);
    const perCpuSecond = rates.map((one) => one.perCpuSecond);
    const { median: perSecond } = summarise(rates.map((one) => one.perSecond));
    rows.push({
      what: `1 KB messages a second, one core, ${name}`,
      measured: withRange(perCpuSecond, whole, ''),
      goal: `>= ${goal}`,
      met: summarise(perCpuSecond).median >= goal,
      note: `${form}; in a second of processor time, user and system; by the clock ${whole(perSecond)}`,
    });
  }
  const kdfRows: Row[] = [];
  for (const kdf of ['standard', 'light', 'fips'] as const) {
    const { result: times } = await runTask('kdfTimes', kdf, 2 * runs + 1);
    kdfRows.push({
      what: `key derivation in Node, profile ${kdf}`,
      measured: withRange(times, whole, ' ms'),
      note: PROFILES[kdf],
    });
  }
  return [...rows, ...kdfRows];
}
