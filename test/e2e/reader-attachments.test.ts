import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@sealpost/core';
import { beforeAll, expect, it } from 'vitest';
import { en } from '../../packages/reader/src/i18n/en.js';
import { noArchives, readArchive } from '../../packages/reader/test/support/archive.js';
import { sealText } from '../../packages/reader/test/support/envelope-file.js';
import { png } from '../../packages/reader/test/support/png.js';
import { openEnvelopeFile, unlock } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import type { Part } from './driver/part.js';
import type { Visit } from './driver/visit.js';
import { withScript } from './driver/with-script.js';

const { strings } = en;

/** What a page did with addresses of its own memory. */
interface Watched {
  readonly made: { readonly address: string; readonly type: string }[];
  readonly revoked: string[];
  /** What it put off for more than half a minute. */
  readonly putOff: (() => void)[];
  /** Bytes that it decrypted in its own thread. */
  decrypted: number;
  /** What to do with the next that is to be decrypted. */
  mode: 'decrypt' | 'wait' | 'fail';
}

/** Runs in the page, before its own script. */
function watch(): void {
  const watched: Watched = { made: [], revoked: [], putOff: [], decrypted: 0, mode: 'decrypt' };
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
  crypto.subtle.decrypt = async (algorithm, key, data) => {
    watched.decrypted += data.byteLength;
    while (watched.mode === 'wait') await new Promise((resolve) => later(resolve, 20));
    if (watched.mode === 'fail') throw new Error('it is to fail');
    return decrypt(algorithm, key, data);
  };
  Object.assign(globalThis, {
    watched,
    setTimeout: (work: () => void, wait = 0) => (wait > 30_000 ? watched.putOff.push(work) : later(work, wait)),
  });
}

describeInEachEngine('attachments', (engine) => {
  const reader = useReader(engine);
  let visit: Visit;
  // Not to be compressed.
  const big = randomBytes(3_000_000);
  const original = Buffer.from('From: a\r\n\r\nx');
  const attachments = [
    { name: 'letter.pdf', type: 'application/pdf', content: Buffer.from('%PDF') },
    { name: '../../\u202efdp.exe', type: 'application/octet-stream', content: Buffer.from('MZ') },
    { name: 'page.html', type: 'text/html', content: Buffer.from('<script>alert(1)</script>') },
    { name: 'big.bin', type: 'application/x-big; x="\u202egpj"', content: big },
    { name: '', type: 'image/svg+xml', content: Buffer.from('<svg/>') },
  ];

  beforeAll(async () => {
    // A tab that stays, beside that of the other messages.
    visit = await openEnvelopeFile(reader.browser, await seal({ text: 'x', attachments, original }));
  });

  async function seal(message: Partial<Message>): Promise<string> {
    const page = withScript(Buffer.from(await sealText(message)).toString('latin1'), watch);
    return reader.write('watched.html', Buffer.from(page, 'latin1'));
  }
  const open = async (message: Partial<Message>): Promise<Visit> => reader.read(await seal(message));

  const saveButton = (index: number): Part => visit.find('.files li').nth(index).find('[data-action="save"]');
  const watched = (where = visit): Promise<Watched> =>
    where.run(() => (globalThis as unknown as { watched: Watched }).watched);
  const decrypting = (where: Visit, mode: Watched['mode']): Promise<void> =>
    where.run((how) => void ((globalThis as unknown as { watched: Watched }).watched.mode = how), mode);
  const focused = (where: Visit): Promise<string | null> =>
    where.run(() => document.activeElement?.getAttribute('data-action') ?? document.activeElement?.textContent ?? null);
  const typesMade = async (): Promise<readonly string[]> => (await watched()).made.map(({ type }) => type);

  it('19: are neither decrypted nor saved before somebody asks for one', async () => {
    await sleep(200);
    expect(await visit.saved()).toHaveLength(0);
    // The one address that was used is the worker's.
    expect(await typesMade()).toEqual(['text/javascript']);
    expect((await watched()).decrypted).toBeLessThan(100_000);
  });

  it('19: are saved byte for byte, with a harmless type, from an address that soon dies', async () => {
    const saved = await visit.save(() => saveButton(0).click());
    expect([saved.name, saved.bytes.toString()]).toEqual(['letter.pdf', '%PDF']);
    expect(await visit.find('.files li').nth(0).find('[role="status"]').text()).toBe(strings.saved);
    expect(await saveButton(0).attribute('aria-label')).toBe('Save letter.pdf');
    expect(await typesMade()).toEqual(['text/javascript', 'application/pdf']);
    await visit.run(() => {
      for (const work of (globalThis as unknown as { watched: Watched }).watched.putOff) work();
    });
    const { made, revoked } = await watched();
    expect(revoked).toEqual(made.map(({ address }) => address));
  });

  it('20: have a name that hides nothing and leads nowhere', async () => {
    const names = await visit.find('.files .name bdi').texts();
    expect(names).toEqual(['letter.pdf', '_.._fdp.exe', 'page.html', 'big.bin', 'attachment-5']);
    expect(await visit.find('.files .kind').texts()).toEqual(['pdf', 'exe', 'html', 'bin', '']);
  });

  it('20: have a type that says nothing else', async () => {
    expect(await visit.find('.files small').nth(3).text()).toBe('3 MB \u00b7 application/x-big');
  });

  it('21: of a dangerous kind are saved after a second question only', async () => {
    const before = [await typesMade(), await visit.saved()];
    for (const index of [1, 2, 4]) {
      const item = visit.find('.files li').nth(index);
      await saveButton(index).click();
      expect(await item.find('[role="status"]').text()).toBe(strings.danger);
      await sleep(100);
      expect([await typesMade(), await visit.saved()]).toEqual(before);
      await item.find('button').withText(strings.cancel).click();
      expect(await item.find('[role="status"]').text()).toBe('');
    }
    await saveButton(1).click();
    const saved = await visit.save(() => visit.find('[data-action="save-anyway"]').click());
    expect([saved.name, saved.bytes.toString()]).toEqual(['_.._fdp.exe', 'MZ']);
    expect((await typesMade()).at(-1)).toBe('application/octet-stream');
  });

  it('21: of a dangerous kind are not saved by the second click of a double one, wide or narrow', async () => {
    for (const width of [1100, 320]) {
      await visit.resize(width, 800);
      const before = await visit.saved();
      for (const [place, save] of [
        [visit.find('.files li').nth(1), saveButton(1)],
        [visit.find('.files').nth(0), visit.find('[data-action="save-all"]')],
        [visit.find('.files').nth(1), visit.find('[data-action="save-mail"]')],
      ] as const) {
        const [x, y] = await save.run((button) => {
          button.scrollIntoView({ block: 'center' });
          const { left, top, width, height } = button.getBoundingClientRect();
          return [left + width / 2, top + height / 2] as const;
        });
        await save.run((button) => {
          (button as HTMLElement).click();
        });
        const below = await visit.run((x, y) => document.elementFromPoint(x, y)?.textContent, x, y);
        expect(below, `where it was pressed, at ${width}`).toBe(strings.cancel);
        for (const answer of [place.find('[data-action="save-anyway"]'), place.find('button').withText(strings.cancel)])
          await answer.run((button) => button.dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true })));
        expect(await place.find('[data-action="save-anyway"]').count()).toBe(1);
        await sleep(100);
        expect(await visit.saved()).toEqual(before);
        await place.find('button').withText(strings.cancel).click();
        expect(await place.find('[data-action="save-anyway"]').count()).toBe(0);
      }
    }
    await visit.resize(1280, 800);
  });

  it('have as much room above as below, and a region that is there before it says anything', async () => {
    const rooms = await visit.run(() =>
      [...document.querySelectorAll('.files li')].map((row) => {
        const [kind, status] = [row.querySelector('.kind')!, row.querySelector('[role="status"]')!];
        status.textContent = '';
        const [outer, inner] = [row.getBoundingClientRect(), kind.getBoundingClientRect()];
        const { display, visibility } = getComputedStyle(status);
        return [Math.round(inner.top - outer.top - (outer.bottom - inner.bottom)), display, visibility];
      }),
    );
    for (const [difference, display, visibility] of rooms) {
      // A line between two rows.
      expect(Math.abs(Number(difference))).toBeLessThanOrEqual(1);
      expect([display, visibility]).toEqual(['block', 'visible']);
    }
    expect(rooms).toHaveLength(attachments.length);
  });

  it('of many bytes are saved whole', async () => {
    const saved = await visit.save(() => saveButton(3).click());
    expect(saved.name).toBe('big.bin');
    expect(sha256(saved.bytes)).toBe(sha256(big));
    expect((await watched()).decrypted).toBeGreaterThan(big.length);
  });

  it('26: the mail itself is saved as it came where it travels too, under a name that tells nothing', async () => {
    const saveMail = visit.find('[data-action="save-mail"]');
    const before = await visit.saved();
    await saveMail.click();
    expect(await focused(visit)).toBe(strings.cancel);
    expect(await visit.saved()).toEqual(before);
    const saved = await visit.save(() => visit.find('[data-action="save-anyway"]').click());
    expect([saved.name, saved.bytes.toString()]).toEqual(['message.eml', original.toString()]);
    expect((await typesMade()).at(-1)).toBe('application/octet-stream');
  });

  it('21: are saved together after a second question, where one of them is of a dangerous kind', async () => {
    const saveAll = visit.find('[data-action="save-all"]');
    const before = [await typesMade(), await visit.saved()];
    await saveAll.click();
    expect(await visit.find('.files > [role="status"]').text()).toBe(strings.danger);
    expect(await focused(visit)).toBe(strings.cancel);
    expect([await typesMade(), await visit.saved()]).toEqual(before);
    await visit.press('Enter');
    expect(await focused(visit)).toBe('save-all');
    await visit.press('Enter');
    const saved = await visit.save(() => visit.find('[data-action="save-anyway"]').click());
    expect(saved.name).toBe('attachments.zip');
    expect((await typesMade()).at(-1)).toBe('application/octet-stream');
    if (noArchives !== undefined) return;
    expect(readArchive(saved.bytes).map(({ name, hex }) => [name, sha256(Buffer.from(hex, 'hex'))])).toEqual(
      ['letter.pdf', '_.._fdp.exe', 'page.html', 'big.bin', 'attachment-5'].map((name, index) => [
        name,
        sha256(attachments[index]!.content),
      ]),
    );
  });

  it('20: have names of their own in the archive, and the date of the message', async () => {
    const together = await open({
      headers: { date: '2026-11-22T05:30:00+01:00' },
      attachments: ['a.txt', 'A.TXT', '../a.txt', '\u691c\u67fb.csv', '\u202e'].map((name) => ({
        name,
        type: 'text/csv',
        content: Buffer.from(name),
      })),
    });
    const saved = await together.save(() => together.find('[data-action="save-all"]').click());
    expect(await together.find('.files > [role="status"]').text()).toBe(strings.saved);
    if (noArchives === undefined) {
      const files = readArchive(saved.bytes);
      const names = ['a.txt', 'A (2).TXT', '_a.txt', '\u691c\u67fb.csv', 'attachment-5'];
      expect(files.map(({ name }) => name)).toEqual(names);
      const local = await together.run(() => {
        const date = new Date('2026-11-22T05:30:00+01:00');
        return [date.getFullYear(), date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes(), 0];
      });
      expect(files[0]?.date).toEqual(local);
    }
    const single = await open({ attachments: attachments.slice(0, 1) });
    await single.find('[data-action="save"]').wait();
    expect(await single.find('[data-action="save-all"]').count()).toBe(0);
  });

  it('26: that are damaged are not saved, neither alone nor with others, and the page says so', async () => {
    const broken = await open({
      text: 'x',
      attachments: [
        { name: 'a.txt', type: 'text/plain', content: Buffer.from('a') },
        { name: 'secret name.png', type: 'image/png', content: png },
      ],
    });
    await broken.find('[data-action="save-all"]').wait();
    await decrypting(broken, 'fail');
    for (const [action, place] of [
      ['save', '.files li [role="status"]'],
      ['save-all', '.files > [role="status"]'],
      ['save-mail', '.body ~ .files [role="status"]'],
    ] as const) {
      await broken.find(`[data-action="${action}"]`).click();
      await broken.find(place).withText(strings.notSaved).wait();
      expect(await focused(broken)).toBe(action);
    }
    for (const index of [0, 1]) {
      const item = broken.find('.files li').nth(index);
      await item.find('[data-action="view"]').click();
      await item.find('[role="status"]').withText(strings.damaged).wait();
      expect(await item.find('.preview > *').count()).toBe(0);
    }
    expect(await broken.saved()).toEqual([]);
    expect((await watched(broken)).made.map(({ type }) => type)).toEqual(['text/javascript']);
    expect(broken.said ?? []).toEqual([]);
  });

  it('19: that take long can be given up, and are given up when the page locks', async () => {
    const long = await open({ text: 'x', attachments: [attachments[3]!, attachments[0]!] });
    for (const action of ['save', 'save-all', 'save-mail']) {
      await long.find('[data-action="save-all"]').wait();
      await decrypting(long, 'wait');
      const pressed = long.find(`[data-action="${action}"]`).nth(0);
      const label = (await pressed.attribute('aria-label')) ?? (await pressed.text());
      await pressed.click();
      expect(await long.find('progress').attribute('aria-label')).toBe(label);
      expect(await focused(long)).toBe(strings.cancel);
      await long.press('Enter');
      await decrypting(long, 'decrypt');
      await long.find('progress').waitGone();
      expect(await focused(long)).toBe(action);

      await decrypting(long, 'wait');
      await pressed.click();
      await long.find('progress').wait();
      await long.find('[data-action="lock"]').click();
      await long.state('locked');
      await decrypting(long, 'decrypt');
      await sleep(300);
      expect(await long.saved()).toEqual([]);
      expect((await watched(long)).made.filter(({ type }) => type !== 'text/javascript')).toEqual([]);
      await unlock(long);
    }
    await long.save(() => long.find('[data-action="save-all"]').click());
    await long.find('[data-action="lock"]').click();
    await long.state('locked');
    const { made, revoked } = await watched(long);
    expect(new Set(revoked)).toEqual(new Set(made.map(({ address }) => address)));
  });
});

/** Kinds that nobody may see in the page, whatever the rest of what is said about them. */
const NEVER = [
  ['a.svg', 'image/svg+xml'],
  ['a.png', 'image/svg+xml'],
  ['a.svg', 'image/png'],
  ['a.svgz', 'image/png'],
  ['a.pdf', 'application/pdf'],
  ['a.png', 'application/pdf'],
  ['a.html', 'text/html'],
  ['a.txt', 'text/html'],
  ['a.html', 'text/plain'],
  ['a.xhtml', 'image/gif'],
  ['a.png', 'application/octet-stream'],
  ['a', 'image/png, image/svg+xml'],
  ['a', 'image/bmp'],
  ['a', 'image/avif'],
  ['a', 'text/csv'],
  ['a', 'x'],
] as const;

const MARKUP =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=1"><script>document.title=2</script></svg>';

describeInEachEngine('a preview', (engine) => {
  const reader = useReader(engine);

  async function open(...attachments: readonly (readonly [string, string, Uint8Array])[]): Promise<Visit> {
    const parts = attachments.map(([name, type, content]) => ({ name, type, content }));
    const page = withScript(Buffer.from(await sealText({ text: 'x', attachments: parts })).toString('latin1'), watch);
    return reader.read(reader.write('preview.html', Buffer.from(page, 'latin1')));
  }

  it('22: is offered for pictures of four kinds and plain text, and for nothing else', async () => {
    const kinds = ['image/png', 'image/jpeg', 'image/GIF', 'image/webp', 'text/plain; charset=x'];
    const visit = await open(
      ...NEVER.map(([name, type]) => [name, type, png] as const),
      ...kinds.map((type) => ['a', type, png] as const),
    );
    await visit.find('.files li').wait();
    expect(await visit.find('[data-action="save"]').count()).toBe(NEVER.length + kinds.length);
    const offered = await visit.run(() =>
      [...document.querySelectorAll('.files li')].map((item) => item.querySelector('[data-action="view"]') !== null),
    );
    expect(offered).toEqual([...NEVER.map(() => false), ...kinds.map(() => true)]);
  });

  it('22: decrypts when asked, shows, and hides again', async () => {
    const visit = await open(['a.png', 'image/png', png], ['b.txt', 'text/plain', Buffer.from('<b>Gr\u00fc\u00dfe')]);
    const view = visit.find('[data-action="view"]');
    await view.wait();
    const made = async (): Promise<Watched> => visit.run(() => (globalThis as unknown as { watched: Watched }).watched);
    const { decrypted } = await made();
    expect(await view.nth(0).attribute('aria-label')).toBe('View a.png');
    await view.nth(0).click();
    const image = visit.find('.preview img');
    expect(await image.run((one) => (one as HTMLImageElement).naturalWidth)).toBe(2);
    expect(await image.isVisible()).toBe(true);
    expect(await image.attribute('alt')).toBe('a.png');
    const after = await made();
    expect(after.decrypted).toBeGreaterThan(decrypted);
    expect(after.made.at(-1)?.type).toBe('image/png');
    expect(after.revoked).toEqual(after.made.map(({ address }) => address));
    expect([await view.nth(0).text(), await view.nth(0).attribute('aria-label')]).toEqual(['Hide', 'Hide: a.png']);
    await visit.press('Enter');
    await image.waitGone();
    expect([await view.nth(0).text(), await view.nth(0).attribute('aria-label')]).toEqual(['View', 'View a.png']);

    await view.nth(1).click();
    expect(await visit.find('.preview pre').text()).toBe('<b>Gr\u00fc\u00dfe');
    expect(await visit.find('.preview pre').attribute('dir')).toBe('auto');
    expect((await made()).made).toHaveLength(after.made.length);
    await visit.find('[data-action="lock"]').click();
    await visit.state('locked');
    expect(await visit.find('.preview').count()).toBe(0);
  });

  it('22: of a picture that is none shows nothing and runs nothing', async () => {
    const visit = await open(
      ...['image/png', 'image/jpeg', 'image/gif', 'image/webp'].flatMap((type) =>
        [MARKUP, `<!doctype html>${MARKUP}`, `\u0089PNG\r\n\u001a\n${MARKUP}`].map(
          (content) => ['a.png', type, Buffer.from(content, 'latin1')] as const,
        ),
      ),
    );
    await visit.find('.files li').wait();
    for (let index = 0; index < 12; index++) {
      const item = visit.find('.files li').nth(index);
      await item.find('[data-action="view"]').click();
      await item.find('[role="status"]').withText(strings.failed).wait();
      expect(await item.find('.preview > *').count()).toBe(0);
      expect(await item.find('[data-action="view"]').text()).toBe('View');
    }
    expect(await visit.run(() => document.title)).toBe('Secure message');
    expect(visit.dialogs).toEqual([]);
  });

  it('22: of a text shows markup as text, in its own encoding, and the beginning of a long one', async () => {
    const word = 'Gr\u00fc\u00dfe \u691c';
    const utf16 = Buffer.from(`\ufeff${word}`, 'utf16le');
    const texts: readonly (readonly [Buffer, string])[] = [
      [Buffer.from(MARKUP), MARKUP],
      [Buffer.from(`\ufeff${word}`), word],
      [utf16, word],
      [Buffer.from(utf16).swap16(), word],
      [Buffer.from('Gr\u00fc\u00dfe \u0080', 'latin1'), 'Gr\u00fc\u00dfe \u20ac'],
      [Buffer.alloc(0), ''],
      [Buffer.from('\u691c'.repeat(100_000)), '\u691c'.repeat(100_000)],
      [Buffer.from(`${'\u691c'.repeat(100_000)}x`), '\u691c'.repeat(100_000)],
      [Buffer.from('\u{1f600}'.repeat(150_001)), '\u{1f600}'.repeat(50_000)],
    ];
    const visit = await open(...texts.map(([bytes], index) => [`${index}.txt`, 'text/plain', bytes] as const));
    await visit.find('.files li').wait();
    for (const [index, [, shown]] of texts.entries()) {
      const item = visit.find('.files li').nth(index);
      await item.find('[data-action="view"]').click();
      expect(await item.find('pre').text()).toBe(shown);
      const partly = await item.find('[role="status"]').text();
      expect(partly).toBe(index < 7 ? '' : strings.onlyStart);
    }
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
