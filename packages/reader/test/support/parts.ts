import {
  concat,
  nobleBackend,
  openEnvelope,
  PreparedSecret,
  readEnvelope,
  sealEnvelope,
  utf8,
  type Message,
  type OpenedEnvelope,
} from '@sealpost/core';

const PREPARED = new PreparedSecret({
  key: new Uint8Array(32),
  kdf: { name: 'argon2id', m: 19_456, t: 2, p: 1, salt: utf8('a salt of a test') },
  norm: 'opaque',
  madeAt: 0,
  strengthBits: 0,
});

/** A message as a page has it: sealed, without a page, and opened. */
export async function throughEnvelope(message: Partial<Message>): Promise<OpenedEnvelope> {
  const sealed = await sealEnvelope({ headers: {}, ...message }, { secrets: [PREPARED] });
  const pieces: Uint8Array[] = [];
  for await (const piece of sealed.file()) pieces.push(piece.slice());
  return openEnvelope(readEnvelope(concat(...pieces)), { prepared: PREPARED }, { backend: nobleBackend });
}
