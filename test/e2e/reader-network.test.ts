import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeEnvelopeFolder, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { png } from '../../packages/reader/test/support/png.js';
import { openEnvelopeFile, unlock } from '../../packages/reader/test/support/reading.js';
import { startCountingProxy } from './driver/counting-proxy.js';
import { describeInEachEngine } from './driver/engines.js';
import { noIsolation } from './driver/isolation.js';
import { Visit } from './driver/visit.js';
import { withScript } from './driver/with-script.js';

let folder: EnvelopeFolder;
let file: string;

beforeAll(async () => {
  folder = makeEnvelopeFolder();
  const attachments = [
    { name: 'letter.txt', type: 'text/plain', content: Buffer.from('attached') },
    { name: 'inline.png', type: 'image/png', content: png, contentId: 'one@x', inline: true },
  ];
  file = await folder.seal({ html: '<p>shown <img src="cid:one@x">', text: 'as text', attachments });
});
afterAll(() => {
  folder.remove();
});

/** All that a reader does with a message: opens, views, saves, prints and locks it. */
async function readThrough(visit: Visit): Promise<void> {
  await unlock(visit);
  await visit.waitFor(() => {
    const image = document.querySelector('iframe')!.contentDocument!.querySelector('img');
    return image?.complete === true && image.naturalWidth === 2;
  });
  const saved = await visit.save(() => visit.find('[data-action="save"]').click());
  expect(saved.bytes.toString()).toBe('attached');
  await visit.run(() => {
    // A browser's own dialog would stay open.
    document.querySelector('iframe')!.contentWindow!.print = () => {
      Object.assign(globalThis, { printed: true });
    };
  });
  await visit.find('[data-action="print"]').click();
  expect(await visit.run(() => (globalThis as unknown as { printed?: boolean }).printed)).toBe(true);
  await visit.showAsPrinted();
  await visit.find('[data-action="lock"]').run((button) => {
    (button as HTMLElement).click();
  });
  await visit.state('locked');
}

describeInEachEngine(
  'an envelope without a network',
  (engine) => {
    it('4: is opened, viewed, saved from and printed from file://', async () => {
      const browser = await engine.launch({ network: 'none' });
      try {
        const visit = await Visit.file(browser, file);
        await readThrough(visit);
        expect(visit.said ?? []).toEqual([]);
      } finally {
        await browser.close();
      }
    });
  },
  noIsolation,
);

/** Runs in a page: asks somebody for something in every way that a page has, but for those that lead it, or a frame, elsewhere. */
async function callHome(): Promise<void> {
  const home = '//home.test';
  const attempts: (() => unknown)[] = [
    () => fetch(`http:${home}/fetch`, { mode: 'no-cors' }),
    () => {
      const request = new XMLHttpRequest();
      request.open('GET', `http:${home}/xhr`);
      request.send();
    },
    () => navigator.sendBeacon(`http:${home}/beacon`, 'x'),
    () => new WebSocket(`ws:${home}/socket`),
    () => new EventSource(`http:${home}/events`),
    () => {
      new Image().setAttribute('src', `http:${home}/image`);
    },
    () => new Audio(`http:${home}/audio`).play(),
    () => new FontFace('x', `url(http:${home}/font)`).load(),
    () => import(`http:${home}/module.js`),
  ];
  const element = (name: string, attributes: Record<string, string>): Element => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    document.body.append(made);
    return made;
  };
  attempts.push(
    () => element('link', { rel: 'stylesheet', href: `http:${home}/style` }),
    () => element('link', { rel: 'icon', href: `http:${home}/icon` }),
    () => element('link', { rel: 'prefetch', href: `http:${home}/prefetch` }),
    () => element('link', { rel: 'manifest', href: `http:${home}/manifest` }),
    () => element('object', { data: `http:${home}/object` }),
    () => element('video', { src: `http:${home}/video`, poster: `http:${home}/poster` }),
    () => element('p', { style: `background: url(http:${home}/background)` }),
  );
  for (const attempt of attempts) {
    try {
      await Promise.race([attempt(), new Promise((resolve) => setTimeout(resolve, 200))]);
    } catch {
      // Refused.
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}

/** Runs in a page: sends a form, and shows somebody else's page in a frame. */
async function sendHome(): Promise<void> {
  const frame = document.createElement('iframe');
  frame.src = 'http://home.test/frame';
  const other = document.createElement('iframe');
  other.name = 'other';
  const form = document.createElement('form');
  form.action = 'http://home.test/form';
  form.target = other.name;
  document.body.append(frame, other, form);
  try {
    form.submit();
  } catch {
    // Refused.
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}

describeInEachEngine('an envelope beside a logging proxy', (engine) => {
  it('4: not even code in the page itself reaches anybody', async () => {
    const proxy = await startCountingProxy();
    const browser = await engine.launch({ proxyPort: proxy.port });
    try {
      // The page's own policy, and one more script: a hole in the page would be one.
      const page = folder.write(
        'calling.html',
        withScript(readFileSync(file, 'ascii'), () => undefined),
      );
      const visit = await openEnvelopeFile(browser, page);
      await visit.run(callHome);
      expect([proxy.requests, proxy.connections]).toEqual([[], 0]);
      // Chromium connects for a form or a frame before it asks the policy, and then sends nothing. No mail has either (10).
      await visit.run(sendHome);
      await visit.close();
      expect(proxy.requests).toEqual([]);

      // The same from a page without a policy: what is tried does arrive.
      const control = await Visit.file(browser, folder.write('control.html', '<!doctype html><body>'));
      await control.run(callHome);
      await expect.poll(() => proxy.requests.length).toBeGreaterThan(5);
      const before = proxy.requests.length;
      await control.run(sendHome);
      await expect.poll(() => proxy.requests.length).toBeGreaterThanOrEqual(before + 2);
    } finally {
      await browser.close();
      await proxy.close();
    }
  });
});
