import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageBlock } from '../../../test/support/language-block.js';
import {
  concat,
  estimateFileSize,
  inspectEnvelope,
  nobleBackend,
  openEnvelope,
  PreparedSecret,
  profileKdf,
  randomBytes,
  readEnvelope,
  sealEnvelope,
  utf8,
  webcryptoBackend,
  type Backend,
  type Bytes,
  type Message,
  type OpenedEnvelope,
  type Page,
  type Release,
  type SealEnvelopeOptions,
} from '../src/index.js';
import { padme } from '../src/message/padding.js';
import { CHUNK_BYTES } from '../src/wire/payload.js';

/** A secret without a derivation: these tests are about everything behind it. */
const prepared = new PreparedSecret({
  key: new Uint8Array(32).fill(3),
  kdf: profileKdf('light', new Uint8Array(16).fill(4)),
  norm: 'words',
  madeAt: 0,
  strengthBits: 64,
});

const page: Page = {
  runtime: { modules: { open: "'use strict';" }, style: 'p{}' },
  languages: [languageBlock(['Secure message'])],
};

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function releaseOf({ runtime, languages }: Page, version: string): Release {
  return {
    version,
    modules: Object.fromEntries(Object.entries(runtime.modules).map(([name, code]) => [name, sha256(code)])),
    style: sha256(runtime.style),
    languages: Object.fromEntries(languages.map(({ code, json }) => [code, sha256(json)])),
  };
}

const releases = [releaseOf(page, '1.2.3')];

async function fileOf(message: Message, options: Partial<SealEnvelopeOptions> = {}): Promise<Bytes> {
  const sealed = await sealEnvelope(message, { secrets: [prepared], ...options });
  const pieces: Bytes[] = [];
  for await (const piece of sealed.file()) pieces.push(piece.slice());
  return concat(...pieces);
}

function openFile(file: Uint8Array, backend?: Backend): Promise<OpenedEnvelope> {
  return openEnvelope(readEnvelope(file), { prepared }, { backend });
}

function attachment(
  content: Message['attachments'] extends readonly (infer A)[] | undefined
    ? A extends { content: infer C }
      ? C
      : never
    : never,
): Message {
  return { headers: {}, attachments: [{ name: 'a.bin', type: 'application/octet-stream', content }] };
}

async function* slowly(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array, void, undefined> {
  let at = 0;
  for (const size of sizes) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
    at += size;
  }
  yield bytes.subarray(at);
}

/** Vitest's own comparison takes seconds for a megabyte. */
function expectSame(actual: Uint8Array | undefined, expected: Uint8Array): void {
  expect(Buffer.compare(actual ?? Buffer.from('nothing'), expected)).toBe(0);
}

describe('sealing and opening', () => {
  const backends: readonly (readonly [Backend, Backend])[] = [webcryptoBackend, nobleBackend].flatMap((a) =>
    [webcryptoBackend, nobleBackend].map((b) => [a, b] as const),
  );

  it.each(backends)('what $name seals, $name opens', async (sealing, opening) => {
    const content = randomBytes(3 * CHUNK_BYTES + 5);
    const message = {
      ...attachment(content),
      headers: { subject: 'Grüße 😀' },
      text: 'täxt',
      html: '<p>html',
      original: Uint8Array.of(1, 2, 3),
    };
    const opened = await openFile(await fileOf(message, { backend: sealing }), opening);
    expect(opened.headers.subject).toBe('Grüße 😀');
    expect(await opened.text()).toBe('täxt');
    expect(await opened.html()).toBe('<p>html');
    expectSame(await opened.attachments[0]?.bytes(), content);
    expect(await opened.original?.bytes()).toEqual(Uint8Array.of(1, 2, 3));
  });

  // Sizes of the part for which the plaintext ends near the borders of chunks and blocks.
  const borders = [0, 1, CHUNK_BYTES, 2 * CHUNK_BYTES, 64 * CHUNK_BYTES, 128 * CHUNK_BYTES].flatMap((border) =>
    [-1, 0, 1].map((difference) => border + difference).filter((length) => length >= 0),
  );

  it.each(borders)('parts of %i bytes come back, in both forms, whole and streamed', async (size) => {
    const content = randomBytes(size);
    for (const form of [page, undefined]) {
      const file = await fileOf(attachment(content), { page: form });
      const [part] = (await openFile(file)).attachments;
      expectSame(await part?.bytes(), content);
      expectSame(new Uint8Array(await new Response(part?.stream()).arrayBuffer()), content);
    }
  });

  it('the plaintext may end at any place of a chunk', async () => {
    const empty = (await inspectEnvelope(await fileOf(attachment(new Uint8Array(0))))).plaintextBytes ?? 0;
    for (const around of [-2, -1, 0, 1, 2]) {
      // The manifest grows by some digits with the part; come near, then count.
      for (let size = CHUNK_BYTES - empty - 8; size < CHUNK_BYTES - empty + 8; size++) {
        const file = await fileOf(attachment(randomBytes(size)));
        const length = (await inspectEnvelope(file)).plaintextBytes ?? 0;
        if (length !== CHUNK_BYTES + around) continue;
        expect((await (await openFile(file)).attachments[0]?.bytes())?.length).toBe(size);
      }
    }
  });

  it('contents may be bytes, blobs, streams and iterables, in pieces of any size', async () => {
    const content = randomBytes(200_000);
    const contents = [
      content,
      new Blob([content]),
      new Blob([content]).stream() as ReadableStream<Uint8Array>,
      slowly(content, [1, 0, 16_384, 16_383, 100_000, 7]),
    ];
    for (const each of contents) {
      expectSame(await (await openFile(await fileOf(attachment(each)))).attachments[0]?.bytes(), content);
    }
  });

  it.each([1_000, 65_536])('a stream may write its pieces of %i bytes into the same memory', async (length) => {
    const content = new TextEncoder().encode('one letter after the other, '.repeat(10_000));
    const reusing = (async function* (): AsyncGenerator<Uint8Array, void, undefined> {
      // A Buffer, whose own `slice` does not copy.
      const memory = Buffer.alloc(length);
      for (let at = 0; at < content.length; at += length) {
        const piece = content.subarray(at, at + length);
        memory.set(piece);
        yield await Promise.resolve(memory.subarray(0, piece.length));
      }
    })();
    expectSame(await (await openFile(await fileOf(attachment(reusing)))).attachments[0]?.bytes(), content);
  });

  it('deflates what shrinks, and only that', async () => {
    const text = new TextEncoder().encode('all work and no play makes jack a dull boy\n'.repeat(5_000));
    const plain = { name: 'a', type: 'text/plain' };
    const small = await fileOf({ headers: {}, attachments: [{ ...plain, content: text }] });
    expect(small.length).toBeLessThan(text.length / 10);
    expectSame(await (await openFile(small)).attachments[0]?.bytes(), text);
    const zip = await fileOf({ headers: {}, attachments: [{ name: 'a', type: 'application/zip', content: text }] });
    expect(zip.length).toBeGreaterThan(text.length);
  });

  it('a file of any length is made in the memory of one block', async () => {
    const attachments = [{ name: 'a', type: 'application/zip', content: new Uint8Array(4_000_000) }];
    const sealed = await sealEnvelope({ headers: {}, attachments }, { secrets: [prepared] });
    const rooms = new Set<ArrayBuffer>();
    for await (const piece of sealed.file()) {
      if (piece.length > 500_000) rooms.add(piece.buffer);
    }
    expect(rooms.size).toBe(1);
  });

  it('an error of a stream comes through, and nothing is written twice', async () => {
    const broken = (async function* (): AsyncGenerator<Uint8Array, void, undefined> {
      yield await Promise.resolve(new Uint8Array(10));
      throw new RangeError('disk is gone');
    })();
    await expect(fileOf(attachment(broken))).rejects.toThrow('disk is gone');
    const sealed = await sealEnvelope(attachment(new Uint8Array(1)), { secrets: [prepared] });
    sealed.file();
    expect(() => sealed.file()).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  it('any message comes back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          subject: fc.string({ unit: 'grapheme' }),
          text: fc.option(fc.string({ unit: 'grapheme', maxLength: 3_000 }), { nil: undefined }),
          names: fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 3_000 })), {
            maxLength: 4,
          }),
          pad: fc.boolean(),
          html: fc.boolean(),
        }),
        async ({ subject, text, names, pad, html }) => {
          const attachments = names.map(([name, content]) => ({ name, type: 'text/x', content }));
          const file = await fileOf(
            { headers: { subject }, ...(text === undefined ? {} : { text }), attachments },
            { pad, page: html ? page : undefined },
          );
          const opened = await openFile(file);
          expect(opened.headers).toEqual({ subject });
          expect(await opened.text()).toBe(text);
          expect(opened.attachments.map(({ name }) => name)).toEqual(names.map(([name]) => name));
          for (const [index, [, content]] of names.entries())
            expectSame(await opened.attachments[index]?.bytes(), new Uint8Array(content));
          expect((await inspectEnvelope(file, { releases })).known).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('secrets and slots', () => {
  it('another prepared secret does not open', async () => {
    const other = new PreparedSecret({
      key: new Uint8Array(32),
      kdf: prepared.kdf,
      norm: 'words',
      madeAt: 0,
      strengthBits: 0,
    });
    const file = await fileOf(attachment(new Uint8Array(1)));
    await expect(openEnvelope(readEnvelope(file), { prepared: other })).rejects.toMatchObject({
      code: 'DID_NOT_OPEN',
      fault: undefined,
    });
  });

  it('derives once for slots that share a derivation', async () => {
    const file = await fileOf({ headers: {}, text: 'x' }, { secrets: [prepared, prepared] });
    let runs = 0;
    const runKdf = (): Promise<Bytes> => {
      runs++;
      return Promise.resolve(new Uint8Array(32).fill(3));
    };
    const opened = await openEnvelope(readEnvelope(file), { passphrase: 'anything' }, { runKdf });
    expect(await opened.text()).toBe('x');
    expect(runs).toBe(1);
  });

  it('closing forgets the key', async () => {
    const opened = await openFile(await fileOf(attachment(randomBytes(100))));
    opened.close();
    await expect(opened.attachments[0]?.bytes()).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('two envelopes of one message share nothing but their salt', async () => {
    const [a, b] = [await fileOf({ headers: {}, text: 'same' }), await fileOf({ headers: {}, text: 'same' })].map(
      (file) => readEnvelope(file),
    );
    expect(a?.header.id).not.toEqual(b?.header.id);
    expect(await a?.payload.block(0)).not.toBe(await b?.payload.block(0));
  });
});

describe('limits', () => {
  it('refuses more than the caller takes', async () => {
    const file = await fileOf(attachment(new Uint8Array(5_000)));
    await expect(openEnvelope(readEnvelope(file), { prepared }, { maxBytes: 4_999 })).rejects.toMatchObject({
      code: 'LIMIT',
    });
    await expect(openEnvelope(readEnvelope(file), { prepared }, { maxBytes: 5_000 })).resolves.toBeDefined();
  });

  it('refuses messages that the format cannot hold', async () => {
    const many = Array.from({ length: 1_025 }, () => ({ name: '', type: 'a/b', content: new Uint8Array() }));
    await expect(fileOf({ headers: {}, attachments: many })).rejects.toMatchObject({ code: 'LIMIT' });
    const [one] = many;
    if (one === undefined) throw new Error('no attachment');
    await expect(fileOf({ headers: {}, attachments: [{ ...one, name: 'ü'.repeat(2_049) }] })).rejects.toMatchObject({
      code: 'LIMIT',
    });
    await expect(fileOf({ headers: {}, attachments: [{ ...one, type: '' }] })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
    await expect(fileOf({ headers: {} }, { face: { color: 'red' } })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
    await expect(fileOf({ headers: {} }, { secrets: [] })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

describe('sizes', () => {
  it.each([0, 100, 16_384, 1_048_576, 3_000_001])('the estimate for %i bytes is within 1 %', async (size) => {
    const message = attachment(randomBytes(size));
    for (const form of [page, undefined]) {
      const options: SealEnvelopeOptions = { secrets: [prepared], page: form };
      const file = await fileOf(message, options);
      expect(Math.abs((await estimateFileSize(message, options)) / file.length - 1)).toBeLessThan(0.01);
    }
  });

  it('padding follows Padmé: lengths of 9 and 8.2 million become few', () => {
    // Figures worked out by hand from the definition: E = 3, S = 2, so steps of 2; E = 22, S = 5, so steps of 2^17.
    expect([padme(0), padme(1), padme(2), padme(9), padme(10), padme(8_200_000)]).toEqual([0, 1, 2, 10, 10, 8_257_536]);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2 ** 40 }), (length) => {
        expect(padme(length)).toBeGreaterThanOrEqual(length);
        expect(padme(length) / length).toBeLessThan(1.12 + 1 / length);
        expect(padme(padme(length))).toBe(padme(length));
      }),
    );
  });

  it('padded plaintexts have Padmé lengths', async () => {
    for (const size of [10, 5_000, 70_000]) {
      const { plaintextBytes = 0 } = await inspectEnvelope(await fileOf(attachment(randomBytes(size)), { pad: true }));
      expect(padme(plaintextBytes)).toBe(plaintextBytes);
    }
  });
});

describe('documents', () => {
  const message = attachment(randomBytes(2_500_000));

  it('the same arguments give the same page, and another page is not known', async () => {
    const file = await fileOf(message, {
      page,
      face: { org: 'Klinik', contact: '日本語'.repeat(160), color: '#123456' },
    });
    expect((await inspectEnvelope(file, { releases })).known).toBe(true);
    const text = new TextDecoder().decode(file);
    for (const [from, to] of [
      ["'use strict';", "'use strict' ;"],
      ['p{}', 'q{}'],
      ['<title>', '<title>x'],
      ['</body>', '<p></body>'],
      ['connect-src', 'connect-src *; x-src'],
    ] as const) {
      expect((await inspectEnvelope(text.replace(from, to), { releases })).known).toBe(false);
    }
    expect((await inspectEnvelope(text.replaceAll('\n', '\r\n'), { releases })).known).toBe(true);
  });

  it('1: a page is known by the hashes of any one release, of which all of it must be', async () => {
    const language = (code: string, title: string): Page['languages'][number] =>
      languageBlock([title, `${title}, reply`], { code });
    const one: Page = {
      runtime: { modules: { open: 'open1();', reply: 'reply1();' }, style: 'a{}' },
      languages: [language('en', 'One'), language('fr', 'Un')],
    };
    const two: Page = {
      runtime: { modules: { open: 'open2();', reply: 'reply2();' }, style: 'b{}' },
      languages: [language('en', 'Two'), language('fr', 'Deux')],
    };
    const both = [releaseOf(one, '1.0.0'), releaseOf(two, '2.0.0')];
    const inspected = async (made: Page, known: readonly Release[] = both): Promise<unknown> => {
      const inspection = await inspectEnvelope(await fileOf({ headers: {} }, { page: made }), { releases: known });
      expect(inspection.known).toBe(inspection.release !== undefined);
      return inspection.release;
    };
    expect(await inspected(one)).toBe('1.0.0');
    expect(await inspected(two)).toBe('2.0.0');
    const [english1, french1] = one.languages as [Page['languages'][number], Page['languages'][number]];
    const [english2] = two.languages as [Page['languages'][number]];
    const { open, reply = '' } = one.runtime.modules;
    // Fewer languages, in another order, and fewer modules are what a sender chooses.
    expect(await inspected({ ...one, languages: [french1] })).toBe('1.0.0');
    expect(await inspected({ ...one, languages: [french1, english1] })).toBe('1.0.0');
    expect(await inspected({ ...one, runtime: { ...one.runtime, modules: { open } } })).toBe('1.0.0');
    for (const mixed of [
      { ...one, languages: [english2] },
      { ...one, languages: [english1, english2] },
      { ...one, languages: [english1, english1] },
      { ...one, languages: [english1, language('de', 'Eins')] },
      { ...one, languages: [language('constructor', 'Un')] },
      { ...one, runtime: { ...one.runtime, style: 'b{}' } },
      { ...one, runtime: { ...one.runtime, modules: { open, reply: 'reply2();' } } },
      { ...one, runtime: { ...one.runtime, modules: { open, reply, pq: 'pq1();' } } },
      { ...one, runtime: { ...one.runtime, modules: { open: 'open3();' } } },
      { ...one, languages: [languageBlock(['One', 'Two, reply'])] },
    ]) {
      expect(await inspected(mixed)).toBeUndefined();
    }
    expect(await inspected(one, [releaseOf(two, '2.0.0')])).toBeUndefined();
    expect(await inspected(one, [])).toBeUndefined();
  });

  it('1: a page has each of its languages once, as the release has it', async () => {
    const languages = [languageBlock(['One', 'Reply']), languageBlock(['Un', 'R\u00e9pondre'], { code: 'fr' })];
    const whole: Page = { ...page, languages };
    const known = [releaseOf(whole, '1.0.0')];
    const isKnown = async (text: string): Promise<boolean> => (await inspectEnvelope(text, { releases: known })).known;
    const all = new TextDecoder().decode(await fileOf({ headers: {} }, { page: whole }));
    const block = /<script type="application\/json" id="sealpost-lang-fr">[^]*?<\/script>\n/.exec(all)![0];
    const openTag = '<script id="sealpost-open">';
    expect(await isKnown(all)).toBe(true);
    expect(await isKnown(all.replace(block, ''))).toBe(true);
    for (const text of [
      all.replace(block, block + block),
      all.replace(block, () => block.replace('"fr"', '"it"')),
      all.replace(block, () => block.replace('lang-fr', 'lang-it')),
      all.replace(block, () => block + block.replace('lang-fr', 'reply-fr')),
      all.replace(block, '').replace(openTag, () => openTag + block),
      all.replace(block, '').replace('</body>', () => `${block}</body>`),
    ]) {
      expect(text).not.toBe(all);
      expect(await isKnown(text)).toBe(false);
    }
  });

  it('1: what stands beside the texts of a release makes a page unknown', async () => {
    const text = new TextDecoder().decode(await fileOf({ headers: {} }, { page }));
    const script = /<script id="sealpost-open">[^]*?<\/script>\n/.exec(text)![0];
    const style = /<style id="sealpost-style">[^]*?<\/style>\n/.exec(text)![0];
    const language = /<script type="application\/json"[^]*?<\/script>\n/.exec(text)![0];
    const changes: readonly ((page: string) => string)[] = [
      (all) => all.replace(script, script + script),
      (all) => all.replace(script, () => `${script}<script id="sealpost-reply">x()</script>\n`),
      (all) => all.replace(script, () => `<script>x()</script>\n${script}`),
      (all) => all.replace('<main', '<main onclick="x()"'),
      (all) => all.replace('</body>', () => `${script}</body>`),
      (all) => all.replace(style, style + style),
      (all) => all.replace(language, language + language.replace('lang-en', 'lang-xx')),
      (all) => all.replace(language, ''),
      (all) => all.replace(/'sha256-[^']*'/, "'unsafe-inline'"),
      (all) => `${all}<script>x()</script>\n`,
      (all) => `<script>x()</script>\n${all}`,
    ];
    expect(await inspectEnvelope(text, { releases })).toMatchObject({ known: true, release: '1.2.3' });
    for (const change of changes) {
      const changed = change(text);
      expect(changed).not.toBe(text);
      expect(await inspectEnvelope(changed, { releases }), String(change)).toMatchObject({ known: false });
    }
  });

  it('reads what stands around an envelope in any encoding, and nothing outside ASCII within', async () => {
    const file = await fileOf({ headers: {}, text: 'x' }, { page });
    const utf8Footer = utf8('<p>geprüft</p>\n');
    const latin1Footer = Uint8Array.from('<p>geprüft</p>\n', (character) => character.codePointAt(0) ?? 0);
    for (const footer of [utf8Footer, latin1Footer]) {
      expect(await (await openFile(concat(file, footer))).text()).toBe('x');
      expect(await inspectEnvelope(concat(file, footer), { releases })).toMatchObject({ known: false });
    }
    const within = new TextDecoder().decode(file).indexOf('sealpost-payload-0') + 100;
    for (const wrong of [utf8('ü'), Uint8Array.of(0xfc)]) {
      const altered = concat(file.subarray(0, within), wrong, file.subarray(within));
      await expect(openFile(altered)).rejects.toMatchObject({ code: 'DAMAGED' });
    }
  });

  it('39: refuses doubled, missing and misplaced blocks and headers', async () => {
    const html = new TextDecoder().decode(await fileOf(message, { page }));
    const data = new TextDecoder().decode(await fileOf(message));
    const block = (n: number | 'end'): string =>
      new RegExp(`<script [^>]*payload-${String(n)}">[^]*?</script>\\n`).exec(html)?.[0] ?? '';
    const header = /<script [^>]*sealpost-header">[^]*?<\/script>\n/.exec(html)?.[0] ?? '';
    // A replacement text would give `$` a meaning, and payloads are full of it.
    const edit = (from: string, to: string): string => html.replace(from, () => to);
    const [dataHeader = '', first = '', second = '', third = '', end = ''] = data.trimEnd().split('\n\n');
    const code = async (text: string): Promise<string> => {
      try {
        await openEnvelope(readEnvelope(text), { prepared });
        return 'opened';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(await code(html)).toBe('opened');
    expect(await code(data)).toBe('opened');
    expect(await code([dataHeader, first, second, third, end].join('\n \t\n'))).toBe('opened');
    expect(await code(edit(header, header + header))).toBe('NOT_AN_ENVELOPE');
    expect(await code(edit(header, ''))).toBe('NOT_AN_ENVELOPE');
    for (const wrong of [
      edit(block(1), ''),
      edit(block(2), ''),
      edit(block(1), block(1) + block(1)),
      edit(block(0) + block(1), block(1) + block(0)),
      edit(block('end'), ''),
      edit(block('end'), block('end') + block('end')),
      edit(block('end'), block('end') + block(1)),
      edit(block(0), '').replace(header, () => block(0) + header),
      [dataHeader, first, third, end].join('\n\n'),
      [dataHeader, first, second, second, third, end].join('\n\n'),
      [dataHeader, second, first, third, end].join('\n\n'),
      [dataHeader, first, second, third].join('\n\n'),
      [dataHeader, end].join('\n\n'),
      dataHeader,
    ]) {
      expect(await code(wrong)).toBe('DAMAGED');
    }
    expect(
      await code([dataHeader, dataHeader.replace('sealpost/1\n', ''), first, second, third, end].join('\n\n')),
    ).toBe('NOT_AN_ENVELOPE');
    expect(await code(data.replace('sealpost/1', 'sealpost/2'))).toBe('UNSUPPORTED_VERSION');
    expect(await code(data.replace('sealpost/1', 'sealpost'))).toBe('NOT_AN_ENVELOPE');
  });
});

describe('hostile files', () => {
  async function milliseconds(work: () => Promise<unknown>): Promise<number> {
    const start = performance.now();
    await work().catch(() => undefined);
    return performance.now() - start;
  }

  const letters = (n: number): string => n.toString(25).replace(/\d/g, (digit) => 'pqrstuvwxy'[Number(digit)]!);

  it('take time in proportion to their size', async () => {
    const data = new TextDecoder().decode(await fileOf({ headers: {} }));
    const html = new TextDecoder().decode(await fileOf({ headers: {} }, { page }));
    const tag = '<script type="application/vnd.sealpost.payload" id="sealpost-payload-0">\n';
    const lang = '<script type="application/json" id="sealpost-lang-en">\n';
    const files = [
      data.replace(/\n\n[^]*/, `\n\n${' '.repeat(2_000_000)}x`),
      data.replace(/\n\n[^]*/, `\n\n${' \n'.repeat(1_000_000)}x`),
      data.replace(/\n\n[^]*/, `\n\n${'x\n\n'.repeat(500_000)}x`),
      html.replace('</body>', `${tag.repeat(30_000)}</script></body>`),
      html.replace(tag, tag.repeat(30_000)),
      html.replace(lang, lang.repeat(100_000)),
      html.replace(lang, Array.from({ length: 100_000 }, (_, n) => lang.replace('-en', `-${letters(n)}`)).join('')),
      html.replace('<style id="sealpost-style">', (tag) => `${tag}\n`.repeat(100_000)),
    ];
    for (const file of files) {
      // Quadratic time would be minutes.
      expect(await milliseconds(() => inspectEnvelope(file, { releases }))).toBeLessThan(4_000);
    }
  });

  it('parts that are read together take what they take one after the other', async () => {
    const attachments = Array.from({ length: 6 }, () => ({
      name: 'x',
      type: 'application/zip',
      content: randomBytes(2_000_000),
    }));
    const opened = await openFile(await fileOf({ headers: {}, attachments }));
    const one = await milliseconds(async () => {
      for (const part of opened.attachments) await part.bytes();
    });
    const together = await milliseconds(() => Promise.all(opened.attachments.map((part) => part.bytes())));
    expect(together).toBeLessThan(5 * one + 500);
  });
});
