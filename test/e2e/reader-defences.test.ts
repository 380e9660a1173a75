import { expect, it } from 'vitest';
import { sealText } from '../../packages/reader/test/support/envelope-file.js';
import { png } from '../../packages/reader/test/support/png.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import { withScript } from './driver/with-script.js';

// Tests that `npm run test:defences` found missing.
describeInEachEngine('a page with all its defences', (engine) => {
  const reader = useReader(engine);

  // `npm run test:defences` takes a page for broken, and not for weakened, where this fails.
  it('opens an envelope, whatever defence it lacks', async () => {
    const visit = await reader.open({ text: 'plain' });
    expect(await visit.body.find('.text').text()).toBe('plain');
  });

  it('16: keeps a mail in its place and under a greatest height, and its names apart from those of the page', async () => {
    const html =
      '<style>.host{color:red}</style><p id="sealpost-print" class="host" style="position:absolute;top:0;left:0">x</p>' +
      '<div style="height:9999999px">y</div>';
    const visit = await reader.open({ html });
    const seen = await visit.run(() => {
      const frame = document.querySelector('iframe')!;
      const mail = frame.contentDocument!.querySelector('p')!;
      const { position, top, left } = mail.style;
      return { names: [mail.id, mail.className], style: [position, top, left], height: frame.offsetHeight };
    });
    expect(seen.names).toEqual(['m-sealpost-print', 'm-host']);
    expect(seen.style).toEqual(['', '', '']);
    expect(seen.height).toBeGreaterThan(199_000);
    expect(seen.height).toBeLessThanOrEqual(200_002);
  });

  it('19: hands the browser no type but a few harmless ones, whatever a file claims to be', async () => {
    const types = ['application/x-unknown', 'font/woff2', 'text/css', 'image/png'];
    const attachments = types.map((type) => ({ name: 'a.bin', type, content: png }));
    const page = withScript(Buffer.from(await sealText({ text: 'x', attachments })).toString('latin1'), () => {
      const handed: string[] = [];
      Object.assign(globalThis, { handed });
      const make = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (blob: Blob) => {
        handed.push(blob.type);
        return make(blob);
      };
    });
    const visit = await reader.read(reader.write('types.html', Buffer.from(page, 'latin1')));
    for (const index of types.keys()) await visit.save(() => visit.find('[data-action="save"]').nth(index).click());
    const handed = await visit.run(() => (globalThis as unknown as { handed: string[] }).handed);
    const bytes = 'application/octet-stream';
    expect(handed.slice(-types.length)).toEqual([bytes, bytes, bytes, 'image/png']);
  });

  it('21: shows nothing of a file that can run, whatever type it claims', async () => {
    const names = ['a.svg', 'a.html', 'a.js', 'a.exe', 'a.png', 'a.txt'];
    const attachments = names.flatMap((name) =>
      ['image/png', 'text/plain'].map((type) => ({ name, type, content: png })),
    );
    const visit = await reader.open({ text: 'x', attachments });
    await visit.find('.files li').wait();
    const shown = await visit.run(() =>
      [...document.querySelectorAll('.files li')]
        .filter((item) => item.querySelector('[data-action="view"]') !== null)
        .map((item) => item.querySelector('bdi')?.textContent),
    );
    expect(shown).toEqual(['a.png', 'a.png', 'a.txt', 'a.txt']);
  });

  it('22: shows no drawing as a picture of a mail, but lists it', async () => {
    const drawing = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    );
    const attachments = [
      { name: 'a.png', type: 'image/png', content: png, contentId: 'a', inline: true },
      { name: 'b.svg', type: 'image/svg+xml', content: drawing, contentId: 'b', inline: true },
    ];
    const html = '<img src="cid:a"><img src="cid:b">';
    const visit = await reader.open({ html, attachments });
    await visit.find('.files li').wait();
    expect(await visit.find('.files .name bdi').texts()).toEqual(['b.svg']);
    expect(await visit.body.find('img').count()).toBe(1);
  });
});
