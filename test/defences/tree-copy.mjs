import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../../tools/lib/failure.mjs';
import { inRoot, root } from '../../tools/lib/root.mjs';
import { run } from '../../tools/lib/run.mjs';

/** @typedef {import('./mutants.mjs').Edit} Edit */

/** Where the page's runtime is written. */
const RUNTIME = 'packages/reader/src/generated/runtime.ts';

/**
 * A copy of the checkout as it is, with what is not committed: sources may be changed in it, and tests run. Installed packages are
 * shared with the checkout.
 */
export class TreeCopy {
  /** @readonly */
  #folder = mkdtempSync(path.join(tmpdir(), 'sealpost-defences-'));
  /** The checkout's name is no matter; tests look for corpora beside it. */
  root = path.join(this.#folder, 'main');

  static async make() {
    const copy = new TreeCopy();
    const listed = await run('git', ['ls-files', '-coz', '--exclude-standard']);
    if (listed.code !== 0) throw new Failure(listed.output);
    for (const file of new Set(listed.stdout.split('\0'))) {
      if (file !== '' && existsSync(inRoot(file))) cpSync(inRoot(file), path.join(copy.root, file));
    }
    copy.#link();
    return copy;
  }

  #link() {
    const folders = ['node_modules', ...['core', 'reader', 'envelope', 'cli', 'vectors'].map(installed)];
    for (const folder of folders.filter((name) => existsSync(inRoot(name)))) {
      // Links within the checkout lead to the copy's own packages.
      cpSync(inRoot(folder), path.join(this.root, folder), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (source) => !/[\\/]node_modules[\\/]\.(?:pnpm|cache|vite|vite-temp)$/.test(source),
      });
    }
    symlinkSync(inRoot('node_modules/.pnpm'), path.join(this.root, 'node_modules/.pnpm'), 'junction');
    const shared = path.join(root, '../shared');
    if (existsSync(shared)) symlinkSync(shared, path.join(this.#folder, 'shared'), 'junction');
    mkdirSync(path.join(this.root, 'node_modules/.cache'), { recursive: true });
  }

  /**
   * Changes sources, and gives back how to undo it, the page's runtime included; nothing is changed where a text to be replaced does
   * not stand in its file exactly once.
   *
   * @param {readonly Edit[]} edits
   * @returns {(() => void) | undefined}
   */
  change(edits) {
    const runtime = path.join(this.root, RUNTIME);
    /** @type {Map<string, string>} */
    const before = new Map([[runtime, readFileSync(runtime, 'utf8')]]);
    /** @type {Map<string, string>} */
    const after = new Map();
    for (const { file, find, replace } of edits) {
      const whole = path.join(this.root, file);
      const text = after.get(whole) ?? readFileSync(whole, 'utf8');
      if (!before.has(whole)) before.set(whole, text);
      const [head = '', tail, ...more] = text.split(find);
      if (tail === undefined || more.length > 0) return undefined;
      after.set(whole, head + replace + tail);
    }
    write(after);
    return () => {
      write(before);
    };
  }

  /** Builds the page's runtime, which tests take from the sources. Once before any {@link change}. */
  bundle() {
    return run(process.execPath, [path.join(this.root, 'packages/reader/scripts/bundle.mjs')], { cwd: this.root });
  }

  /**
   * The tests whose whole names match a pattern, as vitest reports them; nothing where it wrote no report.
   *
   * @param {readonly string[]} files
   * @param {string} pattern
   * @param {number} patience how long a test waits for something to happen, in milliseconds
   * @returns {Promise<{ report: import('../../tools/lib/tests.mjs').Report | undefined, output: string }>}
   */
  async test(files, pattern, patience) {
    const file = path.join(this.#folder, 'report.json');
    rmSync(file, { force: true });
    const vitest = path.join(this.root, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', ...files, '-t', pattern, '--reporter=json', `--outputFile=${file}`];
    const { output } = await run(process.execPath, args, { cwd: this.root, env: { PATIENCE: String(patience) } });
    return { report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined, output };
  }

  remove() {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string} name */
function installed(name) {
  return `packages/${name}/node_modules`;
}

/** @param {ReadonlyMap<string, string>} texts */
function write(texts) {
  for (const [file, text] of texts) writeFileSync(file, text);
}
