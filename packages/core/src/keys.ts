/** Key pairs and their texts, for whoever keeps them: pages carry none of it. */
export {
  Identity,
  identityText,
  inspectIdentityText,
  makeIdentity,
  readIdentity,
  sealedIdentityText,
} from './keys/identity.js';
export type { IdentityUnlocker } from './keys/identity-text.js';
export {
  makeSigningIdentity,
  readSigningIdentity,
  sealedSigningIdentityText,
  SigningIdentity,
  signingIdentityText,
} from './keys/signing-identity.js';
export { readRecipientKey, recipientKeyText } from './keys/recipient-key-text.js';
export { isValidAt } from './keys/recipient-key.js';
export { fingerprint } from './signature/fingerprint.js';
export { readSigningKey, signingKeyText } from './signature/signing-key.js';
export { shortThread } from './reply/thread.js';
export { sealToken, type ReplyToken } from './reply/token.js';
