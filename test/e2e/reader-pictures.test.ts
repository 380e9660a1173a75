import { expect, it } from 'vitest';
import { en } from '../../packages/reader/src/i18n/en.js';
import { blackPng, png } from '../../packages/reader/test/support/png.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import type { Visit } from './driver/visit.js';

/** More than half of the pixels that are shown of a message, and more than all of them. */
const [large, huge] = [blackPng(6_500), blackPng(9_000)];
const otherLarge = blackPng(6_400);

describeInEachEngine('pictures of very many pixels', (engine) => {
  const reader = useReader(engine);

  /** Widths of the body's pictures as they are in their files; 0 for those that are not loaded. */
  const widths = (visit: Visit): Promise<readonly number[]> =>
    visit.body.find('body').run((body) => [...body.querySelectorAll('img')].map((image) => image.naturalWidth));

  it('16: are shown up to a number together, and the others are listed', async () => {
    const contents = { one: large, other: otherLarge, small: png, huge };
    const attachments = Object.entries(contents).map(([name, content]) => ({
      name,
      type: 'image/png',
      content,
      contentId: name,
    }));
    const html = ['one', 'other', 'one', 'small', 'huge'].map((name) => `<img width=50 src="cid:${name}">`).join('');
    const visit = await reader.open({ html, attachments });
    await visit.find('.files bdi').withText('huge').wait();
    expect(await visit.find('.files .name bdi').texts()).toEqual(['other', 'huge']);
    expect(await widths(visit)).toEqual([6_500, 0, 6_500, 2, 0]);
    await visit.find('[data-action="lock"]').click();
    await visit.state('locked');
  });

  it('16: are no less where the mail has them in itself', async () => {
    const sources = [large, otherLarge, png, large, huge].map((content) => content.toString('base64'));
    const html = sources.map((source) => `<img width=50 src="data:image/png;base64,${source}">`).join('');
    const visit = await reader.open({ html });
    await expect.poll(() => widths(visit)).toEqual([6_500, 0, 2, 6_500, 0]);
  });

  it('22: are not previewed', async () => {
    const attachments = [huge, large].map((content) => ({ name: 'a.png', type: 'image/png', content }));
    const visit = await reader.open({ text: 'x', attachments });
    await visit.find('.files li').wait();
    const [first, second] = [visit.find('.files li').nth(0), visit.find('.files li').nth(1)];
    await first.find('[data-action="view"]').click();
    await first.find('[role="status"]').withText(en.strings.failed).wait();
    expect(await first.find('.preview img').count()).toBe(0);
    await second.find('[data-action="view"]').click();
    expect(await second.find('.preview img').run((image) => (image as HTMLImageElement).naturalWidth)).toBe(6_500);
  });
});
