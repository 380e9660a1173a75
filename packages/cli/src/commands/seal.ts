import { seal, type MessageHeaders, type SealOptions } from 'sealpost';
import { readMail } from 'sealpost/mail';
import { usageFailure } from '../failure.js';
import { readBounded, readInput } from '../input.js';
import { collect } from '../interrupt.js';
import { Outputs } from '../output.js';
import { askNewPassphrase, readPassphraseFile } from '../secret-input.js';
import { refuseToLosePassphrase, writeOut } from '../stdout.js';
import { say, warn, withProgress } from '../tui.js';

/** Options of `sealpost seal` (spec/cli.md, section 2), their values checked. */
export interface SealFlags {
  readonly output: string;
  readonly force?: boolean;
  readonly generate?: boolean;
  readonly passphraseFile?: string;
  readonly prompt?: boolean;
  readonly kdf?: 'standard' | 'light' | 'fips';
  readonly allowWeak?: boolean;
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
  readonly face?: readonly ('subject' | 'date')[];
  readonly handling?: string;
  readonly expires?: Date;
}

type Face = NonNullable<SealOptions['face']>;

const MAX_LOGO_BYTES = 8_192;
const MAX_FACE_SUBJECT = 1_000;

/** Seals the mail in `input` (`-`: standard input). */
export async function sealCommand(input: string, flags: SealFlags): Promise<void> {
  const toStdout = flags.output === '-';
  if (input === '-' && flags.passphraseFile === '-') {
    throw usageFailure('mail and passphrase cannot both come from standard input', 'keep the passphrase in a file');
  }
  if (flags.passphraseFile === undefined && flags.prompt !== true) {
    refuseToLosePassphrase(toStdout ? 'standard error' : 'standard output');
  }
  const logo = flags.logo === undefined ? undefined : await readLogo(flags.logo);
  await Outputs.run(async (outputs) => {
    const file = toStdout ? undefined : outputs.file(flags.output, { force: flags.force, shared: true });
    const message = await readMail(await readInput(input), { keepOriginal: flags.keepOriginal ?? false });
    const passphrase = await readPassphrase(flags);
    const face = { ...brandOf(flags, logo), ...faceOf(message.headers, flags.face ?? []) };
    const sealed = await withProgress('sealing', (onProgress) =>
      seal(message, { ...optionsOf(flags), face, ...(passphrase === undefined ? {} : { passphrase }), onProgress }),
    );
    for (const warning of sealed.warnings) warn(warning.message);
    if (file === undefined) {
      // Whole before the first byte leaves: what stands in a pipe cannot be taken back.
      await writeOut(await collect(sealed.stream()));
      if (sealed.passphrase !== undefined) process.stderr.write(`${sealed.passphrase}\n`);
      return;
    }
    await file.fill(sealed.stream());
    outputs.publish();
    if (sealed.passphrase !== undefined) await writeOut(`${sealed.passphrase}\n`);
    say(`wrote ${flags.output}`);
  });
}

/** Undefined where one is to be generated. */
function readPassphrase({ passphraseFile, prompt }: SealFlags): Promise<string | undefined> {
  if (passphraseFile !== undefined) return readPassphraseFile(passphraseFile);
  return prompt === true ? askNewPassphrase() : Promise.resolve(undefined);
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

function brandOf({ org, contact, brandColor, hint }: SealFlags, logo: Uint8Array | undefined): Face {
  return {
    ...(org === undefined ? {} : { org }),
    ...(contact === undefined ? {} : { contact }),
    ...(brandColor === undefined ? {} : { color: brandColor }),
    ...(hint === undefined ? {} : { hint }),
    ...(logo === undefined ? {} : { logo }),
  };
}

/** What the mail's own headers put on the face. */
function faceOf({ subject, date }: MessageHeaders, wanted: readonly ('subject' | 'date')[]): Face {
  for (const name of wanted) {
    if ((name === 'subject' ? subject : date) === undefined) warn(`the mail has no ${name} to show`);
  }
  return {
    ...(wanted.includes('subject') && subject !== undefined ? { subject: cut(subject, MAX_FACE_SUBJECT) } : {}),
    ...(wanted.includes('date') && date !== undefined ? { date: new Date(date) } : {}),
  };
}

/** Cut to code units, but not through a character. */
function cut(text: string, maximum: number): string {
  return text.slice(0, maximum).replace(/[\ud800-\udbff]$/, '');
}
