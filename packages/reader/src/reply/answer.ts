import { randomBytes, type Bytes } from '@sealpost/core';
import {
  encodeBinary,
  encodeWire,
  hpkeSend,
  kdfToWire,
  payloadContext,
  readHeader,
  replyContext,
  sealChunked,
  secretFields,
  slotContext,
  type WireObject,
} from '@sealpost/core/page';
import type { Answer } from './answer-input.js';
import { sealingBackend } from './backend.js';
import { plaintextOf } from './plaintext.js';
import { assemble } from './assemble.js';

/** Bytes of a full block behind the first, which has the preamble besides. */
const BLOCK_BYTES = 64 * (16_384 + 16);
const PREAMBLE_BYTES = 56;

/**
 * The file of an answer, piece by piece, out of the page that it is written in: the bytes that core's `sealEnvelope` would make of the
 * same, which takes any message and writes any page.
 */
export async function* writeAnswer(answer: Answer): AsyncGenerator<Bytes, void, undefined> {
  const id = randomBytes(16);
  const fileKey = randomBytes(32);
  const slots: WireObject[] = [];
  const addSlot = async (key: Bytes, fields: WireObject): Promise<void> => {
    const wrap = await sealHere(key, slotContext(id, fields), fileKey);
    slots.push({ ...fields, wrap: encodeBinary(wrap) });
  };
  for (const secret of answer.secrets)
    await addSlot(secret.key, { ...secretFields(secret), kdf: kdfToWire(secret.kdf) });
  for (const { kem, publicKey, id: key, proof } of answer.keys) {
    const { secret, enc } = await hpkeSend(kem, publicKey, replyContext(proof), sealingBackend);
    await addSlot(secret, {
      type: 'key',
      kem: kem.name,
      key: encodeBinary(key),
      enc: encodeBinary(enc),
      token: encodeBinary(proof.token),
    });
    secret.fill(0);
  }
  const { logo } = answer.face;
  const face = { ...answer.face, ...(logo && { logo: encodeBinary(logo) }) } as WireObject;
  const header = readHeader(encodeWire({ v: 1, id: encodeBinary(id), slots, face }));
  yield* assemble(header, payloadBlocks(answer, fileKey, header.bytes), sealingBackend);
}

/** Seals in memory, and wipes the file key. */
async function* payloadBlocks(
  answer: Answer,
  fileKey: Bytes,
  headerBytes: Bytes,
): AsyncGenerator<Bytes, void, undefined> {
  try {
    const sealed = await sealHere(fileKey, payloadContext(headerBytes), await plaintextOf(answer));
    let end = PREAMBLE_BYTES;
    for (let start = 0; start < sealed.length; start = end) {
      end += BLOCK_BYTES;
      yield sealed.subarray(start, end);
    }
  } finally {
    fileKey.fill(0);
  }
}

function sealHere(key: Bytes, context: Bytes, message: Bytes): Promise<Bytes> {
  return sealChunked(key, context, message, sealingBackend, randomBytes);
}
