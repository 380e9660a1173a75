import type { Face } from '../wire/face.js';
import { FIRST_PAINT_KEYS, type FirstPaintKey } from './first-paint-keys.js';
import { escapeHtml, htmlText } from './inline.js';
import { splitTexts, type Language } from './language.js';

/**
 * What a page shows before its script runs, and all that it shows where none does: who sent it, what to do, whom to
 * ask. The script builds the same card again, with the form in the place of the steps, so that nothing moves.
 *
 * ASCII in lines that keep the transport rules. Equal arguments give equal text on every machine: the date stands in
 * ISO form, and the script writes it in the reader's own way.
 */
export function firstPaint(face: Face, language: Language): string {
  const texts = splitTexts(language.texts[0]);
  const text = (key: FirstPaintKey): string => htmlText(texts[FIRST_PAINT_KEYS.indexOf(key)] ?? '');
  const lines = ['<main class="card">', '<header class="sender">'];
  if (face.logo !== undefined) lines.push('<div class="logo"></div>');
  if (face.org !== undefined) lines.push(`<p class="org"><bdi>${htmlText(face.org)}</bdi></p>`);
  lines.push('</header>', `<h1>${text('title')}</h1>`, `<p class="lead">${text('lead')}</p>`);
  if (face.hint !== undefined) lines.push(`<p class="hint">${text('hint')}`, `<bdi>${htmlText(face.hint)}</bdi></p>`);
  lines.push(...facts(face, text));
  // A preview that blocks scripts, but does not say that it has none, shows the rest.
  lines.push('<div class="place">', `<noscript><p class="notice">${text('preview')}</p></noscript>`);
  lines.push(`<h2>${text('howTo')}</h2>`, '<ol>');
  const steps: readonly FirstPaintKey[] = ['step1', 'step2', face.questions === undefined ? 'step3' : 'step3Ask'];
  for (const step of steps) lines.push(`<li>${text(step)}</li>`);
  lines.push('</ol>', `<p>${text('phone')}</p>`, `<p>${text('stuck')}</p>`, '</div>');
  return [...lines, ...care(face, text), '</main>'].join('\n');
}

function facts(face: Face, text: (key: FirstPaintKey) => string): readonly string[] {
  const lines: string[] = [];
  const { subject = '' } = face;
  if (subject !== '') lines.push(`<dt>${text('subject')}</dt>`, `<dd dir="auto">${htmlText(subject)}</dd>`);
  const day = face.date === undefined ? undefined : isoDay(face.date);
  if (day !== undefined) lines.push(`<dt>${text('date')}</dt>`, `<dd>${escapeHtml(day)}</dd>`);
  return lines.length === 0 ? [] : ['<dl>', ...lines, '</dl>'];
}

function care(face: Face, text: (key: FirstPaintKey) => string): readonly string[] {
  const lines = ['<footer class="care">', `<p class="never">${text('never')}</p>`];
  if (face.contact !== undefined)
    lines.push(`<p>${text('contact')}`, `<b dir="auto">${htmlText(face.contact)}</b></p>`);
  if (face.opener !== undefined) lines.push(`<p>${text('opener')}`, `<b dir="auto">${htmlText(face.opener)}</b></p>`);
  return [...lines, '</footer>'];
}

/** Day in UTC of a number of seconds since 1970; nothing for a time that has none. */
function isoDay(seconds: number): string | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10);
}
