import type { DecodedBody } from './base64.js';
import { cleanLine } from '../clean-line.js';
import { decodeEncodedWords } from './encoded-word.js';
import type { Entity } from './entity.js';
import { fieldValue } from './header-block.js';
import { MAX_NAME_BYTES } from './limits.js';
import { readParameters } from './media-type.js';
import { decodeBody } from './transfer-encoding.js';

/** What a part's header says of it, decoded (RFC 2045, 2183, 2231, 2392). */
export interface PartInfo {
  /** `inline`, `attachment`, or whatever the mail says; empty without Content-Disposition. */
  readonly disposition: string;
  /** As the author wrote it, on one line; empty when the part has no name. May hold slashes: not a safe file name. */
  readonly name: string;
  /** Without angle brackets. */
  readonly contentId: string | undefined;
  readonly hasLocation: boolean;
  readonly charset: string | undefined;
}

export function readPartInfo(entity: Entity): PartInfo {
  const { value: disposition, parameters } = readParameters(fieldValue(entity.fields, 'content-disposition') ?? '');
  // RFC 2047 forbids encoded words in parameters; most programs write and read them there.
  const name = decodeEncodedWords(parameters.get('filename') ?? entity.type.parameters.get('name') ?? '');
  const contentId = cleanLine(fieldValue(entity.fields, 'content-id') ?? '')
    .replace(/^<|>$/g, '')
    .trim();
  return {
    disposition,
    name: cutToBytes(cleanLine(name), MAX_NAME_BYTES),
    contentId: contentId === '' ? undefined : contentId,
    hasLocation: fieldValue(entity.fields, 'content-location') !== undefined,
    charset: entity.type.parameters.get('charset'),
  };
}

/**
 * The decoded bytes of a leaf, exact.
 *
 * @param bytes - those the entity was read from, or a copy that differs in line ends only.
 */
export function readPartBody(bytes: Uint8Array, entity: Entity): DecodedBody {
  return decodeBody(
    bytes.subarray(entity.bodyStart, entity.bodyEnd),
    fieldValue(entity.fields, 'content-transfer-encoding'),
  );
}

/** A text cut between two characters so that its UTF-8 fits. */
function cutToBytes(text: string, maximum: number): string {
  if (Buffer.byteLength(text) <= maximum) return text;
  let bytes = 0;
  let cut = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maximum) break;
    cut += character;
  }
  return cut;
}
