import { EnvelopeError, inspect, inspectIdentity, inspectPublicKey, readIdentity, type Identity } from 'sealpost';
import { EXIT, Failure, usageFailure } from './failure.js';
import { readBounded } from './input.js';
import { askPassphrase, readPassphraseFile, warnIfShared } from './secret-input.js';
import { withProgress } from './tui.js';

/** Public keys and identities, from where they may come from (spec/cli.md, section 6). */

const MAX_FILE_BYTES = 1_048_576;

/** The public keys that an option names: each value is a key, or a file with one in each line. */
export async function readPublicKeys(option: string, values: readonly string[]): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const value of values) {
    const found = /^sealpost1/i.test(value) ? [value] : await readLines(value);
    if (found.length === 0) throw usageFailure(`${option}: there is no key in ${value}`);
    for (const key of found) {
      if (key.startsWith('{'))
        throw usageFailure(
          `${option}: ${value} holds a private key`,
          'give the public one, in the file that ends in .pub',
        );
      await inspectPublicKey(key).catch(() => {
        throw usageFailure(
          `${option}: ${value === key ? 'the text' : `a line of ${value}`} is no public key of this release`,
          'a key is copied whole, or given as the file that sealpost keygen wrote',
        );
      });
      keys.push(key);
    }
  }
  return keys;
}

/** An identity as its file has it. */
interface StoredIdentity {
  readonly file: string;
  readonly text: string;
  readonly id: string;
  readonly sealed: boolean;
}

/**
 * The identities in these files that open `envelope`. Only theirs are unsealed, with the passphrase in a file, or one that is asked for.
 * Fails with exit code 6 where there is none.
 */
export async function readIdentities(
  files: readonly string[],
  envelope: Uint8Array,
  passphraseFile: string | undefined,
): Promise<readonly Identity[]> {
  const { slots } = await inspect(envelope);
  const wanted = slots.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const stored: StoredIdentity[] = [];
  for (const file of files) stored.push(...(await readStored(file)));
  const fitting = stored.filter(({ id }) => wanted.includes(id));
  if (fitting.length === 0) throw noneFits(wanted, stored);
  const given = passphraseFile === undefined ? undefined : await readPassphraseFile(passphraseFile);
  const identities: Identity[] = [];
  for (const one of fitting) identities.push(await unlock(one, given));
  return identities;
}

/** The one identity in a file, unsealed with the passphrase in another, or one that is asked for. */
export async function readOneIdentity(
  option: string,
  file: string,
  passphraseFile: string | undefined,
): Promise<Identity> {
  const [stored, ...others] = await readStored(file);
  if (stored === undefined || others.length > 0)
    throw usageFailure(`${option}: there are several keys in ${file}`, 'give a file with the newest one alone');
  return unlock(stored, passphraseFile === undefined ? undefined : await readPassphraseFile(passphraseFile));
}

async function unlock({ file, text, id, sealed }: StoredIdentity, given: string | undefined): Promise<Identity> {
  const passphrase =
    given ?? (sealed ? await askPassphrase(`passphrase of the key ${id} in ${file} (not shown):`) : undefined);
  return withProgress('unlocking the key', (onProgress) =>
    readIdentity(text, { onProgress, ...(passphrase === undefined ? {} : { passphrase }) }),
  ).catch((error: unknown) => {
    throw error instanceof EnvelopeError && error.code === 'DID_NOT_OPEN'
      ? new Failure(EXIT.didNotOpen, `the passphrase did not open the key ${id} in ${file}`)
      : error;
  });
}

async function readStored(file: string): Promise<readonly StoredIdentity[]> {
  const lines = await readLines(file);
  if (lines.length === 0) throw usageFailure(`there is no key in ${file}`);
  const stored = await Promise.all(
    lines.map(async (text) => {
      const { id, sealed } = await inspectIdentity(text).catch(() => {
        throw usageFailure(
          `a line of ${file} is no identity of this release`,
          text.startsWith('sealpost1')
            ? 'it is a public key: give the file without .pub'
            : 'give the file that sealpost keygen wrote',
        );
      });
      return { file, text, id, sealed };
    }),
  );
  warnIfShared(file, `the private key in ${file}`);
  return stored;
}

function noneFits(wanted: readonly string[], stored: readonly StoredIdentity[]): Failure {
  return wanted.length === 0
    ? new Failure(EXIT.didNotOpen, 'the envelope is sealed to no key', 'open it with its passphrase')
    : new Failure(
        EXIT.didNotOpen,
        `the envelope is sealed to ${wanted.join(' and ')}, not to ${stored.map(({ id }) => id).join(', ')}`,
        'give the file of one of these keys with --identity; --identity can be given several times',
      );
}

/** Lines of a file that hold something, and do not begin with `#`. */
async function readLines(path: string): Promise<readonly string[]> {
  const text = Buffer.from(await readBounded(path, MAX_FILE_BYTES)).toString('latin1');
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
