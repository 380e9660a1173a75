export { cleanFileName, EnvelopeError, isDangerousFile, PreparedSecret } from '@sealpost/core';
export type {
  Address,
  AttachmentInput,
  Content,
  EnvelopeErrorCode,
  GeneratedPassphrase,
  Identity,
  KdfProfile,
  KemName,
  Message,
  MessageHeaders,
  ReplyAction,
  ReplyFault,
  ReplyKind,
  Signer,
  SignerFault,
  TransportFault,
} from '@sealpost/core';
export type { SigningIdentity } from '@sealpost/core/keys';
export { LANGUAGES, type LanguageCode } from '@sealpost/reader';

export { coverMail, type CoverMailFile, type CoverMailOptions } from './cover-mail/cover-mail.js';
export type { DocumentOptions } from './document-options.js';
export { estimateSize, type SizeEstimate } from './estimate.js';
export { FACE_LENGTHS, type FaceOptions } from './face.js';
export type { FileInput } from './input.js';
export { inspect, type Inspected, type InspectedSlot } from './inspect.js';
export { open, type Opened, type OpenedAttachment, type OpenOptions, type OpenSecretOptions } from './open.js';
export type { KeyOptions } from './key-options.js';
export {
  generateIdentity,
  identityText,
  inspectIdentity,
  inspectPublicKey,
  readIdentity,
  sealIdentity,
  type IdentityInfo,
  type IdentityOptions,
  type PublicKeyInfo,
  type ReadIdentityOptions,
} from './keys.js';
export type { Question, QuestionOptions } from './questions.js';
export {
  fingerprint,
  generateSigningIdentity,
  inspectSigningIdentity,
  readSigningIdentity,
  sealSigningIdentity,
  signingIdentityText,
  type OpenedSignature,
  type SigningIdentityInfo,
  type SigningIdentityOptions,
} from './signing.js';
export type { OpenedReply } from './opened-reply.js';
export { reissue, reopen, type Reopened } from './reissue.js';
export type { ReplyOptions } from './reply.js';
export type { ReplyLedger } from './reply-ledger.js';
export { generatePassphrase, prepareSecret, type SecretOptions } from './secret.js';
export { seal, type Sealed, type SealOptions } from './seal.js';
export type { Warning } from './warning.js';
