import {
  EnvelopeError,
  type EnvelopeErrorCode,
  type ReplyFault,
  type SignerFault,
  type TransportFault,
} from 'sealpost';

/** What the command ends with (spec/cli.md, section 9). */
export const EXIT = {
  internal: 1,
  usage: 2,
  notAnEnvelope: 3,
  version: 4,
  limit: 5,
  didNotOpen: 6,
  damaged: 7,
  file: 8,
  replyRefused: 9,
  signerRefused: 10,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * An end that is explained to whoever called the command. Message and hint are lower case and have no full stop. It has no
 * cause: causes quote what they could not read, which may be a secret or a part of a message.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: ExitCode;
  /** What to do about it. */
  readonly hint: string | undefined;

  constructor(exitCode: ExitCode, message: string, hint?: string) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

/** The command was called wrongly. */
export function usageFailure(message: string, hint?: string): Failure {
  return new Failure(EXIT.usage, message, hint);
}

const EXIT_CODES: Readonly<Record<EnvelopeErrorCode, ExitCode>> = {
  NOT_AN_ENVELOPE: EXIT.notAnEnvelope,
  UNSUPPORTED_VERSION: EXIT.version,
  LIMIT: EXIT.limit,
  DID_NOT_OPEN: EXIT.didNotOpen,
  DAMAGED: EXIT.damaged,
  REPLY_REFUSED: EXIT.replyRefused,
  SIGNER_REFUSED: EXIT.signerRefused,
  WEAK_SECRET: EXIT.usage,
  INVALID_ARGUMENT: EXIT.usage,
  BAD_MAIL: EXIT.file,
  ABORTED: EXIT.internal,
};

/** What to do about a file that was changed on its way. */
export const RESEND = 'ask for it to be sent again, best inside a zip archive';

const HINTS: Readonly<Partial<Record<EnvelopeErrorCode, string>>> = {
  NOT_AN_ENVELOPE: 'give the HTML page or .seal file as it came, or the mail that holds it',
  UNSUPPORTED_VERSION: 'a newer release of sealpost may open it',
  DAMAGED: RESEND,
  WEAK_SECRET: 'leave it to --generate, or insist with --allow-weak',
};

/** What did not open an envelope, and what to check of it. */
const SECRETS = {
  passphrase: {
    name: 'the passphrase',
    hint: 'capitals and spaces may matter; ask the sender whether this passphrase belongs to this envelope',
  },
  answers: {
    name: 'the answers',
    hint: 'check each of them, their order, and the code if there is one; capitals, accents and blanks do not matter',
  },
} as const;

const NOT_OFFERED = 'a page offers nothing else, so this reply was made in another way: deliver it to nobody';

/** What to do about a reply, or a signer, that is refused. */
const REASON_HINTS: Readonly<Record<ReplyFault | SignerFault, string>> = {
  expired: 'ask its writer to answer a newer message; a passphrase still opens it where it was sealed to one',
  repeated: 'look for the one that came before; whoever has the file can send it again',
  thread: NOT_OFFERED,
  kind: NOT_OFFERED,
  unsigned: 'ask the sender whether the message is theirs; without --verify-key it opens',
  unknown: 'compare its fingerprint with the sender on another way; without --verify-key it opens, and shows it',
};

/** What goes before the library's own words, which are about one detail. */
const LEADS: Readonly<Partial<Record<EnvelopeErrorCode, string>>> = {
  NOT_AN_ENVELOPE: 'this is no envelope: ',
  DAMAGED: 'the envelope is damaged: ',
  BAD_MAIL: 'the mail cannot be read: ',
  REPLY_REFUSED: 'the reply is refused: ',
  SIGNER_REFUSED: 'the signature is refused: ',
};

/** What to tell about an error, wherever it comes from. A stranger among them is an internal error. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof EnvelopeError) return fromEnvelopeError(error);
  return new Failure(EXIT.internal, `internal error: ${whereFrom(error)}`, 'please report it, with these lines');
}

/** What kind of error it is, and where it was thrown. Not its message: JavaScript's own quote what they could not read. */
function whereFrom(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const stack = error.stack ?? '';
  const said = stack.indexOf(error.message);
  const frames = stack.slice(said < 0 ? 0 : said + error.message.length).match(/^ {4}at .*:\d+:\d+\)?$/gm) ?? [];
  return [`${error.name}${code}`, ...frames].join('\n');
}

function fromEnvelopeError(error: EnvelopeError): Failure {
  const { code, fault, message, reason } = error;
  if (code === 'DID_NOT_OPEN') return didNotOpen(error, 'passphrase');
  const said = `${LEADS[code] ?? ''}${fault === undefined ? message : wayOf(fault)}`;
  const hint = reason === undefined ? HINTS[code] : REASON_HINTS[reason];
  return new Failure(EXIT_CODES[code], said, fault === undefined ? hint : RESEND);
}

/** Of an error `DID_NOT_OPEN`: the caller knows what should have opened it. */
export function didNotOpen({ fault }: EnvelopeError, secret: keyof typeof SECRETS): Failure {
  const { name, hint } = SECRETS[secret];
  return fault === undefined
    ? new Failure(EXIT.didNotOpen, `${name} did not open the envelope`, hint)
    : new Failure(EXIT.didNotOpen, `${name} did not open the envelope, and ${wayOf(fault)}`, RESEND);
}

function wayOf(fault: TransportFault): string {
  return fault === 'cut-off' ? 'it was cut off on its way' : 'it was altered on its way';
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'it exists already',
  EISDIR: 'it is a folder',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a part of the path is not a folder',
  ENOTEMPTY: 'it exists already',
  EPERM: 'operation not permitted',
  EPIPE: 'it was closed',
  EROFS: 'read-only file system',
};

/** An error of the operating system while something was done to `what`; other errors are given back as they are. */
export function fileFailure(error: unknown, doing: 'read' | 'write', what: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return error;
  return new Failure(EXIT.file, `cannot ${doing} ${what}: ${SYSTEM_ERRORS[code] ?? code}`);
}
