export type { MailAttachment } from './body.js';
export { findEnvelope } from './find-envelope.js';
export {
  MAX_ADDRESSES,
  MAX_BODY_BYTES,
  MAX_DEPTH,
  MAX_FORWARD_DEPTH,
  MAX_HEADER_BYTES,
  MAX_HEADERS_BYTES,
  MAX_NAME_BYTES,
  MAX_PARTS,
  MAX_RAW_BYTES,
  MAX_REFERENCES,
} from './limits.js';
export { looksLikeMail, readMail, type MailMessage, type ReadMailOptions } from './read-mail.js';
export { replyMail, type ReplyMailOptions } from './reply-mail.js';
export { writeMail, type WritableMessage } from './write-mail.js';
