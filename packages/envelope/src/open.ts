import { backend, ed25519 } from '#backend';
import {
  EnvelopeError,
  hex,
  openEnvelope,
  PreparedSecret,
  readEnvelope,
  type MessageHeaders,
  type OpenedEnvelope,
  type OpenedPart,
  type OpenSecret,
} from '@sealpost/core';
import { Identity, type ReplyToken } from '@sealpost/core/keys';
import { dateOf } from './face.js';
import { readInput, type FileInput } from './input.js';
import { slotOpener } from './keys.js';
import { takeReply, type OpenedReply } from './opened-reply.js';
import type { ReplyLedger } from './reply-ledger.js';
import { judgeSignature, type OpenedSignature } from './signing.js';

/** Exactly one of these. */
export type OpenSecretOptions =
  | { readonly passphrase: string }
  /** One for each question of the face, in its order, and the code where one was made. */
  | { readonly answers: readonly string[]; readonly code?: string }
  | { readonly prepared: PreparedSecret }
  | { readonly keys: readonly Identity[] };

export type OpenOptions = OpenSecretOptions & {
  /** Progress of the key derivation, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
  /** Most bytes of all parts of the message together. Default: 4 GiB. */
  readonly maxBytes?: number;
  /**
   * Signing keys that are known. Then the envelope is taken only where one of them, or a successor, signed it; without them a
   * signature is checked, and says nothing about who made it.
   */
  readonly verifyKeys?: readonly string[];
  /** With `keys`: remembers replies, so that none is taken twice. */
  readonly ledger?: ReplyLedger;
};

/** An attachment. Decrypted, and verified, each time it is asked for. */
export interface OpenedAttachment {
  /** As its author wrote it: clean it with `cleanFileName` before it becomes a file name. */
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** SHA-256 of the content, hexadecimal. */
  readonly sha256: string;
  readonly contentId?: string;
  /** Meant to be shown within the body. */
  readonly inline: boolean;
  /** Rejects with `DAMAGED` where anything does not verify; nothing is given then. */
  bytes(): Promise<Uint8Array>;
  /** Whole only when it ends without an error. */
  stream(): ReadableStream<Uint8Array>;
}

/** A message whose envelope has opened. */
export interface Opened {
  readonly message: { readonly headers: MessageHeaders; readonly text?: string; readonly html?: string };
  readonly attachments: readonly OpenedAttachment[];
  /** The exact message as it was handed in, when it travels too. */
  readonly original?: OpenedAttachment;
  readonly notes: {
    readonly handling?: string;
    readonly expires?: Date;
    /** The sender's organisation keeps a key that opens the envelope, too. */
    readonly archive?: true;
  };
  /** Minutes. */
  readonly idleLock?: number;
  /**
   * Set where the envelope is a reply to one of these identities, and was made by somebody who opened the envelope that it answers.
   * Nothing else tells who wrote a reply: its From is anybody's claim. Never set where a passphrase opened it.
   */
  readonly reply?: OpenedReply;
  /** Who signed it, if anybody did. */
  readonly signature: OpenedSignature | undefined;
  /** Forgets the keys; attachments can no longer be read. */
  close(): void;
}

/**
 * Opens an envelope of either form, with its whole body verified. Throws {@link EnvelopeError}: `NOT_AN_ENVELOPE`, `UNSUPPORTED_VERSION`,
 * `LIMIT`, `DID_NOT_OPEN`, `DAMAGED` (spec/envelope-v1.md, section 9), `REPLY_REFUSED` for a reply that may not be taken and
 * `SIGNER_REFUSED` for an envelope that none of `verifyKeys` vouches for, with their `reason`, `INVALID_ARGUMENT` for no secret, an empty
 * passphrase or what is no signing key, `ABORTED`; and what the ledger throws.
 */
export async function open(input: FileInput, options: OpenOptions): Promise<Opened> {
  const { secret, tokenOf } = chooseSecret(options);
  const { onProgress, signal, maxBytes, ledger, verifyKeys } = options;
  const source = readEnvelope(await readInput(input));
  const opened = await openEnvelope(source, secret, { backend, ed25519, onProgress, signal, maxBytes });
  try {
    const signature = await judgeSignature(opened.signature, verifyKeys);
    const [text, html] = [await opened.text(), await opened.html()];
    const token = tokenOf();
    // Last, so that nothing is noted of a reply that could not be read.
    const reply = token && (await takeReply(source.header.id, token, opened, ledger));
    const { notes, idleLock, original } = opened;
    return {
      message: {
        headers: opened.headers,
        ...(text === undefined ? {} : { text }),
        ...(html === undefined ? {} : { html }),
      },
      attachments: opened.attachments.map(attachment),
      ...(original === undefined ? {} : { original: attachment(original) }),
      notes: readNotes(notes),
      ...(idleLock === undefined ? {} : { idleLock }),
      ...(reply && { reply }),
      signature,
      close: () => {
        opened.close();
      },
    };
  } catch (error) {
    opened.close();
    throw error;
  }
}

interface Chosen {
  readonly secret: OpenSecret;
  /** Once the envelope is open: the token of the slot, where that is a reply's. */
  readonly tokenOf: () => ReplyToken | undefined;
}

const noToken = (): undefined => undefined;

/** Callers in JavaScript, and those whose secret comes from somewhere else, get an error that says what is wrong. */
function chooseSecret(
  options: Partial<Record<'passphrase' | 'answers' | 'code' | 'prepared' | 'keys', unknown>> | undefined,
): Chosen {
  const { passphrase, answers, code, prepared, keys } = options ?? {};
  const given = [passphrase, answers, prepared, keys].filter((secret) => secret !== undefined);
  if (given.length === 1) {
    if (prepared instanceof PreparedSecret) return { secret: { prepared }, tokenOf: noToken };
    if (typeof passphrase === 'string') return { secret: { passphrase }, tokenOf: noToken };
    if (isTexts(answers) && (code === undefined || typeof code === 'string'))
      return { secret: { answers, code }, tokenOf: noToken };
    if (isIdentities(keys)) {
      const { openKeySlot, tokenOf } = slotOpener(keys);
      return { secret: { openKeySlot }, tokenOf };
    }
  }
  throw new EnvelopeError(
    'INVALID_ARGUMENT',
    'give a passphrase (a text), answers (a list of texts, with a code that is a text), a prepared secret or keys (a list of identities), and only one of them',
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isIdentities(keys: unknown): keys is readonly Identity[] {
  return Array.isArray(keys) && keys.length > 0 && keys.every((key) => key instanceof Identity);
}

function readNotes({ handling, expires: seconds, archive }: OpenedEnvelope['notes']): Opened['notes'] {
  const expires = dateOf(seconds);
  return {
    ...(handling === undefined ? {} : { handling }),
    ...(expires === undefined ? {} : { expires }),
    ...(archive === undefined ? {} : { archive: true }),
  };
}

function attachment(part: OpenedPart): OpenedAttachment {
  return {
    name: part.name,
    type: part.type,
    size: part.size,
    sha256: hex(part.sha256),
    ...(part.contentId === undefined ? {} : { contentId: part.contentId }),
    inline: part.inline,
    bytes: () => part.bytes(),
    stream: () => part.stream(),
  };
}
