import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealpost, sealpostDone } from './cli.js';
import { rawMail, type Mail, type MailPart } from './mail.js';
import { pythonMissing, runPython, type PythonFailure, type PythonMessage } from './python.js';

const missing = pythonMissing();
const CHUNK = 16_384;

const PICTURE: MailPart = {
  name: 'punkt.gif',
  type: 'image/gif',
  content: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  contentId: 'dot@example.org',
};
const FILES: readonly MailPart[] = [
  { name: 'Übergröße 漢字 😀.bin', type: 'application/octet-stream', content: randomBytes(1_000_000) },
  { name: 'empty.txt', type: 'text/plain', content: new Uint8Array() },
  { name: 'zeros.bin', type: 'application/octet-stream', content: Buffer.alloc(4 * CHUNK) },
  { name: 'chunk.bin', type: 'application/octet-stream', content: randomBytes(CHUNK) },
  { name: 'chunks.bin', type: 'application/octet-stream', content: randomBytes(2 * CHUNK) },
  { name: 'text.csv', type: 'text/csv', content: Buffer.from('ä;1\r\n'.repeat(20_000)) },
];
const FULL: Mail = {
  subject: 'Grüße <& 漢字',
  text: 'Hällo\r\n\r\n.\r\nFrom here\r\n',
  html: '<p>Hällo <img src="cid:dot@example.org"></p>',
  parts: [PICTURE, ...FILES],
};
const PLAIN: Mail = { subject: 'Hi', text: 'Hi.\r\n', parts: [] };
// Four blocks: nothing shrinks random bytes, and the manifest no longer fits into the third.
const MANY_BLOCKS: Mail = { ...PLAIN, parts: [{ name: 'a', type: 'a/b', content: randomBytes(3 * 64 * CHUNK) }] };

interface Case {
  readonly name: string;
  readonly mail: Mail;
  readonly options: readonly string[];
  /** Typed by a person; without it one is generated. */
  readonly passphrase?: string;
  readonly form?: 'html' | 'data';
  readonly extra?: object;
}

const CASES: readonly Case[] = [
  { name: 'page, generated passphrase', mail: FULL, options: ['--language', 'en,fr,de'] },
  { name: 'data form, generated passphrase, padding', mail: FULL, options: ['--form', 'data', '--pad'], form: 'data' },
  {
    name: 'page, profile standard, given passphrase, face and notes',
    mail: PLAIN,
    passphrase: 'Überaus  geheime Straße 17',
    options: [
      '--org',
      'Klinik <&> "Süd"',
      '--contact',
      '+44 20',
      '--brand-color',
      '#00ff00',
      '--hint',
      'at the phone',
      '--face',
      'subject,date',
      '--handling',
      'Do not forward: ärztlich',
      '--expires',
      '2030-01-31T18:00:00+01:00',
      '--idle-lock',
      '15',
    ],
    extra: {
      face: {
        org: 'Klinik <&> "Süd"',
        contact: '+44 20',
        color: '#00ff00',
        subject: 'Hi',
        date: 1_795_321_800,
        hint: 'at the phone',
      },
      notes: { handling: 'Do not forward: ärztlich', expires: 1_896_109_200 },
      idleLock: 15,
    },
  },
  {
    name: 'data form, profile light, given passphrase',
    mail: PLAIN,
    passphrase: 'x',
    options: ['--form', 'data', '--kdf', 'light', '--allow-weak'],
    form: 'data',
  },
  { name: 'page, profile fips, generated', mail: PLAIN, options: ['--kdf', 'fips', '--pad', '--language', 'fr'] },
  {
    name: 'data form, profile fips, given',
    mail: PLAIN,
    passphrase: 'ab\u00a0cd',
    options: ['--form', 'data', '--kdf', 'fips', '--allow-weak'],
    form: 'data',
  },
  { name: 'data form of several blocks', mail: MANY_BLOCKS, options: ['--form', 'data'], form: 'data' },
  { name: 'page of several blocks, padding', mail: MANY_BLOCKS, options: ['--pad'] },
];

// The command seals, Python opens.
describe.skipIf(missing)(
  `made by the command, opened by Python${missing ? ` (skipped: ${missing})` : ''}`,
  { timeout: 120_000 },
  () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'sealpost-interop-'));
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    function sealed({ mail, options, passphrase }: Case): {
      readonly envelope: string;
      readonly passphraseFile: string;
    } {
      const [letter, envelope, passphraseFile] = ['letter.eml', 'envelope', 'passphrase.txt'].map((name) =>
        join(folder, name),
      ) as [string, string, string];
      writeFileSync(letter, rawMail(mail));
      if (passphrase !== undefined) writeFileSync(passphraseFile, passphrase, { mode: 0o600 });
      const secret = passphrase === undefined ? ['--generate'] : ['--passphrase-file', passphraseFile];
      const printed = sealpostDone('seal', letter, '-o', envelope, '--force', ...secret, ...options);
      if (passphrase === undefined) writeFileSync(passphraseFile, printed, { mode: 0o600 });
      return { envelope, passphraseFile };
    }

    function python(...args: readonly string[]): {
      readonly status: number | null;
      readonly answer: PythonMessage & PythonFailure;
    } {
      const { status, stdout, stderr } = runPython(['sealpost_py', ...args]);
      if (stderr !== '') throw new Error(stderr);
      return { status, answer: JSON.parse(stdout) as PythonMessage & PythonFailure };
    }

    test.each(CASES)('$name', (one) => {
      const { envelope, passphraseFile } = sealed(one);
      const parts = join(folder, 'parts');
      const { status, answer } = python('open', envelope, '--passphrase-file', passphraseFile, '--save', parts);
      expect({ status, error: answer.error }).toEqual({ status: 0 });
      const { mail, form = 'html', extra = {} } = one;
      expect(answer).toMatchObject({
        form,
        headers: {
          from: [{ name: 'Dr. Jürgen', address: 'j@example.org' }],
          to: [
            { name: 'Ward 3', address: 'ward@example.org' },
            { name: '', address: 'b@example.org' },
          ],
          subject: mail.subject,
          date: '2026-11-22T05:30:00+01:00',
          messageId: '1@example.org',
        },
        ...extra,
      });
      const saved = answer.parts.map((_, number) => readFileSync(join(parts, `part-${number}`)));
      const bodies = [mail.text, ...(mail.html === undefined ? [] : [mail.html])];
      expect(answer.parts.map(({ role }) => role)).toEqual([
        ...(['text', 'html'] as const).slice(0, bodies.length),
        ...mail.parts.map(() => 'attachment'),
      ]);
      // RFC 2045: line ends of a text are CRLF on the way and LF at home.
      expect(saved.slice(0, bodies.length).map(String)).toEqual(bodies.map((body) => body.replaceAll('\r\n', '\n')));
      const attachments = answer.parts.slice(bodies.length);
      for (const [number, part] of mail.parts.entries()) {
        const { name, type, content, contentId } = part;
        expect(attachments[number]).toMatchObject({
          name,
          type,
          size: content.length,
          ...(contentId !== undefined && { contentId, inline: 1 }),
        });
        expect(saved[bodies.length + number]?.equals(content)).toBe(true);
      }
      expect(attachments.length).toBe(mail.parts.length);
      const json = JSON.parse(sealpostDone('open', envelope, '--passphrase-file', passphraseFile, '--json')) as {
        attachments: { sha256: string }[];
      };
      expect(json.attachments.map(({ sha256 }) => sha256)).toEqual(attachments.map(({ sha256 }) => sha256));
    });

    test('both fail alike, with the same exit code', () => {
      const { envelope, passphraseFile } = sealed({ name: '', mail: PLAIN, options: [] });
      const wrong = join(folder, 'wrong.txt');
      writeFileSync(wrong, 'wrong', { mode: 0o600 });
      const right = readFileSync(envelope, 'latin1');
      const changed = join(folder, 'changed');
      const fails = (text: string, status: number, error: string, secret = passphraseFile) => {
        writeFileSync(changed, text, 'latin1');
        expect(sealpost('open', changed, '--passphrase-file', secret, '--json').status).toBe(status);
        expect(python('open', changed, '--passphrase-file', secret)).toMatchObject({ status, answer: { error } });
      };
      fails(right, 6, 'DID_NOT_OPEN', wrong);
      fails(right.slice(0, -200), 7, 'DAMAGED');
      fails(
        right.replace(
          // Over a line break, which may stand anywhere: between "<" and "!".
          /(sealpost-payload-0">\n[^]{150,200}?)(.)/,
          (_, before: string, digit: string) => before + (digit === 'A' ? 'B' : 'A'),
        ),
        7,
        'DAMAGED',
      );
      fails(right.replace('"m":47104', '"m":471040'), 5, 'LIMIT');
      fails(right.replace('"v":1', '"v":2'), 4, 'UNSUPPORTED_VERSION');
      fails(right.replace('"face":', '"fact":'), 3, 'NOT_AN_ENVELOPE');
      fails('hello', 3, 'NOT_AN_ENVELOPE');
    });
  },
);
