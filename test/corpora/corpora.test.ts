import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open, prepareSecret, seal, type PreparedSecret } from 'sealpost';
import { readMail, type MailMessage } from 'sealpost/mail';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DIFFERENCES, REFUSALS } from './expected.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const corpora = resolve(here, '../../../shared/corpora');

/** What the library must manage: of so many mails, so many read; and the cost of each. */
const MAILS = 225;
const MIN_READ = 215;
const MAX_REFUSED = 10;
const MAX_DIFFERENCES = 40;
const DEADLINE_MS = 5000;
const MAX_RSS_KIB = 1024 * 1024;

interface Opinion {
  readonly leaves: readonly { readonly type: string; readonly sha256: string }[];
  readonly texts: readonly string[];
  readonly htmls: readonly string[];
}

type Difference = 'text' | 'html' | 'attachment';

function mailsIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? mailsIn(path) : entry.name.endsWith('.eml') ? [path] : [];
    })
    .sort();
}

/** Python's opinion of every file, in order. Debian's own python3, not another one in the path: it is the pinned oracle. */
function askOracle(files: readonly string[]): readonly Opinion[] {
  const output = execFileSync('/usr/bin/python3', [join(here, 'oracle.py'), ...files], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Opinion);
}

function normalized(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** In what a message as read differs from the oracle's opinion of its mail. */
function differencesOf(message: MailMessage, opinion: Opinion): readonly Difference[] {
  const found: Difference[] = [];
  if (normalized(message.text ?? '') !== normalized(opinion.texts.join('\n'))) found.push('text');
  if (normalized(message.html ?? '') !== normalized(opinion.htmls.join('\n'))) found.push('html');
  const known = new Set(opinion.leaves.map((leaf) => leaf.sha256));
  const strangers = message.attachments.filter(
    ({ content }) => !known.has(createHash('sha256').update(content).digest('hex')),
  );
  if (strangers.length > 0) found.push('attachment');
  return found;
}

/** The message as its recipient has it: sealed into an HTML envelope, and opened from the file's bytes. */
async function throughEnvelope(message: MailMessage, prepared: PreparedSecret): Promise<MailMessage> {
  const sealed = await seal(message, { prepared });
  const opened = await open(await sealed.bytes(), { prepared });
  const attachments = opened.attachments.map(async (part) => ({
    name: part.name,
    type: part.type,
    ...(part.contentId === undefined ? {} : { contentId: part.contentId }),
    ...(part.inline ? { inline: true } : {}),
    content: await part.bytes(),
  }));
  const original = await opened.original?.bytes();
  return {
    ...opened.message,
    attachments: await Promise.all(attachments),
    ...(original === undefined ? {} : { original }),
  };
}

const files = existsSync(corpora) ? mailsIn(corpora) : [];
const missing = files.length === 0 || !existsSync('/usr/bin/python3');
if (missing) console.log(`SKIPPED ${String(MAILS)} mails: ../shared/corpora or /usr/bin/python3 is not there`);

describe.skipIf(missing)('mails from the wild, sealed, opened, and held against Python', () => {
  let prepared: PreparedSecret;

  beforeAll(async () => {
    ({ prepared } = await prepareSecret());
  });

  const opinions = new Map<string, Opinion>();
  const refused: string[] = [];
  let read = 0;
  const names = files.map((file) => relative(corpora, file).split(sep).join('/'));

  test('the oracle has an opinion of every file', { timeout: 120_000 }, () => {
    for (const [index, opinion] of askOracle(files).entries()) opinions.set(names[index] ?? '', opinion);
    expect(files).toHaveLength(MAILS);
    expect(opinions.size).toBe(MAILS);
  });

  test.each(names)('%s', { timeout: 60_000 }, async (name) => {
    const raw = readFileSync(join(corpora, name));
    const before = createHash('sha256').update(raw).digest('hex');
    const start = performance.now();
    const outcome = await readMail(raw)
      .then((message) => throughEnvelope(message, prepared))
      .catch((error: unknown) => error);
    expect(performance.now() - start).toBeLessThan(DEADLINE_MS);

    if (outcome instanceof Error) {
      refused.push(name);
      expect(outcome).toMatchObject({ name: 'EnvelopeError', code: REFUSALS[name]?.code ?? 'not to be refused' });
      return;
    }
    read++;
    const message = outcome as MailMessage;
    const opinion = opinions.get(name) ?? { leaves: [], texts: [], htmls: [] };
    expect(differencesOf(message, opinion)).toEqual(DIFFERENCES[name]?.in ?? []);
    // Reading changes nothing, and what is kept as the original is the file.
    expect(createHash('sha256').update(raw).digest('hex')).toBe(before);
    // Of blind copies nothing travels.
    const visible = raw.toString('latin1').replace(/^Bcc:.*\r?\n(?:[ \t].*\r?\n)*/im, '');
    if (message.original !== undefined) expect(Buffer.from(message.original).toString('latin1')).toBe(visible);
  });

  test('the tables are short, and true to the last line', () => {
    expect([...refused].sort()).toEqual(Object.keys(REFUSALS).sort());
    expect(read).toBeGreaterThanOrEqual(MIN_READ);
    expect(read + refused.length).toBe(MAILS);
    expect(Object.keys(REFUSALS).length).toBeLessThanOrEqual(MAX_REFUSED);
    expect(Object.keys(DIFFERENCES).length).toBeLessThanOrEqual(MAX_DIFFERENCES);
    for (const name of Object.keys(DIFFERENCES))
      expect(names.includes(name) && !refused.includes(name), name).toBe(true);
  });

  test('memory', () => {
    // Of this whole process, the test runner included.
    expect(process.resourceUsage().maxRSS).toBeLessThan(MAX_RSS_KIB);
  });

  afterAll(() => {
    console.log(
      `${String(read)} of ${String(MAILS)} mails sealed and opened, ${String(refused.length)} refused, ${String(Object.keys(DIFFERENCES).length)} differ from the oracle`,
    );
  });
});
