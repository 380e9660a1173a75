import type { ReplyStrings } from './keys.js';

export const de: ReplyStrings = {
  reply: 'Antworten',
  replyAll: 'Allen antworten',
  forward: 'Weiterleiten',
};
