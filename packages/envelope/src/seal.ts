import {
  EnvelopeError,
  hex,
  MAX_PAGE_BYTES,
  sealEnvelope,
  toStream,
  type Message,
  type PreparedAnswers,
  type PreparedSecret,
  type SealedEnvelope,
} from '@sealpost/core';
import type { SigningIdentity } from '@sealpost/core/keys';
import { abortable } from './abortable.js';
import { envelopeOptions, formOf, type DocumentOptions } from './document-options.js';
import { canMeasure, contentLength, estimateSize } from './estimate.js';
import { isPlainFileName } from './file-name.js';
import { opensWithKeysAlone, type KeyOptions } from './key-options.js';
import { sevenBitMailSize } from './mail-size.js';
import { checkQuestions, prepareQuestions, questionWarnings, type QuestionOptions } from './questions.js';
import { signerOf } from './signing.js';
import { isPostQuantum, KEY_BITS, keyWarnings, readValidKeys } from './keys.js';
import { checkSecretOptions, prepareSecret, secretWarnings, type SecretOptions } from './secret.js';
import type { Warning } from './warning.js';

/** With no `passphrase`, no `prepared`, no `questions` and no `recipientKeys`, a passphrase is generated. */
export interface SealOptions extends DocumentOptions, SecretOptions, KeyOptions, QuestionOptions {
  readonly prepared?: PreparedSecret;
  /** Signs the envelope: whoever has the key's `publicKey` can see that its owner sealed it, and nobody changed it since. */
  readonly signKey?: SigningIdentity;
  /** Default: `securedoc.html`, or `securedoc.seal`. */
  readonly fileName?: string;
}

/** An envelope, and what to tell its recipient. */
export interface Sealed {
  /** The envelope's identifier, in hexadecimal. Not secret. */
  readonly id: string;
  readonly fileName: string;
  /** The passphrase, if it was generated. It is told to the recipient by another way than the mail. */
  readonly passphrase?: string;
  /** The code that belongs to the answers, where questions were asked. It is told as a passphrase is. */
  readonly code?: string;
  /** Strength of the weakest secret or key. */
  readonly strengthBits: number;
  /** Whether no key slot falls to a quantum computer. Passphrases do not, as far as they are strong. */
  readonly postQuantum: boolean;
  readonly warnings: readonly Warning[];
  /** The file. Repeated calls give the same bytes. */
  bytes(): Promise<Uint8Array>;
  /**
   * The file as it is made, in one pass with bounded memory; the pieces are the taker's to keep. Once, and not beside
   * {@link Sealed.bytes}.
   */
  stream(): ReadableStream<Uint8Array>;
}

/**
 * Seals a message for one recipient. The message is read when the file is: its streams are read once.
 *
 * Throws {@link EnvelopeError}: `WEAK_SECRET`; `LIMIT` where the envelope would pass `maxBytes` or the message the format's limits;
 * `INVALID_ARGUMENT` for options that the format does not allow, a text that is no public key, or a key that is not valid now;
 * `UNSUPPORTED_VERSION` for a key of a later release; `ABORTED`.
 */
export async function seal(message: Message, options: SealOptions = {}): Promise<Sealed> {
  if (typeof (message as unknown) !== 'object' || (message as unknown) === null) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'message is not an object');
  }
  checkSecretOptions(options);
  checkQuestions(options.questions, options.face);
  const form = formOf(options);
  const { fileName = `securedoc.${form === 'html' ? 'html' : 'seal'}` } = options;
  if (!isPlainFileName(fileName))
    throw new EnvelopeError('INVALID_ARGUMENT', 'fileName holds more than letters, digits, ".", "_" and "-"');
  const { carried, warnings } = await fitMessage(message, options);
  const keys = await readValidKeys(options);
  const signer = options.signKey && signerOf(options.signKey);
  const { secret, passphrase, code, warnings: ofSecret } = await chooseSecret(options);
  const secrets = secret === undefined ? [] : [secret];
  const sealed = await sealEnvelope(carried, { ...envelopeOptions(carried, options), secrets, keys, signer });
  return {
    id: hex(sealed.header.header.id),
    fileName,
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(code === undefined ? {} : { code }),
    strengthBits: Math.min(...secrets.map(({ strengthBits }) => strengthBits), ...keys.map(() => KEY_BITS)),
    postQuantum: keys.every(isPostQuantum),
    warnings: [
      ...ofSecret,
      ...keyWarnings(keys),
      ...faceWarnings(options),
      ...sizeWarnings(carried, form),
      ...warnings,
    ],
    ...fileAccess(sealed, expectedLength(carried), options),
  };
}

interface Chosen {
  /** None where the envelope opens with keys alone. */
  readonly secret?: PreparedSecret | PreparedAnswers;
  /** Where one was generated. */
  readonly passphrase?: string;
  readonly code?: string;
  readonly warnings: readonly Warning[];
}

/** The secret of the envelope, and what of it was generated. */
async function chooseSecret(options: SealOptions): Promise<Chosen> {
  if (options.questions !== undefined) {
    const { secret, code } = await prepareQuestions(options);
    return { secret, ...(code === undefined ? {} : { code }), warnings: questionWarnings(secret) };
  }
  if (options.prepared === undefined && opensWithKeysAlone(options)) return { warnings: [] };
  const { prepared, passphrase } =
    options.prepared === undefined ? await prepareSecret(options) : { prepared: options.prepared };
  return {
    secret: prepared,
    ...(passphrase === undefined ? {} : { passphrase }),
    warnings: secretWarnings(prepared, options.passphrase),
  };
}

function faceWarnings({ face }: SealOptions): readonly Warning[] {
  return face?.subject === undefined
    ? []
    : [{ code: 'SHOWN_SUBJECT', message: 'the subject can be read without the passphrase' }];
}

function sizeWarnings(message: Message, form: SealOptions['form']): readonly Warning[] {
  return form === 'data' || contentsLength(message) <= MAX_PAGE_BYTES
    ? []
    : [
        {
          code: 'LARGE_FOR_PAGE',
          message: 'the message is larger than a page opens; the command and the library open it up to 512 MiB',
        },
      ];
}

/** Leaves out the original where it does not fit; throws `LIMIT` where the message does not fit without it. */
async function fitMessage(
  message: Message,
  options: SealOptions,
): Promise<{ readonly carried: Message; readonly warnings: readonly Warning[] }> {
  const { original, ...rest } = message;
  const carried = options.keepOriginal === false ? rest : message;
  const { maxBytes } = options;
  if (maxBytes === undefined) return { carried, warnings: [] };
  // What can be read only once is checked while it is sealed.
  if (!canMeasure(carried)) return { carried, warnings: [] };
  const size = await estimateSize(carried, options);
  if (size.sevenBit <= maxBytes) {
    const large = size.base64 > maxBytes;
    const warning: Warning = {
      code: 'LARGE_AS_BASE64',
      message: 'a mail system that recodes the envelope to base64 makes it larger than maxBytes',
    };
    return { carried, warnings: large ? [warning] : [] };
  }
  if (original !== undefined && options.keepOriginal === undefined) {
    const { carried: smaller, warnings } = await fitMessage(rest, options);
    return {
      carried: smaller,
      warnings: [...warnings, { code: 'ORIGINAL_LEFT_OUT', message: 'the exact original does not fit under maxBytes' }],
    };
  }
  throw new EnvelopeError(
    'LIMIT',
    `envelope would take ${String(size.sevenBit)} bytes in a mail, more than ${String(maxBytes)}`,
  );
}

function fileAccess(
  sealed: SealedEnvelope,
  room: number,
  { maxBytes = Infinity, signal }: SealOptions,
): Pick<Sealed, 'bytes' | 'stream'> {
  let whole: Promise<Uint8Array> | undefined;
  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    let length = 0;
    for await (const piece of abortable(sealed.file(), signal)) {
      length += piece.length;
      if (sevenBitMailSize(length) > maxBytes)
        throw new EnvelopeError('LIMIT', `envelope takes more than ${String(maxBytes)} bytes in a mail`);
      yield piece;
    }
  }
  return {
    bytes() {
      whole ??= collect(pieces(), room);
      return whole;
    },
    stream() {
      return toStream(copies(pieces()));
    },
  };
}

/** A stream asks for a piece before it gives the one before away, and core makes each in the memory of the last. */
async function* copies(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of pieces) yield piece.slice();
}

/** Room for a page and a short message. */
const SMALL_FILE = 196_608;

/**
 * Bytes that hold the file of a message, or nearly: memory that is asked for once and not written costs nothing. What streams
 * give is not known.
 */
function expectedLength(message: Message): number {
  return SMALL_FILE + Math.ceil(contentsLength(message) * 1.26);
}

/** Length of all contents that are not streams. */
function contentsLength({ text = '', html = '', attachments = [], original }: Message): number {
  const contents = [...attachments.map(({ content }) => content), original];
  return contents.reduce((sum, content) => sum + (contentLength(content) ?? 0), text.length + html.length);
}

/** All pieces in one array, into which each is copied as it comes: the file is never in memory twice. */
async function collect(pieces: AsyncIterable<Uint8Array>, expected: number): Promise<Uint8Array> {
  let room = new Uint8Array(expected);
  let length = 0;
  for await (const piece of pieces) {
    if (length + piece.length > room.length) {
      const larger = new Uint8Array(Math.max(length + piece.length, room.length + (room.length >> 1)));
      larger.set(room.subarray(0, length));
      room = larger;
    }
    room.set(piece, length);
    length += piece.length;
  }
  // Where little of the room is used, it is not kept.
  return length < room.length / 2 ? room.slice(0, length) : room.subarray(0, length);
}
