export { type Expected, type Scenario } from './cases/scenario.js';
export { scenarios } from './cases/all.js';
export { keyTexts, type KeyTextScenario } from './cases/signing-key.js';
export { answerSecret, joinAnswers, normaliseAnswer, type AnswerNorm, type Answers } from './kit/answers.js';
export { ByteSource } from './kit/byte-source.js';
export { deflateBomb } from './kit/bomb.js';
export { encodeBase64url, decodeBase64url } from './kit/base64url.js';
export { encodeBase85, decodeBase85, foldDigits } from './kit/base85.js';
export { concat, equal, hex, u32, utf8 } from './kit/bytes.js';
export { cutBlocks, endBlock } from './kit/block.js';
export {
  deriveChunkedKeys,
  hkdfExpandSha512,
  openChunked,
  sealChunked,
  chunkLength,
  preambleLength,
  sealedChunkLength,
  type ChunkedKeys,
  type ChunkedLies,
} from './kit/chunked.js';
export { readDataForm, writeDataForm } from './kit/data-form.js';
export {
  buildEnvelope,
  payloadContext,
  type BuiltEnvelope,
  type EnvelopeLies,
  type EnvelopeRecipe,
} from './kit/envelope.js';
export { OpenFailure, type FailureCode } from './kit/failure.js';
export { readHeader, type AnswerSlot, type Header, type PassphraseSlot } from './kit/header.js';
export { readJson, writeJson, type Json, type JsonObject } from './kit/header-json.js';
export { readHtmlForm, transplant, writeHtmlForm } from './kit/html-form.js';
export { ed25519PublicKey, signEd25519, verifiesEd25519 } from './kit/ed25519.js';
export { exportSecret, type KeySchedule } from './kit/hpke.js';
export { identityText, keyId, publicKeyText, readIdentity, readPublicKey, type Identity } from './kit/identity.js';
export { deriveSlotKey, smallestArgon2id, smallestPbkdf2, type Argon2id, type Kdf, type Pbkdf2 } from './kit/kdf.js';
export type { Encapsulation, Kem } from './kit/kem.js';
export { kems } from './kit/kems.js';
export type { KeySlot, KeySlotLies, KeySlotRecipe, OpenedSlot, ReplyProof } from './kit/key-slot.js';
export type { Lie } from './kit/lie.js';
export type { Manifest, ManifestPart } from './kit/manifest.js';
export { readOffer, writeOffer, type Offer, type OfferKey, type OfferRecipe } from './kit/offer.js';
export { normalise, type Norm } from './kit/normalise.js';
export { findHeader, openFile, readSections, type OpenedMessage, type Secret } from './kit/open.js';
export { deflate } from './kit/deflate.js';
export {
  layPlaintext,
  padme,
  sha256,
  type MessageLies,
  type MessageRecipe,
  type PartLies,
  type PartRecipe,
  type PlaintextPieces,
} from './kit/plaintext.js';
export { sectionsOf, type Section } from './kit/section.js';
export {
  announced,
  judgeSigner,
  signatureBlock,
  signedBytes,
  successorStatement,
  writePredecessors,
  type Signer,
} from './kit/signature.js';
export {
  fingerprint,
  KeyTextFailure,
  readSigningIdentity,
  readSigningKey,
  signingIdentityOf,
  signingIdentityText,
  signingKeyText,
  type IdentityLock,
  type KeyTextOutcome,
  type SigningIdentity,
} from './kit/signing-key.js';
export { buildSlot, type SlotLies, type SlotRecipe } from './kit/slot.js';
export { decodeText, encodeText, type Encoding } from './kit/text.js';
export { openToken, sealToken, tokenKey, type Token, type TokenLies } from './kit/token.js';
export { brokenTransportRule } from './kit/transport.js';
export { judgeReply, shortened, type RefusalReason, type Verdict } from './kit/verdict.js';
export { openSlot, type BuiltSlot } from './kit/wrap.js';
export {
  makeKeyText,
  makeVector,
  sectionsOfScenario,
  type KeyTextEntry,
  type Vector,
  type VectorEntry,
  type VectorPart,
} from './vector.js';
export { buildWorkedExample, writeWorkedExample } from './worked-example.js';
