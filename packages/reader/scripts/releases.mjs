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
 * What is wrong with the list of releases, beside a build and the lists of earlier commits.
 *
 * @param {readonly Entry[]} releases
 * @param {Entry} built
 * @param {readonly (readonly Entry[])[]} [earlier]
 * @returns {readonly string[]}
 */
export function releaseProblems(releases, built, earlier = []) {
  const problems = [];
  const same = (/** @type {Entry | undefined} */ one, /** @type {Entry} */ other) =>
    JSON.stringify(one) === JSON.stringify(other);
  const current = releases.find(({ version }) => version === built.version);
  if (current?.released === true) {
    if (!same(current, { ...built, released: true }))
      problems.push(`the page changed since ${built.version} was released: raise the version`);
  } else if (JSON.stringify(releases) !== JSON.stringify(withBuild(releases, built))) {
    problems.push('the list is not that of this page: run node packages/reader/scripts/bundle.mjs --record');
  }
  for (const { version, released, markup } of releases) {
    if (released && version !== built.version && markup !== built.markup)
      problems.push(
        `core writes other markup around the texts than at ${version}: pages of then are known no more, unless core can write both`,
      );
  }
  const kept = new Map(releases.map((entry) => [entry.version, entry]));
  for (const entry of earlier.flat()) {
    if (entry.released && !same(kept.get(entry.version), entry))
      problems.push(`the entry of ${entry.version} was changed or taken out after its release`);
  }
  return [...new Set(problems)];
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
  const changed = !known.some(({ modules, style, languages }) => sameTexts({ modules, style, languages }, built));
  return [...known, ...(changed ? [{ ...built, version: `${built.version}+changed` }] : [])].map(
    ({ version, modules, style, languages }) => ({ version, modules, style, languages }),
  );
}

/**
 * @param {Pick<Entry, 'modules' | 'style' | 'languages'>} texts
 * @param {Entry} entry
 */
function sameTexts(texts, { modules, style, languages }) {
  return JSON.stringify(texts) === JSON.stringify({ modules, style, languages });
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
