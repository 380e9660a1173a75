import { answers } from './answer.js';
import { answerSlots } from './answer-slot.js';
import { blocks } from './block.js';
import { dataForms } from './data-form.js';
import { changedHeaders } from './changed-header.js';
import { faces } from './face.js';
import { headerKeys, headerSpellings } from './header.js';
import { htmlForms } from './html-form.js';
import { keyEncapsulations } from './key-encapsulation.js';
import { keySlots } from './key-slot.js';
import { kdfs } from './kdf.js';
import { keyReplies } from './key-reply.js';
import { manifests } from './manifest.js';
import { manifestReplies } from './manifest-reply.js';
import { messages } from './message.js';
import { partContents, partTables } from './part.js';
import { passphrases } from './passphrase.js';
import { payloads } from './payload.js';
import { plaintexts } from './plaintext.js';
import { replyVerdicts } from './reply-verdict.js';
import type { Scenario } from './scenario.js';
import { signatures } from './signature.js';
import { slots } from './slot.js';
import { successors } from './successor.js';
import { transports } from './transport.js';

/**
 * Every scenario. They stand together by noun and not in a file each: most are a few lines, and what whoever reads them wants
 * to see is which neighbours of a limit there are.
 */
export const scenarios: readonly Scenario[] = [
  ...messages,
  ...headerSpellings,
  ...headerKeys,
  ...faces,
  ...changedHeaders,
  ...slots,
  ...kdfs,
  ...keySlots,
  ...keyEncapsulations,
  ...keyReplies,
  ...replyVerdicts,
  ...passphrases,
  ...answerSlots,
  ...answers,
  ...payloads,
  ...plaintexts,
  ...manifests,
  ...manifestReplies,
  ...signatures,
  ...successors,
  ...partTables,
  ...partContents,
  ...blocks,
  ...dataForms,
  ...htmlForms,
  ...transports,
];
