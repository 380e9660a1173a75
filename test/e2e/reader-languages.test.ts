import { pathToFileURL } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { languages } from '../../packages/reader/src/i18n/all.js';
import { ar } from '../../packages/reader/src/i18n/ar.js';
import { makeEnvelopeFolder, PASSPHRASE } from '../../packages/reader/test/support/envelope-file.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { launchChromium, noChromium } from './driver/chromium.js';
import { describeUnless } from './driver/describe-unless.js';
import { describeInEachEngine } from './driver/engines.js';

const codes = ['en', 'fr', 'de', 'es', 'it', 'pt', 'ja', 'ar'] as const;
const DATE = '2026-11-21T10:15:00+01:00';
const attachments = ['a.txt', 'b.txt', 'c.txt'].map((name) => ({
  name,
  type: 'text/plain',
  content: Buffer.from('x'.repeat(1_500)),
}));
const message = {
  headers: {
    subject: 'Hidden subject',
    from: [{ name: 'قسم', address: 'ward-3b@example.org' }],
    date: DATE,
  },
  html: '<p>Marzipan <img src="https://x.example/1"><img src="https://x.example/2"></p>',
  text: 'Marzipan',
  attachments,
};

describeInEachEngine('languages', (engine) => {
  const reader = useReader(engine);
  let file: string;

  beforeAll(async () => {
    file = await reader.seal(message, { languages: codes, face: { hint: 'On the telephone' }, idleLock: 5 });
  });

  it('each can be chosen before the message is opened, and keeps what was typed', async () => {
    const visit = await reader.visit(file);
    expect(await visit.find('option').texts()).toEqual(languages.map(({ name }) => name));
    await visit.find('#sealpost-passphrase').fill(PASSPHRASE);
    for (const { code, dir, strings } of languages) {
      await visit.find('select').select(code);
      await visit.find(`html[lang="${code}"][dir="${dir}"]`).wait();
      expect(await visit.find('h1').text()).toBe(strings.title);
      expect(await visit.find('label').text()).toBe(strings.passphrase);
      expect(await visit.find('#sealpost-passphrase').value()).toBe(PASSPHRASE);
      // The menu keeps the focus, for those who go through it by keyboard.
      expect(await visit.run(() => document.activeElement?.tagName)).toBe('SELECT');
    }
    await visit.find('#sealpost-passphrase').click();
    await visit.press('Enter');
    await visit.state('open');
    expect(await visit.find('[data-action="lock"]').text()).toBe(ar.strings.lock);
  });

  it('each can be chosen while the message is open, and the message stays', async () => {
    const visit = await reader.read(file);
    for (const { code, dir, strings } of languages) {
      await visit.find('select').select(code);
      await visit.find(`html[lang="${code}"][dir="${dir}"]`).wait();
      await visit.find('.files h2').wait();
      const format = (options: Intl.DateTimeFormatOptions): Promise<string> =>
        visit.run(
          (locales, date, how) => {
            // As the page does: the reader's own variety of the language, where the browser has one.
            const own = navigator.languages.find((tag) => tag.split('-')[0] === locales);
            return new Intl.DateTimeFormat(own ?? locales, how).format(new Date(date));
          },
          code,
          DATE,
          options,
        );
      expect(await visit.find('time').text()).toBe(await format({ dateStyle: 'full', timeStyle: 'short' }));
      // The engines do not write the same digits in Arabic.
      const number = async (key: 'attachments' | 'blocked', count: number): Promise<string> => {
        const digits = await visit.run((locale, n) => new Intl.NumberFormat(locale).format(n), code, count);
        return strings[key].replace('{n}', digits);
      };
      expect(await visit.find('.files h2').text()).toBe(await number('attachments', 3));
      expect(await visit.find('.notice').text()).toBe(await number('blocked', 2));
      expect(await visit.find('h1').text()).toBe('Hidden subject');
      expect(await visit.body.find('body').text()).toContain('Marzipan');
      expect(await visit.find('html').attribute('data-state')).toBe('open');
      // For those who go through it by keyboard.
      expect(await visit.run(() => document.activeElement?.tagName)).toBe('SELECT');
      for (const text of await visit.find('main').texts()) expect(text).not.toMatch(/\{\w+\}|undefined|NaN/);
    }
  });

  it('none is chosen while something is on its way, and the menu says so', async () => {
    const content = Buffer.alloc(12_000_000, 'x');
    const big = { ...message, attachments: [{ name: 'a.bin', type: 'application/x-a', content }] };
    const visit = await reader.visit(await reader.seal(big, { languages: codes }));
    /** Chooses French in the same turn in which a button was pressed. */
    const chooseBehind = (button: string): Promise<readonly string[]> =>
      visit.run((css) => {
        document.querySelector<HTMLElement>(css)!.click();
        const menu = document.querySelector('select')!;
        menu.value = 'fr';
        menu.dispatchEvent(new Event('change'));
        return [menu.value, document.documentElement.lang];
      }, button);
    await visit.find('#sealpost-passphrase').fill(PASSPHRASE);
    expect(await chooseBehind('form .primary')).toEqual(['en', 'en']);
    await visit.state('open');
    await visit.find('[data-action="save"]').wait();
    expect(await chooseBehind('[data-action="save"]')).toEqual(['en', 'en']);
    await visit.find('.files [role="status"]').withText('Saved').wait();
    await visit.find('select').select('fr');
    await visit.find('html[lang="fr"]').wait();
  });

  it('Arabic is laid out from right to left; addresses and file names keep their own direction', async () => {
    const visit = await reader.read(file);
    await visit.find('select').select('ar');
    await visit.find('html[dir="rtl"]').wait();
    await visit.find('.files li').wait();
    const left = (css: string): Promise<number> =>
      visit.find(css).run((element) => Math.round(element.getBoundingClientRect().left));
    // The buttons stand at the left, the names at the right.
    expect(await left('[data-action="save"]')).toBeLessThan(await left('.files li bdi'));
    expect(await left('[data-action="lock"]')).toBeLessThan(await left('[data-action="print"]'));
    expect(await left('.who dd')).toBeLessThan(await left('.who dt'));
    // An address after an Arabic name: its letters run from left to right, none of its marks has gone to the other end.
    const ends = await visit.find('.address').run((element) => {
      const text = element.firstChild as Text;
      const at = (index: number): number => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + 1);
        return range.getBoundingClientRect().left;
      };
      return Array.from(text.data, (_, index) => at(index));
    });
    expect(ends).toHaveLength('ward-3b@example.org'.length);
    expect(ends).toEqual([...ends].sort((one, other) => one - other));
    expect(await visit.run(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});

// Only this driver can set a browser's language.
describeUnless(noChromium, 'the language of the browser in Chromium', () => {
  it('is that of the page, where the page has it', async () => {
    const browser = await launchChromium();
    const folder = makeEnvelopeFolder();
    try {
      const file = pathToFileURL(await folder.seal(message, { languages: codes })).href;
      const chosen: string[] = [];
      for (const locale of ['fr-CA', 'pt-BR', 'ar-EG', 'ja-JP', 'de', 'tlh']) {
        const page = await browser.newPage({ locale });
        await page.goto(file);
        chosen.push(
          `${locale} ${await page.locator('html').getAttribute('lang')} ${await page.locator('h1').innerText()}`,
        );
        await page.close();
      }
      expect(chosen).toEqual([
        'fr-CA fr Message sécurisé',
        'pt-BR pt Mensagem segura',
        'ar-EG ar رسالة آمنة',
        'ja-JP ja 暗号化メッセージ',
        'de de Sichere Nachricht',
        'tlh en Secure message',
      ]);
    } finally {
      await browser.close();
      folder.remove();
    }
  });
});
