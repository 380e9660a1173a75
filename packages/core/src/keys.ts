/** Key pairs and their texts, for whoever keeps them: pages carry none of it. */
export {
  Identity,
  identityText,
  inspectIdentityText,
  makeIdentity,
  readIdentity,
  sealedIdentityText,
  type IdentityUnlocker,
} from './keys/identity.js';
export { readRecipientKey, recipientKeyText } from './keys/recipient-key-text.js';
export { isValidAt } from './keys/recipient-key.js';
export { shortThread } from './reply/thread.js';
export { sealToken, type ReplyToken } from './reply/token.js';
