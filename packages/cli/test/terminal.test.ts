import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { seal } from 'sealpost';
import { describe, expect, it } from 'vitest';
import { buildFirst, listing, main, put, temporaryFolder } from './command.js';
import { makeEnvelope, makeMail, passphrase, textPart } from './material.js';

buildFirst();

/** `script` of util-linux gives a command a terminal of its own; other systems have another `script`. */
const script = 'script';
const hasTerminal = spawnSync(script, ['-qec', 'test -t 0', '/dev/null']).status === 0;
if (!hasTerminal) console.log('skipped: prompts on a terminal, since script (util-linux) is not there');

interface Session {
  readonly code: number | null;
  /** Everything that the terminal showed. */
  readonly screen: string;
}

/**
 * Runs `sealpost ARGS REDIRECTIONS` on a terminal of its own. Each answer is typed when its question has appeared, so
 * echo would show it.
 */
function onTerminal(
  command: string,
  cwd: string,
  answers: readonly (readonly [question: RegExp, keys: string])[],
): Promise<Session> {
  return new Promise((resolve, reject) => {
    const line = `stty -echoctl; '${process.execPath}' '${main}' ${command}; code=$?; stty -a | tr ' ' '\\n' | grep -x -e echo -e -echo >after; exit $code`;
    const child = spawn(script, ['-qec', line, '/dev/null'], { cwd, env: { ...process.env, SHELL: '/bin/sh' } });
    let screen = '';
    let seen = 0;
    const left = [...answers];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
      const [question, keys] = left[0] ?? [];
      const match = question?.exec(screen.slice(seen));
      if (match === null || match === undefined || keys === undefined) return;
      seen += match.index + match[0].length;
      left.shift();
      child.stdin.write(keys);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, screen });
    });
  });
}

function prepare(): string {
  const cwd = temporaryFolder();
  put(cwd, 'm.eml', makeMail());
  put(cwd, 'p', passphrase);
  put(cwd, 'e', makeEnvelope({ parts: [textPart('Hello.')] }));
  return cwd;
}

function read(cwd: string, name: string): string {
  return readFileSync(path.join(cwd, name), 'utf8');
}

describe.runIf(hasTerminal)('on a terminal', () => {
  it.each([
    ['typed', `${passphrase}\r`],
    ['with slips', `wrong\u0015x\u007fcorrect  donkey\u0017horse \u001b[Dbattery staple\r`],
    ['pasted between marks', `\u001b[200~${passphrase}\u001b[201~\r`],
  ])('open asks for a passphrase and does not show it: %s', async (_name, keys) => {
    const cwd = prepare();
    const { code, screen } = await onTerminal('open e >out 2>err', cwd, [[/passphrase for e \(not shown\): /, keys]]);
    expect(read(cwd, 'err')).toBe('');
    expect(code).toBe(0);
    expect(read(cwd, 'out')).toMatch(/\n\nHello\.\n$/);
    expect(screen).not.toMatch(/correct|horse|staple/);
    expect(read(cwd, 'after')).toBe('echo\n');
  });

  it('open asks even when standard input is the envelope', async () => {
    const cwd = prepare();
    const { code } = await onTerminal('open - <e >out 2>err', cwd, [[/not shown\): /, `${passphrase}\r`]]);
    expect(code).toBe(0);
    expect(read(cwd, 'out')).toContain('Hello.');
  });

  it('seal asks twice, even when standard input is the mail', async () => {
    const cwd = prepare();
    const { code, screen } = await onTerminal('seal - -o n --prompt --form data <m.eml >out 2>err', cwd, [
      [/passphrase for the envelope \(not shown\): /, `${passphrase}\r`],
      [/the same again: /, `${passphrase}\r`],
    ]);
    expect(code).toBe(0);
    expect(read(cwd, 'out')).toBe('');
    expect(read(cwd, 'err')).toBe('sealpost: wrote n\n');
    expect(screen).not.toContain('horse');
    const opened = await onTerminal('open n --passphrase-file p >out2', cwd, []);
    expect(opened.code).toBe(0);
  });

  it('reissue asks for the old passphrase, and for the new one where the old one was right', async () => {
    const cwd = prepare();
    const old = [/passphrase for e \(not shown\): /, `${passphrase}\r`] as const;
    const wrong = await onTerminal('reissue e -o n --new-prompt >out 2>err', cwd, [[old[0], 'wrong\r']]);
    expect([wrong.code, read(cwd, 'out')]).toEqual([6, '']);
    const right = await onTerminal('reissue e -o n --new-prompt >out 2>err', cwd, [
      old,
      [/passphrase for the new envelope \(not shown\): /, 'another horse battery staple\r'],
      [/the same again: /, 'another horse battery staple\r'],
    ]);
    expect([right.code, read(cwd, 'out'), read(cwd, 'err')]).toEqual([0, '', 'sealpost: wrote n\n']);
    expect(right.screen).not.toMatch(/another|staple/);
    put(cwd, 'new', 'another horse battery staple');
    expect((await onTerminal('open n --passphrase-file new >out 2>err', cwd, [])).code).toBe(0);
  });

  it('takes both answers from one paste', async () => {
    const cwd = prepare();
    const keys = `${passphrase}\r${passphrase}\r`;
    expect(await onTerminal('seal m.eml -o n --prompt >out 2>err', cwd, [[/not shown\): /, keys]])).toMatchObject({
      code: 0,
    });
  });

  describe('an envelope that asks', () => {
    /** One whose second question would act on the terminal. */
    async function prepareAsking(): Promise<{ cwd: string; code: string }> {
      const cwd = temporaryFolder();
      const questions = [
        { question: 'Where did we meet?', answer: 'Café Müller' },
        { question: 'Which ward?\u001b[2J\n\u202epassphrase of your bank:', answer: 'B 12' },
      ];
      const sealed = await seal({ headers: {}, text: 'Hello.' }, { questions, kdf: 'light', form: 'data' });
      put(cwd, 'e', await sealed.bytes());
      return { cwd, code: sealed.code ?? '' };
    }
    const first = /the sender asks: Where did we meet\? \(not shown\): /;
    const second = /the sender asks: Which ward\?\ufffd\[2J \ufffdpassphrase of your bank: \(not shown\): /;
    const third = /the code that belongs to the answers \(not shown\): /;

    it('asks each question and the code, and shows no answer', async () => {
      const { cwd, code } = await prepareAsking();
      const session = await onTerminal('open e >out 2>err', cwd, [
        [first, 'cafe muller\r'],
        [second, 'b-12\r'],
        [third, `${code.toLowerCase()}\r`],
      ]);
      expect([session.code, read(cwd, 'err')]).toEqual([0, '']);
      expect(read(cwd, 'out')).toContain('Hello.');
      expect(session.screen).not.toMatch(/muller|b-12/);
      expect(session.screen.toUpperCase()).not.toContain(code);
      expect(read(cwd, 'after')).toBe('echo\n');
    });

    it.each([
      [
        'a wrong answer',
        ['x', 'b12', '0000-0000-0000'],
        6,
        /^sealpost: the answers did not open the envelope\n.*check each/,
      ],
      ['an empty answer', ['x', ''], 2, /^sealpost: the answer is empty\n/],
      ['an empty code', ['x', 'y', ''], 2, /^sealpost: the code is empty\n/],
    ])('ends with %s', async (_name, typed, code, said) => {
      const { cwd } = await prepareAsking();
      const answers = typed.map((text, index) => [[first, second, third][index]!, `${text}\r`] as const);
      const session = await onTerminal('open e --eml n >out 2>err', cwd, answers);
      expect(session.code).toBe(code);
      expect(read(cwd, 'err')).toMatch(said);
      expect(listing(cwd)).toEqual(['after', 'e', 'err', 'out']);
    });
  });

  it('asks for the passphrase of a key that signs, and of the one before it', async () => {
    const cwd = prepare();
    const made = await onTerminal('keygen --sign -o one.key --prompt --allow-weak >out 2>err', cwd, [
      [/passphrase for the key \(not shown\): /, `${passphrase}\r`],
      [/the same again: /, `${passphrase}\r`],
    ]);
    expect(made.code).toBe(0);
    const asked = /passphrase of the signing key in one\.key \(not shown\): /;
    const next = await onTerminal('keygen --sign -o two.key --plain --succeeds one.key', cwd, [
      [asked, `${passphrase}\r`],
    ]);
    expect(next.code).toBe(0);
    const seal = 'seal m.eml -o n --sign-key one.key --passphrase-file p --form data';
    expect((await onTerminal(seal, cwd, [[asked, `${passphrase}\r`]])).code).toBe(0);
    expect((await onTerminal(`${seal} --force`, cwd, [[asked, 'wrong\r']])).code).toBe(6);
  });

  const refused: readonly (readonly [string, string, readonly (readonly [RegExp, string])[], number, RegExp])[] = [
    [
      'two passphrases that differ',
      'seal m.eml -o n --prompt',
      [
        [/not shown\): /, 'one\r'],
        [/again: /, 'two\r'],
      ],
      2,
      /the two passphrases differ/,
    ],
    ['an empty passphrase', 'seal m.eml -o n --prompt', [[/not shown\): /, '\r']], 2, /the passphrase is empty/],
    ['the end of input', 'open e --eml n', [[/not shown\): /, 'abc\u0004']], 1, /cancelled/],
    [
      'a wrong passphrase',
      'open e --eml n',
      [[/not shown\): /, 'abc\r']],
      6,
      /the passphrase did not open the envelope/,
    ],
    ['a passphrase that would show', 'open e --eml n --passphrase-file -', [], 2, /which would show the passphrase/],
    ['questions that would show', 'seal m.eml -o n --question-file -', [], 2, /which would show the questions/],
    ['a mail on the terminal', 'seal -o n', [], 2, /standard input is a terminal/],
  ];

  it.each(refused)('ends with %s', async (_name, command, answers, code, said) => {
    const cwd = prepare();
    const session = await onTerminal(`${command} >out 2>err`, cwd, answers);
    expect(session.code).toBe(code);
    expect(read(cwd, 'err')).toMatch(said);
    expect(read(cwd, 'out')).toBe('');
    expect(read(cwd, 'after')).toBe('echo\n');
    expect(listing(cwd)).toEqual(['after', 'e', 'err', 'm.eml', 'out', 'p']);
  });

  it('^C ends it as an interrupt does, with the echo back on', async () => {
    const cwd = prepare();
    const { code } = await onTerminal('open e --eml n >out 2>err', cwd, [[/not shown\): /, 'abc\u0003']]);
    expect(code).toBe(130);
    expect(read(cwd, 'after')).toBe('echo\n');
    expect(listing(cwd)).toEqual(['after', 'e', 'err', 'm.eml', 'out', 'p']);
  });

  it('says what is wrong with a file before it asks', async () => {
    const cwd = prepare();
    put(cwd, 'no', 'Hello.');
    expect(await onTerminal('open no', cwd, [])).toMatchObject({ code: 3 });
    put(cwd, 'cut', read(cwd, 'e').slice(0, -100));
    const { screen } = await onTerminal('open cut', cwd, [[/not shown\): /, `${passphrase}\r`]]);
    expect(screen).toMatch(/warning: the envelope was cut off[^]*not shown/);
  });

  it('leaves no progress behind', async () => {
    const cwd = prepare();
    const { screen } = await onTerminal('seal m.eml -o n --form data --kdf fips', cwd, []);
    expect(existsSync(path.join(cwd, 'n'))).toBe(true);
    // eslint-disable-next-line no-control-regex -- what shows progress
    const kept = screen.replace(/[^\n]*\r\u001b\[K/g, '').replace(/\r/g, '');
    expect(kept).toMatch(/^[a-z -]+\nsealpost: wrote n\n$/);
  });
});
