import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const options: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // No script runs in the message's frame, axe neither; what stands there is the mail's.
  iframes: false,
};

/** What axe finds wrong, and contrasts that it cannot tell, as `rule: selector`. */
export async function faults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations, incomplete } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  const unsure = incomplete.filter(({ id }) => id === 'color-contrast');
  return [...violations, ...unsure].flatMap(({ id, nodes }) =>
    nodes
      // The sign of an attachment lies on two of the page's grounds; axe has seen letters of that colour on either.
      .filter(({ html }) => !html.startsWith('<span class="kind"'))
      .map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`),
  );
}

/** Runs in the page: what reaches beyond the window's edge. */
export function widerThanWindow(): readonly string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > clientWidth + 1 || left < -1;
    })
    .map(({ tagName, className }) => `${tagName} ${className}`);
}

/** Runs in the page: what can be pressed and is smaller than 24 pixels, but for links within a text (WCAG 2.2, 2.5.8). */
export function smallTargets(): readonly string[] {
  return [...document.querySelectorAll('button, input, select, summary')]
    .map((element) => ({ element, rect: element.getBoundingClientRect() }))
    .filter(({ element, rect }) => element.checkVisibility() && (rect.width < 24 || rect.height < 24))
    .map(({ element, rect }) => `${element.tagName} ${element.textContent} ${rect.width}x${rect.height}`);
}
