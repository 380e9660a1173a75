import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import { noIsolation } from './driver/isolation.js';
import { useCountingProxy } from './driver/use-counting-proxy.js';
import { Visit } from './driver/visit.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sealpost-driver-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function writePage(name: string, body: string): string {
  const file = path.join(folder, `${name}.html`);
  writeFileSync(file, `<!doctype html><meta charset="utf-8"><title>${name}</title>${body}`);
  return file;
}

describeInEachEngine('a visit', (engine) => {
  let browser: Driven;

  beforeAll(async () => {
    browser = await engine.launch();
  });

  afterAll(async () => {
    await browser.close();
  });

  test('shows a page from file:// as a secure context of an origin of its own', async () => {
    const visit = await Visit.file(browser, writePage('plain', '<h1>Good morning</h1>'));
    expect(await visit.find('h1').text()).toBe('Good morning');
    expect(await visit.run(() => [location.protocol, isSecureContext, origin])).toEqual(['file:', true, 'null']);
    expect(visit.said ?? []).toEqual([]);
    expect([visit.dialogs, await visit.saved()]).toEqual([[], []]);
    await visit.close();
  });

  test('types, clicks and presses keys as a person would, and sets what a select holds', async () => {
    const body = `
      <input id="name" value="before"><select><option>one<option>two</select><iframe srcdoc="<button>inner</button>"></iframe>
      <div style="height:3000px"></div><button id="low">low</button><p></p>
      <script>
        addEventListener('keydown', (event) => { if (event.isTrusted) document.querySelector('p').append(event.key + ' '); });
        low.addEventListener('click', (event) => { low.dataset.clicked = event.isTrusted; });
        document.querySelector('iframe').onload = (event) => {
          event.target.contentDocument.querySelector('button').onclick = ({ isTrusted, target }) => { target.dataset.clicked = isTrusted; };
        };
      </script>`;
    const visit = await Visit.file(browser, writePage('form', body));
    await visit.find('#name').fill('Zoë 7');
    expect(await visit.find('#name').value()).toBe('Zoë 7');
    await visit.find('p').run((p) => {
      p.textContent = '';
    });
    await visit.press('Tab');
    await visit.press('Shift+Tab');
    await visit.press('Enter');
    await visit.press('Escape');
    await visit.press('Space');
    expect(await visit.run(() => document.activeElement?.id)).toBe('name');
    expect(await visit.find('p').text()).toMatch(/^Tab .*Enter Escape {3}$/);
    await visit.find('select').select('two');
    expect(await visit.find('select').value()).toBe('two');
    await visit.find('#low').click();
    expect(await visit.find('#low').attribute('data-clicked')).toBe('true');
    const inner = visit.find('iframe').inside.find('button');
    await inner.click();
    expect([await inner.text(), await inner.attribute('data-clicked')]).toEqual(['inner', 'true']);
    await visit.close();
  });

  test('goes back and loads again', async () => {
    const visit = await Visit.file(browser, writePage('first', '<h1>first</h1>'));
    await visit.gotoFile(writePage('second', '<h1>second</h1>'));
    await visit.back();
    expect(await visit.find('h1').text()).toBe('first');
    await visit.run(() => {
      document.querySelector('h1')!.textContent = 'changed';
    });
    await visit.reload();
    expect(await visit.find('h1').text()).toBe('first');
    await visit.close();
  });

  test('collects console messages, errors, dialogs and files', async () => {
    const script = `
      console.warn('careful');
      document.querySelector('button').onclick = () => {
        alert('hello');
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob(['saved']));
        link.download = 'Müller – note.txt';
        link.click();
        setTimeout(() => { throw new Error('broken'); });
      };`;
    const visit = await Visit.file(browser, writePage('noisy', `<button>go</button><script>${script}</script>`));
    const saved = await visit.save(() => visit.button('go').click());
    expect([saved.name, saved.bytes.toString()]).toEqual(['Müller – note.txt', 'saved']);
    expect(await visit.saved()).toHaveLength(1);
    expect(visit.dialogs).toEqual(['hello']);
    if (visit.said !== undefined) {
      await expect.poll(() => visit.said).toEqual(['warning: careful', expect.stringMatching(/^error: .*broken/)]);
    }
    await visit.close();
  });

  test('tells of the page that came next in the tab, and not of the one before', async () => {
    const noisy = (word: string): string =>
      writePage(word, `<script>console.warn('${word}'); alert('${word}');</script>`);
    const first = await Visit.file(browser, noisy('one'));
    await expect.poll(() => first.run(() => document.title).then(() => first.dialogs)).toEqual(['one']);
    const second = await first.next(noisy('two'));
    await expect.poll(() => second.run(() => document.title).then(() => second.dialogs)).toEqual(['two']);
    if (second.said !== undefined) await expect.poll(() => second.said).toEqual(['warning: two']);
    await second.close();
  });

  test('takes a picture of the size that was asked for', async () => {
    const visit = await Visit.file(browser, writePage('wide', '<h1>wide</h1>'));
    await visit.resize(900, 700);
    expect(await visit.run(() => [innerWidth, innerHeight])).toEqual([900, 700]);
    const picture = await visit.screenshot();
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([900, 700]);
    await visit.close();
  });

  test('shows a page and its frame as on paper', async () => {
    const style = '<style>p { color: red } @media print { p { color: lime } } @media screen { p { top: 1px } }</style>';
    const body = `${style}<p>page</p><iframe srcdoc="${style}<p>frame</p>"></iframe>`;
    const visit = await Visit.file(browser, writePage('paper', body));
    const look = (): Promise<readonly string[]> =>
      Promise.all(
        [visit.find('p'), visit.find('iframe').inside.find('p')].map((line) =>
          line.run((element) => {
            const { color, top } = getComputedStyle(element);
            return `${color} ${top}`;
          }),
        ),
      );
    expect(await look()).toEqual(['rgb(255, 0, 0) 1px', 'rgb(255, 0, 0) 1px']);
    await visit.showAsPrinted();
    expect(await look()).toEqual(['rgb(0, 255, 0) auto', 'rgb(0, 255, 0) auto']);
    await visit.close();
  });

  test('keeps the storage of visits apart', async () => {
    const file = writePage('storage', '');
    const first = await Visit.file(browser, file);
    await first.run(() => {
      localStorage.setItem('seen', 'yes');
    });
    const second = await Visit.file(browser, file);
    expect(await second.run(() => localStorage.getItem('seen'))).toBeNull();
    await first.close();
    await second.close();
  });
});

describeInEachEngine('the counting proxy', (engine) => {
  const proxy = useCountingProxy();
  let browser: Driven;

  beforeAll(async () => {
    browser = await engine.launch({ proxyPort: proxy.port });
  });

  afterAll(async () => {
    await browser.close();
  });

  // In this order: were the counter deaf, the first test would pass for the wrong reason and the second would fail.
  test('counts nothing for a page without remote content', async () => {
    const visit = await Visit.file(browser, writePage('offline', '<p>nothing to fetch</p>'));
    // Long enough for a browser to do what it does unasked.
    await sleep(2_000);
    expect(proxy.requests).toEqual([]);
    expect(proxy.connections).toBe(0);
    await visit.close();
  });

  test('counts the requests for remote images, on the loopback interface too', async () => {
    const images = ['http://control.invalid/x.png', 'http://127.0.0.1:45999/y.png'];
    const visit = await Visit.file(browser, writePage('control', images.map((src) => `<img src="${src}">`).join('')));
    await sleep(2_000);
    // Firefox tries https first.
    const hosts = proxy.requests.map((request) => request.replace(/^GET http:\/\/|^CONNECT |[:/].*/g, ''));
    expect(new Set(hosts)).toEqual(new Set(['control.invalid', '127.0.0.1']));
    expect(proxy.connections).toBeGreaterThanOrEqual(2);
    await visit.close();
  });
});

describeInEachEngine(
  'a browser without a network',
  (engine) => {
    let browser: Driven;

    beforeAll(async () => {
      browser = await engine.launch({ network: 'none' });
    });

    afterAll(async () => {
      await browser.close();
    });

    test('loads a file, from which no address is within reach', async () => {
      const visit = await Visit.file(browser, writePage('isolated', '<h1>alone</h1>'));
      expect(await visit.find('h1').text()).toBe('alone');
      for (const address of ['http://127.0.0.1:9/', 'http://192.0.2.1/', 'https://control.invalid/']) {
        const outcome = await visit.run(
          (url) =>
            fetch(url, { mode: 'no-cors' }).then(
              () => 'reached',
              () => 'failed',
            ),
          address,
        );
        expect(outcome, address).toBe('failed');
      }
      await visit.close();
    });
  },
  noIsolation,
);
