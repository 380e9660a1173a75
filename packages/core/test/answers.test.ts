import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concat,
  estimateAnswerBits,
  generateCode,
  nobleBackend,
  normaliseAnswer,
  openEnvelope,
  prepareAnswers,
  prepareSecret,
  readEnvelope,
  sealEnvelope,
  webcryptoBackend,
  type Answers,
  type Bytes,
  type KdfRunner,
  type SealEnvelopeOptions,
} from '../src/index.js';

/** Takes no time; what goes in is what the real ones get. */
const runKdf: KdfRunner = (secret) => webcryptoBackend.sha256(secret);
const QUESTIONS = ['Where did we meet?', 'Name of your first dog?'];
const ANSWERS = ['Café Müller', "O'Brien"];

async function fileOf(options: Partial<SealEnvelopeOptions>): Promise<string> {
  const face = { questions: QUESTIONS };
  const sealed = await sealEnvelope({ headers: {}, text: 'hello' }, { face, ...options });
  const pieces: Bytes[] = [];
  for await (const piece of sealed.file()) pieces.push(piece.slice());
  return new TextDecoder().decode(concat(...pieces));
}

async function textOf(file: string, secret: Answers | { readonly passphrase: string }): Promise<string | undefined> {
  const backends = [webcryptoBackend, nobleBackend];
  const opened = await Promise.allSettled(
    backends.map(async (backend) => (await openEnvelope(readEnvelope(file), secret, { backend, runKdf })).text()),
  );
  const [one, other] = opened;
  expect(one).toEqual(other);
  if (one?.status === 'rejected') throw one.reason as Error;
  return one?.value;
}

describe('an answer', () => {
  it.each([
    ['Café  Müller', 'cafemuller'],
    ["O'Brien", 'obrien'],
    ['O\u2019BRIEN ', 'obrien'],
    ['Jean-Luc', 'jeanluc'],
    ['jean luc', 'jeanluc'],
    ['Straße', 'strasse'],
    ['STRA\u1e9eE', 'strasse'],
    ['O\u02bcBrien', 'obrien'],
    ['\u0645\u062d\u0640\u0645\u062f', '\u0645\u062d\u0645\u062f'],
    ['STRASSE', 'strasse'],
    ['\u0130stanbul', 'istanbul'],
    ['\u0131stanbul', 'istanbul'],
    ['\u039f\u0394\u039f\u03a3 5', '\u03bf\u03b4\u03bf\u03c35'],
    ['\u03bf\u03b4\u03cc\u03c2', '\u03bf\u03b4\u03bf\u03c3'],
    ['\uff21\uff11\u00b2\u2460', 'a121'],
    ['\ufb01n', 'fin'],
    ['\u30ac\u30b9', '\u30ab\u30b9'],
    ['\u1112\u1161\u11ab', '\ud55c'],
    ['\u0645\u064f\u062d\u0645\u062f', '\u0645\u062d\u0645\u062f'],
    ['12. 3. 1999', '1231999'],
    [' - ', ''],
    ['\u{1f44d}', ''],
  ])('%j is %j', (typed, left) => {
    expect(normaliseAnswer(typed)).toBe(left);
  });

  it('is the same after it was prepared, and in every normal form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const left = normaliseAnswer(text);
        expect(normaliseAnswer(left)).toBe(left);
        for (const form of ['NFC', 'NFD'] as const) expect(normaliseAnswer(text.normalize(form))).toBe(left);
      }),
    );
  });

  it('is worth what a guesser who knows what people answer has to try', () => {
    expect(estimateAnswerBits(['Rex'])).toBe(7.5);
    expect(estimateAnswerBits(['Wolfgang Amadeus'])).toBe(15);
    expect(estimateAnswerBits(['Rex', 'Wolfgang Amadeus'])).toBe(22.5);
  });
});

describe('an answer slot', () => {
  it('opens with all answers, however they are written, and the code', async () => {
    const code = generateCode(undefined, 12);
    expect(code.text).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
    const secret = await prepareAnswers(ANSWERS, { code, runKdf });
    expect(secret.strengthBits).toBe(60);
    const file = await fileOf({ secrets: [secret] });
    const right = { answers: ['cafe muller', 'OBRIEN'], code: ` ${code.text.toLowerCase().replaceAll('-', '')}` };
    expect(await textOf(file, right)).toBe('hello');
    for (const wrong of [
      { ...right, answers: [...right.answers].reverse() },
      { ...right, answers: ['cafe muller'] },
      { ...right, answers: [...right.answers, ''] },
      { ...right, answers: ['cafe muller', ''] },
      { ...right, answers: ['cafe mullero', 'Brien'] },
      { ...right, answers: ['x'.repeat(1_025), 'OBRIEN'] },
      { ...right, code: undefined },
      { ...right, code: '' },
      { ...right, code: `${code.text}0` },
      { answers: [...right.answers, code.text] },
      { answers: [] },
      { passphrase: 'cafemuller' },
    ])
      await expect(textOf(file, wrong)).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
  });

  it('takes answers alone from who insists, and no weak code', async () => {
    for (const code of [undefined, generateCode(undefined, 8)])
      await expect(prepareAnswers(ANSWERS, { code, runKdf })).rejects.toMatchObject({ code: 'WEAK_SECRET' });
    const secret = await prepareAnswers(ANSWERS, { allowWeakSlot: true, runKdf });
    expect(secret).toMatchObject({ norm: 'answers', strengthBits: 30, kdf: { m: 65_536, t: 3, p: 4 } });
    const file = await fileOf({ secrets: [secret] });
    expect(await textOf(file, { answers: ANSWERS, code: 'not asked for' })).toBe('hello');
  });

  it('refuses an answer that could not be typed again', async () => {
    for (const [answer, code] of [
      ['', 'INVALID_ARGUMENT'],
      ['?!', 'INVALID_ARGUMENT'],
      ['a\u0007', 'INVALID_ARGUMENT'],
      ['x'.repeat(1_025), 'LIMIT'],
    ] as const) {
      const made = prepareAnswers(['ok', answer], { allowWeakSlot: true, runKdf });
      await expect(made).rejects.toMatchObject({ code, message: expect.stringContaining('answer 2 ') as string });
    }
    const none = prepareAnswers([], { allowWeakSlot: true, runKdf });
    await expect(none).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('opens nothing where the questions are others', async () => {
    const secret = await prepareAnswers(ANSWERS, { allowWeakSlot: true, runKdf });
    const file = await fileOf({ secrets: [secret] });
    const changed = file.replace('dog?', 'cat?');
    expect(changed).not.toBe(file);
    await expect(textOf(changed, { answers: ANSWERS })).rejects.toMatchObject({ code: 'DAMAGED' });
    const fewer = await fileOf({ secrets: [secret], face: { questions: ['Where?'] } });
    await expect(textOf(fewer, { answers: ANSWERS })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    await expect(fileOf({ secrets: [secret], face: {} })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('and a passphrase slot do not open with what belongs to the other', async () => {
    const answers = await prepareAnswers(['one two three'], { allowWeakSlot: true, runKdf });
    const passphrase = await prepareSecret('one two three', { allowWeak: true, runKdf });
    const face = { questions: ['What?'] };
    const file = await fileOf({ secrets: [answers, passphrase], face });
    expect(await textOf(file, { answers: ['One Two Three'] })).toBe('hello');
    expect(await textOf(file, { passphrase: 'one two three' })).toBe('hello');
    const only = async (secret: typeof answers | typeof passphrase): Promise<string> =>
      fileOf({ secrets: [secret], face });
    const refused = { code: 'DID_NOT_OPEN' };
    await expect(textOf(await only(answers), { passphrase: 'one two three' })).rejects.toMatchObject(refused);
    await expect(textOf(await only(passphrase), { answers: ['one two three'] })).rejects.toMatchObject(refused);
  });

  it('is damaged where it became a slot of the other kind, or of the other rule', async () => {
    const secret = await prepareAnswers(['one'], { allowWeakSlot: true, runKdf });
    const file = await fileOf({ secrets: [secret], face: { questions: ['What?'] } });
    const asCode = file.replace('"norm":"answers"', '"norm":"answers-code"');
    await expect(textOf(asCode, { answers: ['one'], code: '0' })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    for (const [from, to] of [
      ['"norm":"answers"', '"norm":"words"'],
      ['"type":"answer"', '"type":"passphrase"'],
    ] as const) {
      const changed = file.replace(from, to);
      expect(changed).not.toBe(file);
      await expect(textOf(changed, { answers: ['one'] })).rejects.toMatchObject({ code: 'NOT_AN_ENVELOPE' });
    }
  });
});
