import path from 'node:path';
import { FACE_LENGTHS, seal, type MessageHeaders, type SealOptions } from 'sealpost';
import { readMail } from 'sealpost/mail';
import { checkSender, coverOptionsOf, writeCoverMail, type CoverMailFlags } from '../cover-mail.js';
import { usageFailure } from '../failure.js';
import { checkStandardInput, readBounded, readInput, refusePrivateKeyAtInput } from '../input.js';
import { collect } from '../interrupt.js';
import { readPublicKeys } from '../key-input.js';
import { Outputs } from '../output.js';
import { inQuestionFile, readQuestionFile } from '../question-file.js';
import { checkReplyFlags, readReplyOptions, type ReplyFlags } from '../reply-options.js';
import { readNewPassphrase } from '../secret-input.js';
import { readSigningKeyFile } from '../signing-input.js';
import { refuseToLose, writeOut } from '../stdout.js';
import { say, warn, withProgress } from '../tui.js';

/** Options of `sealpost seal` (spec/cli.md, section 2), their values checked. */
export interface SealFlags extends ReplyFlags, CoverMailFlags {
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
  readonly org?: string;
  readonly contact?: string;
  readonly brandColor?: string;
  readonly logo?: string;
  readonly hint?: string;
  readonly opener?: string;
  readonly face?: readonly ('subject' | 'date')[];
  readonly handling?: string;
  readonly expires?: Date;
  readonly coverMail?: string;
}

type Face = NonNullable<SealOptions['face']>;

const MAX_LOGO_BYTES = 8_192;

/** Seals the mail in `input` (`-`: standard input). */
export async function sealCommand(input: string, flags: SealFlags): Promise<void> {
  checkDestinations(flags);
  if (flags.form === 'html' && (flags.recipientKey ?? []).length > 0 && !hasSecret(flags)) {
    throw usageFailure(
      'a page opens with a passphrase, and this envelope has none',
      'add --generate, or leave --form out',
    );
  }
  checkReplyFlags(flags, hasSecret(flags));
  checkQuestionFlags(flags);
  if (flags.signKeyPassphraseFile !== undefined && flags.signKey === undefined)
    throw usageFailure('--sign-key-passphrase-file without --sign-key');
  const mailWanted = flags.coverMail !== undefined;
  const toStdout = flags.output === '-' || flags.coverMail === '-';
  checkInputs(input, flags);
  const made = generatedSecret(flags);
  if (made !== undefined) refuseToLose(made, toStdout ? 'standard error' : 'standard output');
  const logo = flags.logo === undefined ? undefined : await readLogo(flags.logo);
  await Outputs.run(async (outputs) => {
    const [file, mailFile] = [flags.output, flags.coverMail].map((destination) =>
      destination === undefined || destination === '-'
        ? undefined
        : outputs.file(destination, { force: flags.force, shared: true }),
    );
    const message = await readMail(await readInput(input), { keepOriginal: flags.keepOriginal ?? false });
    if (mailWanted) checkSender(message.headers);
    // Undefined where there is none, or the library makes one up.
    const passphrase = await readNewPassphrase(flags, 'passphrase for the envelope (not shown):');
    const keys = {
      recipientKeys: await readPublicKeys('--recipient-key', flags.recipientKey ?? []),
      archiveKeys: await readPublicKeys('--archive-key', flags.archiveKey ?? []),
    };
    const asked = flags.questionFile === undefined ? undefined : await readQuestionFile(flags.questionFile);
    const replies = await readReplyOptions(flags, message.headers);
    const { signKey: keyFile, signKeyPassphraseFile } = flags;
    const signKey =
      keyFile === undefined ? undefined : await readSigningKeyFile('--sign-key', keyFile, signKeyPassphraseFile);
    const face = { ...brandOf(flags, logo), ...faceOf(message.headers, flags.face ?? []) };
    const sealed = await withProgress('sealing', (onProgress) =>
      seal(message, {
        ...optionsOf(flags),
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
    const options = { ...coverOptionsOf(flags), headers: message.headers, face };
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
  });
}

/** Standard input is one thing, and no private key. */
function checkInputs(input: string, flags: SealFlags): void {
  refusePrivateKeyAtInput(flags.replyIdentity);
  refusePrivateKeyAtInput(flags.signKey);
  checkStandardInput([
    ['mail', input],
    ['passphrase', flags.passphraseFile],
    ['questions', flags.questionFile],
    ['the passphrase of the identity', flags.replyIdentityPassphraseFile],
    ['that of the signing key', flags.signKeyPassphraseFile],
  ]);
}

function checkQuestionFlags({ questionFile, allowWeakSlot = false, kdf }: SealFlags): void {
  if (!allowWeakSlot) return;
  if (questionFile === undefined)
    throw usageFailure('--allow-weak-slot without --question-file', 'it is about the code that goes with answers');
  if (kdf === 'fips')
    throw usageFailure('answers without a code are too weak for --kdf fips', 'leave --allow-weak-slot out');
}

/** There is somewhere to write to, and nothing goes to the same place as something else. */
function checkDestinations({ output, coverMail: mail, coverSubject, coverTransfer }: SealFlags): void {
  if (mail === undefined) {
    if (output === undefined) throw usageFailure('no output', 'name a file with -o, or with --cover-mail');
    const option = coverSubject !== undefined ? 'subject' : coverTransfer !== undefined ? 'transfer' : undefined;
    if (option !== undefined) throw usageFailure(`--cover-${option} without --cover-mail`);
    return;
  }
  if (output === undefined) return;
  if (output === '-' && mail === '-') throw usageFailure('envelope and cover mail cannot both go to standard output');
  if (output !== '-' && mail !== '-' && path.resolve(output) === path.resolve(mail)) {
    throw usageFailure('--output and --cover-mail name the same file');
  }
}

/** Whether a passphrase or answers open the envelope: keys of the recipient are enough alone. */
function hasSecret({ generate, passphraseFile, prompt, questionFile, recipientKey = [] }: SealFlags): boolean {
  const given = [passphraseFile, questionFile].some((file) => file !== undefined);
  return generate === true || prompt === true || given || recipientKey.length === 0;
}

/** What of the envelope's secret is made here, and has to be told. */
function generatedSecret(flags: SealFlags): 'passphrase' | 'code' | undefined {
  const { questionFile, allowWeakSlot = false, passphraseFile, prompt = false } = flags;
  if (questionFile !== undefined) return allowWeakSlot ? undefined : 'code';
  return passphraseFile === undefined && !prompt && hasSecret(flags) ? 'passphrase' : undefined;
}

async function readLogo(path: string): Promise<Uint8Array> {
  const logo = await readBounded(path, 64 * MAX_LOGO_BYTES);
  if (logo.length > MAX_LOGO_BYTES) {
    throw usageFailure(`--logo has ${logo.length} bytes, more than ${MAX_LOGO_BYTES}`, 'make the picture smaller');
  }
  const starts = Buffer.from(logo.subarray(0, 8)).toString('latin1');
  if (starts !== '\x89PNG\r\n\x1a\n' && !starts.startsWith('\xff\xd8\xff')) {
    throw usageFailure('--logo is neither a PNG nor a JPEG file');
  }
  return logo;
}

function optionsOf({
  generate,
  allowWeakSlot,
  kdf,
  allowWeak,
  form,
  language,
  idleLock,
  pad,
  keepOriginal,
  handling,
  expires,
}: SealFlags): SealOptions {
  return {
    ...(generate === undefined ? {} : { generate }),
    ...(allowWeakSlot === undefined ? {} : { allowWeakSlot }),
    ...(kdf === undefined ? {} : { kdf }),
    ...(allowWeak === undefined ? {} : { allowWeak }),
    ...(form === undefined ? {} : { form }),
    ...(language === undefined ? {} : { languages: language }),
    ...(idleLock === undefined ? {} : { idleLock }),
    ...(pad === undefined ? {} : { pad }),
    ...(keepOriginal === undefined ? {} : { keepOriginal }),
    notes: { ...(handling === undefined ? {} : { handling }), ...(expires === undefined ? {} : { expires }) },
  };
}

function brandOf({ org, contact, brandColor, hint, opener }: SealFlags, logo: Uint8Array | undefined): Face {
  return {
    ...(org === undefined ? {} : { org }),
    ...(contact === undefined ? {} : { contact }),
    ...(brandColor === undefined ? {} : { color: brandColor }),
    ...(hint === undefined ? {} : { hint }),
    ...(opener === undefined ? {} : { opener }),
    ...(logo === undefined ? {} : { logo }),
  };
}

/** What the mail's own headers put on the face. */
function faceOf({ subject, date }: MessageHeaders, wanted: readonly ('subject' | 'date')[]): Face {
  for (const name of wanted) {
    if ((name === 'subject' ? subject : date) === undefined) warn(`the mail has no ${name} to show`);
  }
  return {
    ...(wanted.includes('subject') && subject !== undefined ? { subject: cut(subject, FACE_LENGTHS.subject) } : {}),
    ...(wanted.includes('date') && date !== undefined ? { date: new Date(date) } : {}),
  };
}

/** Cut to code units, but not through a character. */
function cut(text: string, maximum: number): string {
  return text.slice(0, maximum).replace(/[\ud800-\udbff]$/, '');
}
