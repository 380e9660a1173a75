import type { ReplyStrings } from './keys.js';

export const pt: ReplyStrings = {
  reply: 'Responder',
  replyAll: 'Responder a todos',
  forward: 'Encaminhar',
};
