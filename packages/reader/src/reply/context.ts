import type { Setting } from '../card.js';
import type { ReadMessage } from '../read-message.js';

/** What `open` hands to the module `reply` for each message that it shows. */
export interface ReplyContext extends ReadMessage {
  /** Words in the language that the message is shown in, the face, the envelope's id, and what else each view is made with. */
  readonly setting: Setting;
  /** Locks the page. */
  readonly lock: () => void;
  /** The section that the message's body is shown in. The view fills it again where the reader asks for another body. */
  readonly place: HTMLElement;
  /** Aborted when the view is closed: the page was locked or left, or is shown in another language. */
  readonly closed: AbortSignal;
}

/** Gives what stands among the actions of an open message; nothing where there is no answering it. */
export type MakeReply = (context: ReplyContext) => Element | undefined;
