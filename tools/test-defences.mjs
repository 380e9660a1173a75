// Takes one defence of the page out at a time, in a copy of the checkout, and asks whether a test fails that carries its number:
// `npm run test:defences`, or with numbers of the checklist behind it, `npm run test:defences -- 12 16`. In Chromium alone: a test
// that is deaf there is deaf.
import { numbersOf, patternOf } from '../test/defences/checklist.mjs';
import { mutants as all } from '../test/defences/mutants.mjs';
import { TreeCopy } from '../test/defences/tree-copy.mjs';
import { findChromium } from './lib/browsers.mjs';
import { startClock } from './lib/clock.mjs';
import { Failure, runMain } from './lib/failure.mjs';
import { ensureInstalled } from './lib/setup.mjs';

/** @typedef {import('../test/defences/mutants.mjs').Mutant} Mutant */

/** Passes while the page does its work: a page that is merely broken says nothing about a defence. */
const CONTROL = { file: 'test/e2e/reader-defences.test.ts', name: 'opens an envelope, whatever defence it lacks' };

/** How long a test waits for what may never happen, in milliseconds: without a defence, and with all of them. */
const PATIENCE = { without: 12_000, withAll: 30_000 };

/** Copies of the checkout in which mutants are tested at the same time. */
const LANES = 2;

await runMain(async () => {
  const elapsed = startClock();
  await ensureInstalled();
  // Not before: it needs what was installed.
  const { findNamedTests } = await import('../test/defences/named-tests.mjs');
  if (findChromium() === undefined) throw new Failure('no Chromium: install one or set CHROMIUM_PATH');
  const wanted = process.argv.slice(2).map(Number);
  const mutants = all.filter((mutant) => wanted.length === 0 || wanted.includes(mutant.checklist));
  const unknown = wanted.filter((number) => !mutants.some((mutant) => mutant.checklist === number));
  if (unknown.length > 0) throw new Failure(`no defence has this number: ${unknown.join(', ')}`);
  const tests = findNamedTests().filter(({ skipped }) => !skipped);

  const lanes = await Promise.all(Array.from({ length: LANES }, () => TreeCopy.make()));
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      for (const lane of lanes) lane.remove();
      process.exit(1);
    });
  }
  try {
    const deaf = await failuresBefore(mutants.filter(({ build }) => build !== true));
    for (const name of deaf) console.log(`fails with every defence in its place, and counts for nothing: ${name}`);
    console.log(`with every defence in its place: ${deaf.size} failures, after ${elapsed()}`);
    const waiting = [...mutants];
    let survivors = 0;
    await Promise.all(
      lanes.map(async (lane) => {
        for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
          const seconds = startClock();
          const { caught, by } = await judge(lane, mutant, deaf);
          if (!caught) survivors += 1;
          const number = String(mutant.checklist).padStart(2);
          console.log(
            `${caught ? 'caught  ' : 'SURVIVED'} ${number}  without "${mutant.defence}", ${seconds()}\n             ${by}`,
          );
        }
      }),
    );
    console.log(`${mutants.length - survivors} of ${mutants.length} were noticed, in ${elapsed()}`);
    return survivors === 0 && deaf.size === 0 ? 0 : 1;
  } finally {
    for (const lane of lanes) lane.remove();
  }

  /** @param {TreeCopy} lane */
  async function built(lane) {
    const { code, output } = await lane.bundle();
    if (code !== 0) throw new Failure(output);
    return lane;
  }

  /**
   * Where the tests of a number are, but for one file.
   *
   * @param {number} number
   * @param {string | undefined} tried
   */
  function otherFiles(number, tried) {
    const own = tests.filter(({ numbers, file }) => numbers.includes(number) && file !== tried);
    return [...new Set(own.map(({ file }) => file))];
  }

  /**
   * What the tests of some numbers say, and the control.
   *
   * @param {TreeCopy} lane
   * @param {readonly string[]} files
   * @param {readonly number[]} numbers
   * @param {number} patience
   */
  async function outcomes(lane, files, numbers, patience) {
    const pattern = `^(?!.*in (?:Firefox|WebKitGTK)).*(?:${CONTROL.name}|${patternOf(numbers)})`;
    const { report, output } = await lane.test([...new Set([CONTROL.file, ...files])], pattern, patience);
    const ran = (report?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
    const passed = ran.filter(({ status }) => status === 'passed');
    const failed = ran.filter(({ status }) => status === 'failed');
    return { passed: passed.length, failed, opens: passed.some(isControl), output };
  }

  /**
   * Names of the tests that fail with every defence in its place: there should be none.
   *
   * @param {readonly Mutant[]} some
   * @returns {Promise<ReadonlySet<string>>}
   */
  async function failuresBefore(some) {
    /** @type {Map<string, Set<number>>} */
    const byFile = new Map();
    for (const { checklist: number, by } of some) {
      for (const file of by === undefined ? otherFiles(number, undefined) : [by])
        byFile.set(file, (byFile.get(file) ?? new Set()).add(number));
    }
    const found = await Promise.all(
      lanes.map(async (lane, index) => {
        const own = [...byFile].filter((_, place) => place % LANES === index);
        const files = own.map(([file]) => file);
        const numbers = new Set(own.flatMap(([, all]) => [...all]));
        const { failed, opens, output } = await outcomes(await built(lane), files, [...numbers], PATIENCE.withAll);
        if (!opens) throw new Failure(`${output}\n${CONTROL.file} has no test "${CONTROL.name}" that passes`);
        return failed;
      }),
    );
    return new Set(found.flat().map(({ fullName }) => fullName));
  }

  /**
   * @param {TreeCopy} lane
   * @param {Mutant} mutant
   * @param {ReadonlySet<string>} deaf
   * @returns {Promise<{ caught: boolean, by: string }>}
   */
  async function judge(lane, { checklist: number, edits, build, outside, by }, deaf) {
    const undo = lane.change(edits);
    if (undo === undefined) return { caught: false, by: 'the defence moved: test/checklist.test.ts says from where' };
    try {
      const { code, output } = outside === true ? { code: 0, output: '' } : await lane.bundle();
      if (build === true) {
        const [rule] = /line \d+ has .*?:/.exec(output) ?? [];
        return { caught: code !== 0 && rule !== undefined, by: `by the build: ${rule ?? output}` };
      }
      if (code !== 0) return { caught: false, by: `the page does not get built: ${output}` };
      // Where the expected test is deaf, the others of this number are asked.
      const rest = otherFiles(number, by);
      let passing = 0;
      for (const files of by === undefined ? [rest] : [[by], rest]) {
        const { passed, failed, opens } = await outcomes(lane, files, [number], PATIENCE.without);
        if (!opens) return { caught: false, by: 'the page no longer opens a message: a defect, not a missing defence' };
        const own = failed.filter(
          ({ ancestorTitles, title, fullName }) =>
            [...ancestorTitles, title].flatMap(numbersOf).includes(number) && !deaf.has(fullName),
        );
        const said = own
          .slice(0, 2)
          .map(
            ({ fullName, failureMessages: [message = ''] }) =>
              `by ${printable(fullName)}\n                ${printable(message.split('\n')[0] ?? '')}`,
          );
        if (own.length > said.length) said.push(`and by ${String(own.length - said.length)} more`);
        if (own.length > 0) return { caught: true, by: said.join('\n             ') };
        passing += passed;
      }
      return { caught: false, by: `${String(passing)} tests pass` };
    } finally {
      undo();
    }
  }
});

/** @param {{ fullName: string }} test */
function isControl({ fullName }) {
  return fullName.endsWith(CONTROL.name);
}

/**
 * On one line of a terminal, whatever stands in it.
 *
 * @param {string} text
 */
function printable(text) {
  return text.replace(/[^ -~]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`).slice(0, 160);
}
