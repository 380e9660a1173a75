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
export {
  isValidAt,
  makeRecipientKey,
  readRecipientKey,
  recipientKeyText,
  type RecipientKey,
  type Validity,
} from './keys/recipient-key.js';
