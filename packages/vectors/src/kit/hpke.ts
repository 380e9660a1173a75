import { ascii, concat } from './bytes.js';
import { labelledExpand, labelledExtract, u16 } from './labelled-hkdf.js';

/** What goes into the key schedule of RFC 9180, section 5.1, beside the KEM's secret, and into an export. */
export interface KeySchedule {
  /** Base, or PSK. */
  readonly mode: 0 | 1;
  readonly info: Uint8Array;
  /** Empty in mode Base, like its identifier. */
  readonly psk: Uint8Array;
  readonly pskId: Uint8Array;
  /** Number of the AEAD; {@link exportOnly} says that there is none. */
  readonly aead: number;
  readonly exporterContext: Uint8Array;
}

export const exportOnly = 0xffff;

const hkdfSha256 = 0x0001;
const nothing = new Uint8Array();

/** 32 bytes of Context.Export (RFC 9180, section 5.3) for a KEM's secret, with HKDF-SHA256. */
export function exportSecret(kemNumber: number, secret: Uint8Array, schedule: KeySchedule): Uint8Array {
  const { mode, info, psk, pskId, aead, exporterContext } = schedule;
  const suite = concat(ascii('HPKE'), u16(kemNumber), u16(hkdfSha256), u16(aead));
  const pskIdHash = labelledExtract(suite, nothing, 'psk_id_hash', pskId);
  const infoHash = labelledExtract(suite, nothing, 'info_hash', info);
  const context = concat(Uint8Array.of(mode), pskIdHash, infoHash);
  const exporter = labelledExpand(suite, labelledExtract(suite, secret, 'secret', psk), 'exp', context);
  return labelledExpand(suite, exporter, 'sec', exporterContext);
}
