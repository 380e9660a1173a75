import { statSync } from 'node:fs';
import { readBounded } from './input.js';
import { usageFailure } from './failure.js';
import { Terminal } from './terminal.js';
import { warn } from './tui.js';

/** Secrets, from where they may come from (spec/cli.md, section 8): a file or the terminal, never an argument. */

const MAX_FILE_BYTES = 65_536;

/** What a file of secrets is called, and what to do where it would be typed into a terminal that shows it. */
const FILES = {
  passphrase: { file: 'the passphrase file', instead: 'leave --passphrase-file out, or pipe it in' },
  'new passphrase': { file: 'the new passphrase file', instead: 'leave --new-passphrase-file out, or pipe it in' },
  answers: { file: 'the answers file', instead: 'leave --answers-file out, or pipe them in' },
  questions: { file: 'the question file', instead: 'name a file, or pipe them in' },
} as const;

/** What gives the passphrase to seal under; `reissue` opens with the other one. */
export type PassphraseOption = '--passphrase-file' | '--new-passphrase-file';

/** The text of a file of secrets, or with `-` that of standard input. Not empty. */
export async function readSecretText(path: string, what: keyof typeof FILES): Promise<string> {
  const { file, instead } = FILES[what];
  if (path === '-' && process.stdin.isTTY) {
    throw usageFailure(`standard input is a terminal, which would show the ${what}`, instead);
  }
  const bytes = await readBounded(path, MAX_FILE_BYTES);
  warnIfShared(path, file);
  let text: string;
  try {
    // A byte order mark is dropped here: some editors write one, and nobody can type it.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw usageFailure(`${file} is not UTF-8 text`, 'save it as UTF-8');
  }
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw usageFailure(`${file} is empty`);
  return secret;
}

/** The passphrase in a file, or with `-` in standard input. */
export function readPassphraseFile(path: string): Promise<string> {
  return readSecretText(path, 'passphrase');
}

/** Warns where others can read `what` in a regular file. */
export function warnIfShared(path: string, what: string): void {
  if (path === '-' || process.platform === 'win32') return;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true && (found.mode & 0o044) !== 0) {
    warn(`other users can read ${what}`, 'chmod 600 takes it from them');
  }
}

/** Asks once, for opening. */
export async function askPassphrase(question: string): Promise<string> {
  const [passphrase] = await askPassphrases([question], '--passphrase-file');
  return passphrase ?? '';
}

/** A passphrase to seal under: from a file, or with `prompt` from the terminal. Undefined where neither is wanted. `option` names the file. */
export function readNewPassphrase(
  { passphraseFile, prompt }: { readonly passphraseFile?: string; readonly prompt?: boolean },
  question: string,
  option: PassphraseOption = '--passphrase-file',
): Promise<string | undefined> {
  if (passphraseFile !== undefined)
    return readSecretText(passphraseFile, option === '--passphrase-file' ? 'passphrase' : 'new passphrase');
  return prompt === true ? askNewPassphrase(question, option) : Promise.resolve(undefined);
}

/** Asks twice, for sealing: a slip would lock the message away. */
async function askNewPassphrase(question: string, option: PassphraseOption): Promise<string> {
  const [passphrase, again] = await askPassphrases([question, 'the same again:'], option);
  if (passphrase !== again) throw usageFailure('the two passphrases differ', 'nothing was sealed; try again');
  return passphrase ?? '';
}

function askPassphrases(questions: readonly string[], option: PassphraseOption): Promise<readonly string[]> {
  const prompts = questions.map((question) => ({ question, what: 'the passphrase' }));
  return askSecrets(prompts, ['no passphrase, and no terminal to ask for one', `give it with ${option}`]);
}

export interface Prompt {
  readonly question: string;
  /** What is asked for: nobody may leave it empty. */
  readonly what: string;
}

/** Asks one after the other. Without a terminal it fails with what is `missing`: error and hint. */
export async function askSecrets(
  prompts: readonly Prompt[],
  missing: readonly [message: string, hint: string],
): Promise<readonly string[]> {
  const terminal = Terminal.open();
  if (terminal === undefined) throw usageFailure(...missing);
  try {
    const answers: string[] = [];
    for (const { question, what } of prompts) {
      const answer = await terminal.askSecret(question);
      if (answer === '') throw usageFailure(`${what} is empty`);
      answers.push(answer);
    }
    return answers;
  } finally {
    terminal.close();
  }
}
