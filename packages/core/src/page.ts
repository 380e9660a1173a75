/**
 * What the code modules of a page, and the opener, take from core and nobody else does: parts that `open` has anyway and shares with the others
 * (`packages/reader/src/shared.ts`). No export of the published package.
 */
export { concat, equalConstantTime, u32 } from './bytes.js';
export { deriveKeys, nonceOf, openChunked, sealChunked } from './crypto/chunks.js';
export { slotContext } from './crypto/wrap.js';
export { hkdfExpandSha512 } from './crypto/hkdf.js';
export { nobleArgon2id } from './crypto/noble.js';
export { brandStyle } from './document/brand.js';
export { damaged, malformed } from './errors.js';
export { hpkeSend } from './kem/hpke.js';
export { p256Secret } from './kem/p256.js';
export { replyContext } from './keys/key-slot.js';
export { keyId } from './keys/recipient-key.js';
export { decodeManifest, encodeManifest } from './message/manifest.js';
export { headerMark, makeEndBlock } from './payload/end-block.js';
export { payloadContext } from './payload/context.js';
export { replyToJson } from './reply/reply-info.js';
export { verifyEd25519 } from './signature/ed25519.js';
export { fingerprint } from './signature/fingerprint.js';
export { DIGITS } from './wire/base85.js';
export { decodeBase85 } from './wire/base85-decode.js';
export { decodeBinary, encodeBinary } from './wire/fields.js';
export { derivationId, readHeader } from './wire/header.js';
export { encodeWire, type WireObject } from './wire/json.js';
export { checkKdfRange, kdfToWire } from './wire/kdf.js';
export { secretFields } from './wire/slot.js';
