import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seal, type Message } from 'sealpost';
import { readMail } from 'sealpost/mail';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enterPassphrase } from '../../packages/reader/test/support/reading.js';
import { startCountingProxy } from './driver/counting-proxy.js';
import { describeInEachEngine } from './driver/engines.js';
import { noIsolation } from './driver/isolation.js';
import { Visit } from './driver/visit.js';

const MAIL = fileURLToPath(new URL('../../examples/mail/discharge-letter.eml', import.meta.url));

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

let folder: string;
let file: string;
let message: Message;
let passphrase: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sealpost-demo-'));
  file = path.join(folder, 'securedoc.html');
  message = await readMail(readFileSync(MAIL));
  const sealed = await seal(message);
  passphrase = sealed.passphrase ?? '';
  writeFileSync(file, await sealed.bytes());
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describeInEachEngine(
  "the demo's envelope without a network",
  (engine) => {
    it('checklist 4: opens from file://; body and inline image show, every attachment is saved byte for byte', async () => {
      const browser = await engine.launch({ network: 'none' });
      try {
        const visit = await Visit.file(browser, file);
        await enterPassphrase(visit, passphrase);
        await visit.state('open');
        expect(await visit.body.find('body').shown()).toContain('Sehr geehrter Herr Müller');
        const image = visit.body.find('img');
        await expect.poll(() => image.run((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);

        const listed = (message.attachments ?? []).filter(({ inline }) => inline !== true);
        expect(listed).toHaveLength(3);
        const saves = visit.find('[data-action="save"]');
        expect(await saves.count()).toBe(listed.length);
        for (const [index, { name, content }] of listed.entries()) {
          const saved = await visit.save(() => saves.nth(index).click());
          expect(saved.name).toBe(name);
          if (!(content instanceof Uint8Array)) throw new TypeError('readMail gives bytes');
          expect(sha256(saved.bytes)).toBe(sha256(content));
        }
        expect(visit.said ?? []).toEqual([]);
      } finally {
        await browser.close();
      }
    });
  },
  noIsolation,
);

describeInEachEngine("the demo's envelope beside a logging proxy", (engine) => {
  it('checklist 4: no request while it is opened, read and saved, and one for a control page', async () => {
    const proxy = await startCountingProxy();
    const browser = await engine.launch({ proxyPort: proxy.port });
    try {
      const visit = await Visit.file(browser, file);
      await enterPassphrase(visit, passphrase);
      await visit.state('open');
      await visit.save(() => visit.find('[data-action="save"]').click());
      await visit.find('[data-action="lock"]').click();
      await sleep(1_500);
      expect([proxy.requests, proxy.connections]).toEqual([[], 0]);

      const control = path.join(folder, 'control.html');
      writeFileSync(control, '<!doctype html><img src="http://control.invalid/image.png">');
      await visit.gotoFile(control);
      // Firefox tries https first.
      await expect.poll(() => proxy.requests.join()).toContain('control.invalid');
      expect(proxy.requests.filter((request) => !request.includes('control.invalid'))).toEqual([]);
    } finally {
      await browser.close();
      await proxy.close();
    }
  });
});
