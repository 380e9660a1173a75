import { generateIdentity, identityText, inspectPublicKey, sealIdentity, type KdfProfile } from 'sealpost';
import { usageFailure } from '../failure.js';
import { Outputs } from '../output.js';
import { readNewPassphrase } from '../secret-input.js';
import { refuseToLosePassphrase, writeOut } from '../stdout.js';
import { say, withProgress } from '../tui.js';

/** Options of `sealpost keygen` (spec/cli.md, section 5). */
export interface KeygenFlags {
  readonly output?: string;
  readonly force?: boolean;
  readonly p256?: boolean;
  readonly from?: Date;
  readonly to?: Date;
  readonly generate?: boolean;
  readonly passphraseFile?: string;
  readonly prompt?: boolean;
  readonly plain?: boolean;
  readonly kdf?: KdfProfile;
  readonly allowWeak?: boolean;
}

/** Makes a key pair: FILE with the private key, and FILE.pub with the public one. */
export async function keygenCommand(flags: KeygenFlags): Promise<void> {
  const { output, force, p256 = false, from, to, plain = false } = flags;
  if (output === undefined) throw usageFailure('no output', 'name a file for the private key with -o');
  if (output === '-') throw usageFailure('a private key does not go to standard output', 'name a file with -o');
  if (from !== undefined && to !== undefined && from > to) throw usageFailure('--from is later than --to');
  if (!plain && flags.passphraseFile === undefined && flags.prompt !== true) refuseToLosePassphrase('standard output');
  await Outputs.run(async (outputs) => {
    const [privateFile, publicFile] = [
      outputs.file(output, { force }),
      outputs.file(`${output}.pub`, { force, shared: true }),
    ];
    const given = plain ? undefined : await readNewPassphrase(flags, 'passphrase for the key (not shown):');
    const identity = await generateIdentity({
      kem: p256 ? 'p256' : 'mlkem768-x25519',
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });
    const { text, passphrase } = plain
      ? { text: identityText(identity) }
      : await withProgress('sealing the key', (onProgress) =>
          sealIdentity(identity, {
            onProgress,
            ...(given === undefined ? {} : { passphrase: given }),
            ...(flags.kdf === undefined ? {} : { kdf: flags.kdf }),
            ...(flags.allowWeak === undefined ? {} : { allowWeak: flags.allowWeak }),
          }),
        );
    await privateFile.fill(Buffer.from(`${text}\n`));
    await publicFile.fill(Buffer.from(`${identity.publicKey}\n`));
    outputs.publish();
    if (passphrase !== undefined) await writeOut(`${passphrase}\n`);
    say(`made the key ${(await inspectPublicKey(identity.publicKey)).id}`);
    say(`wrote ${output}, which opens envelopes: keep it to yourself`);
    say(`wrote ${output}.pub, for whoever seals envelopes to you`);
  });
}
