import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answer } from '../../../test/reply/answer.js';
import { buildFirst, listing, put, sealpost, temporaryFolder, type Result } from './command.js';
import { makeEnvelope, makeMail, passphrase, textPart } from './material.js';

buildFirst();

const QUESTIONS = 'Where did we first meet?\nCafé Müller\n\nWhich ward were you on?\nB 12\n';
const CODE = /^(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}\n$/;

/** A folder with a mail and questions. */
function prepare(questions: string | Uint8Array = QUESTIONS): string {
  const cwd = temporaryFolder();
  put(cwd, 'm.eml', makeMail());
  put(cwd, 'q', questions);
  return cwd;
}

function seal(cwd: string, ...args: readonly string[]): Promise<Result> {
  return sealpost(['seal', 'm.eml', '-o', 'e', '--question-file', 'q', '--form', 'data', ...args], { cwd });
}

function open(cwd: string, answers: string, ...args: readonly string[]): Promise<Result> {
  put(cwd, 'a', answers);
  return sealpost(['open', 'e', '--answers-file', 'a', ...args], { cwd });
}

describe('seal --question-file', () => {
  it('prints a code that opens the envelope with the answers, and says what it asks', async () => {
    const cwd = prepare();
    const sealed = await sealpost(['seal', 'm.eml', '-o', 'e', '--question-file', 'q'], { cwd });
    expect(sealed).toMatchObject({ code: 0, stderr: 'sealpost: wrote e\n' });
    expect(sealed.stdout).toMatch(CODE);
    const opened = await open(cwd, `cafe muller\nb12\n${sealed.stdout}`);
    expect(opened).toMatchObject({ code: 0, stderr: '' });
    expect(opened.stdout).toMatch(/\n\nHello\.\n$/);
    const shown = await sealpost(['inspect', 'e'], { cwd });
    expect(shown.stdout).toMatch(/^Opens with: answer, argon2id m=47104 t=1 p=1, answers-code$/m);
    expect(shown.stdout).toContain('Question: Where did we first meet?\nQuestion: Which ward were you on?\n');
    const json = await sealpost(['inspect', 'e', '--json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({
      slots: [{ type: 'answer', norm: 'answers-code' }],
      face: { questions: ['Where did we first meet?', 'Which ward were you on?'] },
    });
    const page = readFileSync(path.join(cwd, 'e'), 'latin1');
    expect(page).not.toMatch(/Caf|B 12/);
  });

  it.each([
    ['CRLF and a byte order mark', `\ufeff${QUESTIONS.replaceAll('\n', '\r\n')}`],
    ['no line end at the end', QUESTIONS.trimEnd()],
    ['two empty lines between', QUESTIONS.replace('\n\n', '\n \n\n')],
  ])('takes a file with %s', async (_name, content) => {
    const cwd = prepare(content);
    const sealed = await seal(cwd);
    expect(sealed.code).toBe(0);
    expect(await open(cwd, `Café Müller\r\nB 12\r\n${sealed.stdout.trim()}\r\n`)).toMatchObject({ code: 0 });
  });

  it('takes one question and three, and reads them from standard input', async () => {
    for (const count of [1, 3]) {
      const cwd = temporaryFolder();
      put(cwd, 'm.eml', makeMail());
      const stdin = Array.from({ length: count }, (_, index) => `Question ${index}?\nanswer x${index}\n`).join('\n');
      const args = ['seal', 'm.eml', '-o', 'e', '--question-file', '-', '--form', 'data'];
      const sealed = await sealpost(args, { cwd, stdin });
      expect(sealed.code).toBe(0);
      const answers = Array.from({ length: count }, (_, index) => `answer x${index}\n`).join('');
      const opened = await sealpost(['open', 'e', '--answers-file', '-'], { cwd, stdin: answers + sealed.stdout });
      expect(opened).toMatchObject({ code: 0, stderr: '' });
    }
  });

  it('works in a pipe, the code alone on standard error', async () => {
    const cwd = prepare();
    const args = ['seal', '-', '-o', '-', '--question-file', 'q', '--form', 'data', '--kdf', 'fips'];
    const sealed = await sealpost(args, { cwd, stdin: makeMail() });
    expect(sealed.stdout).toMatch(/^sealpost\/1\n/);
    expect(sealed.stderr).toMatch(/^(?:\w{4}-){3}\w{4}\n$/);
    put(cwd, 'e', sealed.stdoutBytes);
    expect(await open(cwd, `Café Müller\nB 12\n${sealed.stderr}`)).toMatchObject({ code: 0 });
  });

  it('makes no code for who insists, and says what that is worth', async () => {
    const cwd = prepare();
    const sealed = await seal(cwd, '--allow-weak-slot');
    expect(sealed).toMatchObject({ code: 0, stdout: '' });
    expect(sealed.stderr).toMatch(
      /^sealpost: warning: answers of about \d+ bits are guessed in .*\nsealpost: wrote e\n$/,
    );
    expect(await open(cwd, 'Café Müller\nB 12\n')).toMatchObject({ code: 0 });
  });

  it('puts the code into no cover mail, and keys beside the answers', async () => {
    const cwd = prepare();
    expect(await sealpost(['keygen', '-o', 'k', '--p256', '--plain'], { cwd })).toMatchObject({ code: 0 });
    const sealed = await seal(cwd, '--cover-mail', 'cover.eml', '--recipient-key', 'k.pub');
    expect(sealed.code).toBe(0);
    expect(sealed.stdout).toMatch(CODE);
    expect(readFileSync(path.join(cwd, 'cover.eml'), 'latin1')).not.toContain(sealed.stdout.trim());
    expect(await sealpost(['open', 'e', '--identity', 'k'], { cwd })).toMatchObject({ code: 0 });
    expect(await open(cwd, `Café Müller\nB 12\n${sealed.stdout}`)).toMatchObject({ code: 0 });
  });

  it('offers replies, which open with the answers and the code', async () => {
    const cwd = prepare();
    const sealed = await sealpost(['seal', 'm.eml', '-o', 'e', '--question-file', 'q', '--reply', 'reply'], { cwd });
    expect(sealed.code).toBe(0);
    const given = { answers: ['Café Müller', 'B 12'], code: sealed.stdout.trim() };
    put(cwd, 'e', await answer(readFileSync(path.join(cwd, 'e')), given, { text: 'An answer.' }));
    const opened = await open(cwd, `Café Müller\nB 12\n${sealed.stdout}`);
    expect(opened.code).toBe(0);
    expect(opened.stdout).toMatch(/\n\nAn answer\./);
  });

  it.runIf(process.platform !== 'win32')('warns of files that others can read', async () => {
    const cwd = prepare();
    chmodSync(path.join(cwd, 'q'), 0o644);
    const sealed = await seal(cwd, '--allow-weak-slot');
    expect(sealed.stderr).toMatch(/^sealpost: warning: other users can read the question file\nsealpost: hint: /);
    put(cwd, 'a', '');
    chmodSync(path.join(cwd, 'a'), 0o644);
    const opened = await open(cwd, 'Café Müller\nB 12\n');
    expect(opened.stderr).toMatch(/^sealpost: warning: other users can read the answers file\n/);
  });

  // "secret" stands for what must not be said.
  const wrong: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['empty', '', /: the question file is empty\n/],
    ['not UTF-8', Buffer.from([0xff, 0xfe, 0x00]), /: the question file is not UTF-8 text\n/],
    ['without an answer', 'Where?\n', /: line 1 of the question file is a question without an answer under it\n/],
    ['with an empty answer', 'Where?\n \nsecret\n', /: line 2 of the question file is empty, and should be the answer/],
    [
      'with a question alone at its end',
      'Where?\nsecret\n\nWhy?',
      /: line 4 of the question file is a question without/,
    ],
    ['that begins empty', '\nWhere?\nsecret\n', /: line 1 of the question file is empty, and should be a question\n/],
    ['that ends empty', 'Where?\nsecret\n\n', /: line 3 of the question file is empty, and no question follows\n/],
    ['with an answer of two lines', 'Where?\nat\nsecret\n', /: line 3 of the question file should be empty/],
    [
      'with four questions',
      'a?\nx\n\nb?\ny\n\nc?\nsecret\n\nd?\nsecret\n',
      /: line 10 of the question file is one .* than 3\n/,
    ],
    [
      'with a long question',
      `${'w'.repeat(501)}\nsecret\n`,
      /: line 1 of the question file has 501 characters, more than 500\n/,
    ],
    ['with a control character', 'Where?\nse\u0007cret\n', /: line 2 of the question file holds a control character\n/],
    ['with an old line end', 'Where?\rsecret\n', /: line 1 of the question file holds a control character\n/],
    [
      'with an answer of nothing',
      'a?\nx\n\nWhere?\n?!\n',
      /: the answer in line 5 of the question file has no letter and no digit\n/,
    ],
    [
      'that tells its answer',
      'Is it a SECRET?\nsecret\n',
      /: the answer in line 2 of the question file stands in a question or/,
    ],
  ];

  it.each(wrong)('refuses a file %s', async (_name, content, said) => {
    const cwd = prepare(content);
    const result = await seal(cwd);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(said);
    expect(result.stderr).not.toMatch(/se.?cret/i);
    expect(listing(cwd)).toEqual(['m.eml', 'q']);
  });

  it('refuses an answer longer than a secret may be', async () => {
    const result = await seal(prepare(`Where?\n${'s'.repeat(1_025)}\n`));
    expect(result).toMatchObject({ code: 5, stdout: '' });
    expect(result.stderr).toMatch(/: the answer in line 2 of the question file is longer than 1,024 bytes\n/);
  });

  it.each([
    [['--passphrase-file', 'q'], /cannot be used with/],
    [['--prompt'], /cannot be used with/],
    [['--generate'], /cannot be used with/],
    [
      ['--allow-weak-slot', '--kdf', 'fips'],
      /answers without a code are too weak for --kdf fips\n.*leave --allow-weak-slot out/,
    ],
    [['--hint', 'At Café Müller'], /the answer in line 2 of the question file stands in a question or in the face/],
    [['--answer', 'hunter2'], /unknown option '--answer'\n.*answers and codes are never arguments/],
  ])('refuses %j beside it', async (args, said) => {
    const cwd = prepare();
    const result = await seal(cwd, ...args);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(said);
    expect(result.stderr).not.toContain('hunter2');
    expect(existsSync(path.join(cwd, 'e'))).toBe(false);
  });

  it.each([
    [['m.eml', '--allow-weak-slot'], /--allow-weak-slot without --question-file\n/],
    [['m.eml', '--passphrase-file', 'q', '--allow-weak-slot'], /--allow-weak-slot without --question-file\n/],
    [['-', '--question-file', '-'], /: mail and questions cannot both come from standard input\n/],
    [['m.eml', '--question-file', 'nothing'], /cannot read nothing/],
  ])('is refused as %j', async (args, said) => {
    const cwd = prepare();
    const result = await sealpost(['seal', '-o', 'e', ...args], { cwd });
    expect(result.stdout).toBe('');
    expect(result.code).not.toBe(0);
    expect(result.stderr).toMatch(said);
    expect(listing(cwd)).toEqual(['m.eml', 'q']);
  });

  it.each([
    ['>&-', ['-o', 'e']],
    ['2>&-', ['-o', '-']],
    ['2>/dev/null', ['-o', '-']],
  ])('makes no code that would be lost: %s', async (redirect, args) => {
    const cwd = prepare();
    const call = ['seal', 'm.eml', '--question-file', 'q', ...args];
    const result = await sealpost(call, { cwd, redirect });
    expect(result).toMatchObject({ code: 8, stdout: '' });
    if (!redirect.startsWith('2'))
      expect(result.stderr).toMatch(/: the generated code would be lost: .*\n.*: leave it open\n$/);
    expect(listing(cwd)).toEqual(['m.eml', 'q']);
  });

  it('needs no output for a code where there is none', async () => {
    const cwd = prepare();
    const args = ['seal', 'm.eml', '-o', 'e', '--question-file', 'q', '--allow-weak-slot'];
    expect(await sealpost(args, { cwd, redirect: '>&-' })).toMatchObject({ code: 0 });
  });
});

describe('open --answers-file', () => {
  it.each([
    [
      'too few lines',
      'Café Müller\nB 12\n',
      2,
      /: the answers file has 2 lines, and the envelope takes 3\n.*: 2 answers, .* the code in/,
    ],
    ['one line', 'x', 2, /: the answers file has 1 line, and the envelope takes 3\n/],
    ['too many lines', 'x\ny\nCODE\n\n', 2, /: the answers file has 4 lines, and the envelope takes 3\n/],
    ['an empty line', 'x\n \nCODE\n', 2, /: line 2 of the answers file is empty\n/],
    ['an empty file', '\n', 2, /: the answers file is empty\n/],
    [
      'wrong answers',
      'x\ny\n0000-0000-0000\n',
      6,
      /: the answers did not open the envelope\n.*: check each of them, .*code/,
    ],
  ])('refuses %s', async (_name, answers, code, said) => {
    const cwd = prepare();
    expect((await seal(cwd)).code).toBe(0);
    const result = await open(cwd, answers, '--eml', 'n');
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(said);
    expect(listing(cwd)).toEqual(['a', 'e', 'm.eml', 'q']);
  });

  it('takes no code where the envelope has none', async () => {
    const cwd = prepare();
    await seal(cwd, '--allow-weak-slot');
    const result = await open(cwd, 'Café Müller\nB 12\nCODE\n');
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(
      /: the answers file has 3 lines, and the envelope takes 2\n.*: 2 answers, .*, and no code\n/,
    );
  });

  it('says of a damaged file that it is', async () => {
    const cwd = prepare();
    const { stdout } = await seal(cwd);
    put(cwd, 'e', readFileSync(path.join(cwd, 'e')).subarray(0, -100));
    const right = await open(cwd, `Café Müller\nB 12\n${stdout}`);
    expect(right).toMatchObject({ code: 7, stdout: '' });
    const wrong = await open(cwd, `x\ny\n${stdout}`);
    expect(wrong.stderr).toMatch(/: the answers did not open the envelope, and it was cut off on its way\n/);
  });

  it.each([
    [['--passphrase-file', 'a'], /cannot be used with/],
    [['--identity', 'a'], /cannot be used with/],
  ])('is not given beside %j', async (args, said) => {
    const cwd = prepare();
    const result = await open(cwd, 'x', ...args);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(said);
  });

  it('is standard input once', async () => {
    const result = await sealpost(['open', '-', '--answers-file', '-'], { cwd: prepare() });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/: envelope and answers cannot both come from standard input\n/);
  });

  it('says so where an envelope asks nothing', async () => {
    const cwd = prepare();
    put(cwd, 'e', makeEnvelope({ parts: [textPart('Hello.')] }));
    const result = await open(cwd, passphrase);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/: the envelope asks no questions\n.*: open it with its passphrase\n/);
    await sealpost(['keygen', '-o', 'k', '--p256', '--plain'], { cwd });
    await sealpost(['seal', 'm.eml', '-o', 'e', '--recipient-key', 'k.pub', '--force'], { cwd });
    expect((await open(cwd, passphrase)).stderr).toMatch(/: the envelope asks no questions\n.*--identity\n/);
  });

  it('is said to be what opens an envelope that asks', async () => {
    const cwd = prepare();
    const { stdout } = await seal(cwd);
    put(cwd, 'code', stdout);
    const result = await sealpost(['open', 'e', '--passphrase-file', 'code'], { cwd });
    expect(result).toMatchObject({ code: 6, stdout: '' });
    expect(result.stderr).toMatch(/: no passphrase opens this envelope: it asks questions\n.*--answers-file/);
    const asked = await sealpost(['open', 'e'], { cwd });
    expect(asked).toMatchObject({ code: 2, stdout: '' });
    expect(asked.stderr).toMatch(/: no answers, and no terminal to ask for them\n.*--answers-file\n/);
  });
});
