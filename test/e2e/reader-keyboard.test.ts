import { afterAll, beforeAll, expect, it } from 'vitest';
import { en } from '../../packages/reader/src/i18n/en.js';
import {
  makeEnvelopeFolder,
  PASSPHRASE,
  type EnvelopeFolder,
} from '../../packages/reader/test/support/envelope-file.js';
import type { Driven, Key } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import { Visit } from './driver/visit.js';

const { strings } = en;
const message = {
  headers: { subject: 'Hidden subject' },
  html: '<p>Marzipan. <a href="https://clinic.example.org/">the clinic</a></p>',
  text: 'Marzipan, as text.',
  attachments: [
    { name: 'a.txt', type: 'text/plain', content: Buffer.from('by keyboard') },
    { name: 'b.exe', type: 'application/octet-stream', content: Buffer.from('a program') },
  ],
};

/** What has the focus, and whether anybody can see that. */
interface Focus {
  readonly name: string;
  readonly isMarked: boolean;
  readonly isInView: boolean;
}

/** Runs in the page. */
function readFocus(): Focus {
  let element = document.activeElement as HTMLElement;
  // Into the message's frame.
  const inner = (element as HTMLIFrameElement).contentDocument?.activeElement as HTMLElement | null | undefined;
  if (inner && inner !== inner.ownerDocument.body) element = inner;
  const { outlineStyle, outlineWidth } = element.ownerDocument.defaultView!.getComputedStyle(element);
  const { top, bottom } = element.getBoundingClientRect();
  const frameTop = element.ownerDocument === document ? 0 : document.activeElement!.getBoundingClientRect().top;
  return {
    name: element.dataset['action'] ?? (element.id || element.textContent.trim() || element.tagName),
    isMarked: (outlineStyle !== 'none' && outlineWidth !== '0px') || !document.hasFocus(),
    isInView: frameTop + top < innerHeight && frameTop + bottom > 0,
  };
}

describeInEachEngine('by keyboard alone', (engine) => {
  let browser: Driven;
  let folder: EnvelopeFolder;
  let visit: Visit;

  beforeAll(async () => {
    browser = await engine.launch();
    folder = makeEnvelopeFolder();
    const file = await folder.seal(message, { languages: ['en', 'fr'], face: { org: 'Clinic', hint: 'By phone' } });
    visit = await Visit.file(browser, file);
    await visit.resize(800, 600);
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  const focus = (): Promise<Focus> => visit.run(readFocus);

  /** Presses a key until something has the focus; what was passed on the way. Each of them could be seen. */
  async function goTo(name: string, key: Key = 'Tab'): Promise<readonly string[]> {
    const passed: string[] = [];
    for (;;) {
      await visit.press(key);
      const now = await focus();
      expect(now, `after ${passed.join(', ')}`).toMatchObject({ isInView: true });
      expect(now.name === 'sealpost-body' || now.isMarked, `${now.name} is marked`).toBe(true);
      if (now.name === name) return passed;
      passed.push(now.name);
      expect(passed.length, `${key} leads to ${passed.join(', ')}`).toBeLessThan(20);
    }
  }

  it('a message is opened, read, saved and locked; the focus can always be seen, and is never lost', async () => {
    // WebKitGTK's window is no active one in a display without a window manager, so that no element in it is marked.
    expect(await visit.run(() => document.hasFocus())).toBe(engine.name !== 'WebKitGTK');
    // The page puts it into the field.
    expect(await focus()).toEqual({ name: 'sealpost-passphrase', isMarked: true, isInView: true });
    expect(await goTo(strings.help)).toEqual([strings.show, strings.open]);
    await visit.press('Enter');
    await visit.find('details[open]').wait();
    await visit.press('Space');
    await visit.find('details[open]').waitGone();
    await goTo('sealpost-passphrase', 'Shift+Tab');

    await visit.type('not the passphrase');
    await visit.press('Enter');
    await visit.find('#sealpost-alert:not(:empty)').wait();
    expect((await focus()).name).toBe('sealpost-passphrase');
    // What was typed is selected.
    await visit.type(PASSPHRASE);
    await goTo(strings.open);
    await visit.press('Space');
    await visit.state('open');
    expect((await focus()).name).toBe('Hidden subject');

    // In the order in which they stand on the page.
    expect(await goTo('save')).toEqual(['view']);
    const saved = await visit.save(() => visit.press('Enter'));
    expect([saved.name, saved.bytes.toString()]).toEqual(['a.txt', 'by keyboard']);
    expect((await focus()).name).toBe('save');

    await goTo('save');
    await visit.press('Space');
    await visit.find('[data-action="save-anyway"]').wait();
    // The question leads to the answer that does no harm.
    expect((await focus()).name).toBe(strings.cancel);
    expect(await goTo('save-anyway')).toEqual([]);
    const program = await visit.save(() => visit.press('Enter'));
    expect([program.name, program.bytes.toString()]).toEqual(['b.exe', 'a program']);
    await visit.find('[data-action="save-anyway"]').waitGone();
    expect((await focus()).name).toBe('save');

    expect(await goTo(strings.asText)).toEqual(['save-all']);
    await visit.press('Enter');
    await visit.body.find('.text').wait();
    expect((await focus()).name).toBe(strings.asHtml);
    await visit.press('Space');
    await visit.body.find('a').wait();
    expect((await focus()).name).toBe(strings.asText);
    // Through the message and out of it again.
    const passed = await goTo('save-mail');
    expect(passed.filter((name) => name !== 'sealpost-body')).toEqual([expect.stringContaining('the clinic')]);

    await goTo('lock', 'Shift+Tab');
    await visit.press('Enter');
    await visit.state('locked');
    expect(await focus()).toEqual({ name: 'sealpost-passphrase', isMarked: true, isInView: true });
    expect(await visit.find('#sealpost-passphrase').value()).toBe('');
    await visit.close();
  });
});
