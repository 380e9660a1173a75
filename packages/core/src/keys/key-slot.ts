import { concat, equalConstantTime, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import type { RandomSource } from '../crypto/random.js';
import { unwrapFileKey, wrapFileKey } from '../crypto/wrap.js';
import { hpkeReceive, hpkeSend, type HpkeContext } from '../kem/hpke.js';
import type { ReplyOrigin } from '../reply/reply-info.js';
import { openToken, type ReplyToken } from '../reply/token.js';
import type { KeyFields, KeySlot } from '../wire/key-slot.js';
import type { Identity } from './identity.js';
import type { RecipientKey } from './recipient-key.js';

/** Slots for the owners of key pairs (spec/envelope-v1.md, sections 5.2 and 5.5). */

const LABEL = utf8('sealpost/v1 key\0');
const REPLY_LABEL = utf8('sealpost/v1 reply\0');
const EXPORT = utf8('sealpost/v1 key');

/** What proves that a reply was made by somebody who opened the envelope that it answers. */
export interface SlotProof extends ReplyOrigin {
  readonly psk: Bytes;
  /** As the sender's side sealed it. */
  readonly token: Bytes;
}

type Psk = Pick<SlotProof, 'id' | 'header' | 'psk'>;

function contextOf(id: Bytes, key: Bytes, proof: Psk | undefined): HpkeContext {
  return proof === undefined ? { info: concat(LABEL, id, key), exporterContext: EXPORT } : replyContext(proof);
}

/** What the slot of a reply is bound to. */
export function replyContext({ id, header, psk }: Psk): HpkeContext {
  return { info: concat(REPLY_LABEL, header), exporterContext: EXPORT, psk: { psk, id } };
}

export interface KeySlotOptions {
  readonly backend: Backend;
  readonly random: RandomSource;
  /** Makes it the slot of a reply. */
  readonly proof?: SlotProof | undefined;
  /** For tests with vectors only. */
  readonly ephemeral?: Bytes | undefined;
}

/** Wraps the file key of the envelope `id`. Throws `INVALID_ARGUMENT` where the key is none of its KEM. */
export async function makeKeySlot(
  { kem, publicKey, id: key }: RecipientKey,
  id: Bytes,
  fileKey: Bytes,
  { backend, random, proof, ephemeral }: KeySlotOptions,
): Promise<KeySlot> {
  const { secret, enc } = await hpkeSend(kem, publicKey, contextOf(id, key, proof), backend, ephemeral);
  const fields: KeyFields = { type: 'key', kem: kem.name, key, enc, ...(proof && { token: proof.token }) };
  const wrap = await wrapFileKey(secret, id, fields, fileKey, backend, random);
  secret.fill(0);
  return { ...fields, wrap };
}

/** What a key slot held. */
export interface OpenedKeySlot {
  readonly fileKey: Bytes;
  /** Of the slot of a reply, whose maker is proved to have opened the envelope that the token is of. */
  readonly token?: ReplyToken;
}

/** The token of a slot, as whichever of these sealed it reads it: a reply may go to a key that is newer than its token. */
async function findToken(
  sealed: Bytes | undefined,
  identities: readonly Identity[],
  backend: Backend,
): Promise<ReplyToken | undefined> {
  for (const identity of sealed === undefined ? [] : identities) {
    const token = sealed && (await openToken(sealed, identity, backend));
    if (token !== undefined) return token;
  }
  return undefined;
}

/**
 * Opens a slot, or gives `undefined` where it belongs to another key, was changed, or is of a reply that proves nothing: made without
 * the pre-shared key, or with the token, identifier or header of another envelope.
 *
 * @param identities - all that the reader has: any of them may have sealed the token. Default: `identity` alone.
 */
export async function openKeySlot(
  slot: KeySlot,
  id: Bytes,
  identity: Identity,
  backend: Backend,
  identities: readonly Identity[] = [identity],
): Promise<OpenedKeySlot | undefined> {
  const { kem } = identity.key;
  if (kem.name !== slot.kem || !equalConstantTime(slot.key, identity.key.id)) return undefined;
  const token = await findToken(slot.token, identities, backend);
  if (slot.token !== undefined && token === undefined) return undefined;
  const secret = await hpkeReceive(kem, identity.pair, slot.enc, contextOf(id, slot.key, token), backend);
  if (secret === undefined) return undefined;
  const fileKey = await unwrapFileKey(secret, id, slot, backend);
  secret.fill(0);
  return fileKey && { fileKey, ...(token && { token }) };
}
