import { beforeAll, describe, expect, it } from 'vitest';
import {
  coverMail,
  generateIdentity,
  LANGUAGES,
  open,
  prepareSecret,
  seal,
  type CoverMailOptions,
  type Message,
  type PreparedSecret,
  type Sealed,
} from '../src/index.js';
import { coverLanguages } from '../src/cover-mail/i18n/all.js';
import { writeHtml } from '../src/cover-mail/html-body.js';
import { readMail } from '../src/mail/index.js';
import { headerFields, lastPart, normalised, parsers, transportFaults } from './support/raw-mail.js';

const passphrase = 'correct horse battery staple';

const headers: Message['headers'] = {
  from: [{ name: 'Jörg "Joe" Müller, Dr.', address: 'joerg@clinic.example' }],
  sender: { name: '', address: 'desk@clinic.example' },
  replyTo: [{ name: 'Réponses', address: 'answers@clinic.example' }],
  to: [
    { name: '検索 太郎', address: 'Taro@example.net' },
    { name: '', address: 'ada@example.net' },
  ],
  cc: [{ name: 'C', address: 'copy@example.net' }],
  subject: 'Discharge letter',
  date: '2026-11-22T05:30:00+01:00',
  messageId: '1@clinic.example',
  inReplyTo: '0@example.net',
  references: ['a@example.net', '0@example.net'],
};

const face = {
  org: 'St. Mary <Hospital>',
  contact: 'Ward 3, +1 555 0100',
  hint: 'We told you on the phone',
  opener: 'https://open.clinic.example/?a=1&b=2',
  color: '#1a5fb4',
};

let prepared: PreparedSecret;
let sealed: Sealed;
let dataForm: Sealed;

beforeAll(async () => {
  ({ prepared } = await prepareSecret({ passphrase }));
  sealed = await seal({ headers, text: 'Good news.' }, { prepared });
  dataForm = await seal({ headers, text: 'Good news.' }, { prepared, form: 'data' });
});

async function text(options: Partial<CoverMailOptions> = {}, file: Sealed = sealed): Promise<string> {
  return Buffer.from(await coverMail(file, { headers, ...options })).toString('latin1');
}

async function subject(options: Partial<CoverMailOptions>): Promise<string> {
  const raw = await coverMail(sealed, { headers, ...options });
  const [first, second] = [await parsers['postal-mime'](raw), await parsers.mailparser(raw)];
  expect(first.subject).toBe(second.subject);
  expect(transportFaults(raw)).toEqual([]);
  return first.subject;
}

describe('the cover mail', () => {
  it('has these parts', async () => {
    const raw = (await text()).replace(/--_NmP-[0-9a-f]+-Part_/g, 'PART').replace(/\r\n (?=boundary)/g, ' ');
    const structure = raw.split('\r\n').filter((line) => /^--PART|^Content-|^MIME/i.test(line));
    expect(structure).toEqual([
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="PART1"',
      '--PART1',
      'Content-Type: multipart/alternative; boundary="PART2"',
      '--PART2',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 7bit',
      '--PART2',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: 7bit',
      '--PART2--',
      '--PART1',
      'Content-Type: text/html; charset=us-ascii; name="securedoc.html"',
      'Content-Disposition: attachment; filename="securedoc.html"',
      'Content-Transfer-Encoding: 7bit',
      '--PART1--',
    ]);
  });

  it('says this', async () => {
    const { text: said } = await parsers['postal-mime'](await coverMail(sealed, { headers, face }));
    expect(said.trimEnd()).toBe(
      `Secure message

Sent by:
  St. Mary <Hospital>

You have received an encrypted message. It is in the attached file
securedoc.html.

How to open it

1. Save the attached file on your device.
2. Open the saved file in a browser: Chrome, Edge, Firefox or Safari.
3. Type the passphrase. The sender gives it to you separately: it is not
   in this email.

Where to find the passphrase:
  We told you on the phone

The saved file can be opened at:
  https://open.clinic.example/?a=1&b=2

On a phone, share the file with a browser app, or use a computer.

Neither this email nor the file will ever ask for your email password.

If in doubt, call the sender on a number you know before you open the
file.

Contact:
  Ward 3, +1 555 0100`,
    );
  });

  it('keeps the headers of the mail, but for its subject', async () => {
    const raw = await coverMail(sealed, { headers });
    expect((await readMail(raw)).headers).toEqual({ ...headers, subject: 'Secure message' });
    expect(headerFields(raw)).toContainEqual(['Date', 'Sun, 22 Nov 2026 05:30:00 +0100']);
  });

  it('has a date and an identifier of its own where the mail has none', async () => {
    const raw = await text({ headers: { from: headers.from! } });
    expect(raw).toMatch(/^Message-ID: <[0-9a-f]{32}@clinic\.example>\r$/m);
    expect(raw).toMatch(/^Date: /m);
    expect(raw).not.toMatch(/^(?:To|Cc|References|In-Reply-To|Sender|Reply-To):/m);
  });

  it('opens', async () => {
    for (const [file, name] of [
      [sealed, 'securedoc.html'],
      [dataForm, 'securedoc.seal'],
    ] as const) {
      for (const parse of Object.values(parsers)) {
        const [attachment] = (await parse(await coverMail(file, { headers }))).attachments;
        expect(attachment?.name).toBe(name);
        expect((await open(attachment!.content, { passphrase })).message.text).toBe('Good news.');
      }
    }
  });

  it('takes a file that was kept, and tells its form by its bytes', async () => {
    const kept = await dataForm.bytes();
    const raw = await coverMail({ fileName: 'x.seal', bytes: () => Promise.resolve(kept) }, { headers });
    expect(lastPart(raw).header).toMatch(/^Content-Type: application\/vnd\.sealpost; name="x\.seal"\r\n/);
  });

  it('does not change what it is given', async () => {
    const [before, bytes] = [structuredClone({ headers, face }), Buffer.from(await sealed.bytes())];
    await coverMail(sealed, { headers, face, subject: 'original' });
    expect({ headers, face }).toEqual(before);
    expect(bytes.equals(await sealed.bytes())).toBe(true);
  });
});

describe('the subject', () => {
  const tag = '[-Encrypted-]';

  it('is neutral, in the first language', async () => {
    expect(await subject({})).toBe('Secure message');
    expect(await subject({ languages: ['fr', 'en'] })).toBe('Message sécurisé');
    expect(await subject({ languages: ['de'], face: { org: 'Klinik Süd' } })).toBe('Sichere Nachricht (Klinik Süd)');
    expect(await text({ face })).not.toContain('Discharge');
  });

  it.each([
    ['plain', 'Results', `Results ${tag}`],
    ['non-ASCII', 'Grüße – 検査結果', `Grüße – 検査結果 ${tag}`],
    ['an answer', `Re: Results ${tag}`, `Re: Results ${tag}`],
    ['an answer by a program that changes case', 'Re: Results [-ENCRYPTED-]', 'Re: Results [-ENCRYPTED-]'],
    ['a forwarded one', `Fwd: Results ${tag} (new)`, `Fwd: Results ${tag} (new) ${tag}`],
    ['none', undefined, `Secure message ${tag}`],
    ['blank', ' \r\n ', `Secure message ${tag}`],
    ['long', 'word '.repeat(1_000).trim(), `${'word '.repeat(1_000)}${tag}`],
    ['long and non-ASCII', 'ü'.repeat(3_000), `${'ü'.repeat(3_000)} ${tag}`],
    ['emoji', '👩‍⚕️'.repeat(500), `${'👩‍⚕️'.repeat(500)} ${tag}`],
  ])('can be the own one: %s', async (_name, own, expected) => {
    const mail = { from: headers.from!, ...(own === undefined ? {} : { subject: own }) };
    expect(await subject({ headers: mail, subject: 'original' })).toBe(expected);
  });

  it('of one word longer than a line gets blanks', async () => {
    const own = 'x'.repeat(5_000);
    const shown = await subject({ headers: { ...headers, subject: own }, subject: 'original' });
    expect(shown.replaceAll(' ', '')).toBe(`${own}${tag}`);
  });
});

describe.each(LANGUAGES)('in %s', (code) => {
  it('both bodies say everything, and only that', async () => {
    const raw = await coverMail(sealed, { headers, languages: [code], face });
    expect(transportFaults(raw)).toEqual([]);
    const oneBlank = (text: string): string => text.replace(/\s+/g, ' ');
    const others = ['dataFile', 'openData', 'openSaved', 'local', 'openKey', 'answer', 'codeHint'];
    const used = Object.entries(coverLanguages[code].texts).filter(([key]) => !others.includes(key));
    for (const parse of Object.values(parsers)) {
      const mail = await parse(raw);
      const bodies = [mail.text, decodeHtml(mail.html)].map(oneBlank);
      for (const body of bodies) {
        for (const [, said] of used) expect(body).toContain(oneBlank(said.replace('{file}', 'securedoc.html')));
        for (const value of [face.org, face.contact, face.hint, face.opener]) expect(body).toContain(value);
      }
      expect(mail.html).toContain(`<html lang="${code}" dir="${coverLanguages[code].dir}">`);
    }
  });

  it('both bodies speak of answers and of a code, and of no passphrase, where the page asks questions', async () => {
    const questions = [{ question: 'Where did we meet?', answer: 'Ulm' }];
    const asking = await seal({ headers, text: 'x' }, { questions, face });
    const mail = await parsers['postal-mime'](await coverMail(asking, { headers, languages: [code], face }));
    const { answer, codeHint, type, hint, openPage } = coverLanguages[code].texts;
    for (const body of [mail.text, decodeHtml(mail.html)].map((text) => text.replace(/\s+/g, ' '))) {
      for (const said of [openPage, answer, codeHint]) expect(body).toContain(said.replace(/\s+/g, ' '));
      for (const other of [type, hint]) expect(body).not.toContain(other);
      expect(body).not.toContain(asking.code);
    }
    const told = { ...face, hint: `It is ${asking.code ?? ''}` };
    const shown = coverMail(asking, { headers, languages: [code], face: told });
    await expect(shown).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('both bodies ask for the program with the key, and for no passphrase, where only keys open the envelope', async () => {
    const { publicKey } = await generateIdentity({ kem: 'p256' });
    const toKey = await seal({ headers, text: 'x' }, { recipientKeys: [publicKey] });
    const mail = await parsers['postal-mime'](await coverMail(toKey, { headers, languages: [code] }));
    const { openKey, type, openData } = coverLanguages[code].texts;
    for (const body of [mail.text, decodeHtml(mail.html)].map((text) => text.replace(/\s+/g, ' '))) {
      expect(body).toContain(openKey);
      for (const other of [type, openData]) expect(body).not.toContain(other);
    }
  });
});

describe('the languages', () => {
  it('stand one after the other, each in an element of its own', async () => {
    const languages = [...LANGUAGES].reverse();
    const mail = await parsers['postal-mime'](await coverMail(sealed, { headers, languages }));
    expect(Array.from(mail.html.matchAll(/<td lang="(\w+)"/g), ([, code]) => code)).toEqual(languages);
    const titles = languages.map((code) => mail.text.indexOf(coverLanguages[code].texts.lead.slice(0, 20)));
    expect(titles).toEqual([...titles].sort((a, b) => a - b));
    expect(mail.text).toMatch(new RegExp(`^${languages.map((code) => coverLanguages[code].name).join(' / ')}`));
  });

  it('can be written from right to left', () => {
    const blocks = [{ paragraph: 'x' }, { label: 'y', value: 'https://x.example', link: true }];
    const html = writeHtml([{ code: 'en', dir: 'rtl', blocks }], undefined, { title: 'x' });
    expect(html).toContain('<html lang="en" dir="rtl">');
    expect(html).toMatch(/<td lang="en" dir="rtl"/);
    expect(html).toContain('<a href="https://x.example" dir="ltr">');
  });
});

describe('the HTML body', () => {
  it('has no link without an opener, one with it, and loads nothing', async () => {
    const none = await parsers['postal-mime'](await coverMail(sealed, { headers, languages: LANGUAGES }));
    expect(`${none.html}${none.text}`).not.toMatch(/https?:|www\.|href|src=|url\(|@import|<link/);
    const one = await parsers['postal-mime'](await coverMail(sealed, { headers, face }));
    expect(one.html.match(/ href=/g)).toHaveLength(1);
    expect(decodeHtml(one.html)).toContain(`href="${face.opener}"`);
    expect(one.html).not.toMatch(/src=|url\(|@import|<link/);
  });

  it('sets no colour of text or ground, which a dark mail program would have to fight', async () => {
    const { html } = await parsers['postal-mime'](await coverMail(sealed, { headers, face }));
    expect(html).not.toMatch(/[^-]color:|background|bgcolor/);
    expect(html).toContain('border-top: 3px solid #1a5fb4');
  });
});

describe('the attachment', () => {
  const large = { name: 'scan.bin', type: 'application/octet-stream', content: pseudoRandom(8_000_000) };

  it.each([['html'], ['data']] as const)(
    'of 10 MB is exact in the %s form, both ways',
    async (form) => {
      const file = await seal({ headers, text: 'x', attachments: [large] }, { prepared, form });
      const bytes = Buffer.from(await file.bytes());
      expect(bytes.length).toBeGreaterThan(10_000_000);
      const asItIs = await coverMail(file, { headers });
      expect(transportFaults(asItIs)).toEqual([]);
      expect(lastPart(asItIs).body.replaceAll('\r\n', '\n') === bytes.toString('latin1')).toBe(true);
      expect(asItIs.length).toBeLessThan(bytes.length * 1.002 + 5_000);
      const encoded = await coverMail(file, { headers, transfer: 'base64' });
      expect(transportFaults(encoded)).toEqual([]);
      expect(Buffer.from(lastPart(encoded).body, 'base64').equals(bytes)).toBe(true);
      for (const parse of Object.values(parsers)) {
        expect(normalised((await parse(asItIs)).attachments[0]!.content) === bytes.toString('latin1')).toBe(true);
        expect((await parse(encoded)).attachments[0]!.content.equals(bytes)).toBe(true);
      }
    },
    180_000,
  );

  it('has lines of 76 characters as base64', async () => {
    const { header, body } = lastPart(await coverMail(sealed, { headers, transfer: 'base64' }));
    expect(header).toContain('Content-Transfer-Encoding: base64\r\n');
    expect(body).toMatch(/^(?:[A-Za-z0-9+/]{76}\r\n)+[A-Za-z0-9+/]+={0,2}\r\n$/);
  });

  it('holds no address and no name of a recipient', async () => {
    const secrets = ['ada@', 'taro', 'copy@', 'example.net', 'joerg', '検索'];
    for (const transfer of ['7bit', 'base64'] as const) {
      for (const file of [sealed, dataForm]) {
        const { header, body } = lastPart(await coverMail(file, { headers, face, transfer, subject: 'original' }));
        const part = header + (transfer === '7bit' ? body : Buffer.from(body, 'base64').toString('latin1'));
        expect(part.length).toBeGreaterThan(500);
        for (const secret of secrets) expect(part.toLowerCase()).not.toContain(secret);
      }
    }
  });

  it('goes as 7bit unless base64 is wanted', async () => {
    expect(lastPart(await coverMail(sealed, { headers })).header).toContain('Content-Transfer-Encoding: 7bit\r\n');
  });
});

function decodeHtml(html: string): string {
  return html.replace(/&#(\d+);/g, (_match, code: string) => String.fromCodePoint(Number(code)));
}

/** Bytes that do not compress, the same in each run. */
function pseudoRandom(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
