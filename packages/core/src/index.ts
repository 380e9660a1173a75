export { EnvelopeError, type EnvelopeErrorCode, type TransportFault } from './errors.js';
export type { Address, AttachmentInput, Content, Message, MessageHeaders } from './message/message.js';
