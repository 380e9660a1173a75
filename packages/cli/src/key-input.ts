import {
  EnvelopeError,
  fingerprint,
  inspect,
  inspectIdentity,
  inspectPublicKey,
  inspectSigningIdentity,
  readIdentity,
  type Identity,
  type ReadIdentityOptions,
} from 'sealpost';
import { EXIT, Failure, usageFailure } from './failure.js';
import { readBounded } from './input.js';
import { askPassphrase, readPassphraseFile, warnIfShared } from './secret-input.js';
import { withProgress } from './tui.js';

/** Public keys and identities, from where they may come from (spec/cli.md, section 8). */

const MAX_FILE_BYTES = 1_048_576;

/** The public keys that an option names: each value is a key, or a file with one in each line. */
export function readPublicKeys(option: string, values: readonly string[]): Promise<readonly string[]> {
  return readKeyTexts(option, values, inspectPublicKey, async (key) => {
    await fingerprint(key);
    return 'is a key that signs, and nothing is sealed to it';
  });
}

/**
 * As {@link readPublicKeys}, for keys of any kind. `check` rejects what is none; `mistaken` says what it is instead, or rejects
 * where that is not known either.
 */
export async function readKeyTexts(
  option: string,
  values: readonly string[],
  check: (key: string) => Promise<unknown>,
  mistaken: (key: string) => Promise<string>,
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const value of values) {
    const found = /^sealpost(?:sign)?1/i.test(value) ? [value] : await readLines(value);
    if (found.length === 0) throw usageFailure(`${option}: there is no key in ${value}`);
    for (const key of found) {
      if (key.startsWith('{'))
        throw usageFailure(
          `${option}: ${value} holds a private key`,
          'give the public one, in the file that ends in .pub',
        );
      await check(key).catch(async () => {
        const what = await mistaken(key).catch(() => 'is no public key of this release');
        throw usageFailure(
          `${option}: ${value === key ? 'the text' : `a line of ${value}`} ${what}`,
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

function unlock({ file, text, id, sealed }: StoredIdentity, given: string | undefined): Promise<Identity> {
  return unlockKey(`the key ${id} in ${file}`, sealed, given, (options) => readIdentity(text, options));
}

/** Reads a private key, `what` it is, with the passphrase that is given, or where it is sealed with one that is asked for. */
export async function unlockKey<T>(
  what: string,
  sealed: boolean,
  given: string | undefined,
  read: (options: ReadIdentityOptions) => Promise<T>,
): Promise<T> {
  const passphrase = given ?? (sealed ? await askPassphrase(`passphrase of ${what} (not shown):`) : undefined);
  return withProgress('unlocking the key', (onProgress) =>
    read({ onProgress, ...(passphrase === undefined ? {} : { passphrase }) }),
  ).catch((error: unknown) => {
    throw error instanceof EnvelopeError && error.code === 'DID_NOT_OPEN'
      ? new Failure(EXIT.didNotOpen, `the passphrase did not open ${what}`)
      : error;
  });
}

async function readStored(file: string): Promise<readonly StoredIdentity[]> {
  const stored: StoredIdentity[] = [];
  for (const text of await readPrivateLines(file)) {
    const { id, sealed } = await inspectIdentity(text).catch(async () => {
      const signs = await inspectSigningIdentity(text).catch(() => undefined);
      throw signs === undefined
        ? noIdentity(file, text)
        : usageFailure(`${file} holds a key that signs, and opens nothing`);
    });
    stored.push({ file, text, id, sealed });
  }
  return stored;
}

/** The lines of a file with private keys, at least one. */
export async function readPrivateLines(file: string): Promise<readonly string[]> {
  const lines = await readLines(file);
  if (lines.length === 0) throw usageFailure(`there is no key in ${file}`);
  warnIfShared(file, `the private key in ${file}`);
  return lines;
}

/** Of a line of `file` that is no private key. */
export function noIdentity(file: string, line: string): Failure {
  return usageFailure(
    `a line of ${file} is no identity of this release`,
    /^sealpost(?:sign)?1/.test(line)
      ? 'it is a public key: give the file without .pub'
      : 'give the file that sealpost keygen wrote',
  );
}

function noneFits(wanted: readonly string[], stored: readonly StoredIdentity[]): Failure {
  return wanted.length === 0
    ? new Failure(
        EXIT.didNotOpen,
        'the envelope is sealed to no key',
        'open it with its passphrase, or the answers to its questions',
      )
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
