import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const reader = path.resolve(import.meta.dirname, '..');

/** Hashes of every release: published, and what `inspect` knows pages by. */
export const RUNTIME_JSON = path.join(reader, 'runtime.json');

/**
 * One release: SHA-256, in hexadecimal, of each text that its pages hold.
 *
 * @typedef {object} Entry
 * @property {string} version of this package
 * @property {boolean} released from then on nothing in the entry changes
 * @property {Readonly<Record<string, string>>} modules
 * @property {string} style
 * @property {Readonly<Record<string, string>>} languages
 * @property {string} markup of a sample of what core writes around the texts (sample-page.mjs)
 * @property {Readonly<Record<string, string>>} readable of the files for people, in dist/readable
 */

/** @returns {readonly Entry[]} oldest first */
export function readReleases() {
  /** @type {{ releases: readonly Entry[] }} */
  const { releases } = JSON.parse(readFileSync(RUNTIME_JSON, 'utf8'));
  return releases;
}

/** @param {readonly Entry[]} releases */
export function releasesText(releases) {
  return `${JSON.stringify({ releases }, null, 2)}\n`;
}

/** Version of the package as it is. */
export function currentVersion() {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(path.join(reader, 'package.json'), 'utf8'));
  return version;
}

/**
 * All releases, and last the build, as long as its version is not released. What is not released leaves no trace.
 *
 * @param {readonly Entry[]} releases
 * @param {Entry} built
 * @returns {readonly Entry[]}
 */
export function withBuild(releases, built) {
  const released = releases.filter((entry) => entry.released);
  return released.some(({ version }) => version === built.version) ? released : [...released, built];
}

/**
 * What is wrong with the list of releases, beside a build.
 *
 * @param {readonly Entry[]} releases
 * @param {Entry} built
 * @returns {readonly string[]}
 */
export function releaseProblems(releases, built) {
  const problems = [];
  const current = releases.find(({ version }) => version === built.version);
  if (current?.released === true) {
    if (!equal(current, { ...built, released: true }))
      problems.push(`the page changed since ${built.version} was released: raise the version`);
  } else if (!equal(releases, withBuild(releases, built))) {
    problems.push('the list is not that of this page: run node packages/reader/scripts/bundle.mjs --record');
  }
  for (const { version, released, markup } of releases) {
    if (released && version !== built.version && markup !== built.markup)
      problems.push(
        `core writes other markup around the texts than at ${version}, whose pages inspect would know no more: let it write both`,
      );
  }
  return problems;
}

/**
 * What of an earlier list of releases is not as it was, though it was released.
 *
 * @param {string} earlier the text of runtime.json
 * @param {readonly Entry[]} [releases]
 * @returns {readonly string[]}
 */
export function lostReleases(earlier, releases = readReleases()) {
  const kept = new Map(releases.map((entry) => [entry.version, entry]));
  /** @type {{ releases: readonly Entry[] }} */
  const before = JSON.parse(earlier);
  return before.releases
    .filter((entry) => entry.released && !equal(kept.get(entry.version), entry))
    .map(({ version }) => `the entry of ${version} was changed or taken out after its release`);
}

/**
 * @param {unknown} one
 * @param {unknown} other
 */
function equal(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * The list as `inspect` uses it.
 *
 * @param {readonly Entry[]} releases
 * @param {Entry} built
 */
export function knownReleases(releases, built) {
  const known = withBuild(releases, built);
  // A page that changed since its release is still known in this checkout; `npm run check` does not let it pass.
  const changed = !known.some((entry) => equal(textsOf(entry), textsOf(built)));
  return [...known, ...(changed ? [{ ...built, version: `${built.version}+changed` }] : [])].map(
    ({ version, modules, style, languages }) => ({ version, modules, style, languages }),
  );
}

/** @param {Entry} entry */
function textsOf({ modules, style, languages }) {
  return [modules, style, languages];
}

/**
 * SHA-256 in hexadecimal.
 *
 * @param {string | Uint8Array} data
 */
export function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * The hash of each of some texts.
 *
 * @param {Readonly<Record<string, string>>} texts
 * @returns {Readonly<Record<string, string>>}
 */
export function hashes(texts) {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, sha256(text)]));
}
