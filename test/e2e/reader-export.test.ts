import { open } from 'sealpost';
import { readMail } from 'sealpost/mail';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeMailFile } from '../../packages/reader/src/mail-file.js';
import { makeEnvelopeFolder, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { throughEnvelope } from '../../packages/reader/test/support/parts.js';
import { unlock } from '../../packages/reader/test/support/reading.js';
import { sealDemo } from './demo.js';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import { Visit } from './driver/visit.js';

describeInEachEngine('a message as a mail file', (engine) => {
  let browser: Driven;
  let folder: EnvelopeFolder;

  beforeAll(async () => {
    browser = await engine.launch({ network: 'none' });
    folder = makeEnvelopeFolder();
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  it('4: is made in the page, and holds the demo’s mail', async () => {
    const { message, passphrase, page } = await sealDemo();
    const visit = await Visit.file(browser, folder.write('demo.html', page));
    await unlock(visit, passphrase);
    const saved = await visit.save(() => visit.find('[data-action="save-mail"]').click());
    expect(saved.name).toBe('message.eml');
    const { attachments, ...rest } = await readMail(saved.bytes);
    const sorted = (list: readonly object[] = []): readonly string[] => list.map((one) => JSON.stringify(one)).sort();
    expect(sorted(attachments)).toEqual(sorted(message.attachments));
    const { headers, text, html } = (await open(page, { passphrase })).message;
    expect({ ...rest, text: rest.text?.trimEnd(), html: rest.html?.trimEnd() }).toEqual({
      headers,
      text: text?.trimEnd(),
      html: html?.trimEnd(),
    });
    await visit.close();
  });

  it('is the same, byte for byte, as what the tests of its contents look at', async () => {
    const message = {
      headers: { subject: 'Gr\u00fc\u00dfe', date: '2026-11-22T05:30:00+01:00' },
      html: '<p>x<img src="cid:a@x">',
      text: 'y\n'.repeat(1_000),
      attachments: [
        { name: 'a.bin', type: 'application/x-a', content: new Uint8Array(1_200_000).map((_, n) => n * 7) },
        { name: '\u691c.png', type: 'image/png', content: Buffer.from('x'), contentId: 'a@x', inline: true },
      ],
    };
    const visit = await Visit.file(browser, await folder.seal(message));
    await unlock(visit);
    const saved = await visit.save(() => visit.find('[data-action="save-mail"]').click());
    const { headers, attachments } = await throughEnvelope(message);
    const bodies = [
      { kind: 'html', content: message.html },
      { kind: 'text', content: message.text },
    ] as const;
    const made = await makeMailFile(headers, bodies, attachments, {});
    expect(saved.bytes.equals(Buffer.from(await made.arrayBuffer()))).toBe(true);
    await visit.close();
  });
});
