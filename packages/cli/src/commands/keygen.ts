import {
  fingerprint,
  generateIdentity,
  generateSigningIdentity,
  identityText,
  inspectPublicKey,
  sealIdentity,
  sealSigningIdentity,
  signingIdentityText,
  type KdfProfile,
  type SecretOptions,
} from 'sealpost';
import { usageFailure } from '../failure.js';
import { checkStandardInput, refusePrivateKeyAtInput } from '../input.js';
import { Outputs } from '../output.js';
import { readNewPassphrase } from '../secret-input.js';
import { readSigningKeyFile } from '../signing-input.js';
import { refuseToLose, writeOut } from '../stdout.js';
import { say, withProgress } from '../tui.js';

/** Options of `sealpost keygen` (spec/cli.md, section 5). */
export interface KeygenFlags {
  readonly output?: string;
  readonly force?: boolean;
  readonly p256?: boolean;
  readonly from?: Date;
  readonly to?: Date;
  readonly sign?: boolean;
  readonly succeeds?: string;
  readonly succeedsPassphraseFile?: string;
  readonly generate?: boolean;
  readonly passphraseFile?: string;
  readonly prompt?: boolean;
  readonly plain?: boolean;
  readonly kdf?: KdfProfile;
  readonly allowWeak?: boolean;
}

/** A key pair, and what is said about it. */
interface MadeKey {
  readonly publicKey: string;
  /** By which people and `inspect` name it. */
  readonly name: string;
  readonly does: string;
  readonly whose: string;
  text(): string;
  sealed(options: SecretOptions): Promise<{ readonly text: string; readonly passphrase?: string }>;
}

/** Makes a key pair: FILE with the private key, and FILE.pub with the public one. */
export async function keygenCommand(flags: KeygenFlags): Promise<void> {
  const { output, force, plain = false, sign = false } = flags;
  if (output === undefined) throw usageFailure('no output', 'name a file for the private key with -o');
  if (output === '-') throw usageFailure('a private key does not go to standard output', 'name a file with -o');
  checkKind(flags);
  if (!plain && flags.passphraseFile === undefined && flags.prompt !== true)
    refuseToLose('passphrase', 'standard output');
  await Outputs.run(async (outputs) => {
    const [privateFile, publicFile] = [
      outputs.file(output, { force }),
      outputs.file(`${output}.pub`, { force, shared: true }),
    ];
    const key = await (sign ? makeSigningKey(flags) : makeKey(flags));
    const given = plain ? undefined : await readNewPassphrase(flags, 'passphrase for the key (not shown):');
    const { text, passphrase } = plain
      ? { text: key.text() }
      : await withProgress('sealing the key', (onProgress) =>
          key.sealed({
            onProgress,
            ...(given === undefined ? {} : { passphrase: given }),
            ...(flags.kdf === undefined ? {} : { kdf: flags.kdf }),
            ...(flags.allowWeak === undefined ? {} : { allowWeak: flags.allowWeak }),
          }),
        );
    await privateFile.fill(Buffer.from(`${text}\n`));
    await publicFile.fill(Buffer.from(`${key.publicKey}\n`));
    outputs.publish();
    if (passphrase !== undefined) await writeOut(`${passphrase}\n`);
    say(`made the ${key.name}`);
    say(`wrote ${output}, which ${key.does}: keep it to yourself`);
    say(`wrote ${output}.pub, for whoever ${key.whose}`);
  });
}

/** What means nothing for a key of the kind that is asked for. */
function checkKind({ from, to, sign = false, succeeds, succeedsPassphraseFile, passphraseFile }: KeygenFlags): void {
  if (from !== undefined && to !== undefined && from > to) throw usageFailure('--from is later than --to');
  if (succeeds !== undefined && !sign)
    throw usageFailure('--succeeds without --sign', 'only keys that sign are announced');
  if (succeedsPassphraseFile !== undefined && succeeds === undefined)
    throw usageFailure('--succeeds-passphrase-file without --succeeds');
  refusePrivateKeyAtInput(succeeds);
  checkStandardInput([
    ['passphrase', passphraseFile],
    ['that of the key before it', succeedsPassphraseFile],
  ]);
}

async function makeKey({ p256 = false, from, to }: KeygenFlags): Promise<MadeKey> {
  const identity = await generateIdentity({
    kem: p256 ? 'p256' : 'mlkem768-x25519',
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  });
  return {
    publicKey: identity.publicKey,
    name: `key ${(await inspectPublicKey(identity.publicKey)).id}`,
    does: 'opens envelopes',
    whose: 'seals envelopes to you',
    text: () => identityText(identity),
    sealed: (options) => sealIdentity(identity, options),
  };
}

/** Unlocks the key before it, if there is one. */
async function makeSigningKey({ succeeds, succeedsPassphraseFile }: KeygenFlags): Promise<MadeKey> {
  const identity = await generateSigningIdentity(
    succeeds === undefined
      ? {}
      : { successorOf: await readSigningKeyFile('--succeeds', succeeds, succeedsPassphraseFile) },
  );
  return {
    publicKey: identity.publicKey,
    name: `signing key with the fingerprint ${await fingerprint(identity.publicKey)}`,
    does: 'signs envelopes',
    whose: 'checks who signed them',
    text: () => signingIdentityText(identity),
    sealed: (options) => sealSigningIdentity(identity, options),
  };
}
