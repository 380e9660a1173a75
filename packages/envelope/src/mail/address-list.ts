import type { Address } from '@sealpost/core';
import { addressParser } from 'postal-mime';
import { cleanLine } from '../clean-line.js';
import { mergeEncodedWords } from './encoded-word.js';

/**
 * The mailboxes of an address field (RFC 5322, section 3.4). Groups are flattened, an empty group gives nothing.
 * What is no address (`To: the whole ward`) is kept as a display name with an empty address.
 */
export function readAddressList(field: string): readonly Address[] {
  const list: Address[] = [];
  for (const { name, address } of addressParser(mergeEncodedWords(field), { flatten: true })) {
    const mailbox = { name: cleanLine(name), address: cleanLine(address ?? '') };
    if (mailbox.name !== '' || mailbox.address !== '') list.push(mailbox);
  }
  return list;
}
