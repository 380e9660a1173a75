import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openEnvelopeFile } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';

describeInEachEngine('the style of a mail', (engine) => {
  const reader = useReader(engine);

  /** The message's frame has one height, a small one, in twenty pictures after another. */
  async function expectRest(html: string): Promise<void> {
    const visit = await reader.open({ html });
    await sleep(200);
    const heights = await visit.run(async () => {
      const frame = document.querySelector<HTMLElement>('#sealpost-body')!;
      const seen: number[] = [];
      while (seen.length < 20) {
        await new Promise(requestAnimationFrame);
        seen.push(frame.offsetHeight);
      }
      return seen;
    });
    expect(new Set(heights).size).toBe(1);
    expect(heights[0]).toBeLessThan(200);
  }

  it.each([
    '(max-height:500px)',
    '(height<500px)',
    '(orientation:landscape)',
    '(min-aspect-ratio:1/1)',
    'not all and (min-height:500px)',
    '(min-width:1px) and (max-height:500px)',
  ])('16: has a height that comes to rest, and no condition of it: %s', async (condition) => {
    const steps = [100, 500, 1000, 1500].map((at) => `@media(min-height:${at}px){div{min-height:${at + 600}px}}`);
    const html = `<style>@media ${condition}{div{min-height:1000px}}${steps.join('')}</style><div>x</div>`;
    await expectRest(html);
  });

  it('16: has no condition of height in an attribute', async () => {
    await expectRest('<style media="(max-height:70px)">div{width:9999px;min-height:500px}</style><div>x</div>');
  });

  it('27: is the same on paper as on the screen', async () => {
    const html = `<style>.b,.d,.f,.h{display:none}@media print{.a{display:none}.b{display:block}}
      @media screen{.c{display:none}.d{display:block}}@media not print{.e{display:none}.f{display:block}}
      @media (prefers-color-scheme:dark){.a{display:none}}@media (min-resolution:2dppx){.a{display:none}}</style>
      <style media=print>.g{display:none}.h{display:block}</style><style media="tty,print,screen">.i{display:none}</style>
      ${Array.from('abcdefghi')
        .map((name) => `<p class=${name}>${name}</p>`)
        .join('')}`;
    const visit = await openEnvelopeFile(reader.browser, await reader.seal({ html }));
    const body = visit.body.find('body > div:not(.paper)');
    const shown = (): Promise<string> => body.run((root) => (root as HTMLElement).innerText.replace(/\s+/g, ''));
    expect(await shown()).toBe('adeg');
    await visit.showAsPrinted();
    expect(await shown()).toBe('adeg');
    await visit.close();
  });

  it('has the conditions that a mail for telephones has', async () => {
    const conditions = [
      'only screen and (max-width: 9000px)',
      'screen and (min-width:1px) and (max-width:600em)',
      'all',
      'print, (1px <= width <= 9000px)',
      'only screen and (max-device-width:99999px)',
    ];
    const html = `<style>${conditions.map((one, index) => `@media ${one}{#p${index}{width:${index + 50}px}}`).join('')}
      @media only screen and (max-width:3px){p{width:9px!important}}</style>${conditions.map((_, index) => `<p id=p${index}>x`).join('')}`;
    const visit = await reader.open({ html });
    const widths = await visit.body.find('body').run((body) => {
      return [...body.querySelectorAll('p[id]')].map((each) => each.getBoundingClientRect().width);
    });
    expect(widths).toEqual(conditions.map((_, index) => index + 50));
  });

  it('16: is for nothing in the head of the frame', async () => {
    const html =
      '<style>head,style,title,head *,html>*,*{display:block;min-height:500px}</style><style>div{min-height:0}</style>x';
    const visit = await reader.open({ html });
    const head = await visit.body.find('body').run(({ ownerDocument }) => {
      return [ownerDocument.head, ...ownerDocument.head.children].map((each) => each.getClientRects().length);
    });
    expect(new Set(head)).toEqual(new Set([0]));
  });

  it('16: holds only where its condition can be read', async () => {
    const conditions = ['((((', '(width', 'and', '(width:', ')', 'not', 'x\\y', 'all{}p{display:none}'];
    const html = `${conditions.map((one) => `<style media="${one}">p{display:none}</style>`).join('')}<p>x`;
    const visit = await reader.open({ html });
    expect(await visit.body.find('p').isVisible()).toBe(true);
  });

  it('16: is one font where a mail has very many, and the page’s own labels have theirs', async () => {
    const texts = (count: number): string =>
      Array.from(
        { length: count },
        (_, index) =>
          `<p style="font-size:${50 + index}%"><b style="font-family:f${index},g${index},h;font-size:${50 + index}%">x</b>`,
      ).join('');
    const link = '<a href="https://there.example/">here</a>';
    const fontsOf = async (count: number): Promise<number> => {
      const visit = await reader.open({
        html: `<body style="font-size:1px"><style>i{font-size:7px}</style>${link}<i>y</i>${texts(count)}`,
      });
      expect(await visit.body.find('.host').run((host) => getComputedStyle(host).fontSize)).toBe('12px');
      return visit.body.find('body').run((body) => {
        const all = [...body.querySelectorAll('i, p:not(.paper *), b')].map((each) => {
          const { fontFamily, fontSize } = getComputedStyle(each);
          return `${fontFamily} ${fontSize}`;
        });
        return new Set(all).size;
      });
    };
    expect(await fontsOf(50)).toBeGreaterThan(50);
    expect(await fontsOf(500)).toBe(1);
  });
});
