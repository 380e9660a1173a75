import { button, element } from '../dom.js';
import { registry } from '../registry.js';
import type { ReplyContext } from './context.js';
import { replyText } from './reply-words.js';

registry().provide('reply', makeReply);

function makeReply({ setting }: ReplyContext): Element {
  const text = replyText(setting.words.language);
  const todo = (): void => undefined;
  return element('div', { class: 'act' }, button(text('reply'), todo), button(text('forward'), todo));
}
