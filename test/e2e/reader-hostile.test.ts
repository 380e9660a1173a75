import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { useReader, type Reader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import { inTurn } from './driver/in-turn.js';
import { noIsolation } from './driver/isolation.js';
import { useCountingProxy } from './driver/use-counting-proxy.js';
import { Visit } from './driver/visit.js';
import { coveringMails, hostileMails, type HostileMail } from './hostile/mails.js';
import { readHostile } from './hostile/read-hostile.js';

/** What hostile mails did, in words; nothing is right. */
async function readAll(reader: Reader, mails: readonly HostileMail[]): Promise<string[]> {
  const faults: string[] = [];
  const visit = await reader.visit(reader.write('blank.html', ''));
  for (const { name, html } of mails) {
    const { ran, covered, title, height } = await readHostile(visit, await reader.seal({ html }));
    if (ran.length > 0) faults.push(`${name}: ran a script`);
    if (covered.length > 0) faults.push(`${name}: covered ${covered.join()}`);
    if (title !== 'Secure message') faults.push(`${name}: wrote ${title} above the page`);
    if (height > 200_002) faults.push(`${name}: is ${height} pixels high`);
  }
  faults.push(...visit.dialogs.map((text) => `a dialog says ${text}`));
  if ((await visit.saved()).length > 0) faults.push('a file was saved');
  return faults;
}

/** Numbers of the mails that somebody was called for. */
function callers(requests: readonly string[]): ReadonlySet<number> {
  return new Set(requests.flatMap((request) => /m(\d+)\.hostile\.test/.exec(request)?.slice(1).map(Number) ?? []));
}

/** Mails as frames of one page that does not defend itself. */
function undefended(mails: readonly HostileMail[]): string {
  const frames = mails.map(({ html }) => {
    // What never ends, and what takes the tab away.
    const tame = html.replace(/target=_top|<plaintext>/g, '');
    return `<iframe srcdoc="${tame.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
  });
  return `<!doctype html><meta charset="utf-8">${frames.join('')}`;
}

describeInEachEngine('a hundred hostile mails', (engine) => {
  const proxy = useCountingProxy();
  const reader = useReader(engine, () => ({ proxyPort: proxy.port }));

  it('9, 10, 11, 13, 14, 15, 16: call nobody, run nothing, cover nothing, and let the page be locked', async () => {
    expect(hostileMails.length).toBeGreaterThanOrEqual(100);
    expect(await readAll(reader, inTurn(hostileMails, engine))).toEqual([]);
    await sleep(1_000);
    expect([proxy.requests, proxy.connections]).toEqual([[], 0]);

    // Now that nothing was counted: the same mails without the page around them, in a tab that is closed afterwards.
    const control = await Visit.file(reader.browser, reader.write('control.html', undefended(hostileMails)));
    await expect.poll(() => callers(proxy.requests).size).toBeGreaterThan(15);
    await control.waitFor(() => ((globalThis as { ran?: readonly number[] }).ran ?? []).length > 20);
    expect(new Set(await control.run(() => (globalThis as unknown as { ran: number[] }).ran)).size).toBeGreaterThan(15);
    await control.close();
  }, 400_000);

  it('26: no handler in a mail makes the browser say a word on the console', async () => {
    const visit = await reader.open({
      html: '<body onload=x()><img src=x onerror="x()"><p onclick = \'x()\'>x</p><form/onsubmit=x()><svg onload=x()>',
    });
    expect(visit.said ?? []).toEqual([]);
  });

  it('12: no script runs in the frame of a message, which has exactly these permissions', async () => {
    const tokens = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-modals';
    const visit = await reader.open({ html: '<p>x' });
    expect(await visit.find('iframe').attribute('sandbox')).toBe(tokens);

    // What these permissions are for, without the page's policy: with one more of them, the script runs.
    const frame = (sandbox: string): string =>
      `<iframe sandbox="${sandbox}" srcdoc="<script>parent.ran=1</script>" onload="loaded=1"></iframe>`;
    const control = await reader.visit(reader.write('control.html', `<!doctype html>${frame(tokens)}`));
    const ran = (): unknown => (globalThis as { ran?: number }).ran ?? 0;
    const loaded = (): unknown => (globalThis as { loaded?: number }).loaded;
    await control.waitFor(loaded);
    expect(await control.run(ran)).toBe(0);
    await control.gotoFile(reader.write('scripts.html', `<!doctype html>${frame(`${tokens} allow-scripts`)}`));
    await control.waitFor(loaded);
    expect(await control.run(ran)).toBe(1);
  });

  it('16: the same mails cover a page that puts them into itself', async () => {
    expect(coveringMails.length).toBeGreaterThan(3);
    const visit = await reader.visit(reader.write('blank.html', ''));
    for (const { name, html } of coveringMails) {
      await visit.gotoFile(reader.write('covered.html', `<!doctype html><button>Lock</button>${html}`));
      const above = await visit.run(() => {
        for (const shown of document.querySelectorAll<HTMLElement>('[popover=manual]')) shown.showPopover();
        const { x, y } = document.querySelector('button')!.getBoundingClientRect();
        return document.elementFromPoint(x + 9, y + 9)?.tagName;
      });
      expect(above, name).not.toBe('BUTTON');
    }
  });
});

describeInEachEngine(
  'a hostile mail without a network',
  (engine) => {
    const reader = useReader(engine, () => ({ network: 'none' }));

    it('9: is shown all the same', async () => {
      const some = hostileMails.filter(({ name }) => /^(?:pictures|links that|frames|a refresh|a style)$/.test(name));
      expect(await readAll(reader, some)).toEqual([]);
    });
  },
  noIsolation,
);
