import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealpost, sealpostDone } from './cli.js';
import { PASSPHRASE, SMALL } from './envelope.js';
import { answersOutcome, libraryOutcome, pythonOutcome } from './outcome.js';
import { plaintextOfLength, storedEntry } from './plaintext.js';
import { CHEAP_KDF, Python, pythonMissing, runPython } from './python.js';

const missing = pythonMissing();
const CHUNK = 16_384;
const BLOCK = 64 * CHUNK;

// Three people's slots, one for answers, and one that this reader passes over.
const SECRETS = [
  { type: 'card', recipient: ['x', { y: 'Grüße' }] },
  { passphrase: 'Überaus geheim', norm: 'opaque', kdf: CHEAP_KDF },
  { passphrase: 'correct horse battery staple mug', norm: 'words', kdf: CHEAP_KDF },
  { answers: ['Berlin'], code: '0123-4567-89AB', kdf: CHEAP_KDF },
  { passphrase: 'ABCD-1234-EFGH-5678', norm: 'code', kdf: { name: 'pbkdf2-hmac-sha256', c: 1 } },
] as const;
const TYPED = ['Überaus geheim', ' Correct HORSE, battery-staple\tmug ', 'abcd l234 efgh 5678'] as const;

const CONTENTS = {
  'Übergröße 漢字.bin': randomBytes(1_000_000),
  'empty.txt': Buffer.alloc(0),
  'chunks.bin': randomBytes(2 * CHUNK),
  'zeros.bin': Buffer.alloc(BLOCK + 1),
};

// Python makes, the command opens.
describe.skipIf(missing)(
  `made by Python, opened by the command${missing ? ` (skipped: ${missing})` : ''}`,
  { timeout: 120_000 },
  () => {
    let folder: string;
    let python: Python;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'sealpost-interop-'));
      python = new Python();
    });
    afterAll(() => {
      python.stop();
      rmSync(folder, { recursive: true });
    });

    function passphraseFile(passphrase: string): string {
      const file = join(folder, 'passphrase.txt');
      writeFileSync(file, passphrase, { mode: 0o600 });
      return file;
    }

    test.each([
      { form: 'data', pad: false, encoding: 'stored' },
      { form: 'html', pad: true, encoding: 'deflate' },
    ] as const)('$form form, $encoding, several slots', async ({ form, pad, encoding }) => {
      const parts = Object.keys(CONTENTS).map((name) => ({
        role: 'attachment',
        name,
        type: 'application/octet-stream',
        encoding,
      }));
      const envelope = join(folder, `envelope-${form}`);
      writeFileSync(
        envelope,
        await python.make({
          form,
          pad,
          sign: pad,
          below_floor: true,
          message: {
            headers: { subject: 'Grüße' },
            parts: [{ role: 'html', type: 'text/html' }, ...parts],
            notes: { handling: 'x' },
            idleLock: 3,
          },
          contents: [Buffer.from('<p>Hällo</p>'), ...Object.values(CONTENTS)],
          secrets: SECRETS,
          face: { org: 'Klinik <&> "Süd"', questions: ['Wo?'] },
          connect: 'https://example.org:8443',
        }),
      );
      const [typed, ...others] = TYPED;
      const extracted = join(folder, form);
      const json = sealpostDone(
        'open',
        envelope,
        '--passphrase-file',
        passphraseFile(typed),
        '--json',
        '--extract',
        extracted,
      );
      expect(JSON.parse(json)).toMatchObject({ headers: { subject: 'Grüße' }, notes: { handling: 'x' }, idleLock: 3 });
      expect(readFileSync(join(extracted, 'message.html'), 'utf8')).toBe('<p>Hällo</p>');
      for (const [name, content] of Object.entries(CONTENTS))
        expect(readFileSync(join(extracted, name)).equals(content)).toBe(true);
      const answers = { answers: ['BERLIN'], code: 'ol23 4567 89ab' };
      expect((await answersOutcome(readFileSync(envelope), answers)).code).toBe('success');
      for (const passphrase of others) {
        expect((await libraryOutcome(readFileSync(envelope), passphrase)).code).toBe('success');
      }
      expect(sealpost('open', envelope, '--passphrase-file', passphraseFile('Überaus Geheim'), '--json').status).toBe(
        6,
      );
      expect(JSON.parse(sealpostDone('inspect', envelope, '--json'))).toMatchObject({
        form,
        fault: null,
        slots: SECRETS.map((secret) =>
          'type' in secret
            ? { type: secret.type }
            : 'answers' in secret
              ? { type: 'answer' }
              : { type: 'passphrase', norm: secret.norm },
        ),
        face: { org: 'Klinik <&> "Süd"', questions: ['Wo?'] },
        connect: 'https://example.org:8443',
      });
    });

    test.each(['standard', 'light', 'fips'])('by the command line, profile %s', (kdf) => {
      writeFileSync(join(folder, 'text'), 'Hällo\n');
      writeFileSync(
        join(folder, 'message.json'),
        JSON.stringify({
          message: { headers: {}, parts: [{ role: 'text', type: 'text/plain', file: 'text' }] },
          secrets: [{ passphrase: 'fünf Wörter', norm: 'words', kdf }],
        }),
      );
      const envelope = join(folder, 'made');
      const made = runPython(['sealpost_py', 'make', join(folder, 'message.json'), '-o', envelope, '--form', 'html']);
      expect(made).toMatchObject({ status: 0, stderr: '' });
      expect(sealpostDone('open', envelope, '--passphrase-file', passphraseFile('Fünf  Wörter'))).toContain('Hällo');
    });

    // Where a chunk, a block, or the last chunk of a block ends: a byte before, there, and a byte behind.
    const lengths = [CHUNK, 2 * CHUNK, BLOCK - CHUNK, BLOCK].flatMap((length) => [length - 1, length, length + 1]);
    test.each(lengths)('plaintext of %i bytes', async (length) => {
      const content = randomBytes(Math.floor(length / 2));
      const manifest = Buffer.from(JSON.stringify({ headers: {}, parts: [storedEntry(content, 0)] }));
      const plaintext = plaintextOfLength(length, [content], manifest);
      for (const form of ['html', 'data'] as const) {
        const file = await python.make({ ...SMALL, form, plaintext });
        const opened = await libraryOutcome(file, PASSPHRASE);
        expect(opened.code).toBe('success');
        expect(opened).toEqual(await pythonOutcome(python, file, PASSPHRASE));
      }
    });
  },
);
