import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { en } from '../../packages/reader/src/i18n/en.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import { Visit } from './driver/visit.js';

const LABEL = en.strings.quote;
const CITED = '<blockquote type="cite">Quoted</blockquote>';

/** HTML, and what of it is folded. */
const HTML: readonly (readonly [what: string, html: string, folded: readonly string[]])[] = [
  ['Thunderbird', `<p>Yes.</p><div class="moz-cite-prefix">A wrote:</div>${CITED}<p>Bye.</p>`, ['Quoted']],
  [
    'Gmail',
    '<div dir="ltr">Yes.</div><div class="gmail_quote"><div class="gmail_attr">A wrote:</div><blockquote class="gmail_quote">Quoted</blockquote></div>',
    ['Quoted'],
  ],
  ['Yahoo', '<div>Yes.</div><div class="yahoo_quoted"><div>A wrote:</div>Quoted</div>', ['A wrote:Quoted']],
  [
    'Proton',
    '<div>Yes.</div><div class="protonmail_quote">A wrote:<blockquote>Quoted</blockquote></div>',
    ['A wrote:Quoted'],
  ],
  ['quotes in quotes, once', `<p>Yes.</p><blockquote type="cite">a${CITED}b</blockquote>`, ['aQuotedb']],
  ['every quote that is answered', `<p>1</p>${CITED}<p>2</p>${CITED}<p>3</p>`, ['Quoted', 'Quoted']],
  ['only what comes after something', `${CITED}<p>Yes.</p><blockquote type="CITE">two</blockquote>`, ['two']],
  ['not a message that is only a quote', CITED, []],
  ['not a message that only says whose it is', `<div class="moz-cite-prefix">A wrote:</div>${CITED}`, []],
  [
    'not what nothing that can be seen stands before',
    `<p style="display:none">Preview</p><p>\u00a0\u200b</p>${CITED}`,
    [],
  ],
  [
    'not an indented letter',
    '<p>Finding</p><blockquote><p>No pathology.</p><blockquote>1</blockquote></blockquote>',
    [],
  ],
  [
    'not what a style calls a quote',
    '<p>Finding</p><span class="gmail_quote">a</span><td class="yahoo_quoted">b</td>',
    [],
  ],
  [
    'not what Gmail forwards',
    '<p>Please read.</p><div class="gmail_quote"><div class="gmail_attr">Forwarded</div>The letter</div>',
    [],
  ],
];

interface Shown {
  /** What lies behind each line that opens something, in the order of the message. */
  readonly folded: readonly string[];
  readonly whole: string;
}

interface Content {
  readonly html?: string;
  readonly subject?: string;
  readonly text?: string;
}

const entry = `
import { rebuild } from './sanitize.js';
import { foldQuotes } from './quote.js';
import { showText } from './text.js';
import { parseInert } from '../policy.js';
globalThis.showContent = ({ html, subject, text }) => {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-same-origin');
  document.body.append(frame);
  const target = frame.contentDocument;
  if (html === undefined) showText(text, target, 'LABEL');
  else {
    rebuild(parseInert(html), target, () => false);
    foldQuotes(target, subject, 'LABEL');
  }
  const folded = [...target.querySelectorAll('details')].map(({ lastElementChild }) => lastElementChild.textContent);
  const whole = target.body.textContent;
  frame.remove();
  return { folded, whole };
};`;

/** The page's folding by itself. */
async function quotePage(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: entry,
      resolveDir: fileURLToPath(new URL('../../packages/reader/src/render/', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    format: 'iife',
    conditions: ['source'],
    charset: 'ascii',
    write: false,
  });
  return `<!doctype html><meta charset="utf-8"><body><script>${outputFiles[0]!.text.replaceAll('</script', '<\\/script')}</script>`;
}

/** Runs in that page. */
function inQuotePage(content: Content): Shown {
  return (globalThis as unknown as { showContent(content: Content): Shown }).showContent(content);
}

describeInEachEngine('quoted text', (engine) => {
  const reader = useReader(engine);

  /** What lies behind each line that opens something, in the order of the message. */
  const folded = (visit: Visit): Promise<readonly string[]> =>
    visit.run(() => {
      const { body } = document.querySelector('iframe')!.contentDocument!;
      return [...body.querySelectorAll('details')].map(
        (one) => (one.open ? 'open ' : '') + one.lastElementChild!.textContent,
      );
    });

  it('in HTML is folded where a mail program marked it, and nothing else is', async () => {
    const visit = await reader.visit(reader.write('quotes.html', await quotePage()));
    for (const [what, html, quotes] of HTML) {
      const { folded: found } = await visit.run(inQuotePage, { html, subject: 'Re: x' });
      expect([what, found]).toEqual([what, quotes]);
    }
  });

  it('that is forwarded is there to be read', async () => {
    const visit = await reader.visit(reader.write('quotes.html', await quotePage()));
    for (const [subject, count] of [
      ['Fwd: Letter', 0],
      ['WG : x', 0],
      [' TR: x', 0],
      ['Re: Letter', 1],
      ['Tropponin', 1],
    ] as const) {
      const { folded: found } = await visit.run(inQuotePage, { html: `<p>See below.</p>${CITED}`, subject });
      expect([subject, found.length]).toEqual([subject, count]);
    }
  });

  it('in text is folded from three lines on, where something stands before it', async () => {
    const quote = '> a\n>> b\n> c\n';
    const visit = await reader.visit(reader.write('quotes.html', await quotePage()));
    for (const [text, quotes] of [
      [`Yes.\n\nA wrote:\n${quote}Bye.`, [quote]],
      [`1\n${quote}2\n${quote.trimEnd()}`, [quote, quote.trimEnd()]],
      [`${quote}Yes.\n${quote}`, [quote]],
      ['Yes.\n> a\n> b\nBye.', []],
      ['x > 1\ny > 2\nz > 3', []],
      [quote, []],
      [`\n\nOn Monday\nA <a@x.example> wrote:\n\n${quote}`, []],
      [`Yes.\n> see https://x.example/a\n>\n>\n`, ['> see https://x.example/a\n>\n>\n']],
    ] as const) {
      const { folded: found, whole } = await visit.run(inQuotePage, { text });
      expect([text, found]).toEqual([text, quotes]);
      expect(whole.replaceAll('LABEL', '')).toBe(text);
    }
  });

  it('is opened by a click, and by the keyboard', async () => {
    const visit = await reader.open({ html: `<p>Yes.</p>${CITED}` });
    const quote = visit.body.find('blockquote');
    const isShown = (): Promise<boolean> => quote.run((one) => one.checkVisibility());
    const frame = (): Promise<number> => visit.find('iframe').run((one) => (one as HTMLElement).offsetHeight);
    const before = await frame();
    expect(await isShown()).toBe(false);
    expect(await visit.body.find('summary').text()).toBe(LABEL);
    await visit.body.find('summary').click();
    await expect.poll(isShown).toBe(true);
    await expect.poll(frame).toBeGreaterThan(before);
    await visit.press('Space');
    await expect.poll(isShown).toBe(false);
    await visit.press('Enter');
    await expect.poll(isShown).toBe(true);
  });

  it('16: is folded by the page alone, behind a line that the mail cannot change', async () => {
    const style = 'display:none!important;color:#fff!important;background:#fff!important;font-size:0!important';
    const html =
      `<style>details,summary{${style};list-style:none!important}body *{color:#fff!important}</style><p>x</p>` +
      `<details><summary>Own</summary>Hidden</details>${CITED.repeat(150)}`;
    const visit = await reader.open({ html });
    const own = await visit.run(() => {
      const { body } = document.querySelector('iframe')!.contentDocument!;
      const lines = [...body.querySelectorAll('summary')];
      const [line] = lines;
      const { color, backgroundColor, fontSize } = line!.ownerDocument.defaultView!.getComputedStyle(line!);
      return {
        isOwnShown: body.innerText.includes('Own\nHidden'),
        isLineShown: line!.checkVisibility(),
        count: lines.length,
        texts: [...new Set(lines.map((one) => one.textContent))],
        look: [color, backgroundColor, fontSize],
      };
    });
    expect(own).toEqual({
      isOwnShown: true,
      isLineShown: true,
      count: 100,
      texts: [LABEL],
      look: ['rgb(51, 61, 71)', 'rgb(238, 241, 244)', '14px'],
    });
  });

  it('27: is open on paper, however it is printed, and folded again after it', async () => {
    const people = [1, 2, 3, 4, 5].map((n) => ({ name: '', address: `p${n}@x.example` }));
    const visit = await reader.open({ html: `<p>Yes.</p>${CITED}<p>2</p>${CITED}`, headers: { to: people } });
    // One that the reader has opened stays open.
    await visit.body.find('summary').nth(1).click();
    const open1 = ['Quoted', 'open Quoted'];
    const both = ['open Quoted', 'open Quoted'];
    await expect.poll(() => folded(visit)).toEqual(open1);
    const recipients = (): Promise<boolean> =>
      visit.find('main details').run((one) => (one as HTMLDetailsElement).open);

    await visit.run(() => dispatchEvent(new Event('beforeprint')));
    expect([await folded(visit), await recipients()]).toEqual([both, true]);
    await visit.run(() => dispatchEvent(new Event('afterprint')));
    expect([await folded(visit), await recipients()]).toEqual([open1, false]);

    // What the frame's print() finds, and does at its end.
    await visit.run(() => {
      const frame = document.querySelector('iframe')!.contentWindow!;
      frame.print = () => {
        const found = [...frame.document.querySelectorAll('details')].every(({ open: isOpen }) => isOpen);
        Object.assign(globalThis, { found });
      };
    });
    const found = (): Promise<boolean> => visit.run(() => (globalThis as unknown as { found: boolean }).found);
    await visit.find('[data-action="print"]').click();
    expect(await found()).toBe(true);
    await visit.run(() => dispatchEvent(new Event('afterprint')));
    expect(await folded(visit)).toEqual(open1);
    // The keys for printing do what the button does.
    await visit.run(() => {
      Object.assign(globalThis, { found: false });
      dispatchEvent(new KeyboardEvent('keydown', { key: 'p', ctrlKey: true }));
    });
    expect(await found()).toBe(true);
    await visit.run(() => dispatchEvent(new Event('afterprint')));
    expect(await folded(visit)).toEqual(open1);
  });
});
