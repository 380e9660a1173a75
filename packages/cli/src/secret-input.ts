import { statSync } from 'node:fs';
import { readBounded } from './input.js';
import { usageFailure } from './failure.js';
import { Terminal } from './terminal.js';
import { warn } from './tui.js';

/** Passphrases, from where they may come from (spec/cli.md, section 6): a file or the terminal, never an argument. */

const MAX_FILE_BYTES = 65_536;

/** The passphrase in a file, or with `-` in standard input. */
export async function readPassphraseFile(path: string): Promise<string> {
  if (path === '-' && process.stdin.isTTY) {
    throw usageFailure(
      'standard input is a terminal, which would show the passphrase',
      'leave --passphrase-file out, or pipe it in',
    );
  }
  const bytes = await readBounded(path, MAX_FILE_BYTES);
  warnIfShared(path, 'the passphrase file');
  let text: string;
  try {
    // A byte order mark is dropped here: some editors write one, and nobody can type it.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw usageFailure('the passphrase file is not UTF-8 text', 'save it as UTF-8');
  }
  const passphrase = text.replace(/\r?\n$/, '');
  if (passphrase === '') throw usageFailure('the passphrase file is empty');
  return passphrase;
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
  const [passphrase] = await ask([question]);
  return passphrase ?? '';
}

/** A passphrase to seal under: from a file, or with `prompt` from the terminal. Undefined where neither is wanted. */
export function readNewPassphrase(
  { passphraseFile, prompt }: { readonly passphraseFile?: string; readonly prompt?: boolean },
  question: string,
): Promise<string | undefined> {
  if (passphraseFile !== undefined) return readPassphraseFile(passphraseFile);
  return prompt === true ? askNewPassphrase(question) : Promise.resolve(undefined);
}

/** Asks twice, for sealing: a slip would lock the message away. */
async function askNewPassphrase(question: string): Promise<string> {
  const [passphrase, again] = await ask([question, 'the same again:']);
  if (passphrase !== again) throw usageFailure('the two passphrases differ', 'nothing was sealed; try again');
  return passphrase ?? '';
}

async function ask(questions: readonly string[]): Promise<readonly string[]> {
  const terminal = Terminal.open();
  if (terminal === undefined) {
    throw usageFailure('no passphrase, and no terminal to ask for one', 'give it with --passphrase-file');
  }
  try {
    const answers: string[] = [];
    for (const question of questions) {
      const answer = await terminal.askSecret(question);
      if (answer === '') throw usageFailure('the passphrase is empty');
      answers.push(answer);
    }
    return answers;
  } finally {
    terminal.close();
  }
}
