import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { generatePassphrase } from 'sealpost';
import { launchChromium, noChromium } from '../e2e/driver/chromium.js';
import { runNode, runTask, type Usage } from './child.js';
import type { Comparison } from './comparison.js';
import { incompressible, letterPage } from './content.js';
import type { Extent } from './extent.js';
import { mailWith } from './mail-part.js';
import { measurePage, SEALPOST_PAGE, type PageMemory } from './page-memory.js';
import { noResident, RESIDENT } from './resident.js';
import { decimals, KIB, MB, whole, withRange } from './row.js';
import { summarise } from './statistics.js';

/** What each tool is given: a message, with or without an attachment, in the form that the tool takes. */
interface Task {
  readonly folder: string;
  readonly page: string;
  readonly attachment: string | undefined;
  readonly passphrase: string;
}

interface Tool {
  readonly name: string;
  /** Makes the envelope the way its users do, in a process of its own. */
  make(task: Task): Promise<{ readonly file: string; readonly usage: Usage }>;
  readonly field: string;
  /** What is in the page when the message is. */
  readonly opened: string;
  /** What saves the attachment. */
  readonly save: string;
}

// The scripts that their commands run.
const STATICRYPT = fileURLToPath(import.meta.resolve('staticrypt/cli/index.js'));
const PAGECRYPT = fileURLToPath(new URL('cli.mjs', import.meta.resolve('pagecrypt')));

const TOOLS: readonly Tool[] = [
  {
    name: 'Sealpost',
    async make({ folder, attachment, passphrase }) {
      const file = path.join(folder, 'sealpost.html');
      const { usage } = await runTask('sealFile', file, passphrase, ...(attachment === undefined ? [] : [attachment]));
      return { file, usage };
    },
    ...SEALPOST_PAGE,
  },
  {
    name: 'StatiCrypt 3.5.4',
    async make({ folder, page, passphrase }) {
      const { usage } = await runNode([STATICRYPT, page, '--password', passphrase], folder);
      return { file: path.join(folder, 'encrypted', path.basename(page)), usage };
    },
    field: '#staticrypt-password',
    opened: '#letter',
    save: '#attachment',
  },
  {
    name: 'PageCrypt 7.1.0',
    async make({ folder, page, passphrase }) {
      const file = path.join(folder, 'pagecrypt.html');
      const { usage } = await runNode([PAGECRYPT, page, file, passphrase], folder);
      return { file, usage };
    },
    field: '#pwd',
    opened: '#letter',
    save: '#attachment',
  },
];

/** The same message through Sealpost and through the tools that make one file out of a page. */
export async function peers(folder: string, { runs }: Extent): Promise<Comparison> {
  const passphrase = generatePassphrase().text;
  const memory = noChromium === undefined && noResident === undefined ? await memories(folder, passphrase) : [];
  const chromium = noChromium === undefined ? await launchChromium() : undefined;
  try {
    const small = await compare(makeTask(folder, passphrase, 0), runs, chromium);
    const large = await compare(makeTask(folder, passphrase, 10 * MB), runs, chromium);
    return {
      head: ['', ...TOOLS.map(({ name }) => name)],
      lines: [
        [
          'key derivation',
          'Argon2id, 46 MiB, 1 pass',
          'PBKDF2-SHA-256, 600,000 rounds',
          'PBKDF2-SHA-256, 2,000,000 rounds',
        ],
        ...small.map(([label, ...cells]) => [`1 KB message: ${label}`, ...cells]),
        ...large.map(([label, ...cells]) => [`10 MB attachment: ${label}`, ...cells]),
        ...memoryLines(memory),
      ],
      notes: NOTES,
    };
  } finally {
    await chromium?.close();
  }
}

const NOTES: readonly string[] = [
  'The same text, attachment and passphrase of five words for each. The peers know no attachments: theirs is a link in the page, `<a download href="data:...;base64,...">`, as their users do it.',
  'Sealpost is run by a program of a few lines around `seal()`, the peers by their commands with their defaults; time and memory are those of the whole process, its start and the key derivation included.',
  'In a mail: the whole mail with a short text. A file with lines of more than 998 characters can only travel as base64.',
  'To open: in Chromium from `file://`, from Enter to the message in the page. Sealpost derives in a worker and shows its progress; Argon2id is not native to browsers, PBKDF2 is.',
  `Memory of the page: in Chromium, above the page that asks for the passphrase; one run each; ${RESIDENT}. The peers' attachment is saved by a click on its link.`,
];

/** What each tool's page with 25 MB takes, one browser after the other, since only the processes of one can be told apart. */
async function memories(folder: string, passphrase: string): Promise<readonly PageMemory[]> {
  const measured: PageMemory[] = [];
  const task = makeTask(folder, passphrase, 25 * MB);
  for (const tool of TOOLS) {
    const { file } = await tool.make(task);
    const chromium = await launchChromium();
    try {
      measured.push(await measurePage(chromium, { ...tool, file, passphrase }));
    } finally {
      await chromium.close();
    }
  }
  return measured;
}

function memoryLines(memory: readonly PageMemory[]): readonly (readonly string[])[] {
  const line = (label: string, bytes: (of: PageMemory) => number): readonly string[] => [
    `25 MB attachment: memory of the page, ${label}`,
    ...TOOLS.map((_, index) => {
      const of = memory[index];
      return of === undefined ? 'not measured' : `${whole(bytes(of) / MB)} MB`;
    }),
  ];
  return [line('opened', ({ opened }) => opened), line('saved', ({ saved }) => saved)];
}

function makeTask(folder: string, passphrase: string, size: number): Task {
  const own = path.join(folder, `peers-${size}`);
  mkdirSync(own, { recursive: true });
  const page = path.join(own, 'letter.html');
  if (size === 0) {
    writeFileSync(page, letterPage());
    return { folder: own, page, attachment: undefined, passphrase };
  }
  const content = incompressible(size);
  const attachment = path.join(own, 'scan-1.bin');
  writeFileSync(attachment, content);
  writeFileSync(page, letterPage(content));
  return { folder: own, page, attachment, passphrase };
}

interface Trial {
  readonly file: Buffer;
  readonly usage: Usage;
  readonly visit: Opened | undefined;
}

/** Lines of the table: a label, and a cell for each tool. The tools take turns, so that all meet the same machine. */
async function compare(
  task: Task,
  runs: number,
  chromium: Browser | undefined,
): Promise<readonly (readonly [label: string, ...cells: readonly string[]])[]> {
  const trials: Trial[][] = TOOLS.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, tool] of TOOLS.entries()) trials[index]?.push(await attempt(tool, task, chromium));
  }
  const line = (label: string, cell: (of: readonly Trial[]) => string): readonly [string, ...string[]] => [
    label,
    ...trials.map(cell),
  ];
  const visits = (of: readonly Trial[]): readonly Opened[] => of.flatMap(({ visit }) => visit ?? []);
  const first = (of: readonly Trial[]): Buffer => of[0]?.file ?? Buffer.alloc(0);
  return [
    line('file', (of) => size(first(of).length)),
    line('in a mail', (of) => size(mailWith(first(of), 'securedoc.html').length)),
    line('time to make', (of) => milliseconds(of.map(({ usage }) => usage.wall))),
    line('peak memory', (of) => `${whole(summarise(of.map(({ usage }) => usage.peakMemory)).median / MB)} MB`),
    line('to load', (of) => milliseconds(visits(of).map(({ loaded }) => loaded))),
    line('to open, KDF included', (of) => milliseconds(visits(of).map(({ opened }) => opened))),
  ];
}

async function attempt(tool: Tool, task: Task, chromium: Browser | undefined): Promise<Trial> {
  const { file, usage } = await tool.make(task);
  const visit = chromium === undefined ? undefined : await open(tool, file, task.passphrase, chromium);
  return { file: readFileSync(file), usage, visit };
}

function milliseconds(values: readonly number[]): string {
  return values.length === 0 ? 'not measured' : withRange(values, whole, ' ms');
}

function size(bytes: number): string {
  return bytes < MB ? `${decimals(1)(bytes / KIB)} KiB` : `${decimals(2)(bytes / MB)} MB`;
}

interface Opened {
  /** Milliseconds from the start of the navigation to the end of parsing. */
  readonly loaded: number;
  /** Milliseconds from Enter to the message. */
  readonly opened: number;
}

async function open({ field, opened }: Tool, file: string, passphrase: string, chromium: Browser): Promise<Opened> {
  const context = await chromium.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript((selector) => {
      // These tools write the whole document anew: listeners do not outlive that, timers do.
      addEventListener(
        'keydown',
        ({ key, timeStamp }) => {
          if (key !== 'Enter') return;
          const look = setInterval(() => {
            if (document.querySelector(selector) === null) return;
            clearInterval(look);
            globalThis.benchOpened = performance.now() - timeStamp;
          }, 4);
        },
        true,
      );
    }, opened);
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector(field, { state: 'visible' });
    const loaded = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return navigation?.domContentLoadedEventEnd ?? Number.NaN;
    });
    await page.fill(field, passphrase);
    await page.press(field, 'Enter');
    await page.waitForFunction(() => globalThis.benchOpened !== undefined, undefined, { timeout: 60_000, polling: 50 });
    return { loaded, opened: await page.evaluate(() => globalThis.benchOpened ?? Number.NaN) };
  } finally {
    await context.close();
  }
}

declare global {
  var benchOpened: number | undefined;
}
