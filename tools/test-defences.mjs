// Takes one defence of the page out at a time, in a copy of the checkout, and asks whether a test fails that carries its number:
// `npm run test:defences`, or with numbers of the checklist behind it, `npm run test:defences -- 12 16`. In Chromium alone: a test
// that is deaf there is deaf.
import { checklist, numbersOf, patternOf } from '../test/defences/checklist.mjs';
import { mutants as all } from '../test/defences/mutants.mjs';
import { findNamedTests } from '../test/defences/named-tests.mjs';
import { TreeCopy } from '../test/defences/tree-copy.mjs';
import { findChromium } from './lib/browsers.mjs';
import { startClock } from './lib/clock.mjs';
import { Failure, runMain } from './lib/failure.mjs';
import { ensureInstalled } from './lib/setup.mjs';

/** @typedef {import('../test/defences/mutants.mjs').Mutant} Mutant */

/** Passes while the page does its work: a page that is merely broken says nothing about a defence. */
const CONTROL = { file: 'test/e2e/reader-secrets.test.ts', name: 'opens an envelope, whatever defence it lacks' };

/** Copies of the checkout in which mutants are tested at the same time. */
const LANES = 2;

await runMain(async () => {
  const elapsed = startClock();
  await ensureInstalled();
  if (findChromium() === undefined) throw new Failure('no Chromium: install one or set CHROMIUM_PATH');
  const wanted = process.argv.slice(2).map(Number);
  const mutants = all.filter((mutant) => wanted.length === 0 || wanted.includes(mutant.checklist));
  const tests = findNamedTests().filter(({ skipped }) => !skipped);

  const lanes = await Promise.all(Array.from({ length: LANES }, () => TreeCopy.make()));
  try {
    const deaf = await failuresBefore([...new Set(mutants.map(({ checklist: number }) => number))]);
    for (const name of deaf) console.log(`fails with every defence in its place, and counts for nothing: ${name}`);
    console.log(`with every defence in its place: ${deaf.size} failures, after ${elapsed()}`);
    const waiting = [...mutants];
    let survivors = 0;
    await Promise.all(
      lanes.map(async (lane) => {
        for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
          const { caught, by } = await judge(lane, mutant, deaf);
          if (!caught) survivors += 1;
          const number = String(mutant.checklist).padStart(2);
          console.log(`${caught ? 'caught ' : 'SURVIVED'} ${number}  without "${mutant.defence}"\n            ${by}`);
        }
      }),
    );
    console.log(`${mutants.length - survivors} of ${mutants.length} were noticed, in ${elapsed()}`);
    for (const [number, { notYet }] of Object.entries(checklist)) {
      if (notYet !== undefined) console.log(`not tried: ${number}, ${notYet}`);
    }
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

  /** @param {readonly number[]} numbers */
  function filesOf(numbers) {
    const own = tests.filter((test) => test.numbers.some((number) => numbers.includes(number)));
    return [...new Set([CONTROL.file, ...own.map(({ file }) => file)])];
  }

  /**
   * The tests of some numbers, and the control.
   *
   * @param {TreeCopy} lane
   * @param {readonly number[]} numbers
   */
  async function outcomes(lane, numbers) {
    const pattern = `^(?!.*in (?:Firefox|WebKitGTK)).*(?:${CONTROL.name}|${patternOf(numbers)})`;
    const { report, output } = await lane.test(filesOf(numbers), pattern);
    const ran = (report?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
    return {
      passed: ran.filter(({ status }) => status === 'passed'),
      failed: ran.filter(({ status }) => status === 'failed'),
      output,
    };
  }

  /**
   * Names of the tests that fail with every defence in its place: there should be none.
   *
   * @param {readonly number[]} numbers
   * @returns {Promise<ReadonlySet<string>>}
   */
  async function failuresBefore(numbers) {
    const [lane] = await Promise.all(lanes.map(built));
    const { passed, failed, output } = await outcomes(/** @type {TreeCopy} */ (lane), numbers);
    if (!passed.some(isControl))
      throw new Failure(`${output}\n${CONTROL.file} has no test "${CONTROL.name}" that passes`);
    return new Set(failed.map(({ fullName }) => fullName));
  }

  /**
   * @param {TreeCopy} lane
   * @param {Mutant} mutant
   * @param {ReadonlySet<string>} deaf
   * @returns {Promise<{ caught: boolean, by: string }>}
   */
  async function judge(lane, { checklist: number, edits, build }, deaf) {
    const undo = lane.change(edits);
    if (undo === undefined) return { caught: false, by: 'the defence moved: test/checklist.test.ts says from where' };
    try {
      const { code, output } = await lane.bundle();
      if (build === true) {
        const [rule] = /line \d+ has .*?:/.exec(output) ?? [];
        return { caught: code !== 0 && rule !== undefined, by: `by the build: ${rule ?? output}` };
      }
      if (code !== 0) return { caught: false, by: `the page does not get built: ${output}` };
      const { passed, failed } = await outcomes(lane, [number]);
      if (!passed.some(isControl)) {
        return { caught: false, by: 'the page no longer opens a message: a defect, not a missing defence' };
      }
      const own = failed.filter(({ ancestorTitles, title }) =>
        [...ancestorTitles, title].flatMap(numbersOf).includes(number),
      );
      const names = own.map(({ fullName }) => fullName).filter((name) => !deaf.has(name));
      if (names.length > 0) return { caught: true, by: `by ${names.join('\n               ')}` };
      return { caught: false, by: `${String(passed.length)} tests pass` };
    } finally {
      undo();
    }
  }
});

/** @param {{ fullName: string }} test */
function isControl({ fullName }) {
  return fullName.endsWith(CONTROL.name);
}
