import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cleanFileName } from '@sealpost/core';
import { coverMail, generateIdentity, inspect, open, seal, type Identity } from 'sealpost';
import { writeMail } from 'sealpost/mail';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { en as page } from '../../packages/reader/src/i18n/en.js';
import { openerTexts } from '../../packages/reader/src/opener/i18n/all.js';
import { en } from '../../packages/reader/src/opener/i18n/en.js';
import { cheapSecret } from '../../packages/reader/test/support/envelope-file.js';
import { enterPassphrase, unlock } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import { noIsolation } from './driver/isolation.js';
import { until } from './driver/until.js';
import { Visit } from './driver/visit.js';
import { chooseFiles, openInOpener, writeOpener, type ChosenFile } from './opener.js';
import { finish, saveSealed, sealWritten, startWriting } from './writing.js';

const headers = {
  subject: 'Results',
  from: [{ name: 'Clinic', address: 'clinic@example.com' }],
  to: [{ name: '', address: 'somebody@example.com' }],
};
const MESSAGE = { headers, text: 'marzipan' };

const FACE = { org: 'Klinik am See', color: '#aa0044' };

let folder: string;
let opener: string;
let identity: Identity;
const files: Record<'html' | 'data' | 'mail' | 'base64' | 'forwarded', ChosenFile> = {} as never;

async function sealed(form: 'html' | 'data', more: Parameters<typeof seal>[1] = {}): Promise<Buffer> {
  const envelope = await seal(MESSAGE, { form, face: FACE, prepared: await cheapSecret(), ...more });
  return Buffer.from(await envelope.bytes());
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sealpost-opener-'));
  opener = writeOpener(folder);
  identity = await generateIdentity({ kem: 'p256' });
  const prepared = await cheapSecret();
  const inMail = async (transfer: '7bit' | 'base64'): Promise<Buffer> =>
    Buffer.from(await coverMail(await seal(MESSAGE, { face: FACE, prepared }), { headers, transfer }));
  files.html = { name: 'securedoc.html', content: await sealed('html', { reply: { identity } }) };
  files.data = { name: 'securedoc.seal', content: await sealed('data') };
  files.mail = { name: 'Secure message.eml', content: await inMail('7bit') };
  files.base64 = { name: 'Secure message.eml', content: await inMail('base64') };
  const attachments = [{ name: 'mail.eml', type: 'message/rfc822', content: await inMail('base64') }];
  files.forwarded = {
    name: 'Fwd.eml',
    content: await writeMail({ headers, text: 'Can you open this?', attachments }),
  };
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What it says of the file's own page. */
async function verdict(visit: Visit): Promise<string> {
  await visit.find('.opened-file [role=status]:not(:empty)').wait();
  return visit.find('.opened-file [role=status]').text();
}

describeInEachEngine('the opener', (engine) => {
  const reader = useReader(engine);

  it.each(['html', 'data', 'mail', 'base64', 'forwarded'] as const)('opens an envelope: %s', async (kind) => {
    const visit = await reader.visit(opener);
    await openInOpener(visit, files[kind]);
    expect(await visit.find('.org').text()).toBe(FACE.org);
    expect(await visit.run(() => document.documentElement.style.getPropertyValue('--brand'))).toBe('#aa0044');
    await unlock(visit);
    expect(await visit.body.find('.text').text()).toBe(MESSAGE.text);
    expect(await verdict(visit)).toBe(kind === 'data' ? en.noPage : en.known.replace('{version}', '0.1.0'));
    expect(visit.said ?? []).toEqual([]);
  });

  it('takes a file that is dropped, and another one after it', async () => {
    const visit = await reader.visit(opener);
    await chooseFiles(visit, [files.html], 'drop');
    await visit.state('locked');
    await visit.find('[data-action=another]').click();
    await until(
      // While the page is loaded again, nothing can be asked of it.
      async () =>
        (await visit
          .find('html[data-opener=ready]:not([data-state])')
          .count()
          .catch(() => 0)) === 1,
      () => 'the opener did not come back',
    );
    expect(await visit.find('#sealpost-header').count()).toBe(0);
    await openInOpener(visit, files.data);
    await unlock(visit);
  });

  it('holds what is dropped later: the browser would run the page that came by mail', async () => {
    const visit = await reader.visit(opener);
    await openInOpener(visit, files.html);
    const held = await visit.run(() => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'securedoc.html'));
      const root = document.documentElement;
      return ['dragenter', 'dragover', 'drop'].map((type) => {
        const event = new Event(type, { bubbles: true, cancelable: true });
        Object.defineProperty(event, 'dataTransfer', { value: data });
        root.dispatchEvent(event);
        // A message's frame lets a drag through.
        return event.defaultPrevented || root.classList.contains('dragging');
      });
    });
    expect(held).toEqual([true, true, true]);
    expect(await visit.find('html.dragging').count()).toBe(0);
    await visit.state('locked');
  });

  it('opens one of two envelopes, however often it is told to', async () => {
    const visit = await reader.visit(opener);
    await chooseFiles(visit, [files.html, files.data]);
    await visit.find('.results h2').wait();
    await visit.run(() => {
      for (const button of document.querySelectorAll<HTMLElement>('.results button')) button.click();
    });
    await visit.state('locked');
    await unlock(visit);
    expect(await visit.find('.opened-file').count()).toBe(1);
  });

  it('takes what was chosen last, while it still looks at other files', async () => {
    const visit = await reader.visit(opener);
    await visit.find('html[data-opener=ready]').wait();
    await visit.run((envelope) => {
      const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
      for (const text of ['x'.repeat(100_000), envelope]) {
        const chosen = new DataTransfer();
        chosen.items.add(new File([text], 'file'));
        input.files = chosen.files;
        input.dispatchEvent(new Event('change'));
      }
    }, Buffer.from(files.html.content).toString('latin1'));
    await visit.state('locked');
    await unlock(visit);
  });

  it('speaks in its bar the language that the page speaks', async () => {
    const visit = await reader.visit(opener);
    await openInOpener(visit, files.html);
    await verdict(visit);
    await visit.run(() => {
      const menu = document.querySelector<HTMLSelectElement>('.language select')!;
      menu.value = 'ar';
      menu.dispatchEvent(new Event('change'));
    });
    expect(await verdict(visit)).toBe(openerTexts['ar']?.known.replace('{version}', '0.1.0'));
    expect(await visit.find('[data-action=another]').text()).toBe(openerTexts['ar']?.another);
  });

  it('keeps what stands in a block inside it, in a copy that the browser saves', async () => {
    const text = Buffer.from(files.data.content).toString('latin1');
    const content = text.replace(/\n\n(?=[^\n]*\n?$)/, '</script ><b id=out>\n<!--<script>$&');
    expect(content).not.toBe(text);
    const visit = await reader.visit(opener);
    await openInOpener(visit, { name: 'securedoc.seal', content });
    expect(
      await visit.run(() => {
        const blocks = [...document.querySelectorAll('script[type$=payload]')].map(({ outerHTML }) => outerHTML);
        return blocks.some((html) => /<(?:[/]script .|!--|script>)/.test(html.slice(1)));
      }),
    ).toBe(false);
  });

  it('locks as the page itself does, and a wrong passphrase stays one', async () => {
    const visit = await reader.visit(opener);
    await openInOpener(visit, files.html);
    await enterPassphrase(visit, 'not this one');
    await visit.find('#sealpost-alert:not(:empty)').wait();
    await unlock(visit);
    await visit.find('[data-action=lock]').click();
    await visit.state('locked');
    expect(await visit.find('iframe').count()).toBe(0);
    expect(await visit.find('.opened-file').count()).toBe(1);
  });

  it('says of twenty files that none of them is an envelope', async () => {
    const others: ChosenFile[] = Array.from({ length: 20 }, (_, n) => ({
      name: n === 3 ? '<img src=x onerror=alert(1)>.html' : `file ${n}.pdf`,
      content:
        n === 0 ? '' : n === 1 ? 'Subject: a mail\n\nand nothing else' : n === 2 ? '<html>' : Buffer.alloc(5_000, n),
    }));
    const visit = await reader.visit(opener);
    await chooseFiles(visit, others);
    const said = await visit.find('#sealpost-alert:not(:empty)').text();
    expect(said).toContain(en.nothingIn);
    for (const { name } of others) expect(said).toContain(cleanFileName(name));
    expect(await visit.find('img').count()).toBe(0);
    // And it goes on.
    await openInOpener(visit, files.html);
    await unlock(visit);
  });

  it('finds the one envelope among other files, and asks where there are several', async () => {
    const visit = await reader.visit(opener);
    await chooseFiles(visit, [{ name: 'letter.txt', content: 'hello' }, files.mail, { name: 'x', content: 'y' }]);
    await visit.state('locked');
    const again = await reader.visit(opener);
    await chooseFiles(again, [files.html, files.data]);
    expect(await again.find('.results h2:not(:empty)').text()).toBe(en.several);
    const names = await again.find('.results li .name').texts();
    expect(names).toEqual([`${FACE.org} \u00b7 securedoc.html`, `${FACE.org} \u00b7 securedoc.seal`]);
    await again.find('.results li:last-child button').click();
    await again.state('locked');
    expect(await verdict(again)).toBe(en.noPage);
    await unlock(again);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -2_000), page.strings.cutOff],
    ['of a later version', (text: string) => text.replace('{"v":1', '{"v":2'), page.strings.version],
    ['that asks for too much', (text: string) => text.replace(/"m":\d+/, '"m":9999999'), page.strings.limit],
  ])('says what is wrong with an envelope %s', async (_, change, text) => {
    const visit = await reader.visit(opener);
    const content = change(Buffer.from(files.html.content).toString('latin1'));
    await chooseFiles(visit, [{ name: 'securedoc.html', content }]);
    // What a header asks for, the page itself refuses.
    const said = await visit.find('#sealpost-alert:not(:empty)').text();
    expect(said).toContain(text);
    expect(await visit.find('input[type=password]').count()).toBe(0);
  });

  it('opens an envelope whose own page was changed, runs nothing of it, and says so', async () => {
    const evil = Buffer.from(files.html.content)
      .toString('latin1')
      .replace(
        '<script id="sealpost-open">',
        '<script>globalThis.taken = 1;</script><script id="sealpost-open">globalThis.taken=2;',
      )
      .replace('</style>', 'main{display:none}</style>')
      .replace('<body>', '<body onload="taken = 3"><img src=x onerror="taken = 4">');
    const visit = await reader.visit(opener);
    await openInOpener(visit, { name: 'securedoc.html', content: evil });
    expect(await verdict(visit)).toBe(en.unknown);
    await unlock(visit);
    expect(await visit.body.find('.text').text()).toBe(MESSAGE.text);
    expect(await visit.run(() => 'taken' in globalThis)).toBe(false);
  });

  it('writes a reply that is a known page and opens for the sender', async () => {
    const visit = await reader.visit(opener);
    await openInOpener(visit, files.html);
    await unlock(visit);
    await startWriting(visit, 'reply');
    await visit.find('textarea').fill('thank you');
    await sealWritten(visit);
    const saved = await saveSealed(visit);
    expect((await inspect(saved.bytes)).known).toBe(true);
    const opened = await open(saved.bytes, {
      keys: [identity],
      ledger: { remember: () => Promise.resolve(true), forget: () => Promise.resolve() },
    });
    expect(opened.message.text).toContain('thank you');
    opened.close();
    await finish(visit);
  });

  it('offers to save a reply where an envelope has an endpoint, which the opener does not reach', async () => {
    const content = await sealed('html', { reply: { identity, endpoint: 'https://mail.example.org/replies' } });
    const visit = await reader.visit(opener);
    await openInOpener(visit, { name: 'securedoc.html', content });
    await unlock(visit);
    await startWriting(visit, 'reply');
    await visit.find('textarea').fill('thank you');
    await sealWritten(visit);
    expect(await visit.find('[data-action=send]').count()).toBe(0);
    expect((await saveSealed(visit)).bytes.length).toBeGreaterThan(100_000);
    await finish(visit);
  });

  it('says so of a file that cannot be read any more', async () => {
    const visit = await reader.visit(opener);
    await visit.find('html[data-opener=ready]').wait();
    await visit.run(() => {
      File.prototype.arrayBuffer = () => Promise.reject(new DOMException('It is gone.', 'NotFoundError'));
    });
    await chooseFiles(visit, [files.html]);
    expect(await visit.find('#sealpost-alert:not(:empty)').text()).toContain(en.unreadable);
  });

  it('4: has a policy that reaches no network and runs nothing else, before a file is chosen and after', async () => {
    const visit = await reader.visit(opener);
    const policies = await visit.run(() => {
      const said: string[] = [];
      for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[http-equiv]')) said.push(meta.content);
      return said;
    });
    expect(policies).toHaveLength(1);
    expect(policies[0]).toMatch(
      /^default-src 'none'; script-src( 'sha256-[\w+/]+=*'){4}; style-src 'unsafe-inline'; img-src data: blob: 'self'; worker-src blob: 'self'; manifest-src 'self'; connect-src 'none'; frame-src 'none'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types sealpost sealpost-opener$/,
    );
    await openInOpener(visit, files.html);
    const blocked = await visit.run(async () => {
      const reached = await fetch('https://127.0.0.1:1/').then(
        () => 'reached',
        () => 'blocked',
      );
      const script = document.createElement('script');
      try {
        script.textContent = 'globalThis.ran = true';
        document.body.append(script);
      } catch {
        // Trusted Types say so.
      }
      script.remove();
      return [reached, 'ran' in globalThis];
    });
    expect(blocked).toEqual(['blocked', false]);
  });
});

describeInEachEngine(
  'the opener without a network',
  (engine) => {
    it('4: opens an envelope from file://, and writes a reply', async () => {
      const browser = await engine.launch({ network: 'none' });
      try {
        const visit = await Visit.file(browser, opener);
        await openInOpener(visit, files.html);
        await unlock(visit);
        await startWriting(visit, 'reply');
        await visit.find('textarea').fill('thank you');
        await sealWritten(visit);
        await saveSealed(visit);
        await finish(visit);
        expect(visit.said ?? []).toEqual([]);
      } finally {
        await browser.close();
      }
    });
  },
  noIsolation,
);
