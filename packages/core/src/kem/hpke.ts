import { concat, u16, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import type { Encapsulation, Kem, KemKeyPair } from './kem.js';
import { labelledExpand, labelledExtract, NO_BYTES } from './labelled-hkdf.js';

/**
 * HPKE (RFC 9180) in the modes Base and PSK, with HKDF-SHA-256 and no AEAD ("export-only", section 5.3): what comes out is
 * one exported secret.
 */

/** KDF 0x0001 (HKDF-SHA-256), AEAD 0xffff (export-only). */
const KDF_AND_AEAD = Uint8Array.of(0x00, 0x01, 0xff, 0xff);
const MODE_BASE = 0;
const MODE_PSK = 1;

/** A secret that both sides know already (RFC 9180, section 5.1.2). */
export interface Psk {
  /** At least 32 bytes of randomness. */
  readonly psk: Bytes;
  /** Which one; not secret, not empty. */
  readonly id: Bytes;
}

export interface HpkeContext {
  /** What both sides bind the secret to; not secret. */
  readonly info: Bytes;
  /** What the exported secret is for. */
  readonly exporterContext: Bytes;
  readonly psk?: Psk | undefined;
}

/** Encapsulates to `publicKey`. `secret` is the exported one, 32 bytes. Throws like {@link Kem.encapsulate}. */
export async function hpkeSend(
  kem: Pick<Kem, 'id' | 'encapsulate'>,
  publicKey: Bytes,
  context: HpkeContext,
  backend: Backend,
  ephemeral?: Bytes,
): Promise<Encapsulation> {
  const { secret, enc } = await kem.encapsulate(publicKey, ephemeral);
  return { enc, secret: await exported(kem, secret, context, backend) };
}

/**
 * The exported secret of what {@link hpkeSend} encapsulated, or `undefined` where `enc` is none of this KEM. Another context
 * gives another secret, never an error.
 */
export async function hpkeReceive(
  kem: Kem,
  pair: KemKeyPair,
  enc: Bytes,
  context: HpkeContext,
  backend: Backend,
): Promise<Bytes | undefined> {
  const secret = await kem.decapsulate(enc, pair);
  return secret && exported(kem, secret, context, backend);
}

/** The key schedule (RFC 9180, section 5.1), and one export (section 5.3). Wipes `shared`. */
async function exported(kem: Pick<Kem, 'id'>, shared: Bytes, context: HpkeContext, backend: Backend): Promise<Bytes> {
  const { info, exporterContext, psk } = context;
  const suite = concat(utf8('HPKE'), u16(kem.id), KDF_AND_AEAD);
  const pskIdHash = await labelledExtract(suite, NO_BYTES, 'psk_id_hash', psk?.id ?? NO_BYTES, backend);
  const infoHash = await labelledExtract(suite, NO_BYTES, 'info_hash', info, backend);
  const mode = psk === undefined ? MODE_BASE : MODE_PSK;
  const schedule = concat(Uint8Array.of(mode), pskIdHash, infoHash);
  const secret = await labelledExtract(suite, shared, 'secret', psk?.psk ?? NO_BYTES, backend);
  const exporter = await labelledExpand(suite, secret, 'exp', schedule, backend);
  const out = await labelledExpand(suite, exporter, 'sec', exporterContext, backend);
  for (const bytes of [shared, secret, exporter]) bytes.fill(0);
  return out;
}
