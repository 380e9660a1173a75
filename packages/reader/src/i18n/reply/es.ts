import type { ReplyStrings } from './keys.js';

export const es: ReplyStrings = {
  reply: 'Responder',
  replyAll: 'Responder a todos',
  forward: 'Reenviar',
};
