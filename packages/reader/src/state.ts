import type { OpenedEnvelope } from '@sealpost/core';
import type { Key } from './i18n/keys.js';

/** What the page is doing. Its name stands in `data-state` of the document element. */
export type State =
  | { readonly name: 'locked'; readonly problems: readonly Key[] }
  | { readonly name: 'unlocking'; readonly attempt: AbortController }
  | { readonly name: 'open'; readonly opened: OpenedEnvelope }
  | { readonly name: 'refused'; readonly problems: readonly Key[] };

export type Change =
  | { readonly type: 'submit'; readonly attempt: AbortController }
  | { readonly type: 'opened'; readonly attempt: AbortController; readonly opened: OpenedEnvelope }
  | { readonly type: 'failed'; readonly attempt: AbortController; readonly problems: readonly Key[] }
  | { readonly type: 'lock' }
  | { readonly type: 'refuse'; readonly problems: readonly Key[] };

/**
 * The state after a change; the same object where the change has no place in it. An attempt that was given up meanwhile
 * changes nothing any more, and nothing leaves `refused`.
 */
export function next(state: State, change: Change): State {
  if (state.name === 'refused') return state;
  switch (change.type) {
    case 'submit':
      return state.name === 'locked' ? { name: 'unlocking', attempt: change.attempt } : state;
    case 'opened':
      return isCurrent(state, change.attempt) ? { name: 'open', opened: change.opened } : state;
    case 'failed':
      return isCurrent(state, change.attempt) ? { name: 'locked', problems: change.problems } : state;
    case 'lock':
      return { name: 'locked', problems: [] };
    case 'refuse':
      return { name: 'refused', problems: change.problems };
  }
}

function isCurrent(state: State, attempt: AbortController): boolean {
  return state.name === 'unlocking' && state.attempt === attempt;
}
