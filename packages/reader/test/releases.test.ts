import { describe, expect, it } from 'vitest';
import {
  knownReleases,
  lostReleases,
  releaseProblems,
  releasesText,
  withBuild,
  type Entry,
} from '../scripts/releases.mjs';

function entry(version: string, text: string, released = false): Entry {
  const readable = { 'open.js': `${text}, readable` };
  return {
    version,
    released,
    modules: { open: text },
    style: 's',
    languages: { en: 'l' },
    markup: 'm',
    readable,
  };
}

const first = entry('1.0.0', 'one', true);
const second = entry('1.1.0', 'two', true);

describe('the list of releases', () => {
  it('1: takes the build up until its version is released, and what is not released away', () => {
    const list = withBuild([first], entry('1.1.0', 'draft'));
    expect(list).toEqual([first, entry('1.1.0', 'draft')]);
    expect(withBuild(list, entry('1.1.0', 'two'))).toEqual([first, entry('1.1.0', 'two')]);
    expect(withBuild(list, entry('2.0.0', 'other'))).toEqual([first, entry('2.0.0', 'other')]);
    expect(withBuild([first, second], entry('1.1.0', 'changed'))).toEqual([first, second]);
    expect(withBuild(list, second)).toEqual([first, second]);
  });

  it('1: is wrong where it is not that of the build', () => {
    expect(releaseProblems([first, entry('1.1.0', 'two')], entry('1.1.0', 'two'))).toEqual([]);
    expect(releaseProblems([first, second], entry('1.1.0', 'two'))).toEqual([]);
    for (const stale of [[first], [first, entry('1.1.0', 'draft')], [first, entry('1.0.5', 'two')]])
      expect(releaseProblems(stale, entry('1.1.0', 'two'))).toEqual([expect.stringContaining('bundle.mjs --record')]);
  });

  it('1: is wrong where the page changed after its release, in whatever', () => {
    const same = entry('1.1.0', 'two');
    for (const changed of [
      entry('1.1.0', 'three'),
      { ...same, style: 't' },
      { ...same, languages: { en: 'k' } },
      { ...same, languages: { en: 'l', fr: 'l' } },
      { ...same, texts: { reply: { en: 'k' } } },
      { ...same, markup: 'n' },
      { ...same, readable: {} },
    ]) {
      expect(releaseProblems([first, second], changed)[0]).toBe(
        'the page changed since 1.1.0 was released: raise the version',
      );
    }
  });

  it('1: is wrong where core would put an earlier release together in another way', () => {
    const next = { ...entry('1.2.0', 'three'), markup: 'n' };
    expect(releaseProblems([first, second, next], next)).toEqual([
      expect.stringContaining('at 1.0.0'),
      expect.stringContaining('at 1.1.0'),
    ]);
  });

  it('1: keeps what was released as it was', () => {
    const before = releasesText([first, entry('1.1.0', 'draft')]);
    expect(lostReleases(before, [first, second])).toEqual([]);
    for (const after of [[second], [entry('1.0.0', 'one'), second], [entry('1.0.0', 'uno', true), second]])
      expect(lostReleases(before, after)).toEqual(['the entry of 1.0.0 was changed or taken out after its release']);
  });

  it('1: a changed page is known under its own name until the version is raised', () => {
    const versions = (built: Entry): readonly string[] =>
      knownReleases([first, second], built).map(({ version }) => version);
    expect(versions(entry('1.1.0', 'two'))).toEqual(['1.0.0', '1.1.0']);
    expect(versions(entry('1.1.0', 'three'))).toEqual(['1.0.0', '1.1.0', '1.1.0+changed']);
    expect(versions(entry('1.2.0', 'three'))).toEqual(['1.0.0', '1.1.0', '1.2.0']);
    expect(knownReleases([first], entry('1.1.0', 'two'))[1]).toEqual({
      version: '1.1.0',
      modules: { open: 'two' },
      style: 's',
      languages: { en: 'l' },
    });
  });
});
