import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { PASSPHRASE } from '../../packages/reader/test/support/envelope-file.js';
import { unlock } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { en } from '../../packages/reader/src/i18n/en.js';
import { describeInEachEngine } from './driver/engines.js';
import { Visit } from './driver/visit.js';

const face = { org: 'Clinic', contact: 'Patient office, +49 30 1234567, help@clinic.example' };
const message = { text: 'marzipan', headers: { subject: 'Hidden subject' } };

/** What has the focus, by its text or its id. */
const focused = (visit: Visit): Promise<string> =>
  visit.run(() => document.activeElement?.textContent || document.activeElement?.id || '');

const unfolded = (visit: Visit): Promise<readonly string[]> => visit.find('details[open] summary').texts();

describeInEachEngine('help and a forgotten passphrase', (engine) => {
  const reader = useReader(engine, () => ({ network: 'none' }));
  let file: string;

  beforeAll(async () => {
    file = await reader.seal(message, { face, languages: ['en', 'fr'] });
  });

  it('unfold by keyboard alone, in the order in which they are seen', async () => {
    const visit = await reader.visit(file);
    expect(await focused(visit)).toBe('sealpost-passphrase');
    const order: string[] = [];
    for (let step = 0; step < 4; step++) {
      await visit.press('Tab');
      order.push(await focused(visit));
    }
    expect(order).toEqual([en.strings.show, en.strings.open, en.strings.help, en.strings.forgot]);
    expect(await unfolded(visit)).toEqual([]);
    await visit.press('Enter');
    expect(await unfolded(visit)).toEqual([en.strings.forgot]);
    const shown = await visit.find('details[open]').shown();
    expect(shown).toContain(en.strings.forgotWhy);
    expect(shown).toContain(face.contact);
    await visit.press('Tab');
    expect(await focused(visit)).toBe(en.strings.forgotMail);
    await visit.press('Shift+Tab');
    await visit.press('Shift+Tab');
    await visit.press('Space');
    const help = await visit.find('details').nth(0).shown();
    for (const key of ['helpPassphrase', 'helpSafe', 'phone', 'helpDoubt'] as const)
      expect(help).toContain(en.strings[key]);
    // A browser that knows their common name folds the other one.
    const knowsNames = await visit.run(() => 'name' in HTMLDetailsElement.prototype);
    expect(await unfolded(visit)).toEqual([en.strings.help, ...(knowsNames ? [] : [en.strings.forgot])]);
  });

  it('26: the mail that asks for a new message holds an address, a subject, the id, and nothing of what was typed', async () => {
    const visit = await reader.visit(file);
    await visit.find('#sealpost-passphrase').fill(PASSPHRASE);
    await visit.find('summary').withText(en.strings.forgot).click();
    const link = visit.find('details a');
    const header = JSON.parse(await visit.find('#sealpost-header').text()) as { id: string };
    const id = Buffer.from(header.id, 'base64url').toString('hex');
    expect(id).toMatch(/^[\da-f]{32}$/);
    const { pathname, searchParams, href } = new URL((await link.attribute('href')) ?? '');
    expect(pathname).toBe('help@clinic.example');
    expect(Object.fromEntries(searchParams)).toEqual({
      subject: en.strings.forgotSubject,
      body: en.strings.forgotBody.replace('{id}', id),
    });
    expect([...searchParams.keys()]).toEqual(['subject', 'body']);
    expect(href).not.toContain('+');
    expect([await link.attribute('target'), await link.attribute('rel')]).toEqual(['_blank', 'noopener noreferrer']);
    expect(await visit.find('form').run((form) => form.outerHTML)).not.toContain('river');
    const before = await visit.run(() => location.href);
    await link.click();
    expect(await visit.run(() => location.href)).toBe(before);
    expect(await visit.find('#sealpost-passphrase').value()).toBe(PASSPHRASE);
  });

  it('stay unfolded, beside what was typed, when another language is chosen', async () => {
    const visit = await reader.visit(file);
    await visit.find('#sealpost-passphrase').fill(PASSPHRASE);
    await visit.find('summary').withText(en.strings.forgot).click();
    await visit.find('select').select('fr');
    await visit.find('html[lang="fr"]').wait();
    expect(await visit.find('details').run((first) => first.parentElement?.querySelectorAll('details').length)).toBe(2);
    expect(await unfolded(visit)).toEqual([await visit.find('summary').nth(1).text()]);
    expect(await unfolded(visit)).not.toEqual([en.strings.forgot]);
    expect(await visit.find('#sealpost-passphrase').value()).toBe(PASSPHRASE);
    await visit.press('Tab');
    await visit.find('#sealpost-passphrase').click();
    await visit.press('Enter');
    await visit.state('open');
  });

  it('are folded again after the message was locked, and are not there where nothing can be opened', async () => {
    const visit = await reader.visit(file);
    await visit.find('summary').withText(en.strings.help).click();
    await unlock(visit);
    expect(await visit.find('details[name]').count()).toBe(0);
    await visit.find('[data-action="lock"]').click();
    expect(await visit.find('details[name]').count()).toBe(2);
    expect(await unfolded(visit)).toEqual([]);
    const newer = readFileSync(file, 'ascii').replace('{"v":1', '{"v":2');
    const refused = await reader.visit(reader.write('newer.html', newer));
    await refused.state('refused');
    expect(await refused.find('details').count()).toBe(0);
  });
});
