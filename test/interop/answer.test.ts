import { concat, generateCode, normaliseAnswer, prepareAnswers, sealEnvelope } from '@sealpost/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL } from './envelope.js';
import { mutated } from './mutation.js';
import { answersOutcome, pythonOutcome } from './outcome.js';
import { CHEAP_KDF, Python, pythonMissing, type AnswersWanted, type EnvelopeWanted, type Secret } from './python.js';
import { Random } from './random.js';

const missing = pythonMissing();
const slow = process.env['SLOW'] === '1';
const TEXTS = slow ? 50_000 : 5_000;
const CASES = slow ? 5_000 : 300;
const SEED = Number(process.env['SEED'] ?? 1);
/** So many in one question. */
const BATCH = 20_000;

const PIECES = [
  ...[
    '\u03a3',
    '\u0391\u03a3',
    '\u0391\u03a3.',
    '\u03c2',
    '\u0130',
    'I\u0307',
    '\u0131',
    '\u00df',
    '\u1e9e',
    '\u0149',
    '\u01f0',
    '\u0345',
  ],
  ...[
    '\u0344',
    '\u212b',
    'A\u030a',
    '\u1e9b\u0323',
    '\u1100\u1161\u11a8',
    '\uac00',
    '\u3131',
    '\uffa1',
    '\ufb03',
    '\ufdfa',
    '\u0640',
  ],
  ...[
    '\u0e33',
    '\u0f73',
    '\u3099',
    '\u30fc',
    '\uff9e',
    '\u00bd',
    '\u2167',
    '\u2460',
    '\u0663',
    '\u{1d7d8}',
    '\u{1f130}',
    '\u{1f436}',
  ],
  ...[
    ' ',
    '-',
    '\u00a0',
    '\u200d',
    '\ud800',
    '\udc00',
    '\u02bc',
    '\u2019',
    '\u10d0',
    '\u1c90',
    '\uab70',
    '\u{1e900}',
    '\ue000',
    '\u0378',
  ],
];

interface Difference {
  readonly text: string;
  readonly core: string;
  readonly python: string;
}

function codePoints(text: string): string {
  return Array.from(text, (character) => `U+${(character.codePointAt(0) ?? 0).toString(16)}`).join(' ');
}

describe.skipIf(missing)(`answers${missing ? ` (skipped: ${missing})` : ''}`, { timeout: 600_000 }, () => {
  let python: Python;
  beforeAll(() => {
    python = new Python();
  });
  afterAll(() => {
    python.stop();
  });

  async function differences(texts: readonly string[]): Promise<readonly Difference[]> {
    const found: Difference[] = [];
    for (let first = 0; first < texts.length; first += BATCH) {
      const batch = texts.slice(first, first + BATCH);
      const left = await python.normaliseAnswers(batch);
      for (const [number, text] of batch.entries()) {
        const one = { text: codePoints(text), core: normaliseAnswer(text), python: left[number] ?? 'nothing' };
        if (one.core !== one.python) found.push(one);
      }
    }
    return found;
  }

  /** Code points of which the older of both Unicode versions leaves nothing, since it does not know them. */
  async function unknownToPython(): Promise<ReadonlySet<number>> {
    const all = Array.from({ length: 0x110000 }, (_, point) => point);
    const unknown = new Set<number>();
    for (const { text, core, python: second } of await differences(all.map((point) => String.fromCodePoint(point)))) {
      const point = Number.parseInt(text.slice(2), 16);
      expect({ text, core, second }).toEqual({ text, core: expect.stringMatching(/./u) as string, second: '' });
      unknown.add(point);
    }
    return unknown;
  }

  test('every code point alone, and random texts of them', async () => {
    const unknown = await unknownToPython();
    const random = new Random(SEED);
    const point = (): string => {
      const end = random.pick([0x80, 0x250, 0x3000, 0x3000, 0x10000, 0x20000, 0x110000]);
      for (;;) {
        const at = random.below(end);
        if (!unknown.has(at)) return String.fromCodePoint(at);
      }
    };
    const texts = Array.from({ length: TEXTS }, () =>
      Array.from({ length: 1 + random.below(12) }, () => (random.once(3) ? random.pick(PIECES) : point())).join(''),
    );
    const found = await differences(texts);
    const versions = `${unknown.size} of 1,114,112 code points are letters or numbers to core (Unicode ${process.versions['unicode'] ?? '?'}) and unknown to Python`;
    console.log(`${versions}; ${TEXTS} random texts of the others, ${found.length} differences`);
    expect(found).toEqual([]);
  });

  test('in other ways to type them', async () => {
    const random = new Random(SEED + 1);
    const ways = [
      (same: string) => same.normalize('NFD'),
      (same: string) => same.normalize('NFKC'),
      (same: string) => same.toUpperCase(),
      (same: string) => same.toLowerCase(),
      (same: string) => ` ${same}. `,
    ];
    const words = [
      'Berlin',
      'Stra\u00dfe',
      '\u039f\u0394\u039f\u03a3',
      '\uc11c\uc6b8',
      '\u0130zmir',
      'caf\u00e9 12',
      '\u0645\u064f\u062d',
    ];
    let [same, different] = [0, 0];
    for (let number = 0; number < CASES; number += 1) {
      const wanted: AnswersWanted = {
        answers: Array.from({ length: 1 + random.below(3) }, () => random.pick(words)),
        kdf: CHEAP_KDF,
        weak: true,
        ...(random.once(2) && { code: random.pick(['0123-4567-89AB', 'x']) }),
      };
      const { answers: right, code } = wanted;
      const answers = right.map((answer) => (random.once(8) ? random.pick(words) : random.pick(ways)(answer)));
      if (random.once(10)) answers.pop();
      if (random.once(10)) answers.reverse();
      const spelled = code === undefined ? '0' : random.pick([code, ` ${code.toLowerCase()}`, 'ol23 4567 89ab']);
      const secret: Secret = random.once(8) ? { answers } : { answers, code: spelled };
      const file = await python.make(asking(right.length, wanted));
      const what = { right, code, secret };
      const outcome = { ...what, ...(await answersOutcome(file, secret)) };
      expect(outcome).toEqual({ ...what, ...(await pythonOutcome(python, file, secret)), clause: undefined });
      if (outcome.code === 'success') same += 1;
      else different += 1;
    }
    console.log(`${same} envelopes opened, ${different} did not`);
    expect(same).toBeGreaterThan(CASES / 5);
    expect(different).toBeGreaterThan(CASES / 5);
  });

  test.each([
    ['with a code', {}],
    ['without a code', { code: undefined, allowWeakSlot: true }],
  ] as const)('of core, %s, opened by Python', async (_, options) => {
    const code = generateCode(undefined, 12);
    const typed = ['Stra\u00dfe 12', '\u039f\u03b4\u03cc\u03c2', '\uc11c\uc6b8'];
    const secrets = [await prepareAnswers(typed, { kdf: 'light', code, ...options })];
    const face = { questions: ['Where?', 'When?', 'Who?'] };
    const sealed = await sealEnvelope({ headers: { subject: 'Hi' }, text: 'Hello.' }, { secrets, face });
    const pieces: Uint8Array[] = [];
    for await (const piece of sealed.file()) pieces.push(Uint8Array.from(piece));
    const file = concat(...pieces);
    const answers = ['STRASSE 12', '\u03bf\u03b4\u03bf\u03c3', '\u1109\u1165\u110b\u116e\u11af'];
    const right = 'code' in options ? { answers } : { answers, code: code.text.toLowerCase() };
    const opened = await pythonOutcome(python, file, right);
    expect(opened).toMatchObject({ code: 'success', message: { headers: { subject: 'Hi' } } });
    expect(await answersOutcome(file, right)).toEqual(opened);
    for (const wrong of [
      { ...right, answers: answers.slice(1) },
      { ...right, answers: [...answers].reverse() },
      'Hello',
    ]) {
      expect(await pythonOutcome(python, file, wrong)).toMatchObject({ code: 'DID_NOT_OPEN' });
    }
  });

  test('changed on their way', async () => {
    const codes: Record<string, number> = {};
    const slots: readonly AnswersWanted[] = [
      { answers: ['Berlin', '1968'], code: '0123456789AB', kdf: CHEAP_KDF },
      { answers: ['Berlin', '1968'], kdf: CHEAP_KDF, weak: true },
    ];
    for (let number = 0; number < CASES; number += 1) {
      const random = new Random(SEED * 1_000_003 + number);
      const made = await python.make(asking(2, ...(random.once(2) ? slots : slots.slice(0, 1))));
      const [first = '', header = '', ...rest] = Buffer.from(made).toString('latin1').split('\n');
      const { text, names } = mutated(header, random);
      const file = Buffer.from([first, text, ...rest].join('\n'), 'latin1');
      const secret = { answers: ['berlin', '1968'], code: '0123456789ab' };
      const what = `seed ${SEED}, case ${number}: ${names}\n${text}`;
      const core = await answersOutcome(file, secret);
      expect({ what, ...core }).toEqual({ what, ...(await pythonOutcome(python, file, secret)), clause: undefined });
      codes[core.code] = (codes[core.code] ?? 0) + 1;
    }
    console.log(`${CASES} cases: ${JSON.stringify(codes)}`);
    expect(Object.keys(codes)).toEqual(
      expect.arrayContaining(['success', 'NOT_AN_ENVELOPE', 'DID_NOT_OPEN', 'DAMAGED']),
    );
  });
});

/** A small envelope that asks so many questions, with these slots alone. */
function asking(count: number, ...secrets: readonly AnswersWanted[]): EnvelopeWanted {
  return { ...SMALL, face: { questions: ['Where?', 'When?', 'Who?'].slice(0, count) }, secrets };
}
