import { encodeText, makeVector, scenarios, sectionsOfScenario, writeHtmlForm } from '@sealpost/vectors';
import { describe, expect, it } from 'vitest';
import { knownFaults } from './known-faults.js';
import { openers, openWithKit } from './openers.js';
import { difference } from './outcome.js';

/** Scenarios that are about neither form: published in the data form, here they are written in the other one. */
const inHtml = scenarios.flatMap((scenario) => {
  const sections = sectionsOfScenario(scenario);
  return sections === undefined
    ? []
    : [{ vector: makeVector(scenario).entry, file: encodeText(writeHtmlForm(sections)) }];
});

describe(`${inHtml.length} vectors in the HTML form`, () => {
  // What DecompressionStream passes over is no matter of the form, nor is what core does otherwise in both.
  const carried = inHtml.filter(
    ({ vector: { name } }) => !name.startsWith('part-deflate-') && !knownFaults.includes(name),
  );

  it.each(openers)('%s', { timeout: 120_000 }, async (_, open) => {
    const wrong: string[] = [];
    for (const { vector, file } of carried) {
      const fault = difference(vector, await open(file, vector, 'bytes'));
      if (fault !== undefined) wrong.push(`${vector.name}: ${fault}`);
    }
    expect(wrong).toEqual([]);
  });

  it('the kit', () => {
    const wrong = inHtml.flatMap(({ vector, file }) => {
      const fault = difference(vector, openWithKit(file, vector), { eager: true });
      return fault === undefined ? [] : [`${vector.name}: ${fault}`];
    });
    expect(wrong).toEqual([]);
  });
});
