import { beforeAll, describe, expect, it } from 'vitest';
import {
  coverMail,
  generateIdentity,
  inspect,
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
import { lastPart, parsers, transportFaults } from './support/raw-mail.js';

/** The mail that brings the data form, which opens nowhere by itself. */

const headers: Message['headers'] = {
  from: [{ name: 'Ward', address: 'ward@clinic.example' }],
  to: [{ name: 'Ada', address: 'ada@example.net' }],
};
const opener = 'https://open.clinic.example/';

let prepared: PreparedSecret;
let sealed: Sealed;

beforeAll(async () => {
  ({ prepared } = await prepareSecret());
  const content = crypto.getRandomValues(new Uint8Array(60_000));
  const attachments = [{ name: 'scan.bin', type: 'application/octet-stream', content }];
  sealed = await seal({ headers, text: 'Good news.', attachments }, { prepared, form: 'data' });
});

/** What it says in both bodies, on one line each, without markup. */
async function bodies(file: Sealed, options: Partial<CoverMailOptions> = {}): Promise<readonly [string, string]> {
  const raw = await coverMail(file, { headers, ...options });
  expect(transportFaults(raw)).toEqual([]);
  const { text, html } = await parsers['postal-mime'](raw);
  const shown = html
    .replace(/<title>.*<\/title>|<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_match, code: string) => String.fromCodePoint(Number(code)));
  return [oneBlank(text), oneBlank(shown)];
}

function oneBlank(text: string): string {
  return text.replace(/\s+/g, ' ');
}

describe('the cover mail of the data form', () => {
  it('says this where the sender named an opener page', async () => {
    const raw = await coverMail(sealed, { headers, face: { opener, hint: 'In the letter' } });
    expect((await parsers['postal-mime'](raw)).text.trimEnd()).toBe(
      `Secure message

You have received an encrypted message. It is in the attached file
securedoc.seal.

The file holds only the encrypted message. It does not open with a
click, nor directly in a browser.

How to open it

1. Save the attached file on your device.
2. Go to the opener page in a browser: Chrome, Edge, Firefox or Safari.
   Its address is below. Choose the saved file there.
3. Type the passphrase. The sender gives it to you separately: it is not
   in this email.

Where to find the passphrase:
  In the letter

The saved file can be opened at:
  https://open.clinic.example/

The opener page is a web page that decrypts such files on your device:
nothing is uploaded.

Neither this email nor the file will ever ask for your email password.

If in doubt, call the sender on a number you know before you open the
file.`,
    );
  });

  it('says what to do where the sender named none, and has no link', async () => {
    const raw = await coverMail(sealed, { headers });
    const { text, html } = await parsers['postal-mime'](raw);
    expect(oneBlank(text)).toContain(
      '2. Open the saved file with the opener page that you saved earlier, or with the command sealpost open. ' +
        'If you have neither, ask the sender. 3. Type the passphrase.',
    );
    expect(oneBlank(text)).toContain('The opener page is a web page that decrypts such files on your device: nothing');
    expect(`${text}${html}`).not.toMatch(/https?:|www\.|href|address is below/);
  });

  it('goes as its type and name say, in lines that mail leaves alone', async () => {
    const bytes = Buffer.from(await sealed.bytes());
    for (const transfer of ['7bit', 'base64'] as const) {
      const raw = await coverMail(sealed, { headers, transfer });
      expect(transportFaults(raw)).toEqual([]);
      const { header, body } = lastPart(raw);
      expect(header).toBe(
        'Content-Type: application/vnd.sealpost; name="securedoc.seal"\r\n' +
          'Content-Disposition: attachment; filename="securedoc.seal"\r\n' +
          `Content-Transfer-Encoding: ${transfer}\r\n`,
      );
      if (transfer === 'base64') continue;
      expect(body).toMatch(/^sealpost\/1\r\n/);
      // Nothing that SMTP doubles, that an mbox marks, or that is lost at a line's end.
      expect(body).not.toMatch(/^(?:\.|From )|[ \t]$/m);
      expect(Buffer.from(body.replaceAll('\r\n', '\n'), 'latin1').equals(bytes)).toBe(true);
    }
  });

  it.each([
    ['as it came, with CRLF', (body: string) => body],
    ['with CR', (body: string) => body.replaceAll('\r\n', '\r')],
    ['with blanks at the line ends', (body: string) => body.replaceAll('\r\n', ' \r\n')],
    ['with empty lines behind it', (body: string) => `${body}\r\n\r\n`],
    ['with a byte order mark', (body: string) => `\u00ef\u00bb\u00bf${body}`],
  ])('brings a file that opens when it was saved %s', async (_name, change) => {
    const { body } = lastPart(await coverMail(sealed, { headers }));
    const saved = Buffer.from(change(body), 'latin1');
    const opened = await open(saved, { prepared });
    expect(opened.message.text).toBe('Good news.');
    await expect(opened.attachments[0]!.bytes()).resolves.toHaveLength(60_000);
    expect((await inspect(saved)).form).toBe('data');
  });
});

describe.each(LANGUAGES)('in %s', (code) => {
  const { texts } = coverLanguages[code];
  const said = (key: keyof typeof texts): string => oneBlank(texts[key]);

  it('both bodies say what the file is, where it opens, and where the passphrase comes from', async () => {
    for (const [face, wanted, unwanted] of [
      [{ opener }, ['openData', 'opener'], ['openSaved']],
      [{}, ['openSaved'], ['openData', 'opener']],
    ] as const) {
      for (const body of await bodies(sealed, { languages: [code], face })) {
        expect(body).toContain(said('lead').replace('{file}', 'securedoc.seal'));
        const order = [
          'dataFile',
          'save',
          ...wanted.slice(0, 1),
          'type',
          ...wanted.slice(1),
          'local',
          'never',
        ] as const;
        const at = order.map((key) => body.indexOf(said(key)));
        expect(at).not.toContain(-1);
        expect(at).toEqual([...at].sort((a, b) => a - b));
        for (const key of [...unwanted, 'openPage', 'phone', 'openKey', 'answer'] as const)
          expect(body).not.toContain(said(key));
        expect(body.includes(opener)).toBe('opener' in face);
      }
    }
  });

  it('both bodies speak of answers where the file asks questions', async () => {
    const questions = [{ question: 'Where did we meet?', answer: 'Ulm' }];
    const asking = await seal({ headers, text: 'x' }, { questions, form: 'data' });
    for (const body of await bodies(asking, { languages: [code], face: { opener } })) {
      for (const key of ['dataFile', 'openData', 'answer', 'local'] as const) expect(body).toContain(said(key));
      expect(body).not.toContain(said('type'));
    }
  });

  it('both bodies send whose key opens it to no page, unless the sender does', async () => {
    const { publicKey } = await generateIdentity({ kem: 'p256' });
    const toKey = await seal({ headers, text: 'x' }, { recipientKeys: [publicKey] });
    for (const body of await bodies(toKey, { languages: [code] })) {
      for (const key of ['dataFile', 'openKey'] as const) expect(body).toContain(said(key));
      for (const key of ['openData', 'openSaved', 'local', 'type'] as const) expect(body).not.toContain(said(key));
    }
  });

  it('the texts name the command as it is written, and are none of another language', () => {
    expect(texts.openSaved).toMatch(/sealpost open/);
    const keys = ['dataFile', 'openData', 'openSaved', 'local'] as const;
    for (const other of LANGUAGES.filter((one) => one !== code))
      for (const key of keys) expect(texts[key]).not.toBe(coverLanguages[other].texts[key]);
    expect(texts.openData).toMatch(/Chrome.*Edge.*Firefox.*Safari/);
  });
});
