import path from 'node:path';
import { seal, type Message, type MessageHeaders, type SealOptions } from 'sealpost';
import { coverOptionsOf, writeCoverMail, type CoverMailFlags } from './cover-mail.js';
import { faceOf, readLogo, type FaceFlags } from './face-input.js';
import { usageFailure } from './failure.js';
import { refusePrivateKeyAtInput } from './input.js';
import { collect } from './interrupt.js';
import { readPublicKeys } from './key-input.js';
import type { OutputFile, Outputs } from './output.js';
import { inQuestionFile, readQuestionFile } from './question-file.js';
import { checkReplyFlags, readReplyOptions, type ReplyFlags } from './reply-options.js';
import { readNewPassphrase, type PassphraseOption } from './secret-input.js';
import { readSigningKeyFile } from './signing-input.js';
import { refuseToLose, writeOut } from './stdout.js';
import { say, warn, withProgress } from './tui.js';

/** The envelope that `seal` and `reissue` make: options, checks before anything is read, and how it is written. */

/** Options of `sealpost seal` (spec/cli.md, section 2), their values checked. */
export interface NewEnvelopeFlags extends ReplyFlags, CoverMailFlags, FaceFlags {
  readonly output?: string;
  readonly force?: boolean;
  readonly generate?: boolean;
  readonly passphraseFile?: string;
  readonly prompt?: boolean;
  readonly questionFile?: string;
  readonly allowWeakSlot?: boolean;
  readonly kdf?: 'standard' | 'light' | 'fips';
  readonly allowWeak?: boolean;
  readonly recipientKey?: readonly string[];
  readonly archiveKey?: readonly string[];
  readonly signKey?: string;
  readonly signKeyPassphraseFile?: string;
  readonly form?: 'html' | 'data';
  readonly idleLock?: number;
  readonly pad?: boolean;
  readonly keepOriginal?: boolean;
  readonly handling?: string;
  /** False: none, where the old envelope had a date. */
  readonly expires?: Date | false;
  readonly coverMail?: string;
}

/** What is different where there was an envelope before. */
export interface Before {
  /** What holds where the options say nothing. */
  readonly options: SealOptions;
  /** Those of the cover mail. */
  readonly headers: MessageHeaders;
  /** What opened it, where a passphrase did. */
  readonly passphrase?: string;
}

/** What was reserved and read before the message was. */
export interface PlannedEnvelope {
  readonly flags: NewEnvelopeFlags;
  /** The option that gives the passphrase in a file. */
  readonly passphraseOption: PassphraseOption;
  readonly logo: Uint8Array | undefined;
}

/** Checks what can be checked before the message is read. Fails where a secret that is made here would be lost. */
export async function planEnvelope(
  flags: NewEnvelopeFlags,
  passphraseOption: PassphraseOption = '--passphrase-file',
): Promise<PlannedEnvelope> {
  checkDestinations(flags);
  if (flags.form === 'html' && !hasSecret(flags)) {
    throw usageFailure(
      'a page opens with a passphrase, and this envelope has none',
      'add --generate, or leave --form out',
    );
  }
  checkReplyFlags(flags, hasSecret(flags));
  checkQuestionFlags(flags);
  if (flags.signKeyPassphraseFile !== undefined && flags.signKey === undefined)
    throw usageFailure('--sign-key-passphrase-file without --sign-key');
  refusePrivateKeyAtInput(flags.replyIdentity);
  refusePrivateKeyAtInput(flags.signKey);
  const made = generatedSecret(flags);
  if (made !== undefined)
    refuseToLose(made, goesToStdout(flags) ? 'standard error' : 'standard output', passphraseOption);
  return { flags, passphraseOption, logo: flags.logo === undefined ? undefined : await readLogo(flags.logo) };
}

/** What the options take from files, for `checkStandardInput`. */
export function inputsOf(flags: NewEnvelopeFlags): readonly (readonly [what: string, value: string | undefined])[] {
  return [
    ['questions', flags.questionFile],
    ['the passphrase of the identity', flags.replyIdentityPassphraseFile],
    ['that of the signing key', flags.signKeyPassphraseFile],
  ];
}

/** Files that the envelope and its mail go into; undefined where there is none, or standard output. */
export interface EnvelopeFiles {
  readonly file: OutputFile | undefined;
  readonly mailFile: OutputFile | undefined;
}

export function reserveFiles(outputs: Outputs, { output, coverMail: mail, force }: NewEnvelopeFlags): EnvelopeFiles {
  const [file, mailFile] = [output, mail].map((destination) =>
    destination === undefined || destination === '-' ? undefined : outputs.file(destination, { force, shared: true }),
  );
  return { file, mailFile };
}

/** Reads secrets and keys, seals the message, and writes everything that was asked for. */
export async function writeEnvelope(
  outputs: Outputs,
  { file, mailFile }: EnvelopeFiles,
  message: Message,
  { flags, passphraseOption, logo }: PlannedEnvelope,
  before?: Before,
): Promise<void> {
  const { options: kept, headers } = before ?? { options: {}, headers: message.headers };
  const mailWanted = flags.coverMail !== undefined;
  const toStdout = goesToStdout(flags);
  // Undefined where there is none, or the library makes one up.
  const which = before === undefined ? 'the envelope' : 'the new envelope';
  const passphrase = await readNewPassphrase(flags, `passphrase for ${which} (not shown):`, passphraseOption);
  if (passphrase !== undefined && passphrase === before?.passphrase)
    warn('the new passphrase is the old one: whoever has it opens both envelopes');
  const keys = {
    recipientKeys: await readPublicKeys('--recipient-key', flags.recipientKey ?? []),
    archiveKeys: await readPublicKeys('--archive-key', flags.archiveKey ?? []),
  };
  const asked = flags.questionFile === undefined ? undefined : await readQuestionFile(flags.questionFile);
  const replies = await readReplyOptions(flags, message.headers);
  const { signKey: keyFile, signKeyPassphraseFile } = flags;
  const signKey =
    keyFile === undefined ? undefined : await readSigningKeyFile('--sign-key', keyFile, signKeyPassphraseFile);
  const face = faceOf(flags, logo, message.headers, kept.face);
  const sealed = await withProgress('sealing', (onProgress) =>
    seal(message, {
      ...optionsOf(flags, kept),
      ...keys,
      ...replies,
      face,
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(asked === undefined ? {} : { questions: asked.questions }),
      ...(signKey === undefined ? {} : { signKey }),
      onProgress,
    }),
  ).catch((error: unknown) => {
    throw asked === undefined ? error : inQuestionFile(error, asked);
  });
  const generated = sealed.passphrase ?? sealed.code;
  for (const warning of sealed.warnings) warn(warning.message);
  // In memory only where it has to be: what stands in a pipe cannot be taken back, and a mail is written around it.
  const envelope = toStdout || mailWanted ? await collect(sealed.stream()) : undefined;
  const options = { ...coverOptionsOf(flags, kept.languages), headers, face };
  const mail =
    mailWanted && envelope !== undefined
      ? await writeCoverMail(sealed, envelope, generated ?? passphrase, options)
      : undefined;
  await file?.fill(envelope ?? sealed.stream());
  if (mail !== undefined) await mailFile?.fill(mail);
  outputs.publish();
  const result = flags.output === '-' ? envelope : mail;
  if (toStdout && result !== undefined) {
    await writeOut(result);
    if (generated !== undefined) process.stderr.write(`${generated}\n`);
    return;
  }
  if (generated !== undefined) await writeOut(`${generated}\n`);
  for (const name of [flags.output, flags.coverMail]) if (name !== undefined) say(`wrote ${name}`);
}

function checkQuestionFlags({ questionFile, allowWeakSlot = false, kdf }: NewEnvelopeFlags): void {
  if (!allowWeakSlot) return;
  if (questionFile === undefined)
    throw usageFailure('--allow-weak-slot without --question-file', 'it is about the code that goes with answers');
  if (kdf === 'fips')
    throw usageFailure('answers without a code are too weak for --kdf fips', 'leave --allow-weak-slot out');
}

/** There is somewhere to write to, and nothing goes to the same place as something else. */
function checkDestinations({ output, coverMail: mail, coverSubject, coverTransfer, coverTo }: NewEnvelopeFlags): void {
  if (mail === undefined) {
    if (output === undefined) throw usageFailure('no output', 'name a file with -o, or with --cover-mail');
    const given = { subject: coverSubject, transfer: coverTransfer, to: coverTo };
    const option = Object.entries(given).find(([, value]) => value !== undefined)?.[0];
    if (option !== undefined) throw usageFailure(`--cover-${option} without --cover-mail`);
    return;
  }
  if (output === undefined) return;
  if (output === '-' && mail === '-') throw usageFailure('envelope and cover mail cannot both go to standard output');
  if (output !== '-' && mail !== '-' && path.resolve(output) === path.resolve(mail)) {
    throw usageFailure('--output and --cover-mail name the same file');
  }
}

function goesToStdout({ output, coverMail: mail }: NewEnvelopeFlags): boolean {
  return output === '-' || mail === '-';
}

/** Whether a passphrase or answers open the envelope: keys of the recipient are enough alone. */
function hasSecret({ generate, passphraseFile, prompt, questionFile, recipientKey = [] }: NewEnvelopeFlags): boolean {
  const given = [passphraseFile, questionFile].some((file) => file !== undefined);
  return generate === true || prompt === true || given || recipientKey.length === 0;
}

/** What of the envelope's secret is made here, and has to be told. */
function generatedSecret(flags: NewEnvelopeFlags): 'passphrase' | 'code' | undefined {
  const { questionFile, allowWeakSlot = false, passphraseFile, prompt = false } = flags;
  if (questionFile !== undefined) return allowWeakSlot ? undefined : 'code';
  return passphraseFile === undefined && !prompt && hasSecret(flags) ? 'passphrase' : undefined;
}

function optionsOf(flags: NewEnvelopeFlags, { form: oldForm, notes = {}, ...kept }: SealOptions): SealOptions {
  const { generate, allowWeakSlot, kdf, allowWeak, form, language, idleLock, pad, keepOriginal } = flags;
  const { handling = notes.handling, expires = notes.expires } = flags;
  return {
    ...kept,
    // A page opens with no key.
    ...(oldForm === undefined || !hasSecret(flags) ? {} : { form: oldForm }),
    ...(generate === undefined ? {} : { generate }),
    ...(allowWeakSlot === undefined ? {} : { allowWeakSlot }),
    ...(kdf === undefined ? {} : { kdf }),
    ...(allowWeak === undefined ? {} : { allowWeak }),
    ...(form === undefined ? {} : { form }),
    ...(language === undefined ? {} : { languages: language }),
    ...(idleLock === undefined ? {} : { idleLock }),
    ...(pad === undefined ? {} : { pad }),
    ...(keepOriginal === undefined ? {} : { keepOriginal }),
    notes: {
      ...(handling === undefined ? {} : { handling }),
      ...(expires === undefined || expires === false ? {} : { expires }),
    },
  };
}
