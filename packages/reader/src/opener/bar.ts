import { inspectEnvelope, type Release } from '@sealpost/core';
import { button, element } from '../dom.js';
import { boundedLine } from '../render/bounded-text.js';
import type { Found } from './found.js';
import { sayIn, type Say } from './opener-words.js';

/**
 * Shows above the page which file is open and what its own page is worth, and leads back; in the page's language of the moment. To be called
 * before the page runs; shown once it has built itself, since it takes away what stands beside it when it begins.
 *
 * @param releases - those whose pages are known
 */
export function showBar({ name, text, source }: Found, releases: readonly Release[]): void {
  const root = document.documentElement;
  let judged: Parameters<Say> | undefined;
  const verdict = element('span', { role: 'status' });
  const another = button(
    '',
    () => {
      location.reload();
    },
    { class: 'quiet', 'data-action': 'another' },
  );
  const bar = element(
    'aside',
    { class: 'opened-file' },
    element('p', {}, element('bdi', {}, boundedLine(name)), ' ', verdict),
    another,
  );
  const watch = new MutationObserver(() => {
    watch.disconnect();
    // Behind all that the page does in its first turn.
    setTimeout(() => {
      speak();
      document.body.prepend(bar);
      new MutationObserver(speak).observe(root, { attributes: true, attributeFilter: ['lang'] });
      void judge();
    });
  });
  watch.observe(root, { attributes: true, attributeFilter: ['data-state'] });

  function speak(): void {
    const say = sayIn([root.lang]);
    another.textContent = say('another');
    if (judged !== undefined) verdict.textContent = say(...judged);
  }

  async function judge(): Promise<void> {
    if (source.form === 'data') judged = ['noPage'];
    else {
      const { known, release = '' } = await inspectEnvelope(text, { releases });
      judged = known ? ['known', { version: release }] : ['unknown'];
      if (!known) bar.classList.add('notice');
      root.dataset['known'] = String(known);
    }
    speak();
  }
}
