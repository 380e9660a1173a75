import { encodeBase64url } from '../kit/base64url.js';
import { endBlock } from '../kit/block.js';
import { ascii } from '../kit/bytes.js';
import { isArray, type JsonObject } from '../kit/header-json.js';
import { sectionsOf } from '../kit/section.js';
import type { Scenario } from './scenario.js';

/** Section 9: what somebody changes in a header that was sealed, with an end block that fits. */
export const changedHeaders: readonly Scenario[] = [
  changed('face', 'The face was changed after sealing.', 'DAMAGED', (header) => ({ ...header, face: { org: 'B' } })),
  changed('slot-added', 'A slot was added after sealing.', 'DAMAGED', (header) => {
    const { slots } = header;
    return isArray(slots) ? { ...header, slots: [...slots, ...slots] } : header;
  }),
  changed('id', 'The identifier was changed after sealing.', 'DID_NOT_OPEN', (header) => ({
    ...header,
    id: encodeBase64url(new Uint8Array(16)),
  })),
];

function changed(
  name: string,
  about: string,
  expected: Scenario['expected'],
  change: (honest: JsonObject) => JsonObject,
): Scenario {
  return {
    name: `header-changed-${name}`,
    about,
    section: '9',
    expected,
    recipe: { face: { org: 'A' } },
    sections: (_, { headerBytes, blocks }) => {
      const honest = JSON.parse(Buffer.from(headerBytes).toString()) as JsonObject;
      // Letters and digits only: JSON's own spelling is the header's.
      const bytes = ascii(JSON.stringify(change(honest)));
      return sectionsOf(bytes, blocks, endBlock(blocks.length, bytes));
    },
  };
}
