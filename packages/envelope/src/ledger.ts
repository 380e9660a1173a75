/** Ledgers of replies that keep files: for Node. */
export { FileReplyLedger } from './file-reply-ledger.js';
export type { ReplyLedger } from './reply-ledger.js';
