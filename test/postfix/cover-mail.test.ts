import { randomBytes } from 'node:crypto';
import {
  coverMail,
  open,
  prepareSecret,
  seal,
  type CoverMailOptions,
  type Message,
  type PreparedSecret,
} from 'sealpost';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lastPart, normalised, parsers } from '../../packages/envelope/test/support/raw-mail.js';
import { sendRaw } from '../../packages/envelope/test/support/send-raw.js';
import { describeUnless } from '../e2e/driver/describe-unless.js';
import { noPostfix, startPostfix, type Postfix } from './postfix.js';
import { startSink, type Sink } from './sink.js';

/** What a real mail system makes of a cover mail, before a server that takes 8-bit text and before one that does not. */

const passphrase = 'correct horse battery staple';
const from = 'ward@clinic.example';

const headers: Message['headers'] = {
  from: [{ name: 'Jörg Müller', address: from }],
  to: [{ name: 'Ada', address: 'ada@example.net' }],
  subject: 'Grüße',
  date: '2026-11-22T05:30:00+01:00',
  messageId: '1@clinic.example',
};

describeUnless(noPostfix, 'through Postfix', () => {
  let prepared: PreparedSecret;
  let postfix: Postfix | undefined;
  const sinks = new Map<string, Sink>();

  beforeAll(async () => {
    ({ prepared } = await prepareSecret({ passphrase }));
    sinks.set('8bitmime.example', await startSink({ eightBit: true }));
    sinks.set('7bit.example', await startSink({ eightBit: false }));
    postfix = await startPostfix(Object.fromEntries([...sinks].map(([domain, { port }]) => [domain, port])));
  }, 60_000);

  afterAll(async () => {
    postfix?.stop();
    for (const sink of sinks.values()) await sink.close();
  }, 60_000);

  async function relay(raw: Uint8Array, domain: string): Promise<Buffer> {
    await sendRaw(raw, { port: postfix!.port, from, to: `ada@${domain}` });
    return await sinks
      .get(domain)!
      .next()
      .catch((error: unknown) => {
        throw new Error(`${String(error)}; Postfix says:\n${postfix!.log()}`, { cause: error });
      });
  }

  it('a server without 8BITMIME gets 8-bit text recoded: what is tested below could happen', async () => {
    const raw = Buffer.from(
      `From: ${from}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\né\r\n`,
    );
    expect((await relay(raw, '8bitmime.example')).toString()).toMatch(/Encoding: 8bit\r\n[^]*\r\né\r\n/);
    expect((await relay(raw, '7bit.example')).toString()).toMatch(/Encoding: quoted-printable\r\n[^]*\r\n=C3=A9\r\n/);
  });

  const scan = { name: 'scan.bin', type: 'application/octet-stream', content: randomBytes(5_000_000) };
  const mails: readonly (readonly [string, { form?: 'html' | 'data'; large?: boolean } & Partial<CoverMailOptions>])[] =
    [
      ['a page', {}],
      [
        'a page in three languages',
        { languages: ['fr', 'de', 'en'], subject: 'original', face: { org: 'Klinik Süd' } },
      ],
      ['a data form', { form: 'data' }],
      ['a page with 5 MB', { large: true }],
      ['a data form with 5 MB', { form: 'data', large: true }],
      ['a page as base64', { transfer: 'base64' }],
    ];

  for (const domain of ['8bitmime.example', '7bit.example']) {
    it.each(mails)(
      `to ${domain}: %s arrives as it was and opens`,
      async (_name, { form = 'html', large = false, ...options }) => {
        const message = { headers, text: 'Good news.', attachments: large ? [scan] : [] };
        const sealed = await seal(message, { prepared, form });
        const file = Buffer.from(await sealed.bytes()).toString('latin1');
        const sent = Buffer.from(await coverMail(sealed, { headers, ...options }));
        const raw = await relay(sent, domain);
        // Postfix adds to the header, and leaves the rest alone.
        const body = (mail: Buffer): Buffer => mail.subarray(mail.indexOf('\r\n\r\n'));
        expect(body(raw).equals(body(sent))).toBe(true);
        const { header } = lastPart(raw);
        expect(header).toContain(`Content-Transfer-Encoding: ${options.transfer ?? '7bit'}\r\n`);
        for (const parse of Object.values(parsers)) {
          const mail = await parse(raw);
          expect(mail.subject).toBe(options.subject === 'original' ? 'Grüße [-Encrypted-]' : 'Secure message');
          const [attachment] = mail.attachments;
          expect(attachment).toMatchObject({ name: sealed.fileName });
          expect(normalised(attachment!.content) === file).toBe(true);
          const opened = await open(attachment!.content, { passphrase });
          expect(opened.message).toEqual({ headers, text: 'Good news.' });
          const scans = await Promise.all(opened.attachments.map((one) => one.bytes()));
          expect(scans.map((bytes) => Buffer.from(bytes).equals(scan.content))).toEqual(large ? [true] : []);
        }
      },
      120_000,
    );
  }
});
