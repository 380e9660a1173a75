import { concat, utf8, type Bytes } from '../bytes.js';

const LABEL = utf8('sealpost/v1 payload\0');

/** Context of the payload's encryption: binds it to every byte of the header. */
export function payloadContext(headerBytes: Bytes): Bytes {
  return concat(LABEL, headerBytes);
}
