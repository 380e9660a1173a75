import { beforeAll, expect, it } from 'vitest';
import { PASSPHRASE, sealText } from '../../packages/reader/test/support/envelope-file.js';
import { enterPassphrase } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';

describeInEachEngine('a file that was changed', (engine) => {
  const reader = useReader(engine);
  let text: string;

  beforeAll(async () => {
    const noise = crypto.getRandomValues(new Uint8Array(60_000));
    const content = Buffer.concat(Array.from({ length: 40 }, (_, index) => Buffer.from(noise).fill(index, 0, 1)));
    const attachments = [{ name: 'a.bin', type: 'x/y', content }];
    text = Buffer.from(await sealText({ text: 'The secret word is marzipan.', attachments })).toString('ascii');
  });

  const block = (n: number | string): RegExp =>
    new RegExp(
      `<script type="application/vnd\\.sealpost\\.payload" id="sealpost-payload-${String(n)}">[^]*?</script>\\n?`,
    );
  const header = /<script type="application\/vnd\.sealpost\.header\+json"[^]*?<\/script>\n/;

  async function refusal(changed: string): Promise<string> {
    const visit = await reader.visit(reader.write('damaged.html', changed));
    const state = await visit.run(() => document.documentElement.dataset['state']);
    if (state === 'locked') await enterPassphrase(visit, PASSPHRASE);
    const said = await visit.find('#sealpost-alert:not(:empty)').text();
    expect(await visit.find('iframe').count()).toBe(0);
    return said;
  }

  it.each([
    ['two headers', (page: string) => page.replace(header, '$&$&'), 'is not complete'],
    [
      'a second header at the end',
      (page: string) => page.replace(/<\/body>\n<\/html>\n$/, () => header.exec(page)![0]),
      'is not complete',
    ],
    ['no header', (page: string) => page.replace(header, ''), 'is not complete'],
    ['a header of a later version', (page: string) => page.replace('{"v":1', '{"v":2'), 'too old for this message'],
    ['a key derivation that costs too much', (page: string) => page.replace('"m":64', '"m":9999999'), 'exceeds'],
    ['a block that is missing', (page: string) => page.replace(block(0), ''), 'damaged'],
    ['a block twice', (page: string) => page.replace(block(1), '$&$&'), 'damaged'],
    [
      'blocks out of order',
      (page: string) => page.replace(block(0), '').replace(block(1), (second) => second + block(0).exec(page)![0]),
      'damaged',
    ],
    ['an end block that is missing', (page: string) => page.replace(block('end'), ''), 'end of this file is missing'],
    ['another salt', (page: string) => page.replace(/"salt":"./, '"salt":"Z'), 'did not open'],
    ['a changed face', (page: string) => page.replace('"face":{', '"face":{"org":"x"'), 'changed on its way'],
  ])('39: refuses %s', async (_, change, sentence) => {
    const changed = change(text);
    expect(changed).not.toBe(text);
    expect(await refusal(changed)).toContain(sentence);
  });

  it('warns before anybody types where the end is missing, and says it once, also after a wrong passphrase', async () => {
    const visit = await reader.visit(reader.write('cut.html', text.slice(0, text.length / 2)));
    expect(await visit.find('.notice:not(:empty)').text()).toContain('end of this file is missing');
    await enterPassphrase(visit, 'wrong');
    expect(await visit.find('#sealpost-alert:not(:empty)').text()).toContain('did not open');
    expect((await visit.find('main').text()).match(/end of this file is missing/g)).toHaveLength(1);
  });

  const BANNER = '<div style="position:fixed;inset:0 0 auto;height:90px;z-index:9">CAUTION</div>';

  it.each([
    ['in front of it', (page: string) => BANNER + page],
    [
      'as a page in front of it',
      (page: string) => `<html><head><title>x</title></head><body>${BANNER}</body></html>${page}`,
    ],
    ['as a text in front of it', (page: string) => `CAUTION\n${page}`],
    ['behind the document type', (page: string) => page.replace('<!doctype html>', `$&${BANNER}`)],
    ['in the head', (page: string) => page.replace('<head>', `$&${BANNER}`)],
    ['between head and body', (page: string) => page.replace('</head>', `$&${BANNER}`)],
    ['at the start of the body', (page: string) => page.replace('<body>', `$&${BANNER}`)],
    ['at the end of the body', (page: string) => page.replace('</body>', `${BANNER}$&`)],
    ['behind it', (page: string) => page + BANNER],
    ['around it', (page: string) => page.replace('<body>', '$&<div id=x>CAUTION').replace('</body>', '</div>$&')],
    ['as a table that does not end', (page: string) => page.replace('<body>', '$&<table><tr><td>CAUTION')],
    ['as words that do not end', (page: string) => page.replace('<body>', '$&<font color=red><b>CAUTION<p>')],
  ])('2: opens, looks the same, and keeps its policy, whatever a mail system put %s', async (_, change) => {
    const changed = change(text);
    expect(changed).not.toBe(text);
    const visit = await reader.read(reader.write('banner.html', changed));
    expect(await visit.find('body').text()).not.toContain('CAUTION');
    expect(await visit.body.find('body').text()).toContain('marzipan');
    const seen = await visit.run(async () => {
      const lock = document.querySelector('[data-action="lock"]')!;
      const { x, y } = lock.getBoundingClientRect();
      return {
        fetched: await fetch('data:,x').then(
          () => true,
          () => false,
        ),
        onTop: document.elementFromPoint(x + 3, y + 3) === lock,
        border: getComputedStyle(document.querySelector('.card')!).borderTopWidth,
      };
    });
    expect(seen).toEqual({ fetched: false, onTop: true, border: '6px' });
  });

  it('2: what tells whether a policy holds can tell that none does', async () => {
    const visit = await reader.visit(reader.write('bare.html', '<p>x'));
    expect(await visit.run(async () => (await fetch('data:,x')).text())).toBe('x');
  });
});
