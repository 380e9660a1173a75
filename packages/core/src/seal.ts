import type { Bytes } from './bytes.js';
import type { Backend } from './crypto/backend.js';
import { defaultBackend } from './crypto/default-backend.js';
import { randomBytes, type RandomSource } from './crypto/random.js';
import { wrapFileKey } from './crypto/wrap.js';
import { assemble, type Page } from './document/assemble.js';
import { EnvelopeError } from './errors.js';
import { MAX_SLOTS } from './limits.js';
import { makeKeySlot, type SlotProof } from './keys/key-slot.js';
import type { RecipientKey } from './keys/recipient-key.js';
import type { Message } from './message/message.js';
import { checkMessage, writePlaintext, type PartInput, type PlaintextOptions } from './message/plaintext.js';
import { sealPayload } from './payload/seal-payload.js';
import type { ReplyInfo } from './reply/reply-info.js';
import type { Ed25519, SigningPair } from './signature/ed25519.js';
import { makeSignatureBlock } from './signature/signature-block.js';
import type { SlotSecret } from './secret/slot-secret.js';
import type { Face } from './wire/face.js';
import { encodeHeader, VERSION, type ParsedHeader } from './wire/header.js';
import { secretFields, type Slot } from './wire/slot.js';

/** A public key, and, where the envelope is a reply to its owner, what the reply proves. */
export type SealKey = RecipientKey & { readonly proof?: SlotProof | undefined };

/** Who signs, and how the key was announced. */
export interface EnvelopeSigner {
  readonly pair: SigningPair;
  /** 96 bytes each, the oldest first. */
  readonly predecessors: readonly Bytes[];
  readonly ed25519: Ed25519;
}

export interface SealEnvelopeOptions extends Omit<PlaintextOptions, 'reply' | 'predecessors' | 'sign'> {
  /** Each opens the envelope alone, and so does each of `keys`: at least one of both. */
  readonly secrets?: readonly SlotSecret[] | undefined;
  /** Public keys of recipients. */
  readonly keys?: readonly SealKey[] | undefined;
  /** What the manifest says about replies, made for the header that the envelope has got. */
  readonly makeReply?: ((header: ParsedHeader) => Promise<ReplyInfo>) | undefined;
  readonly signer?: EnvelopeSigner | undefined;
  readonly face?: Face | undefined;
  /** Origin of a reply endpoint. */
  readonly connect?: string | undefined;
  /** Runtime and languages of the HTML form; without it, the data form is written. */
  readonly page?: Page | undefined;
  readonly backend?: Backend | undefined;
  /** For tests with vectors only. */
  readonly random?: RandomSource | undefined;
}

/** An envelope that is ready to be written. */
export interface SealedEnvelope {
  readonly header: ParsedHeader;
  /**
   * Encrypts the message and gives the file, piece by piece. A piece is the taker's until it asks for the next: its memory is
   * then used again, so whoever keeps one copies it. Once: the file key is used for one payload, and streams can be read
   * once. A second call throws `INVALID_ARGUMENT`.
   */
  file(): AsyncGenerator<Bytes, void, undefined>;
}

/** A header with its slots, and the file key that they wrap. */
async function prepareHeader(options: SealEnvelopeOptions): Promise<Pick<PreparedEnvelope, 'header' | 'fileKey'>> {
  const { backend = defaultBackend(), random = randomBytes, secrets = [], keys = [], face = {}, connect } = options;
  const count = secrets.length + keys.length;
  if (count === 0 || count > MAX_SLOTS) {
    throw new EnvelopeError('INVALID_ARGUMENT', `an envelope has 1 to ${String(MAX_SLOTS)} secrets and keys`);
  }
  if (face.questions === undefined && secrets.some(({ norm }) => norm === 'answers' || norm === 'answers-code'))
    throw new EnvelopeError('INVALID_ARGUMENT', 'face has no questions, to which there are answers');
  const id = random(16);
  const fileKey = random(32);
  const slots: Slot[] = [];
  for (const secret of secrets) {
    const fields = secretFields(secret);
    slots.push({ ...fields, wrap: await wrapFileKey(secret.key, id, fields, fileKey, backend, random) });
  }
  for (const key of keys) slots.push(await makeKeySlot(key, id, fileKey, { backend, random, proof: key.proof }));
  const header = encodeHeader({ v: VERSION, id, slots, face, ...(connect === undefined ? {} : { connect }) });
  return { header, fileKey };
}

/** What an envelope is made of: its header, the file key that the header's slots wrap, and what the message becomes behind it. */
export interface PreparedEnvelope {
  readonly header: ParsedHeader;
  readonly fileKey: Bytes;
  readonly plain: PlaintextOptions;
  readonly parts: readonly PartInput[];
}

/** Throws as {@link sealEnvelope}. */
export async function prepareEnvelope(message: Message, options: SealEnvelopeOptions): Promise<PreparedEnvelope> {
  const { makeReply, signer, backend = defaultBackend(), ...rest } = options;
  const { header, fileKey } = await prepareHeader(options);
  const plain: PlaintextOptions = {
    ...rest,
    reply: await makeReply?.(header),
    predecessors: signer?.predecessors,
    sign: signer && ((manifest) => makeSignatureBlock(signer.pair, header.bytes, manifest, signer.ed25519, backend)),
  };
  return { header, fileKey, plain, parts: checkMessage(message, plain) };
}

/**
 * Makes an envelope: the header at once, the payload when {@link SealedEnvelope.file} is read. Throws `INVALID_ARGUMENT` for a
 * face or origin that the format does not allow, `LIMIT` for too many parts or too large a header.
 */
export async function sealEnvelope(message: Message, options: SealEnvelopeOptions): Promise<SealedEnvelope> {
  const { backend = defaultBackend(), random = randomBytes, page } = options;
  const { header, fileKey, plain, parts } = await prepareEnvelope(message, options);
  let used = false;
  return {
    header,
    file() {
      if (used) throw new EnvelopeError('INVALID_ARGUMENT', 'an envelope can be written once');
      used = true;
      const plaintext = writePlaintext(message, parts, plain, backend);
      return assemble(
        header,
        page,
        wipingAfter(fileKey, sealPayload(fileKey, header.bytes, plaintext, backend, random)),
        backend,
      );
    },
  };
}

async function* wipingAfter(key: Bytes, blocks: AsyncIterable<Bytes>): AsyncGenerator<Bytes, void, undefined> {
  try {
    yield* blocks;
  } finally {
    key.fill(0);
  }
}
