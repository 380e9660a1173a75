import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildFirst, put, sealpost, temporaryFolder, type Result } from './command.js';
import { mailAround, makeEnvelope, textPart } from './material.js';

buildFirst();

const envelope = makeEnvelope({ headers: { subject: 'Secret' }, parts: [textPart('Hello.')] });

function inspect(content: string | Uint8Array, ...args: string[]): Promise<Result> {
  const cwd = temporaryFolder();
  put(cwd, 'e', content);
  return sealpost(['inspect', 'e', ...args], { cwd });
}

describe('inspect', () => {
  it('shows what everybody can see', async () => {
    const result = await inspect(envelope);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toMatch(
      /^Envelope: [0-9a-f]{32}, version 1, data form\nState: whole, as far as that shows\n/,
    );
    expect(result.stdout).toContain('Opens with: passphrase, argon2id m=8 t=1 p=1, words\n');
    expect(result.stdout).not.toContain('Secret');
  });

  it('shows no date that the calendar does not reach', async () => {
    const far = readFileSync(new URL('../../vectors/data/header-number-largest.seal', import.meta.url));
    expect((await inspect(far)).stdout).not.toContain('Date:');
    expect(JSON.parse((await inspect(far, '--json')).stdout)).toMatchObject({ face: { date: null } });
  });

  it('writes every key that the spec lists', async () => {
    const spec = readFileSync(new URL('../../../spec/cli.md', import.meta.url), 'utf8');
    const table = spec.slice(spec.indexOf('## 4.'), spec.indexOf('## 5.'));
    const keys = Array.from(table.matchAll(/^\| `(\w+)`/gm), ([, key]) => key);
    const { stdout } = await inspect(envelope, '--json');
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(keys);
  });

  it.each([
    ['whole', envelope, { known: true, fault: null }],
    ['cut off', envelope.slice(0, -100), { known: false, fault: 'cut-off', plaintextBytes: null }],
    [
      'with another header',
      envelope.replace('"face":{}', '"face":{"org":"Forged"}'),
      { known: false, fault: 'altered', face: { org: 'Forged' } },
    ],
    ['in a mail', mailAround(envelope), { known: true, inMail: true, fileBytes: envelope.length }],
  ])('says what it finds: %s', async (_name, content, found) => {
    const result = await inspect(content, '--json');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(result.stdout)).toMatchObject(found);
  });

  it('lets nothing from the envelope act on the terminal', async () => {
    const result = await inspect(envelope.replace('"face":{}', '"face":{"org":"\\u001b[2J\\u202ex"}'));
    expect(result.stdout).toContain('Organisation: \ufffd[2J\ufffdx\n');
  });

  it.each([
    ['no envelope', 'Hello.', 3],
    ['a later version', envelope.replace('sealpost/1', 'sealpost/2'), 4],
    ['a key derivation without bounds', envelope.replace('"m":8,', '"m":999999,'), 5],
  ])('fails for %s', async (_name, content, code) => {
    expect(await inspect(content, '--json')).toMatchObject({ code, stdout: '' });
  });
});
