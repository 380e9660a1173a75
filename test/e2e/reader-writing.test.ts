import { beforeAll, expect, it } from 'vitest';
import { type PreparedSecret, utf8, type Message } from '@sealpost/core';
import { open, seal, type ReplyOptions } from 'sealpost';
import { cheapSecret } from '../../packages/reader/test/support/envelope-file.js';
import { unlock } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { en } from '../../packages/reader/src/i18n/reply/en.js';
import { describeInEachEngine } from './driver/engines.js';
import { inTurn } from './driver/in-turn.js';
import type { Visit } from './driver/visit.js';
import { attach, finish, saveSealed, sealWritten, startWriting } from './writing.js';

const headers: Message['headers'] = {
  from: [{ name: 'Clinic', address: 'results@clinic.example' }],
  to: [{ name: 'Ada', address: 'ada@home.example' }],
  cc: [{ name: 'Bob', address: 'bob@home.example' }],
  subject: 'Results',
  date: '2026-11-20T09:30:00+01:00',
};

let prepared: PreparedSecret;

beforeAll(async () => {
  prepared = await cheapSecret();
});

async function envelope(message: Partial<Message>, reply: ReplyOptions = {}): Promise<Uint8Array> {
  const sealed = await seal({ headers, ...message }, { prepared, reply, idleLock: 1 });
  return sealed.bytes();
}

/** What hides text in mail, and what of it is to be read. */
const kobold = `<style>
  .a { display: none } .gmail_quote .a, .moz-text-html .a, blockquote .a { display: block }
  .b { color: #fff } .c { font-size: 0 } .d { visibility: hidden } .e { color: rgba(0, 0, 0, 0) }
  .f { color: #fdfdfd; background: #fefefe } .g { font-size: 1px } .h { color: white; background-color: black }
  .i { color: oklch(1 0 0) }
  @media (min-width: 1px) { .j { display: none } }
  .m { background: #000; color: #fff } .m div { background: rgba(255, 255, 255, 0.49) }
  .n { float: right; width: 9000px } .o { text-indent: 5000px } .q { margin-left: 99999px; width: 200px }
</style>
<p>Shown first</p>
<p class="a">hidden-a</p><p class="b">hidden-b</p><p class="c">hidden-c</p><p class="d">hidden-d</p>
<p class="e">hidden-e</p><p class="f">hidden-f</p><p class="g">hidden-g</p><p class="h">Shown on black</p>
<p class="i">hidden-i</p><p class="j">hidden-j</p><p hidden>hidden-k</p><div style="display:none">hidden-l</div>
<div class="m">${'<div>'.repeat(12)}hidden-m${'</div>'.repeat(12)}</div>
<p class="n">hidden-n</p><p class="o" dir="rtl">hidden-o</p><p class="q">hidden-q</p>
<table><tr><td>One</td><td>Two</td></tr></table>
<blockquote>Quoted before</blockquote>
<p><b style="color:#c00">Shown last</b></p>`;

describeInEachEngine('writing in the page', (engine) => {
  const reader = useReader(engine);

  async function answerable(
    message: Partial<Message> = { text: 'All is well.' },
    reply?: ReplyOptions,
  ): Promise<Visit> {
    return reader.read(reader.write('message.html', await envelope(message, reply)));
  }

  it.each(['reply', 'forward'] as const)('17: carries no hidden text and no style in a %s', async (action) => {
    const visit = await answerable({ html: kobold, text: 'Another text' });
    expect(await visit.body.find('body').text()).toContain('hidden-b');
    await startWriting(visit, action);
    await visit.type('My own. ');
    const written = await visit.find('textarea').value();
    for (const shown of ['Shown first', 'Shown on black', 'One', 'Two', 'Quoted before', 'Shown last'])
      expect(written).toContain(shown);
    expect(written).not.toMatch(/hidden-|Another text|style|<p|class/);
    await sealWritten(visit);
    const secret = action === 'reply' ? { prepared } : { passphrase: (await visit.find('.code').text()).trim() };
    const opened = await open((await saveSealed(visit)).bytes, secret);
    expect(opened.message.html).toBeUndefined();
    expect(opened.message.text).toBe(written);
    // And the message is as it was.
    await visit.find('[data-action="save-mail"]').wait();
    expect(await visit.body.find('body').text()).toContain('hidden-b');
    await finish(visit);
  });

  const marked = `a${'\u0301'.repeat(1_000)}`.repeat(500);
  const many: readonly (readonly [string, Partial<Message>])[] = [
    ['lines', { html: `<pre>${'a\n'.repeat(100_000)}` }],
    ['elements', { html: '<div>'.repeat(190) + '<b>a</b><i>b</i>'.repeat(20_000) }],
    ['hidden pieces', { html: '<i style="color:#fff">a</i> '.repeat(20_000) }],
    [
      'marks',
      { text: 'a', headers: { ...headers, subject: marked, from: [{ name: marked, address: 'a@b.example' }] } },
    ],
    ['names', { text: 'a', headers: { ...headers, to: Array(9_000).fill({ name: 'a b', address: 'a@b.example' }) } }],
  ];
  it.each(inTurn(many, engine))('16: does not keep the browser busy for many %s', async (_, message) => {
    const visit = await answerable(message, { to: [] });
    const time = await visit.run(async () => {
      const before = performance.now();
      document.querySelector<HTMLElement>('[data-action="forward"]')!.click();
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now() - before;
    });
    expect(await visit.find('textarea').count()).toBe(1);
    // A tenth of it where nothing else is done; a quarter of a minute and more without a bound.
    expect(time).toBeLessThan(9_000);
    await visit.button(en.discard).click();
    await visit.find('textarea').waitGone();
  });

  it('36: has a text field that no service of the browser reads', async () => {
    const visit = await answerable();
    await startWriting(visit, 'reply');
    const field = visit.find('textarea');
    for (const [name, value] of [
      ['spellcheck', 'false'],
      ['autocorrect', 'off'],
      ['autocapitalize', 'none'],
      ['translate', 'no'],
      ['autocomplete', 'off'],
    ] as const)
      expect(await field.attribute(name)).toBe(value);
    await visit.button(en.discard).click();
    await visit.find('textarea').waitGone();
  });

  it('18: goes to whom the sealed message says, whatever From and Reply-To say', async () => {
    const to = [{ name: '', address: 'desk@clinic.example' }];
    const visit = await answerable(
      { headers: { ...headers, replyTo: [{ name: '', address: 'eve@else.example' }] } },
      { to },
    );
    await startWriting(visit, 'reply');
    expect(await visit.find('form dd').nth(0).text()).toBe('desk@clinic.example');
    await visit.type('Hello.');
    await sealWritten(visit);
    const address = await visit.find('[data-action="mail"]').attribute('href');
    expect(address).toMatch(/^mailto:desk@clinic\.example\?subject=Secure%20message&body=[\w%.-]+$/);
    expect((await open((await saveSealed(visit)).bytes, { prepared })).message.headers.to).toEqual(to);
  });

  it('goes to everybody where the sender offers that', async () => {
    const visit = await answerable({ text: 'x' }, { actions: ['reply', 'replyAll'] });
    expect(await visit.find('.reply button').texts()).toEqual([en.reply, en.toAll]);
    await startWriting(visit, 'replyAll');
    await visit.type('Hello.');
    await sealWritten(visit);
    const { message } = await open((await saveSealed(visit)).bytes, { prepared });
    expect(message.headers.to?.map(({ address }) => address)).toEqual(['results@clinic.example', 'ada@home.example']);
    expect(message.headers.cc).toEqual(headers.cc);
  });

  it('offers what the sender allows, and nothing without', async () => {
    const visit = await answerable({ text: 'x' }, { actions: ['forward'] });
    expect(await visit.find('.reply button').texts()).toEqual([en.forward]);
    const plain = await reader.open({ text: 'x' });
    expect(await plain.find('.reply').count()).toBe(0);
  });

  it('24: keeps a draft while the page is locked, and shows none of it then', async () => {
    const visit = await answerable();
    await startWriting(visit, 'reply');
    await visit.type('half a sentence');
    await attach(visit, [{ name: 'form.pdf', type: 'application/pdf', byte: 1, size: 100 }]);
    await visit.find('[data-action="lock"]').click();
    await visit.state('locked');
    expect(await visit.run(() => document.documentElement.outerHTML)).not.toContain('half a sentence');
    await unlock(visit);
    await visit.find('textarea').wait();
    expect(await visit.find('textarea').value()).toMatch(/^half a sentence\n/);
    expect(await visit.find('form [role=status]').nth(0).text()).toBe(en.draftBack);
    await sealWritten(visit);
    const opened = await open((await saveSealed(visit)).bytes, { prepared });
    expect(opened.message.text).toMatch(/^half a sentence\n/);
    expect(opened.attachments.map(({ name }) => name)).toEqual(['form.pdf']);
    // It has left the page: there is nothing to keep.
    await visit.find('[data-action="lock"]').click();
    await visit.state('locked');
    await unlock(visit);
    await visit.find('[data-action="reply"]').wait();
    expect(await visit.find('textarea').count()).toBe(0);
  });

  it('does not bring back an attachment that was taken out of a forward', async () => {
    const attachments = ['private.txt', 'plan.txt'].map((name) => ({ name, type: 'text/plain', content: utf8(name) }));
    const visit = await answerable({ text: 'x', attachments });
    await startWriting(visit, 'forward');
    await visit.find('form .name + button').nth(0).click();
    await visit.find('[data-action="lock"]').click();
    await visit.state('locked');
    await unlock(visit);
    await visit.find('textarea').wait();
    expect(await visit.find('form .name bdi').texts()).toEqual(['plan.txt']);
    await sealWritten(visit);
    const passphrase = (await visit.find('.code').text()).trim();
    expect((await open((await saveSealed(visit)).bytes, { passphrase })).attachments.map(({ name }) => name)).toEqual([
      'plan.txt',
    ]);
    await finish(visit);
  });

  it('keeps a forward whose code may not have been told yet', async () => {
    const visit = await answerable();
    await startWriting(visit, 'forward');
    await visit.type('half a sentence');
    await sealWritten(visit);
    await saveSealed(visit);
    await visit.find('[data-action="lock"]').click();
    await visit.state('locked');
    await unlock(visit);
    await visit.find('textarea').wait();
    expect(await visit.find('textarea').value()).toMatch(/^half a sentence\n/);
    await sealWritten(visit);
    await saveSealed(visit);
    await finish(visit);
  });

  it('can be shown in another language', async () => {
    const sealed = await seal({ headers, text: 'x' }, { prepared, reply: {}, languages: ['en', 'de'] });
    const visit = await reader.read(reader.write('languages.html', await sealed.bytes()));
    await startWriting(visit, 'reply');
    await visit.type('half a sentence');
    await visit.run(() => {
      const menu = document.querySelector('select')!;
      menu.value = 'de';
      menu.dispatchEvent(new Event('change'));
    });
    await visit.find('html[lang=de] textarea').wait();
    expect(await visit.find('textarea').value()).toMatch(/^half a sentence\n/);
    await sealWritten(visit);
    await saveSealed(visit);
  });

  it('gives the focus back to the text that is changed once more', async () => {
    const visit = await answerable();
    await startWriting(visit, 'reply');
    await visit.type('half a sentence');
    await sealWritten(visit);
    await visit.button(en.change).click();
    expect(await visit.run(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await sealWritten(visit);
    await saveSealed(visit);
  });

  it('14: names in a mail only what is one address', async () => {
    const to = ['a@b.example?bcc=eve@x', 'a@b.example\r\nBcc: eve@x', 'a@b.example,eve@x', 'a\ud800@b.example'];
    const visit = await answerable({ text: 'x' }, { to: to.map((address) => ({ name: '', address })) });
    await startWriting(visit, 'reply');
    await visit.type('Hello.');
    await sealWritten(visit);
    const mail = visit.find('[data-action="mail"]');
    expect(await mail.attribute('href')).toMatch(/^mailto:a@b\.example%3Fbcc%3Deve%40x\?subject=/);
    expect([await mail.attribute('target'), await mail.attribute('rel')]).toEqual(['_blank', 'noopener noreferrer']);
    await saveSealed(visit);
  });

  it('asks before what was written is thrown away', async () => {
    const visit = await answerable();
    await startWriting(visit, 'reply');
    await visit.type('half a sentence');
    await visit.button(en.discard).click();
    expect(await visit.find('form > [role=status]').text()).toBe(en.discardAsk);
    await visit.button(en.keep).click();
    expect(await visit.find('textarea').value()).toMatch(/^half a sentence\n/);
    await visit.button(en.discard).click();
    await visit.button(en.keep).wait();
    await visit.button(en.discard).click();
    await visit.find('[data-action="reply"]').wait();
    await startWriting(visit, 'reply');
    expect(await visit.find('textarea').value()).not.toContain('half a sentence');
    await visit.button(en.discard).click();
    await visit.find('textarea').waitGone();
  });

  it('takes files up to a limit, and lets go of them', async () => {
    const visit = await answerable();
    await startWriting(visit, 'reply');
    await attach(visit, [{ name: 'large.bin', type: '', byte: 1, size: 19_000_000 }]);
    await attach(visit, [{ name: 'one-more.bin', type: '', byte: 1, size: 2_000_000 }], 'drop');
    expect(await visit.find('form .notice').text()).toBe(en.tooLarge.replace('{size}', '20 MB'));
    expect(await visit.find('form .name bdi').texts()).toEqual(['large.bin']);
    await visit.button(en.remove).click();
    await visit.find('form .name').waitGone();
    await attach(visit, [{ name: 'small.bin', type: '', byte: 1, size: 20 }]);
    expect(await visit.find('form .name bdi').texts()).toEqual(['small.bin']);
    expect(await visit.find('form .notice').text()).toBe('');
    await sealWritten(visit);
    expect((await open((await saveSealed(visit)).bytes, { prepared })).attachments).toHaveLength(1);
  });

  it('24: ends a sealing that is under way when it is locked, and keeps what was written', async () => {
    const visit = await answerable();
    await startWriting(visit, 'reply');
    await visit.type('half a sentence');
    await attach(visit, [{ name: 'large.bin', type: '', byte: 1, size: 15_000_000 }]);
    await visit.run(() => {
      document.querySelector<HTMLElement>('form .primary')!.click();
      document.querySelector<HTMLElement>('[data-action="lock"]')!.click();
    });
    await visit.state('locked');
    await unlock(visit);
    await visit.find('textarea').wait();
    expect(await visit.find('textarea').value()).toMatch(/^half a sentence\n/);
    expect(await visit.find('form .name bdi').texts()).toEqual(['large.bin']);
    await sealWritten(visit);
    expect((await open((await saveSealed(visit)).bytes, { prepared })).attachments).toHaveLength(1);
  });

  it('a file that falls beside the form stays outside, and so does its content', async () => {
    const visit = await answerable();
    await startWriting(visit, 'reply');
    const isHeld = await visit.run(() => {
      const drop = new Event('drop', { bubbles: true, cancelable: true });
      document.querySelector('h1')!.dispatchEvent(drop);
      return drop.defaultPrevented;
    });
    expect(isHeld).toBe(true);
    await visit.button(en.discard).click();
    await visit.find('textarea').waitGone();
  });

  it('wants something to be written', async () => {
    const visit = await answerable();
    await startWriting(visit, 'reply');
    await visit.find('form .primary').click();
    expect(await visit.find('form .notice').text()).toBe(en.empty);
    await visit.button(en.discard).click();
    await visit.find('textarea').waitGone();
  });

  it('26: tells nobody what it is about before it is opened', async () => {
    const visit = await answerable({ text: 'marzipan' });
    await startWriting(visit, 'reply');
    await visit.type('nougat');
    await sealWritten(visit);
    const file = Buffer.from((await saveSealed(visit)).bytes).toString('latin1');
    for (const secret of ['marzipan', 'nougat', 'Results', 'ada@', 'clinic.example', 'Ada'])
      expect(file).not.toContain(secret);
  });
});
