export type { Bytes } from './bytes.js';
export { concat, fromUtf8, hex, utf8 } from './bytes.js';
export {
  EnvelopeError,
  type EnvelopeErrorCode,
  type EnvelopeErrorOptions,
  type ReplyFault,
  type SignerFault,
  type TransportFault,
} from './errors.js';
export { MAX_PAGE_BYTES } from './limits.js';

export type { AesGcm, Argon2Parameters, Backend, Sha256Stream, WorkOptions } from './crypto/backend.js';
export { defaultBackend } from './crypto/default-backend.js';
export { runKdf, type KdfRunner } from './crypto/kdf.js';
export { nobleBackend } from './crypto/noble.js';
export { randomBytes, type RandomSource } from './crypto/random.js';
export { webcryptoBackend } from './crypto/webcrypto.js';

export { assemble, type Page } from './document/assemble.js';
export { contentSecurityPolicy } from './document/csp.js';
export { readEnvelope } from './document/extract.js';
export { fileText } from './document/file-text.js';
export { firstPaint } from './document/first-paint.js';
export { FIRST_PAINT_KEYS } from './document/first-paint-keys.js';
export { escapeHtml, htmlText, jsonText, MAX_LINE, scriptText, wrapLines } from './document/inline.js';
export { joinTexts, readLanguage, splitTexts, writeLanguage, type Language } from './document/language.js';
export { END_ID, HEADER_TAG, PAYLOAD_TAG, payloadTag } from './document/markup.js';
export {
  chooseModules,
  RUNTIME_MODULES,
  type LanguageBlock,
  type Release,
  type Runtime,
  type RuntimeModule,
} from './document/runtime.js';

export type { Encapsulation, Kem, KemKeyPair } from './kem/kem.js';
export { p256Kem } from './kem/p256.js';
export { webcryptoP256, type P256Group, type P256Side } from './kem/p256-group.js';

export { makeKeySlot, openKeySlot, type KeySlotOptions, type OpenedKeySlot, type SlotProof } from './keys/key-slot.js';
export type { Identity } from './keys/identity.js';
export { makeRecipientKey, type RecipientKey, type Validity } from './keys/recipient-key.js';

export { PAGE_ID_SUFFIX } from './reply/thread.js';
export { readContent, toStream } from './message/content.js';
export { cleanFileName, fileExtension, isDangerousFile, isPreviewable } from './message/file-name.js';
export type { Notes, PartRole } from './message/manifest.js';
export type { Address, AttachmentInput, Content, Message, MessageHeaders } from './message/message.js';
export type { OpenedPart, ReadOptions } from './message/opened-part.js';
export { padme } from './message/padding.js';

export { webcryptoEd25519, type Ed25519, type SigningPair } from './signature/ed25519.js';
export { judgeSigner, readPredecessors, type Signer } from './signature/successor.js';

export { checkReply, type CheckedReply } from './reply/check-reply.js';
export {
  readReplyInfo,
  type ReplyAction,
  type ReplyInfo,
  type ReplyKey,
  type ReplyKind,
  type ReplyOrigin,
  type ReplyProof,
} from './reply/reply-info.js';

export { generateCode, generateWords, type GeneratedPassphrase } from './secret/generate.js';
export { normaliseAnswer, type Answers } from './secret/answers.js';
export { normaliseSecret, tryNormalise } from './secret/normalise.js';
export {
  estimateAnswerBits,
  prepareAnswers,
  type PrepareAnswersOptions,
  type PreparedAnswers,
} from './secret/prepare-answers.js';
export { prepareSecret, PreparedSecret, type PrepareOptions } from './secret/prepared.js';
export { PROFILE_FLOOR_BITS, profileKdf, type KdfProfile } from './secret/profile.js';
export type { SlotSecret } from './secret/slot-secret.js';
export { estimateStrengthBits, isWeakChoice } from './secret/strength.js';

export { logoType, MAX_CONTACT, MAX_HINT, MAX_ORG, MAX_SHOWN_SUBJECT, type Face } from './wire/face.js';
export { parseHeader, VERSION, type Header, type ParsedHeader } from './wire/header.js';
export type { Argon2idKdf, Kdf, Pbkdf2Kdf } from './wire/kdf.js';
export type { KemName, KeySlot } from './wire/key-slot.js';
export type {
  AnswerNormalisation,
  AnswerSlot,
  Normalisation,
  PassphraseSlot,
  ReservedSlot,
  Slot,
} from './wire/slot.js';

export { estimateFileSize } from './estimate.js';
export { inspectEnvelope, type Inspection, type InspectOptions } from './inspect.js';
export {
  checkTransport,
  openEnvelope,
  type EnvelopeSignature,
  type KeySlotOpener,
  type OpenedEnvelope,
  type OpenOptions,
  type OpenSecret,
  type ReplySecrets,
} from './open.js';
export type { EnvelopeSource, PayloadText } from './payload/payload-text.js';
export {
  sealEnvelope,
  type EnvelopeSigner,
  type SealedEnvelope,
  type SealEnvelopeOptions,
  type SealKey,
} from './seal.js';
