import { fromUtf8, readU32, utf8, type Bytes } from './bytes.js';
import type { Backend } from './crypto/backend.js';
import { defaultBackend } from './crypto/default-backend.js';
import { runKdf, type KdfRunner } from './crypto/kdf.js';
import { unwrapFileKey } from './crypto/wrap.js';
import { damaged, EnvelopeError, type TransportFault } from './errors.js';
import { MAX_MANIFEST_BYTES, MAX_MESSAGE_BYTES } from './limits.js';
import { checkParts, decodeManifest, type Manifest, type Notes } from './message/manifest.js';
import type { MessageHeaders } from './message/message.js';
import { OpenedPart } from './message/opened-part.js';
import { readEndBlock } from './payload/end-block.js';
import { OpenedPayload } from './payload/open-payload.js';
import type { EnvelopeSource } from './payload/payload-text.js';
import { KEY_BYTES, type Ed25519 } from './signature/ed25519.js';
import { BLOCK_BYTES, verifySignatureBlock } from './signature/signature-block.js';
import { answerBytes, type Answers } from './secret/answers.js';
import { tryNormalise } from './secret/normalise.js';
import type { PreparedSecret } from './secret/prepared.js';
import type { SlotSecret } from './secret/slot-secret.js';
import { derivationId } from './wire/header.js';
import type { KeySlot } from './wire/key-slot.js';
import type { SecretSlot } from './wire/slot.js';

/** Gives the file key out of a slot of the envelope `id`, or `undefined` where it has no key for it. */
export type KeySlotOpener = (slot: KeySlot, id: Bytes) => Promise<Bytes | undefined>;

/** What opens an envelope: exactly one of these. Whoever has key pairs opens their slots: pages carry no code for that. */
export type OpenSecret =
  | { readonly passphrase: string }
  | Answers
  | { readonly prepared: PreparedSecret }
  | { readonly openKeySlot: KeySlotOpener };

export interface OpenOptions {
  readonly backend?: Backend | undefined;
  /** Where key derivations run; default: on this thread. */
  readonly runKdf?: KdfRunner | undefined;
  /** Progress of the key derivations, 0 to 1 over all of them. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Checks the signature, where there is one. Without it, none is checked. */
  readonly ed25519?: Pick<Ed25519, 'verify'> | undefined;
  /** Most bytes of payload, and of all parts together, that the caller takes. Default: 4 GiB. */
  readonly maxBytes?: number | undefined;
}

/** What the page keeps for a reply until it is locked. */
export interface ReplySecrets {
  /** The passphrase, or the answers, that opened the envelope, after their derivation; `undefined` where a key did. */
  readonly secret: SlotSecret | undefined;
  /** Seals what is being written while the page is locked, 32 bytes (spec/envelope-v1.md, section 7.5). */
  readonly draft: Bytes;
}

/** Proves that the owner of a key wrote this envelope, and nothing about who that is: the key came with it. */
export interface EnvelopeSignature {
  readonly publicKey: Bytes;
  /** False where nothing could check it here. One that was checked, and is wrong, opens nothing. */
  readonly checked: boolean;
  /** How the key was announced, as the manifest says it; `readPredecessors` looks at it. */
  readonly predecessors: unknown;
}

const DRAFT_LABEL = utf8('sealpost/v1 draft');
const TAIL_BYTES = 8;

/**
 * What the end block tells about the way of the file, before anybody types a passphrase. Not authenticated: only good
 * for a better sentence. Rejects with `DAMAGED` where blocks are missing.
 */
export async function checkTransport(
  source: EnvelopeSource,
  backend: Backend = defaultBackend(),
): Promise<TransportFault | undefined> {
  const count = await source.payload.blockCount();
  return readEndBlock(await source.payload.end(), count, source.headerBytes, backend);
}

/** A file key, and what opened its slot where that was no key: to be wiped by whoever has no use for it. */
interface Found {
  readonly fileKey: Bytes;
  readonly secret?: SlotSecret;
}

/** Tries a secret on every slot; derives once per distinct derivation. */
async function findFileKey(
  source: EnvelopeSource,
  secret: OpenSecret,
  options: OpenOptions,
  backend: Backend,
): Promise<Found | undefined> {
  const { id, slots, face } = source.header;
  if ('openKeySlot' in secret) {
    for (const slot of slots) {
      const fileKey = slot.type === 'key' ? await secret.openKeySlot(slot, id) : undefined;
      if (fileKey !== undefined) return { fileKey };
    }
    return undefined;
  }
  const type = 'answers' in secret ? 'answer' : 'passphrase';
  // There is an answer to each question, or none opens anything.
  const fits = !('answers' in secret) || secret.answers.length === face.questions?.length;
  const groups = new Map<string, SecretSlot[]>();
  for (const slot of slots.filter((slot): slot is SecretSlot => slot.type === type && fits)) {
    const derivation = derivationId(slot);
    groups.set(derivation, [...(groups.get(derivation) ?? []), slot]);
  }
  const derive = keyDeriver(secret, groups.size, options, backend);
  for (const group of groups.values()) {
    const [first] = group;
    const key = first === undefined ? undefined : await derive(first);
    if (key === undefined) continue;
    for (const slot of group) {
      const fileKey = await unwrapFileKey(key, id, slot, backend);
      if (fileKey !== undefined) return { fileKey, secret: { key, kdf: slot.kdf, norm: slot.norm } };
    }
    key.fill(0);
  }
  return undefined;
}

/** Gives a slot's key, to be wiped by the taker, or `undefined` where the secret cannot be its. */
function keyDeriver(
  secret: Exclude<OpenSecret, { openKeySlot: unknown }>,
  runs: number,
  options: OpenOptions,
  backend: Backend,
): (slot: SecretSlot) => Promise<Bytes | undefined> {
  if ('prepared' in secret) {
    const own = derivationId(secret.prepared);
    return (slot) => Promise.resolve(derivationId(slot) === own ? secret.prepared.key.slice() : undefined);
  }
  if ('passphrase' in secret && secret.passphrase === '')
    throw new EnvelopeError('INVALID_ARGUMENT', 'passphrase is empty');
  const run: KdfRunner = options.runKdf ?? ((bytes, kdf, work) => runKdf(bytes, kdf, work, backend));
  let done = 0;
  return async (slot) => {
    const bytes =
      slot.type === 'passphrase'
        ? 'passphrase' in secret && tryNormalise(secret.passphrase, slot.norm)
        : 'answers' in secret && answerBytes(secret, slot.norm);
    const onProgress = (fraction: number): void => options.onProgress?.((done + fraction) / runs);
    const key = bytes ? await run(bytes, slot.kdf, { onProgress, signal: options.signal }) : undefined;
    if (bytes) bytes.fill(0);
    done++;
    return key;
  };
}

/** A manifest, where it begins in the plaintext, its bytes and the signature block behind them. */
interface PlacedManifest extends Manifest {
  readonly start: number;
  readonly bytes: Bytes;
  readonly block: Bytes | undefined;
}

async function readManifest(payload: OpenedPayload, maxBytes: number): Promise<PlacedManifest> {
  const tailAt = payload.length - TAIL_BYTES;
  if (tailAt < 0) throw damaged('payload is too short for a manifest');
  const tail = await payload.slice(tailAt, TAIL_BYTES);
  const [length, signature] = [readU32(tail, 0), readU32(tail, 4)];
  if (length > MAX_MANIFEST_BYTES) throw new EnvelopeError('LIMIT', 'manifest is larger than 4 MiB');
  if (signature !== 0 && signature !== BLOCK_BYTES) {
    throw damaged('signature block has a length that none has');
  }
  const start = tailAt - signature - length;
  if (start < 0) throw damaged('manifest is longer than the payload');
  const bytes = await payload.slice(start, length);
  const block = signature === 0 ? undefined : await payload.slice(start + length, signature);
  return { ...decodeManifest(bytes, maxBytes), start, bytes, block };
}

/** Padding verifies like all the rest, and is zero bytes. */
async function checkPadding(payload: OpenedPayload, { parts, start }: PlacedManifest): Promise<void> {
  const end = parts.reduce((sum, { length }) => sum + length, 0);
  for await (const piece of payload.read(end, start - end)) {
    if (piece.some((byte) => byte !== 0)) throw damaged('padding is not zero bytes');
  }
}

/** Throws `DAMAGED` for a signature that is not one of its key over this envelope. */
async function readSignature(
  { block, bytes, predecessors }: PlacedManifest,
  header: Bytes,
  ed25519: OpenOptions['ed25519'],
  backend: Backend,
): Promise<EnvelopeSignature | undefined> {
  if (block === undefined) return undefined;
  // Rejected where the platform has no Ed25519.
  const valid = await (ed25519 && verifySignatureBlock(block, header, bytes, ed25519, backend).catch(() => undefined));
  if (valid === false) throw damaged('signature is not one of its key over this envelope');
  return { publicKey: block.slice(0, KEY_BYTES), checked: valid === true, predecessors };
}

/**
 * Opens an envelope. Throws `DID_NOT_OPEN` where no slot opens with the secret; `DAMAGED` where one does and header, payload,
 * manifest, signature or end block are not what was sealed; `LIMIT`; `ABORTED`; `INVALID_ARGUMENT` for an empty passphrase. Attachments are decrypted, and verified, when they are
 * read.
 */
export async function openEnvelope(
  source: EnvelopeSource,
  secret: OpenSecret,
  options: OpenOptions = {},
): Promise<OpenedEnvelope> {
  const { backend = defaultBackend(), maxBytes = MAX_MESSAGE_BYTES } = options;
  if (!(maxBytes >= 0)) throw new EnvelopeError('INVALID_ARGUMENT', 'maxBytes is not a number of bytes');
  const found = await findFileKey(source, secret, options, backend);
  if (found === undefined) {
    const fault = await checkTransport(source, backend).catch((): TransportFault => 'cut-off');
    throw new EnvelopeError('DID_NOT_OPEN', 'no slot opened with this secret', { fault });
  }
  const { fileKey, secret: opener } = found;
  let forReply: ReplySecrets | undefined;
  try {
    const fault = await checkTransport(source, backend);
    if (fault !== undefined)
      throw new EnvelopeError('DAMAGED', 'envelope was changed or cut off on its way', { fault });
    const payload = await OpenedPayload.open(fileKey, source.headerBytes, source.payload, backend, maxBytes);
    const manifest = await readManifest(payload, maxBytes);
    checkParts(manifest.parts, manifest.start);
    await checkPadding(payload, manifest);
    const signature = await readSignature(manifest, source.headerBytes, options.ed25519, backend);
    if (manifest.reply !== undefined) {
      forReply = { secret: opener, draft: await backend.hmac('sha256', fileKey, DRAFT_LABEL) };
    }
    return new OpenedEnvelope(manifest, payload, backend, signature, forReply);
  } finally {
    fileKey.fill(0);
    if (forReply === undefined) opener?.key.fill(0);
  }
}

/** A message whose envelope has opened. Holds a key until {@link OpenedEnvelope.close}. */
export class OpenedEnvelope {
  readonly headers: MessageHeaders;
  readonly notes: Notes;
  /** Minutes without input after which a page locks. */
  readonly idleLock: number | undefined;
  readonly attachments: readonly OpenedPart[];
  /** The exact message as it was handed in, when it travels too. */
  readonly original: OpenedPart | undefined;
  readonly signature: EnvelopeSignature | undefined;
  /** What the manifest says about replies; `readReplyInfo` looks at it. */
  readonly reply: unknown;
  /** Kept only where the manifest says something about replies. */
  readonly replySecrets: ReplySecrets | undefined;
  readonly #bodies: readonly OpenedPart[];
  readonly #payload: OpenedPayload;

  /** Made by {@link openEnvelope}. */
  constructor(
    manifest: Manifest,
    payload: OpenedPayload,
    backend: Backend,
    signature?: EnvelopeSignature,
    replySecrets?: ReplySecrets,
  ) {
    const parts = manifest.parts.map((entry) => new OpenedPart(entry, payload, backend));
    this.headers = manifest.headers;
    this.notes = manifest.notes;
    this.idleLock = manifest.idleLock;
    this.signature = signature;
    this.reply = manifest.reply;
    this.replySecrets = replySecrets;
    this.attachments = parts.filter(({ role }) => role === 'attachment');
    this.original = parts.find(({ role }) => role === 'original');
    this.#bodies = parts.filter(({ role }) => role === 'text' || role === 'html');
    this.#payload = payload;
  }

  /** Throws `DAMAGED` where the body does not verify or is not UTF-8. */
  text(): Promise<string | undefined> {
    return this.#body('text');
  }

  /** As its author wrote it: never to be shown without rebuilding it from an allow-list. Throws as {@link OpenedEnvelope.text}. */
  html(): Promise<string | undefined> {
    return this.#body('html');
  }

  async #body(role: 'text' | 'html'): Promise<string | undefined> {
    const bytes = await this.#bodies.find((part) => part.role === role)?.bytes();
    if (bytes === undefined) return undefined;
    try {
      return fromUtf8(bytes);
    } catch (cause) {
      throw new EnvelopeError('DAMAGED', `${role} body is not UTF-8`, { cause });
    }
  }

  /** Forgets the keys. Later reads reject with `ABORTED`. */
  close(): void {
    this.#payload.close();
    this.replySecrets?.secret?.key.fill(0);
    this.replySecrets?.draft.fill(0);
  }
}
