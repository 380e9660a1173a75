import {
  coverMail,
  EnvelopeError,
  type CoverMailFile,
  type CoverMailOptions,
  type MessageHeaders,
  type Sealed,
} from 'sealpost';
import { EXIT, Failure, usageFailure } from './failure.js';
import { warn } from './tui.js';

/** The mail that brings an envelope (spec/cli.md, 2.1). */

export interface CoverMailFlags {
  readonly language?: readonly string[];
  readonly coverSubject?: 'neutral' | 'original';
  readonly coverTransfer?: '7bit' | 'base64';
  /** Of `reissue` alone. */
  readonly coverTo?: readonly string[];
}

/** Before the work: a mail without a sender cannot be written. */
export function checkSender({ from = [] }: MessageHeaders): void {
  if (from.some(({ address }) => address !== '')) return;
  throw new Failure(EXIT.file, 'the mail has no sender (From), which a cover mail needs');
}

/** Writes it. `secret` is looked for in what everybody can read of the mail, and is never written into it. */
export async function writeCoverMail(
  { fileName }: Sealed,
  envelope: Uint8Array,
  secret: string | undefined,
  options: CoverMailOptions,
): Promise<Uint8Array> {
  const bytes = (): Promise<Uint8Array> => Promise.resolve(envelope);
  const file: CoverMailFile = { fileName, bytes, ...(secret === undefined ? {} : { passphrase: secret }) };
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

/** Options of the library for it; in `kept` languages where the options name none. */
export function coverOptionsOf(
  { language, coverSubject, coverTransfer }: CoverMailFlags,
  kept: readonly string[] | undefined,
): Omit<CoverMailOptions, 'headers'> {
  const languages = language ?? kept;
  return {
    ...(languages === undefined ? {} : { languages }),
    ...(coverSubject === undefined ? {} : { subject: coverSubject }),
    ...(coverTransfer === undefined ? {} : { transfer: coverTransfer }),
  };
}
