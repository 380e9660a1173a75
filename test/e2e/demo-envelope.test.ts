import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enterPassphrase } from '../../packages/reader/test/support/reading.js';
import { expectDemoShown, sealDemo, type Demo } from './demo.js';
import { startCountingProxy } from './driver/counting-proxy.js';
import { describeInEachEngine } from './driver/engines.js';
import { noIsolation } from './driver/isolation.js';
import { Visit } from './driver/visit.js';

let folder: string;
let file: string;
let demo: Demo;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sealpost-demo-'));
  file = path.join(folder, 'securedoc.html');
  demo = await sealDemo();
  writeFileSync(file, demo.page);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describeInEachEngine(
  "the demo's envelope without a network",
  (engine) => {
    it('4: opens from file://; body and inline image show, every attachment is saved byte for byte', async () => {
      const browser = await engine.launch({ network: 'none' });
      try {
        const visit = await Visit.file(browser, file);
        await enterPassphrase(visit, demo.passphrase);
        await visit.state('open');
        await expectDemoShown(visit, demo.message);
        expect(visit.said ?? []).toEqual([]);
      } finally {
        await browser.close();
      }
    });
  },
  noIsolation,
);

describeInEachEngine("the demo's envelope beside a logging proxy", (engine) => {
  it('4: no request while it is opened, read and saved, and one for a control page', async () => {
    const proxy = await startCountingProxy();
    const browser = await engine.launch({ proxyPort: proxy.port });
    try {
      const visit = await Visit.file(browser, file);
      await enterPassphrase(visit, demo.passphrase);
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
