import {
  fingerprint,
  inspectIdentity,
  inspectPublicKey,
  inspectSigningIdentity,
  readSigningIdentity,
  type SigningIdentity,
} from 'sealpost';
import { usageFailure } from './failure.js';
import { noIdentity, readKeyTexts, readPrivateLines, unlockKey } from './key-input.js';
import { readPassphraseFile } from './secret-input.js';

/** Keys that sign, and those that check who signed, from where they may come from (spec/cli.md, section 8). */

/** The keys of signers that `--verify-key` names: each value is a key, or a file with one in each line. */
export function readVerifyKeys(values: readonly string[]): Promise<readonly string[]> {
  return readKeyTexts('--verify-key', values, fingerprint, async (key) => {
    await inspectPublicKey(key);
    return 'is a key to seal to, and signs nothing';
  });
}

/** The one signing key in a file, unsealed with the passphrase in another, or one that is asked for. */
export async function readSigningKeyFile(
  option: string,
  file: string,
  passphraseFile: string | undefined,
): Promise<SigningIdentity> {
  const [text = '', ...others] = await readPrivateLines(file);
  const { sealed } = await inspectSigningIdentity(text).catch(async () => {
    const opens = await inspectIdentity(text).catch(() => undefined);
    throw opens === undefined
      ? noIdentity(file, text)
      : usageFailure(`${option}: ${file} holds a key that opens envelopes, and signs nothing`, MAKE);
  });
  if (others.length > 0)
    throw usageFailure(`${option}: there are several keys in ${file}`, 'give a file with the newest one alone');
  const passphrase = passphraseFile === undefined ? undefined : await readPassphraseFile(passphraseFile);
  return unlockKey(`the signing key in ${file}`, sealed, passphrase, (options) => readSigningIdentity(text, options));
}

const MAKE = 'sealpost keygen --sign makes one that signs';
