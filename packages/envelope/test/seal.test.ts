import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  estimateSize,
  generatePassphrase,
  inspect,
  open,
  prepareSecret,
  PreparedSecret,
  seal,
  type Message,
} from '../src/index.js';

const message: Message = {
  headers: {
    from: [{ name: 'Ward', address: 'ward@example.org' }],
    to: [{ name: '', address: 'p@example.com' }],
    subject: 'Results',
  },
  text: 'Good news.',
  attachments: [{ name: 'scan.bin', type: 'application/octet-stream', content: randomBytes(50_000) }],
};

const large = (size: number): Message => ({
  ...message,
  attachments: [{ name: 'x', type: 'application/zip', content: randomBytes(size) }],
});

let prepared: PreparedSecret;

beforeAll(async () => {
  ({ prepared } = await prepareSecret());
});

describe('seal and open', () => {
  it('generates a passphrase, and the envelope opens with it however it is typed', async () => {
    const sealed = await seal(message);
    expect(sealed.passphrase?.split(' ')).toHaveLength(5);
    expect(sealed.strengthBits).toBeCloseTo(64.6, 1);
    expect([sealed.fileName, sealed.warnings]).toEqual(['securedoc.html', []]);
    const typed = ` ${(sealed.passphrase ?? '').toUpperCase().replaceAll(' ', '-')} `;
    const opened = await open(await sealed.bytes(), { passphrase: typed });
    expect(opened.message).toEqual({ headers: message.headers, text: message.text });
    expect(Buffer.compare(await opened.attachments[0]!.bytes(), message.attachments?.[0]?.content as Uint8Array)).toBe(
      0,
    );
    await expect(open(await sealed.bytes(), { passphrase: 'another one altogether' })).rejects.toMatchObject({
      code: 'DID_NOT_OPEN',
    });
    await expect(open(await sealed.bytes(), { passphrase: '' })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('a chosen passphrase means what was typed, to the letter', async () => {
    const sealed = await seal(message, { passphrase: 'Correct horse  battery staple', form: 'data' });
    expect(sealed).not.toHaveProperty('passphrase');
    expect(sealed.fileName).toBe('securedoc.seal');
    await expect(open(await sealed.bytes(), { passphrase: 'Correct horse  battery staple' })).resolves.toBeDefined();
    await expect(open(await sealed.bytes(), { passphrase: 'correct horse battery staple' })).rejects.toMatchObject({
      code: 'DID_NOT_OPEN',
    });
  });

  it('a weak passphrase is refused, or warned about', async () => {
    await expect(seal(message, { passphrase: 'Password2026' })).rejects.toMatchObject({ code: 'WEAK_SECRET' });
    const sealed = await seal(message, { passphrase: 'Password2026', allowWeak: true });
    expect(sealed.warnings.map(({ code }) => code)).toEqual(['WEAK_PASSPHRASE']);
  });

  it('a generated passphrase that was kept elsewhere is known again', async () => {
    const { text } = generatePassphrase('fips');
    expect(text.split(' ')).toHaveLength(6);
    const { prepared: again } = await prepareSecret({ passphrase: text, kdf: 'fips' });
    expect(again.norm).toBe('words');
    expect(again.strengthBits).toBeGreaterThanOrEqual(77);
  });

  it('a prepared secret opens what it sealed, and its passphrase does, too', async () => {
    const { prepared: secret, passphrase = '' } = await prepareSecret();
    const file = await (await seal(message, { prepared: PreparedSecret.import(secret.export()) })).bytes();
    await expect(open(file, { prepared: secret })).resolves.toBeDefined();
    await expect(open(file, { passphrase })).resolves.toBeDefined();
    await expect(seal(message, { prepared: secret, passphrase })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('gives the same bytes again, and as a stream once', async () => {
    const sealed = await seal(message, { prepared });
    expect(await sealed.bytes()).toBe(await sealed.bytes());
    const streamed = await seal(message, { prepared });
    const file = new Uint8Array(await new Response(streamed.stream()).arrayBuffer());
    await expect(open(file, { prepared })).resolves.toBeDefined();
    await expect(streamed.bytes()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('pieces of a stream stay what they are while others are asked for', async () => {
    const sealed = await seal(large(5_000_000), { prepared });
    const pieces: Uint8Array[] = [];
    await sealed.stream().pipeTo(new WritableStream({ write: (piece) => void pieces.push(piece) }));
    await expect(open(Buffer.concat(pieces), { prepared })).resolves.toBeDefined();
  });

  it('gives the same file whether its length could be foreseen or not', async () => {
    const contents = [
      ['application/zip', randomBytes(400_000)],
      ['text/plain', Buffer.alloc(3_000_000, 'compressible ')],
    ] as const;
    for (const [type, content] of contents) {
      for (const given of [content, new Blob([content]), new Blob([content]).stream() as ReadableStream<Uint8Array>]) {
        const sealed = await seal({ ...message, attachments: [{ name: 'x', type, content: given }] }, { prepared });
        const opened = await open(await sealed.bytes(), { prepared });
        expect(Buffer.compare((await opened.attachments[0]?.bytes()) ?? Buffer.alloc(0), content)).toBe(0);
      }
    }
  });

  it('lets others work while it seals, so that a timer can cancel it', async () => {
    const sealed = await seal(large(60_000_000), { prepared, signal: AbortSignal.timeout(5) });
    await expect(sealed.bytes()).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('takes files as they come: text, blob, stream', async () => {
    const file = await (await seal(message, { prepared })).bytes();
    for (const input of [
      new TextDecoder().decode(file),
      new Blob([new Uint8Array(file)]),
      new Blob([new Uint8Array(file)]).stream(),
    ]) {
      await expect(open(input, { prepared })).resolves.toBeDefined();
    }
  });

  it('notes, idle lock and the original travel inside', async () => {
    const expires = new Date('2030-01-01T00:00:00Z');
    const original = new TextEncoder().encode('From: a\r\n\r\nb');
    const sealed = await seal(
      { ...message, original },
      { prepared, notes: { handling: 'Do not print', expires }, idleLock: 5, pad: true },
    );
    const opened = await open(await sealed.bytes(), { prepared });
    expect([opened.notes, opened.idleLock]).toEqual([{ handling: 'Do not print', expires }, 5]);
    expect(Buffer.compare(await opened.original!.bytes(), original)).toBe(0);
    const without = await open(
      await (await seal({ ...message, original }, { prepared, keepOriginal: false })).bytes(),
      { prepared },
    );
    expect(without.original).toBeUndefined();
  });

  it.each([
    ['a language that is none', { languages: ['xx'] }],
    ['no language', { languages: [] }],
    ['a file name with a path', { fileName: '../x.html' }],
    ['an idle lock of nothing', { idleLock: 0 }],
    ['an invalid date', { notes: { expires: new Date('never') } }],
    ['a colour by name', { face: { color: 'red' } }],
    ['a logo that is SVG', { face: { logo: new TextEncoder().encode('<svg/>') } }],
  ])('refuses %s', async (_, options) => {
    await expect(seal(message, { prepared, ...options })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

describe('sizes', () => {
  it.each([0, 1_000, 1_000_000])('estimates %i bytes to 1 %, and lines end in CRLF in a mail', async (size) => {
    for (const form of ['html', 'data'] as const) {
      const estimate = await estimateSize(large(size), { form });
      const file = Buffer.from(await (await seal(large(size), { prepared, form })).bytes());
      const lines = file.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0);
      expect(Math.abs(estimate.file / file.length - 1)).toBeLessThan(0.01);
      expect(Math.abs(estimate.sevenBit / (file.length + lines) - 1)).toBeLessThan(0.01);
    }
  });

  it('leaves out the original where it does not fit, and refuses what does not fit without', async () => {
    const original = randomBytes(500_000);
    const left = await seal({ ...message, original }, { prepared, maxBytes: 400_000 });
    expect(left.warnings.map(({ code }) => code)).toEqual(['ORIGINAL_LEFT_OUT']);
    expect((await open(await left.bytes(), { prepared })).original).toBeUndefined();
    await expect(
      seal({ ...message, original }, { prepared, maxBytes: 400_000, keepOriginal: true }),
    ).rejects.toMatchObject({ code: 'LIMIT' });
    await expect(seal(large(400_000), { prepared, maxBytes: 400_000 })).rejects.toMatchObject({ code: 'LIMIT' });
  });

  it('warns where only base64 would be too large', async () => {
    const { sevenBit, base64 } = await estimateSize(large(500_000));
    const sealed = await seal(large(500_000), { prepared, maxBytes: Math.floor((sevenBit + base64) / 2) });
    expect(sealed.warnings.map(({ code }) => code)).toEqual(['LARGE_AS_BASE64']);
  });

  it('stops a stream that grows too large', async () => {
    const content = new Blob([randomBytes(500_000)]).stream() as ReadableStream<Uint8Array>;
    const endless: Message = { headers: {}, attachments: [{ name: 'x', type: 'application/zip', content }] };
    const sealed = await seal(endless, { prepared, maxBytes: 300_000 });
    await expect(sealed.bytes()).rejects.toMatchObject({ code: 'LIMIT' });
  });
});

describe('inspect', () => {
  it('shows what everybody can see, and nothing else', async () => {
    const sealed = await seal(message, {
      prepared,
      languages: ['fr', 'en'],
      face: { org: 'Klinik', subject: 'Shown', date: new Date(1_000_000) },
    });
    expect(sealed.warnings.map(({ code }) => code)).toEqual(['SHOWN_SUBJECT']);
    const text = new TextDecoder().decode(await sealed.bytes());
    expect(text).not.toContain('example.com');
    expect(text).not.toContain('Results');
    expect(await inspect(text)).toMatchObject({
      form: 'html',
      version: 1,
      id: sealed.id,
      known: true,
      languages: ['fr', 'en'],
      slots: [{ type: 'passphrase', kdf: 'argon2id m=47104 t=1 p=1', norm: 'words' }],
      face: { org: 'Klinik', subject: 'Shown', date: new Date(1_000_000) },
    });
  });

  it('lets others work while it looks at a large file', async () => {
    const file = await (await seal(large(10_000_000), { prepared })).bytes();
    let turned = false;
    setTimeout(() => (turned = true));
    expect(await inspect(file)).toMatchObject({ known: true });
    expect(turned).toBe(true);
  });

  it('says what happened to a file on its way', async () => {
    const text = new TextDecoder().decode(await (await seal(message, { prepared })).bytes());
    expect(await inspect(text.replaceAll('\n', '\r\n'))).toMatchObject({ known: true });
    expect(await inspect(text.slice(0, -200))).toMatchObject({ known: false, fault: 'cut-off' });
    expect(await inspect(text.replace('"face":{}', '"face":{"org":"x"}'))).toMatchObject({
      known: false,
      fault: 'altered',
    });
    expect(await inspect(text.replace('<h1>', '<h1>x'))).toMatchObject({ known: false });
    await expect(inspect('<html>')).rejects.toMatchObject({ code: 'NOT_AN_ENVELOPE' });
  });
});

describe('misuse', () => {
  it.each([
    ['nothing', undefined],
    ['a text', 'message'],
    ['no headers', {}],
    ['an address without a name', { headers: { from: [{ address: 'a@example.org' }] } }],
    ['addresses as text', { headers: { to: 'a@example.org' } }],
    ['a subject of null', { headers: { subject: null } }],
    ['a body of null', { headers: {}, text: null }],
    [
      'a content id of null',
      { headers: {}, attachments: [{ name: 'a', type: 'a/b', content: new Uint8Array(), contentId: null }] },
    ],
    ['10,001 recipients', { headers: { to: Array.from({ length: 10_001 }, () => ({ name: '', address: 'a@b' })) } }],
  ])('never seals what nobody could open: %s', async (_, wrong) => {
    await expect(seal(wrong as unknown as Message, { prepared })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it.each([
    ['a form that is none', { form: 'pdf' }],
    ['a profile that is none', { prepared: undefined, kdf: 'strong' }],
    ['a passphrase of null', { prepared: undefined, passphrase: null }],
    ['a date as text', { notes: { expires: '2027-01-01' } }],
    ['handling that is a number', { notes: { handling: 5 } }],
  ])('refuses %s', async (_, options) => {
    await expect(seal(message, { prepared, ...options } as never)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('refuses a body that no page could show', async () => {
    const tooLarge = { headers: {}, text: 'x'.repeat(16_777_217) };
    await expect(seal(tooLarge, { prepared })).rejects.toMatchObject({ code: 'LIMIT' });
    await expect(estimateSize(tooLarge)).rejects.toMatchObject({ code: 'LIMIT' });
  });

  it('opening wants exactly one secret, a file, and a limit that is a number', async () => {
    const file = await (await seal(message, { prepared })).bytes();
    for (const options of [
      undefined,
      {},
      { passphrase: undefined },
      { passphrase: 'x', prepared },
      { prepared: {} },
      { prepared, maxBytes: NaN },
    ]) {
      await expect(open(file, options as never)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
    for (const input of [undefined, null, 5, {}]) {
      await expect(open(input as never, { prepared })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
  });

  it('an abort is seen while a source keeps everybody waiting', async () => {
    const controller = new AbortController();
    const stalled = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });
    const waiting: Message = { headers: {}, attachments: [{ name: 'x', type: 'application/zip', content: stalled }] };
    const sealed = await seal(waiting, { prepared, signal: controller.signal });
    const bytes = sealed.bytes();
    setTimeout(() => {
      controller.abort();
    }, 20);
    await expect(bytes).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('errors never quote a prepared secret', async () => {
    const text = prepared.export();
    const error: unknown = await Promise.resolve()
      .then(() => PreparedSecret.import(text.replace('"key":"', '"key":')))
      .catch((caught: unknown) => caught);
    const { inspect: show } = await import('node:util');
    expect(show(error, { depth: 9 })).not.toContain(text.slice(-30, -20));
  });
});
