/**
 * What went wrong, for programs. The first five are the outcomes of opening (spec/envelope-v1.md, section 9);
 * the rest belong to sealing and to mail input. spec/registry.md lists them all and a test compares the two.
 *
 * - `NOT_AN_ENVELOPE`: no header block, two of them, or one whose syntax is wrong.
 * - `UNSUPPORTED_VERSION`: an envelope, but of a version or with slot types that this release does not know.
 * - `LIMIT`: a limit of `limits.ts` would be passed; nothing was allocated or computed for it.
 * - `DID_NOT_OPEN`: no slot opened with the secret given. Says nothing about how near it was.
 * - `DAMAGED`: a slot opened, or would, but header or payload are not what was sealed; or the payload is cut off.
 * - `REPLY_REFUSED`: a reply that was made with the right keys, but may not be taken: its `reason` says why.
 * - `SIGNER_REFUSED`: an envelope that none of the keys which were given vouches for: its `reason` says why.
 * - `WEAK_SECRET`: a secret below the floor of its KDF profile, or one that people commonly choose.
 * - `INVALID_ARGUMENT`: the caller broke a documented rule of the function.
 * - `BAD_MAIL`: the raw message cannot be read as mail without losing something.
 * - `ABORTED`: the caller's `AbortSignal` fired.
 */
export type EnvelopeErrorCode =
  | 'NOT_AN_ENVELOPE'
  | 'UNSUPPORTED_VERSION'
  | 'LIMIT'
  | 'DID_NOT_OPEN'
  | 'DAMAGED'
  | 'REPLY_REFUSED'
  | 'SIGNER_REFUSED'
  | 'WEAK_SECRET'
  | 'INVALID_ARGUMENT'
  | 'BAD_MAIL'
  | 'ABORTED';

/** The envelope was cut off or altered on the way, as far as its unauthenticated end block can tell. */
export type TransportFault = 'cut-off' | 'altered';

/**
 * Why a reply is refused: the time for replies is over; it was taken before; its thread is not that of the message that it answers;
 * the sender did not allow a reply of its kind.
 */
export type ReplyFault = 'expired' | 'repeated' | 'thread' | 'kind';

/** Why the signer of an envelope is refused: there is none; or it is nobody whose key was given, nor a successor. */
export type SignerFault = 'unsigned' | 'unknown';

export interface EnvelopeErrorOptions extends ErrorOptions {
  readonly fault?: TransportFault | undefined;
  readonly reason?: ReplyFault | SignerFault | undefined;
}

/**
 * The one error class of every Sealpost package. Switch on `code`; show `message` to developers and operators.
 * Messages never hold a secret, a name, an address or a subject.
 */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
  readonly code: EnvelopeErrorCode;
  /** Set with `DAMAGED` and `DID_NOT_OPEN` when the end block shows what happened to the file on its way. */
  readonly fault: TransportFault | undefined;
  /** Set with `REPLY_REFUSED` and `SIGNER_REFUSED`. */
  readonly reason: ReplyFault | SignerFault | undefined;

  constructor(code: EnvelopeErrorCode, message: string, options: EnvelopeErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.fault = options.fault;
    this.reason = options.reason;
  }
}

/** What reading a header ends in. */
export function malformed(message: string): EnvelopeError {
  return new EnvelopeError('NOT_AN_ENVELOPE', message);
}

/** What most of reading ends in. */
export function damaged(message: string, options?: ErrorOptions): EnvelopeError {
  return new EnvelopeError('DAMAGED', message, options);
}

/** What a caller's mistake ends in. */
export function invalid(message: string, options?: ErrorOptions): EnvelopeError {
  return new EnvelopeError('INVALID_ARGUMENT', message, options);
}
