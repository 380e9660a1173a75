import { setTimeout as sleep } from 'node:timers/promises';
import type { AttachmentInput, Message } from '@sealpost/core';
import { beforeAll, expect, it } from 'vitest';
import { en } from '../../packages/reader/src/i18n/en.js';
import { sealText } from '../../packages/reader/test/support/envelope-file.js';
import { png } from '../../packages/reader/test/support/png.js';
import { unlock } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import { Visit } from './driver/visit.js';
import { withScript } from './driver/with-script.js';

describeInEachEngine('an opened message', (engine) => {
  const reader = useReader(engine);
  /** Milliseconds that a message takes with which nothing is the matter. */
  let ordinary: number;

  beforeAll(async () => {
    ordinary = (await timeToOpen({ html: '<p>hello</p>' })).time;
  });

  /** Milliseconds from the passphrase to the message. */
  async function timeToOpen(message: Partial<Message>): Promise<{ visit: Visit; time: number }> {
    const visit = await reader.visit(await reader.seal(message));
    const start = performance.now();
    await unlock(visit);
    return { visit, time: performance.now() - start };
  }

  it('12: has a frame with exactly these permissions', async () => {
    const visit = await reader.open({ html: '<p>x' });
    expect(await visit.find('#sealpost-body').attribute('sandbox')).toBe(
      'allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-modals',
    );
  });

  it('3: has one Trusted Types policy, and no other can be made', async () => {
    const visit = await reader.open({ html: '<p>x' });
    const refused = await visit.run(() => {
      const { trustedTypes } = globalThis as unknown as {
        trustedTypes: { createPolicy(name: string, rules: object): void };
      };
      return ['sealpost', 'default', 'other'].map((name) => {
        try {
          trustedTypes.createPolicy(name, {});
          return 'made';
        } catch {
          return 'refused';
        }
      });
    });
    expect(refused).toEqual(['refused', 'refused', 'refused']);
  });

  it('16: cannot draw over the page, nor make itself endlessly high', async () => {
    const html =
      '<div style="position:fixed;top:0;left:0;width:100vw;height:100vh;background:red;z-index:9">x</div><p style="height:100%">y</p><div style="height:9999999px">z</div>';
    const visit = await reader.open({ html });
    const box = await visit.run(() => {
      const frame = document.querySelector('iframe')!;
      return {
        height: frame.offsetHeight,
        positions: [...frame.contentDocument!.querySelectorAll('body div')].map(
          (one) => getComputedStyle(one).position,
        ),
      };
    });
    expect(box.height).toBeLessThanOrEqual(200_002);
    expect(box.height).toBeGreaterThan(199_000);
    expect(new Set(box.positions)).toEqual(new Set(['static']));
  });

  it('16: has a height that comes to rest', async () => {
    const html =
      '<style>html,body{height:100%;min-height:100vh;margin:40px;overflow:hidden}</style><body><table height="100%"><tr><td>x</table>';
    const visit = await reader.open({ html });
    const height = (): Promise<number> => visit.run(() => document.querySelector('iframe')!.offsetHeight);
    const first = await height();
    await sleep(400);
    expect(await height()).toBe(first);
    expect(first).toBeLessThan(300);
  });

  it('13: shows where a link leads, whatever the mail’s style says', async () => {
    const html =
      '<style>a span,#m-a span{display:none!important;font-size:0!important;color:#fff!important}</style><header>mail</header><a id=a href="https://evil.example">x</a>';
    const visit = await reader.open({ html });
    expect(await visit.body.find('.host').isVisible()).toBe(true);
    expect(await visit.body.find('.host').text()).toBe('evil.example');
    expect(await visit.body.find('header').isVisible()).toBe(true);
  });

  it('13: shows it right in front of the link, whatever stands around', async () => {
    const link = (style: string, label = 'bank.example/'): string =>
      `<a href="http://evil.example/login" style="${style}">${label}</a>`;
    const mails = [
      `<div style="display:flex;column-gap:9999px">${link('')}</div>`,
      `<div style="display:flex;justify-content:space-between;width:100000px">${link('')}</div>`,
      `<div style="display:grid;row-gap:9999px">${link('')}</div>`,
      `<div style="display:flex;flex-direction:column-reverse;row-gap:5000px">${link('')}</div>`,
      `<div style="width:0">${link('')}</div>`,
      link('display:flex;flex-direction:row-reverse;justify-content:space-between;width:5000px'),
      link('display:flex;column-gap:9999px'),
      link('display:block;text-indent:9999px', '<br>bank.example'),
      link('', `bank.example${'<br>'.repeat(300)}`),
    ];
    for (const html of mails) {
      const visit = await reader.open({ html });
      const { plate, label } = await visit.run(() => {
        const { contentDocument } = document.querySelector('iframe')!;
        const anchor = contentDocument!.querySelector('a')!;
        const text = [...anchor.childNodes].find(({ nodeType }) => nodeType === Node.TEXT_NODE)!;
        const range = contentDocument!.createRange();
        range.selectNodeContents(text);
        const [plate, label] = [anchor.firstElementChild!, range].map((part) => part.getBoundingClientRect());
        return { plate: plate!.toJSON() as DOMRect, label: label!.toJSON() as DOMRect };
      });
      expect(Math.abs(label.top - plate.bottom), html).toBeLessThan(40);
      expect(Math.abs(plate.left - label.left), html).toBeLessThan(200);
      expect(plate.height, html).toBeLessThan(25);
    }
  });

  it('16: has no height but its own: the frame does not scroll', async () => {
    const visit = await reader.open({ html: '<p>x</p>'.repeat(20) });
    const [inside, outside] = await visit.run(() => {
      const { documentElement } = document.querySelector('iframe')!.contentDocument!;
      return [documentElement.scrollHeight, documentElement.clientHeight] as const;
    });
    expect(inside).toBeLessThanOrEqual(outside);
  });

  it('20: a name turns nothing that stands beside it, on paper neither', async () => {
    const headers = {
      from: [{ name: 'Clinic\u202e', address: 'moc.elpmaxe@drawrof' }],
      to: [{ name: '\u2066a', address: 'b@example.org' }],
    };
    const visit = await reader.open({ html: '<p>x', headers });
    const isolated = ['Clinic\u202e', 'moc.elpmaxe@drawrof', '\u2066a', 'b@example.org'];
    expect(await visit.body.find('.paper bdi').texts()).toEqual(isolated);
    expect(await visit.find('.who bdi').texts()).toEqual(isolated);
  });

  it('shows pictures of the message, and lists only the others', async () => {
    const attachments = [
      { name: 'shown.png', type: 'image/png', content: png, contentId: 'one@x', inline: true },
      { name: 'unused.png', type: 'image/png', content: png, contentId: 'two@x', inline: true },
      {
        name: 'drawing.svg',
        type: 'image/svg+xml',
        content: Buffer.from('<svg/>'),
        contentId: 'three@x',
        inline: true,
      },
      { name: 'broken.png', type: 'image/png', content: Buffer.from('x'), contentId: 'four@x', inline: true },
    ];
    const visit = await reader.open({
      html: '<img src="cid:one@x"><img src="cid:three@x" alt="drawing"><img src="cid:four@x">',
      attachments,
    });
    // The last of the body's pictures is none: once it is listed, all have been looked at.
    await visit.find('.files bdi').withText('broken.png').wait();
    expect(await visit.body.find('img').run((image) => (image as HTMLImageElement).naturalWidth)).toBe(2);
    expect(await visit.body.find('img').count()).toBe(2);
    expect(await visit.find('.files .name bdi').texts()).toEqual(['unused.png', 'drawing.svg', 'broken.png']);
  });

  it('lists at once what the body does not ask for, and in the end the pictures that cannot be seen too', async () => {
    const part = (name: string, content: Buffer): AttachmentInput => ({
      name,
      type: 'image/png',
      content,
      contentId: name,
    });
    const attachments = [
      part('seen', png),
      { name: 'letter.pdf', type: 'application/pdf', content: Buffer.from('%PDF') },
      part('hidden', png),
      part('unused', png),
      part('broken', Buffer.from('x')),
    ];
    const html = '<img src="cid:seen"><img src="cid:hidden" hidden><img src="cid:broken">';
    const page = Buffer.from(await sealText({ html, attachments })).toString('latin1');
    const watched = withScript(page, () => {
      new MutationObserver(() => {
        const { dataset } = document.documentElement;
        if (dataset['state'] !== 'open') return;
        const names = [...document.querySelectorAll('.files .name bdi')].map(({ textContent }) => textContent);
        Object.assign(globalThis, { listedFirst: names });
      }).observe(document.documentElement, { attributeFilter: ['data-state'] });
    });
    const visit = await reader.read(reader.write('watched.html', Buffer.from(watched, 'latin1')));
    const first = await visit.run(() => (globalThis as unknown as { listedFirst: string[] }).listedFirst);
    expect(first).toEqual(['letter.pdf', 'unused']);
    await expect
      .poll(() => visit.find('.files .name bdi').texts())
      .toEqual(['letter.pdf', 'hidden', 'unused', 'broken']);
  });

  it('lists pictures that the mail hides, or that are none', async () => {
    const names = ['seen', 'display', 'size', 'attribute', 'visibility', 'broken'];
    const attachments = names.map((name) => ({
      name,
      type: 'image/png',
      content: name === 'broken' ? Buffer.from('x') : png,
      contentId: name,
      inline: true,
    }));
    const html =
      '<img src="cid:seen"><img src="cid:display" style="display:none"><img src="cid:size" width=0 height=0><img src="cid:attribute" hidden>' +
      '<img src="cid:visibility" style="visibility:hidden"><img src="cid:broken">';
    const visit = await reader.open({ html, attachments });
    await visit.find('.files li').wait();
    expect(await visit.find('.files .name bdi').texts()).toEqual(names.slice(1));
  });

  it.each([
    ['HTML that is nested endlessly', { html: '<div>'.repeat(100_000) + 'x' }, true],
    ['HTML with ends that end nothing', { html: '<div></x>'.repeat(100_000) + 'x' }, true],
    ['text with links upon links', { text: 'http://a.bc '.repeat(20_000) }, false],
    ['text without end', { text: 'hello wo '.repeat(500_000) }, true],
    ['HTML that is all text', { html: 'hello wo '.repeat(500_000) }, true],
  ])('16: opens %s in a short time, and says where it left something out', async (_, message, tooLong) => {
    const { visit, time } = await timeToOpen(message);
    // A ratio: what else runs on the machine makes both longer.
    expect(time / Math.max(ordinary, 1_000)).toBeLessThan(8);
    expect((await visit.find('.notice').texts()).join('').includes('very long')).toBe(tooLong);
  });

  it('shows text where there is no layout, and either where there are both', async () => {
    const visit = await reader.open({
      html: '<p>with <b>layout</b>',
      text: 'as text\n  kept as it is https://x.example/a?b.',
    });
    expect(await visit.body.find('b').text()).toBe('layout');
    await visit.button('Show text only').click();
    await visit.body.find('.text').wait();
    expect(await visit.body.find('.text').text()).toBe('as text\n  kept as it is https://x.example/a?b.');
    expect(await visit.body.find('a').attribute('href')).toBe('https://x.example/a?b');
    await visit.button('Show formatted').click();
    await visit.body.find('b').wait();
    const empty = await reader.open({ headers: {} });
    expect(await empty.find('.body').text()).toBe('This message has no text.');
  });

  it('shows headers and notes as text, in the reader’s own time', async () => {
    const person = (n: number): { name: string; address: string } => ({
      name: `<b>${n}</b>`,
      address: `p${n}@x.example`,
    });
    const headers = {
      subject: '<i>s</i>',
      from: [person(0)],
      to: [person(1)],
      cc: [2, 3, 4, 5].map(person),
      date: '2026-11-22T05:30:00+09:00',
    };
    const visit = await reader.open(
      { text: 'x', headers },
      { notes: { handling: '<u>n</u>', expires: 1_800_000_000 } },
    );
    expect(await visit.find('h1').text()).toBe('<i>s</i>');
    expect(await visit.find('.who dd').text()).toBe('<b>0</b> p0@x.example');
    expect(await visit.find('details .person').count()).toBe(3);
    const local = await visit.run(() =>
      new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'short' }).format(1_795_293_000_000),
    );
    expect(await visit.find('time').text()).toBe(local);
    expect(await visit.find('.note').text()).toMatch(/<u>n<\/u>[^]*not to keep this message after January/);
  });

  it('folds many recipients, and unfolds them by keyboard', async () => {
    const to = [1, 2, 3, 4].map((n) => ({ name: '', address: `p${n}@x.example` }));
    const visit = await reader.open({ text: 'x', headers: { to } });
    const last = visit.find('.person').nth(3);
    const isShown = (): Promise<boolean> => last.run((person) => person.checkVisibility());
    expect([await visit.find('main summary').text(), await isShown()]).toEqual(['+3', false]);
    await visit.press('Tab');
    await visit.press('Enter');
    expect(await isShown()).toBe(true);
  });

  it('says when it locks itself, and nothing of an end that is no day', async () => {
    const visit = await reader.open({ text: 'x' }, { idleLock: 5, notes: { expires: Number.MAX_SAFE_INTEGER } });
    expect(await visit.find('.after').text()).toBe(
      `${en.strings.after} ${en.strings.idle.replace('{time}', '5 minutes')}`,
    );
    expect(await visit.find('.note').count()).toBe(0);
    const other = await reader.open({ text: 'x' });
    expect(await other.find('.after').text()).toBe(en.strings.after);
  });

  it('turns from layout to text and back, however fast it is asked', async () => {
    const html = '<p>with layout<img src="https://leak.test/a.png">';
    const page = Buffer.from(await sealText({ html, text: 'as text' })).toString('latin1');
    // Presses it as soon as it is there.
    const eager = withScript(page, () => {
      new MutationObserver((_, observer) => {
        const turn = document.querySelector<HTMLButtonElement>('.body button');
        if (turn === null) return;
        observer.disconnect();
        turn.click();
      }).observe(document, { childList: true, subtree: true });
    });
    const visit = await reader.read(reader.write('eager.html', Buffer.from(eager, 'latin1')));
    await visit.body.find('.text').wait();
    const turn = visit.find('.body button');
    expect(await turn.text()).toBe(en.strings.asHtml);
    for (let count = 0; count < 5; count++) {
      await turn.click();
      await visit.press('Enter');
      await visit.press('Enter');
    }
    await sleep(500);
    const isText = (await turn.text()) === en.strings.asHtml;
    expect(await visit.body.find('.text').count()).toBe(isText ? 1 : 0);
    expect(await visit.find('.notice').count()).toBe(isText ? 0 : 1);
    expect([await visit.find('iframe').count(), await turn.count()]).toEqual([1, 1]);
  });

  it('can be read and saved with the keyboard alone', async () => {
    const visit = await reader.open({
      text: 'x',
      attachments: [{ name: 'a.txt', type: 'text/plain', content: Buffer.from('by keyboard') }],
    });
    const focused = (): Promise<string> =>
      visit.run(() => document.activeElement?.getAttribute('data-action') ?? document.activeElement?.tagName ?? '');
    const tabTo = async (name: string): Promise<void> => {
      const passed: string[] = [];
      while ((await focused()) !== name) {
        passed.push(await focused());
        expect(passed.length, `Tab leads to ${passed.join(', ')}`).toBeLessThan(8);
        await visit.press('Tab');
      }
    };
    expect(await focused()).toBe('H1');
    await tabTo('save');
    await tabTo('IFRAME');
    await visit.press('Shift+Tab');
    expect(await focused()).toBe('save');
    for (const key of ['Enter', 'Space'] as const) {
      const saved = await visit.save(() => visit.press(key));
      expect([saved.name, saved.bytes.toString()]).toEqual(['a.txt', 'by keyboard']);
    }
  });
});
