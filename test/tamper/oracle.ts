import { equal, findHeader, OpenFailure, readHeader, readSections, type Header, type Section } from '@sealpost/vectors';
import type { Outcome } from './openers.js';

/** Says for an altered copy of one honest file what section 9 says of it. */
export type Oracle = (altered: Uint8Array) => Outcome;

/**
 * The oracle for the holder of the passphrase of the file's first slot. It looks at the texts only and neither derives nor
 * decrypts anything, so it cannot be wrong in the same way as an opener.
 */
export function oracleFor(honest: Uint8Array): Oracle {
  const sealed = readSections(honest);
  const sealedHeader = readHeader(findHeader(sealed));
  const sealedDigits = digits(sealed);
  return (altered) => {
    let sections: readonly Section[];
    let header: Header;
    try {
      sections = readSections(altered);
      header = readHeader(findHeader(sections));
    } catch (error) {
      if (error instanceof OpenFailure) return error.code;
      throw error;
    }
    if (!equal(sealedHeader.id, header.id) || firstSlot(sealedHeader) !== firstSlot(header)) return 'DID_NOT_OPEN';
    return equal(sealedHeader.bytes, header.bytes) && sealedDigits === digits(sections) ? 'opens' : 'DAMAGED';
  };
}

function firstSlot({ slots }: Header): string {
  return JSON.stringify(slots[0]?.json);
}

/** The blocks with their places, without the white space that section 8.1 ignores. */
function digits(sections: readonly Section[]): string {
  const blocks = sections.filter(({ id }) => id !== 'sealpost-header');
  return JSON.stringify(blocks.map(({ id, text }) => [id, text.replace(/[\t\n\f\r ]/g, '')]));
}
