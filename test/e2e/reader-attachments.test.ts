import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeEnvelopeFolder, sealText, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { openEnvelopeFile } from '../../packages/reader/test/support/reading.js';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import type { Part } from './driver/part.js';
import type { Visit } from './driver/visit.js';
import { withScript } from './driver/with-script.js';

/** What a page did with addresses of its own memory. */
interface Watched {
  readonly made: { readonly address: string; readonly type: string }[];
  readonly revoked: string[];
  /** What it put off for more than half a minute. */
  readonly putOff: (() => void)[];
  /** Bytes that it decrypted in its own thread. */
  decrypted: number;
}

/** Runs in the page, before its own script. */
function watch(): void {
  const watched: Watched = { made: [], revoked: [], putOff: [], decrypted: 0 };
  const make = URL.createObjectURL.bind(URL);
  const revoke = URL.revokeObjectURL.bind(URL);
  const decrypt = crypto.subtle.decrypt.bind(crypto.subtle);
  const later = setTimeout;
  URL.createObjectURL = (blob: Blob) => {
    const address = make(blob);
    watched.made.push({ address, type: blob.type });
    return address;
  };
  URL.revokeObjectURL = (address) => {
    watched.revoked.push(address);
    revoke(address);
  };
  crypto.subtle.decrypt = (algorithm, key, data) => {
    watched.decrypted += data.byteLength;
    return decrypt(algorithm, key, data);
  };
  Object.assign(globalThis, {
    watched,
    setTimeout: (work: () => void, wait = 0) => (wait > 30_000 ? watched.putOff.push(work) : later(work, wait)),
  });
}

describeInEachEngine('attachments', (engine) => {
  let browser: Driven;
  let folder: EnvelopeFolder;
  let visit: Visit;
  // Not to be compressed.
  const big = randomBytes(3_000_000);
  const attachments = [
    { name: 'letter.pdf', type: 'application/pdf', content: Buffer.from('%PDF') },
    { name: '../../\u202efdp.exe', type: 'application/octet-stream', content: Buffer.from('MZ') },
    { name: 'page.html', type: 'text/html', content: Buffer.from('<script>alert(1)</script>') },
    { name: 'big.bin', type: 'application/x-big; x="\u202egpj"', content: big },
    { name: '', type: 'image/svg+xml', content: Buffer.from('<svg/>') },
  ];

  beforeAll(async () => {
    browser = await engine.launch();
    folder = makeEnvelopeFolder();
    const sealed = await sealText({ text: 'x', attachments, original: Buffer.from('From: a\r\n\r\nx') });
    const page = withScript(Buffer.from(sealed).toString('latin1'), watch);
    visit = await openEnvelopeFile(browser, folder.write('watched.html', Buffer.from(page, 'latin1')));
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  const saveButton = (index: number): Part => visit.find('.files li').nth(index).find('[data-action="save"]');
  const watched = (): Promise<Watched> => visit.run(() => (globalThis as unknown as { watched: Watched }).watched);
  const typesMade = async (): Promise<readonly string[]> => (await watched()).made.map(({ type }) => type);

  it('[19] are neither decrypted nor saved before somebody asks for one', async () => {
    await sleep(200);
    expect(await visit.saved()).toHaveLength(0);
    // The one address that was used is the worker's.
    expect(await typesMade()).toEqual(['text/javascript']);
    expect((await watched()).decrypted).toBeLessThan(100_000);
  });

  it('[19] are saved byte for byte, with a harmless type, from an address that soon dies', async () => {
    const saved = await visit.save(() => saveButton(0).click());
    expect([saved.name, saved.bytes.toString()]).toEqual(['letter.pdf', '%PDF']);
    expect(await visit.find('.files li').nth(0).find('[role="status"]').text()).toBe('Saved');
    expect(await saveButton(0).attribute('aria-label')).toBe('Save letter.pdf');
    expect(await typesMade()).toEqual(['text/javascript', 'application/pdf']);
    await visit.run(() => {
      for (const work of (globalThis as unknown as { watched: Watched }).watched.putOff) work();
    });
    const { made, revoked } = await watched();
    expect(revoked).toEqual(made.map(({ address }) => address));
  });

  it('[20] have a name that hides nothing and leads nowhere', async () => {
    const names = await visit.find('.files .name bdi').texts();
    expect(names).toEqual(['letter.pdf', '_.._fdp.exe', 'page.html', 'big.bin', 'attachment-5', 'Original message']);
    expect(await visit.find('.files .kind').texts()).toEqual(['pdf', 'exe', 'html', 'bin', '', 'eml']);
  });

  it('[20] have a type that says nothing else', async () => {
    expect(await visit.find('.files small').nth(3).text()).toBe('3 MB \u00b7 application/x-big');
  });

  it('[21] of a dangerous kind are saved after a second question only', async () => {
    const before = [await typesMade(), await visit.saved()];
    for (const index of [1, 2, 4]) {
      const item = visit.find('.files li').nth(index);
      await saveButton(index).click();
      expect(await item.find('[role="status"]').text()).toContain('can run a program');
      await sleep(100);
      expect([await typesMade(), await visit.saved()]).toEqual(before);
      await item.find('button').withText('Cancel').click();
      expect(await item.find('[role="status"]').text()).toBe('');
    }
    await saveButton(1).click();
    const saved = await visit.save(() => visit.find('[data-action="save-anyway"]').click());
    expect([saved.name, saved.bytes.toString()]).toEqual(['_.._fdp.exe', 'MZ']);
    expect((await typesMade()).at(-1)).toBe('application/octet-stream');
  });

  it('of many bytes are saved whole', async () => {
    const saved = await visit.save(() => saveButton(3).click());
    expect(saved.name).toBe('big.bin');
    expect(sha256(saved.bytes)).toBe(sha256(big));
    expect((await watched()).decrypted).toBeGreaterThan(big.length);
  });
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
