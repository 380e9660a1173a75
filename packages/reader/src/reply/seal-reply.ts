import {
  EnvelopeError,
  webcryptoBackend,
  type AttachmentInput,
  type Bytes,
  type Face,
  type KemName,
  type OpenedEnvelope,
  type ParsedHeader,
  type ReplyAction,
  type ReplyInfo,
  type ReplyProof,
  type SlotSecret,
} from '@sealpost/core';
import { keyId } from '@sealpost/core/page';
import type { Answer, AnswerKey, SendingKem } from './answer-input.js';
import { ownAddress, replyHeaders } from './reply-headers.js';

/** What somebody wrote. */
export interface Draft {
  readonly action: ReplyAction;
  readonly text: string;
  readonly attachments: readonly AttachmentInput[];
}

/** The open message that it is about, and what an envelope is made of. */
export interface Original {
  readonly opened: Pick<OpenedEnvelope, 'headers' | 'idleLock' | 'notes' | 'replySecrets'>;
  readonly header: ParsedHeader;
  readonly info: ReplyInfo;
  /** `undefined` where the page does not have it. */
  readonly kemOf: (name: KemName) => SendingKem | undefined;
  /** Makes the file of an envelope, piece by piece. */
  readonly write: (answer: Answer) => AsyncIterable<Bytes>;
}

/** Whether a reply could be opened by somebody at the time `now`: its keys are for a time, and may need what the page does not have. */
export function canReply({ info, kemOf, opened }: Pick<Original, 'info' | 'kemOf' | 'opened'>, now: Date): boolean {
  const usable = info.proof === undefined || usableKeys(info.proof, kemOf, now).length > 0;
  return usable && (info.proof !== undefined || opened.replySecrets?.secret !== undefined);
}

/**
 * Seals a reply: to the keys of the sender's side, with the proof that the message was opened, and to the passphrase that opened it,
 * as far as the sender wants both. Rejects with `REPLY_REFUSED` where there is a proof, and no key for it any more. The answer's own manifest lets whoever opens it answer in turn (spec/envelope-v1.md, section 7.5).
 */
export async function sealReply(draft: Draft, original: Original, now: Date): Promise<AsyncIterable<Bytes>> {
  const { opened, header, info, kemOf } = original;
  const proof = info.proof && (await withOrigin(info.proof, header));
  const secret = info.passphrase ? opened.replySecrets?.secret : undefined;
  return seal(draft, original, now, {
    secrets: secret === undefined ? [] : [secret],
    keys: proof === undefined ? [] : await sealKeys(proof, kemOf, now),
    reply: {
      actions: info.actions,
      to: answerTo(original) ?? info.to,
      ...(proof && { proof }),
      passphrase: info.passphrase,
      ...(draft.action === 'forward' ? {} : { kind: draft.action }),
    },
  });
}

/** Seals a forward to a new code. Whoever gets it can answer whoever forwarded it, and proves nothing to the first sender. */
export function sealForward(draft: Draft, original: Original, now: Date, secret: SlotSecret): AsyncIterable<Bytes> {
  return seal(draft, original, now, {
    secrets: [secret],
    keys: [],
    reply: { actions: ['reply', 'forward'], to: answerTo(original) ?? [], passphrase: true },
  });
}

function seal(
  { action, text, attachments }: Draft,
  { opened, header, info, write }: Original,
  now: Date,
  sealing: Pick<Answer, 'secrets' | 'keys' | 'reply'>,
): AsyncIterable<Bytes> {
  const { headers, idleLock, notes } = opened;
  return write({
    ...sealing,
    headers: replyHeaders(headers, info, action, now),
    text,
    attachments,
    face: faceOf(header.header.face, sealing.secrets),
    idleLock,
    notes: action === 'forward' ? forwardedNotes(notes) : {},
  });
}

function answerTo({ opened }: Original): ReplyInfo['to'] | undefined {
  const own = ownAddress(opened.headers);
  return own && [own];
}

async function withOrigin(proof: ReplyProof, { header, bytes }: ParsedHeader): Promise<ReplyProof> {
  return proof.origin === undefined
    ? { ...proof, origin: { id: header.id, header: await webcryptoBackend.sha256(bytes) } }
    : proof;
}

function usableKeys({ keys }: ReplyProof, kemOf: Original['kemOf'], now: Date): ReplyProof['keys'] {
  return keys.filter(({ kem, to = Infinity }) => kemOf(kem) !== undefined && now.getTime() <= to * 1_000);
}

async function sealKeys(proof: ReplyProof, kemOf: Original['kemOf'], now: Date): Promise<readonly AnswerKey[]> {
  const { psk, token, origin } = proof;
  const keys: AnswerKey[] = [];
  for (const { kem: name, publicKey } of usableKeys(proof, kemOf, now)) {
    const kem = kemOf(name);
    // A key that is none of its kind is passed over.
    const tried = await kem?.encapsulate(publicKey).catch(() => undefined);
    if (kem === undefined || tried === undefined || origin === undefined) continue;
    const id = await keyId(kem, publicKey, webcryptoBackend);
    keys.push({ kem, publicKey, id, proof: { ...origin, psk, token } });
  }
  if (keys.length === 0) throw new EnvelopeError('REPLY_REFUSED', 'no key is left to seal to', { reason: 'expired' });
  return keys;
}

/** Who sent it, but not what was said of one message; and the questions, where their answers open it again. */
function faceOf(face: Face, secrets: readonly SlotSecret[]): Face {
  const asks = secrets.some(({ norm }) => norm.startsWith('answers'));
  return without(face, ['hint', 'subject', 'date', ...(asks ? [] : (['questions'] as const))]);
}

/** What the sender asked of readers; the sender's organisation has no key of a forward. */
function forwardedNotes(notes: OpenedEnvelope['notes']): OpenedEnvelope['notes'] {
  return without(notes, ['archive']);
}

function without<T extends object>(object: T, keys: readonly (keyof T)[]): T {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key as keyof T))) as T;
}
