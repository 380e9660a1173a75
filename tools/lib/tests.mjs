import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTool } from './run.mjs';

/**
 * @typedef {object} Totals
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @typedef {object} Assertion
 * @property {string} fullName
 * @property {string} title
 * @property {readonly string[]} ancestorTitles
 * @property {string} status
 * @property {readonly string[]} failureMessages
 *
 * The part of vitest's JSON report that is read here.
 *
 * @typedef {object} Report
 * @property {number} numPassedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ name: string, status: string, assertionResults: Assertion[] }[]} testResults
 */

/**
 * Runs all tests, printing as they go, then names each skipped one.
 *
 * @returns {Promise<Totals>} a run that breaks before or beside its tests counts as one failed
 */
export async function runTests() {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-tests-'));
  const file = path.join(folder, 'report.json');
  try {
    const { code } = await runTool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile=${file}`], {
      live: true,
    });
    /** @type {Report | undefined} */
    const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
    return total(report, code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {Report} report
 * @param {number} code vitest's exit code
 * @returns {Totals}
 */
function total(report, code) {
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  for (const { fullName, status } of tests) {
    if (status !== 'passed' && status !== 'failed') console.log(`skipped: ${fullName}`);
  }
  // A test file that does not load has no tests to fail; nor has an error outside of all tests.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((assertion) => assertion.status !== 'failed'),
  );
  const failed = tests.filter(({ status }) => status === 'failed').length + brokenFiles.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
