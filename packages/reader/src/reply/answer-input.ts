import type { Face, Kem, Message, OpenedEnvelope, ReplyInfo, SealKey, SlotProof, SlotSecret } from '@sealpost/core';

/** What a page needs of a KEM: it seals, and opens nothing with a key. */
export type SendingKem = Pick<Kem, 'name' | 'id' | 'encapsulate'>;

/** A public key, and what a reply to its owner proves. */
export interface AnswerKey extends Pick<SealKey, 'publicKey' | 'id'> {
  readonly kem: SendingKem;
  readonly proof: SlotProof;
}

/** What an answer's envelope is made of. */
export interface Answer extends Required<Pick<Message, 'headers' | 'text' | 'attachments'>> {
  /** Each opens the envelope alone, and so does each of `keys`: at least one of both. */
  readonly secrets: readonly SlotSecret[];
  readonly keys: readonly AnswerKey[];
  readonly reply: ReplyInfo;
  /** In the order of the spec, as out of a header. */
  readonly face: Face;
  readonly idleLock: number | undefined;
  readonly notes: OpenedEnvelope['notes'];
}
