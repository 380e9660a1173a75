import { inspectEnvelope, type Release } from '@sealpost/core';
import { button, element } from '../dom.js';
import { boundedLine } from '../render/bounded-text.js';
import type { Found } from './found.js';
import type { OpenerWords } from './opener-words.js';

/**
 * Shows above the page which file is open and what its own page is worth, and leads back. To be called before the page runs; shown once it
 * has built itself, since it takes away what stands beside it when it begins.
 *
 * @param releases - those whose pages are known
 */
export function showBar({ name, text, source }: Found, { say }: OpenerWords, releases: readonly Release[]): void {
  const verdict = element('span', { role: 'status' });
  const bar = element(
    'aside',
    { class: 'opened-file' },
    element('p', {}, element('bdi', {}, boundedLine(name)), ' ', verdict),
    button(
      say('another'),
      () => {
        location.reload();
      },
      { class: 'quiet', 'data-action': 'another' },
    ),
  );
  const root = document.documentElement;
  const watch = new MutationObserver(() => {
    watch.disconnect();
    // Behind all that the page does in its first turn.
    setTimeout(() => {
      document.body.prepend(bar);
      void judge();
    });
  });
  watch.observe(root, { attributes: true, attributeFilter: ['data-state'] });

  async function judge(): Promise<void> {
    if (source.form === 'data') {
      verdict.textContent = say('noPage');
      return;
    }
    const { known, release = '' } = await inspectEnvelope(text, { releases });
    verdict.textContent = known ? say('known', { version: release }) : say('unknown');
    if (!known) bar.classList.add('notice');
    root.dataset['known'] = String(known);
  }
}
