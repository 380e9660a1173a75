import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { open, readIdentity, seal } from 'sealpost';
import { readMail } from 'sealpost/mail';
import { openerFiles } from 'sealpost/opener';
import { expect, it } from 'vitest';
import { inRoot } from '../../tools/lib/root.mjs';
import type { Installation, Ran } from './installation.js';

const CONTENTS = {
  subject: 'Grüße, 挨拶',
  text: 'Guten Tag\n',
  html: '<p>Guten <b>Tag</b></p>',
  files: [
    fileOf('bytes.bin', Buffer.alloc(70_000, 7)),
    fileOf('blob.txt', Buffer.from('a blob in two pieces')),
    fileOf('stream.txt', Buffer.from('a stream')),
  ],
};

function fileOf(name: string, bytes: Buffer): object {
  return { name, sum: bytes.reduce((sum, byte) => sum + byte, 0), streamed: bytes.length };
}

/** What `user/seal-and-open.mjs` gives. */
export interface Outcome {
  readonly sent: {
    readonly file: string;
    readonly passphrase: string;
    readonly toKeys: readonly { readonly kem: string; readonly file?: string; readonly identity?: string }[];
  };
  readonly estimateError: number;
}

/** Compares what `user/seal-and-open.mjs` did in some runtime with what it is to do, and opens here what it sealed there. */
export async function expectOutcome(outcome: Outcome, where: 'program' | 'page', { keys = true } = {}): Promise<void> {
  expect(outcome).toMatchObject({
    rounds: [
      { fileName: 'securedoc.html', known: true, generated: CONTENTS, streamed: CONTENTS },
      { fileName: 'securedoc.seal', known: true, generated: CONTENTS, streamed: CONTENTS },
    ],
    coverMail: where === 'program' ? 'no error' : 'INVALID_ARGUMENT',
    wrongPassphrase: 'DID_NOT_OPEN',
  });
  expect(outcome.estimateError).toBeLessThan(0.01);
  const { file, passphrase, toKeys } = outcome.sent;
  const { message } = await open(file, { passphrase });
  expect(message).toEqual({ headers: { subject: 'note' }, text: 'for another runtime' });
  const kems = ['p256', 'mlkem768-x25519'];
  const expected = kems.map((kem) =>
    keys ? { kem, text: 'for another runtime' } : { kem, error: 'INVALID_ARGUMENT' },
  );
  expect(toKeys).toMatchObject(expected);
  for (const { file: toKey, identity } of toKeys) {
    if (toKey === undefined || identity === undefined) continue;
    const opened = await open(toKey, { keys: [await readIdentity(identity)] });
    expect(opened.message.text).toBe('for another runtime');
  }
}

/** A mail with attachments, and its subject. */
export const MAIL: string = inRoot('examples', 'mail', 'discharge-letter.eml');
export const SUBJECT = 'Ihr Entlassungsbrief und die Laborwerte – 検査結果';

/** Tests that run the programs of `test/runtimes/user` as their user would; `args` stand before a program's name. */
export function testPrograms({ folder, run }: Installation, command: string, args: readonly string[] = []): void {
  async function outcomeOf(program: string): Promise<unknown> {
    const { code, stdout, stderr } = await run(command, [...args, program]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  }

  it('a program seals and opens, also what was sealed elsewhere', async () => {
    const passphrase = 'Zwölf Boxkämpfer jagen Viktor';
    const message = { headers: { subject: 'sealed elsewhere' }, text: 'hello' };
    const sealed = await seal(message, { form: 'data', passphrase });
    const file = Buffer.from(await sealed.bytes()).toString('ascii');
    writeFileSync(path.join(folder, 'received.json'), JSON.stringify({ file, passphrase }));
    const outcome = await outcomeOf('program.mjs');
    expect(outcome).toHaveProperty('received', { subject: 'sealed elsewhere', text: 'hello', files: [] });
    await expectOutcome(outcome as Outcome, 'program');
  });

  it('a worker seals and opens', async () => {
    await expectOutcome((await outcomeOf('worker-threads.mjs')) as Outcome, 'program');
  });

  it('a program reads and writes raw mail', async () => {
    copyFileSync(MAIL, path.join(folder, 'letter.eml'));
    expect(await outcomeOf('mail.mjs')).toEqual({
      subject: SUBJECT,
      attachments: expect.arrayContaining([expect.stringMatching(/\.pdf$/)]) as unknown,
    });
  });

  it('a CommonJS program requires the packages', async () => {
    expect(await outcomeOf('program.cjs')).toEqual({ subject: 'required' });
  });
}

/** A test that runs a program which writes files. */
export function testLedger({ run }: Installation, command: string, args: readonly string[] = []): void {
  it('a program keeps a ledger of replies', async () => {
    const { code, stdout, stderr } = await run(command, [...args, 'ledger.mjs']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      remembered: [true, false],
      pruned: 1,
      text: 'When?',
      refused: 'INVALID_ARGUMENT',
    });
  });
}

/** A test that runs the `sealpost` command, which `args` name. */
export function testCommand({ folder, run }: Installation, command: string, args: readonly string[]): void {
  it('the command seals, inspects and opens', async () => {
    const sealpost = (...own: string[]): Promise<Ran> => run(command, [...args, ...own]);
    const sealed = await sealpost('seal', MAIL, '-o', 'sealed.html', '--force');
    expect(sealed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[a-z -]+\n$/) as unknown });
    const inspected = await sealpost('inspect', 'sealed.html', '--json');
    expect(JSON.parse(inspected.stdout)).toMatchObject({ known: true });
    writeFileSync(path.join(folder, 'passphrase'), sealed.stdout);
    const opened = await sealpost('open', 'sealed.html', '--passphrase-file', 'passphrase', '--eml', '-');
    expect(opened.code).toBe(0);
    expect((await readMail(Buffer.from(opened.stdout))).headers.subject).toBe(SUBJECT);
    const again = await sealpost(
      'reissue',
      'sealed.html',
      '--passphrase-file',
      'passphrase',
      '-o',
      'again.html',
      '--force',
    );
    expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[a-z -]+\n$/) as unknown });
    expect(await sealpost('opener', '-o', 'opener', '--force')).toMatchObject({ code: 0, stdout: '' });
    for (const [name, bytes] of openerFiles())
      expect(readFileSync(path.join(folder, 'opener', name)).equals(bytes)).toBe(true);
  });
}
