import path from 'node:path';
import {
  coverMail,
  EnvelopeError,
  FACE_LENGTHS,
  seal,
  type CoverMailFile,
  type CoverMailOptions,
  type MessageHeaders,
  type Sealed,
  type SealOptions,
} from 'sealpost';
import { readMail } from 'sealpost/mail';
import { EXIT, Failure, usageFailure } from '../failure.js';
import { readBounded, readInput } from '../input.js';
import { collect } from '../interrupt.js';
import { readPublicKeys } from '../key-input.js';
import { Outputs } from '../output.js';
import { checkReplyFlags, readReplyOptions, type ReplyFlags } from '../reply-options.js';
import { readNewPassphrase } from '../secret-input.js';
import { refuseToLosePassphrase, writeOut } from '../stdout.js';
import { say, warn, withProgress } from '../tui.js';

/** Options of `sealpost seal` (spec/cli.md, section 2), their values checked. */
export interface SealFlags extends ReplyFlags {
  readonly output?: string;
  readonly force?: boolean;
  readonly generate?: boolean;
  readonly passphraseFile?: string;
  readonly prompt?: boolean;
  readonly kdf?: 'standard' | 'light' | 'fips';
  readonly allowWeak?: boolean;
  readonly recipientKey?: readonly string[];
  readonly archiveKey?: readonly string[];
  readonly form?: 'html' | 'data';
  readonly language?: readonly string[];
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
  readonly coverSubject?: 'neutral' | 'original';
  readonly coverTransfer?: '7bit' | 'base64';
}

type Face = NonNullable<SealOptions['face']>;

const MAX_LOGO_BYTES = 8_192;

/** Seals the mail in `input` (`-`: standard input). */
export async function sealCommand(input: string, flags: SealFlags): Promise<void> {
  checkDestinations(flags);
  if (flags.form === 'html' && (flags.recipientKey ?? []).length > 0 && !hasPassphrase(flags)) {
    throw usageFailure(
      'a page opens with a passphrase, and this envelope has none',
      'add --generate, or leave --form out',
    );
  }
  checkReplyFlags(flags, hasPassphrase(flags));
  const mailWanted = flags.coverMail !== undefined;
  const toStdout = flags.output === '-' || flags.coverMail === '-';
  checkStandardInput(input, flags);
  if (flags.passphraseFile === undefined && flags.prompt !== true && hasPassphrase(flags)) {
    refuseToLosePassphrase(toStdout ? 'standard error' : 'standard output');
  }
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
    const replies = await readReplyOptions(flags, message.headers);
    const face = { ...brandOf(flags, logo), ...faceOf(message.headers, flags.face ?? []) };
    const sealed = await withProgress('sealing', (onProgress) =>
      seal(message, {
        ...optionsOf(flags),
        ...keys,
        ...replies,
        face,
        ...(passphrase === undefined ? {} : { passphrase }),
        onProgress,
      }),
    );
    for (const warning of sealed.warnings) warn(warning.message);
    // In memory only where it has to be: what stands in a pipe cannot be taken back, and a mail is written around it.
    const envelope = toStdout || mailWanted ? await collect(sealed.stream()) : undefined;
    const options = { ...coverOptionsOf(flags), headers: message.headers, face };
    const mail =
      mailWanted && envelope !== undefined
        ? await writeCoverMail(fileOf(sealed, envelope, sealed.passphrase ?? passphrase), options)
        : undefined;
    await file?.fill(envelope ?? sealed.stream());
    if (mail !== undefined) await mailFile?.fill(mail);
    outputs.publish();
    const result = flags.output === '-' ? envelope : mail;
    if (toStdout && result !== undefined) {
      await writeOut(result);
      if (sealed.passphrase !== undefined) process.stderr.write(`${sealed.passphrase}\n`);
      return;
    }
    if (sealed.passphrase !== undefined) await writeOut(`${sealed.passphrase}\n`);
    for (const name of [flags.output, flags.coverMail]) if (name !== undefined) say(`wrote ${name}`);
  });
}

/** Standard input is one thing. */
function checkStandardInput(
  input: string,
  { passphraseFile, replyIdentityPassphraseFile, replyIdentity }: SealFlags,
): void {
  if (input === '-' && passphraseFile === '-') {
    throw usageFailure('mail and passphrase cannot both come from standard input', 'keep the passphrase in a file');
  }
  if (replyIdentity === '-') throw usageFailure('a private key does not come from standard input', 'keep it in a file');
  if (replyIdentityPassphraseFile === '-' && (input === '-' || passphraseFile === '-'))
    throw usageFailure(
      'two things cannot both come from standard input',
      'keep the passphrase of the identity in a file',
    );
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

/** Before the work: a mail without a sender cannot be written. */
function checkSender({ from = [] }: MessageHeaders): void {
  if (from.some(({ address }) => address !== '')) return;
  throw new Failure(EXIT.file, 'the mail has no sender (From), which a cover mail needs');
}

/** The passphrase goes along to be looked for in the mail, and never into it. */
function fileOf({ fileName }: Sealed, envelope: Uint8Array, passphrase: string | undefined): CoverMailFile {
  const bytes = (): Promise<Uint8Array> => Promise.resolve(envelope);
  return { fileName, bytes, ...(passphrase === undefined ? {} : { passphrase }) };
}

async function writeCoverMail(file: CoverMailFile, options: CoverMailOptions): Promise<Uint8Array> {
  const mail = await coverMail(file, options).catch((error: unknown) => {
    throw error instanceof EnvelopeError && error.code === 'INVALID_ARGUMENT' ? refusedMail(error.message) : error;
  });
  const header = Buffer.from(mail.buffer, mail.byteOffset, mail.length);
  if (/[^\p{ASCII}]/u.test(header.toString('latin1', 0, header.indexOf('\r\n\r\n')))) {
    warn(
      'the cover mail has an address with characters outside ASCII before its @',
      'send it through a mail system that knows SMTPUTF8 (RFC 6531)',
    );
  }
  return mail;
}

/** The library's words in those of the command: whoever calls it knows its options and the mail. */
function refusedMail(message: string): Failure {
  const said = message
    .replace(/headers(?:\.(\w+))?/, (_all, key?: string) => `the mail's ${FIELDS[key ?? ''] ?? 'header'}`)
    .replace(/face\.(\w+)/, (_all, key: string) => (key === 'subject' ? '--face subject' : `--${key}`));
  return message.startsWith('headers')
    ? new Failure(EXIT.file, said, 'leave --cover-mail out, and attach the envelope to a mail of your own')
    : usageFailure(said);
}

const FIELDS: Readonly<Record<string, string>> = {
  from: 'From',
  sender: 'Sender',
  replyTo: 'Reply-To',
  to: 'To',
  cc: 'Cc',
  subject: 'Subject',
  messageId: 'Message-ID',
  inReplyTo: 'In-Reply-To',
  references: 'References',
};

/** Whether a passphrase opens the envelope, given or generated: keys of the recipient are enough alone. */
function hasPassphrase({ generate, passphraseFile, prompt, recipientKey = [] }: SealFlags): boolean {
  return generate === true || prompt === true || passphraseFile !== undefined || recipientKey.length === 0;
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

function coverOptionsOf({ language, coverSubject, coverTransfer }: SealFlags): Omit<CoverMailOptions, 'headers'> {
  return {
    ...(language === undefined ? {} : { languages: language }),
    ...(coverSubject === undefined ? {} : { subject: coverSubject }),
    ...(coverTransfer === undefined ? {} : { transfer: coverTransfer }),
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
