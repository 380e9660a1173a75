import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** C2SP/wycheproof beside the checkout; see the README there for the commit. */
const folder = new URL('../../../../shared/vectors/wycheproof/', import.meta.url);

/** What every case of every file has. */
export interface WycheproofCase {
  readonly tcId: number;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

/**
 * What became of a case: `pass`; `outside` where the interface under test cannot even be handed it; or what was wrong.
 */
export type Verdict = 'pass' | 'outside' | { readonly wrong: string };

/** {@link Verdict} of a statement about a case. */
export function verdict(statement: boolean, wrong: string): Verdict {
  return statement ? 'pass' : { wrong };
}

/** One file against one implementation. */
export interface Suite<Group, Case extends WycheproofCase> {
  readonly file: string;
  /** Number of cases in the pinned commit, so that a file that lost some is noticed. */
  readonly cases: number;
  readonly implementation: string;
  readonly run: (vector: Case, group: Group) => Promise<Verdict>;
}

/**
 * Runs every case of a file as one test and prints how many passed and how many are outside the interface. Where the file
 * is missing its cases are printed as skipped.
 */
export function testWycheproof<Group, Case extends WycheproofCase>(suite: Suite<Group, Case>): void {
  const { file, cases, implementation, run } = suite;
  const url = new URL(file, folder);
  const name = `${file} on ${implementation}`;
  if (!existsSync(url)) {
    it.skip(`${name} [../shared/vectors/wycheproof is not there]`);
    console.log(`SKIPPED ${cases} (${name}: ../shared/vectors/wycheproof is not there)`);
    return;
  }
  it(name, { timeout: 60_000 }, async () => {
    const verdicts: { readonly vector: Case; readonly verdict: Verdict }[] = [];
    for (const group of readGroups<Group, Case>(url)) {
      for (const vector of group.tests) verdicts.push({ vector, verdict: await run(vector, group) });
    }
    const count = (kind: Verdict): number => verdicts.filter((each) => each.verdict === kind).length;
    console.log(`wycheproof ${name}: ${count('pass')} passed, ${count('outside')} outside, of ${verdicts.length}`);
    const wrong = verdicts.flatMap(({ vector, verdict: each }) =>
      typeof each === 'string' ? [] : [`${vector.tcId} (${vector.comment}): ${each.wrong}`],
    );
    expect(wrong).toEqual([]);
    expect(verdicts).toHaveLength(cases);
  });
}

/** Bytes of a vector's hexadecimal field. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

type GroupWithTests<Group, Case> = Group & { readonly tests: readonly Case[] };

function readGroups<Group, Case>(url: URL): readonly GroupWithTests<Group, Case>[] {
  const { testGroups } = JSON.parse(readFileSync(url, 'utf8')) as { testGroups: GroupWithTests<Group, Case>[] };
  return testGroups;
}
