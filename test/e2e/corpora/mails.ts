import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMail, type MailMessage } from 'sealpost/mail';
import { REFUSALS } from '../../corpora/expected.js';

const folder = fileURLToPath(new URL('../../../../shared/corpora', import.meta.url));

/** Mails of the corpora that can be sealed, by their names, such as `stalwart/legacy/002.eml`; none where the corpora are missing. */
export const corpusNames: readonly string[] = existsSync(folder)
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => name.split(path.sep).join('/'))
      .filter((name) => name.endsWith('.eml') && !(name in REFUSALS))
      .sort()
  : [];

/** Why there is nothing to open; undefined where there is. */
export const noCorpora: string | undefined = corpusNames.length === 0 ? '../shared/corpora is not there' : undefined;

export function readCorpusMail(name: string): Promise<MailMessage> {
  return readMail(readFileSync(path.join(folder, name)));
}
