import { describe, expect, it } from 'vitest';
import { estimateSize, inspect, open, seal, type Question, type SealOptions } from '../src/index.js';

const message = { headers: { subject: 'Results' }, text: 'All is well.' };
const questions: readonly Question[] = [
  { question: 'Where did we first meet?', answer: 'Café Müller' },
  { question: 'Which ward were you on?', answer: 'B 12' },
];

describe('an envelope that asks', () => {
  it('opens with the answers and the code that was made', async () => {
    const sealed = await seal(message, { questions });
    expect(sealed).toMatchObject({ strengthBits: 60, warnings: [] });
    expect(sealed.passphrase).toBeUndefined();
    expect(sealed.code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
    const file = await sealed.bytes();
    const answers = ['cafe muller', 'b12'];
    expect((await open(file, { answers, code: sealed.code! })).message.text).toBe('All is well.');
    for (const wrong of [
      { answers },
      { answers, code: '0000-0000-0000' },
      { answers: [...answers].reverse(), code: sealed.code! },
      { answers: answers.slice(1), code: sealed.code! },
    ])
      await expect(open(file, wrong)).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    await expect(open(file, { passphrase: sealed.code! })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    const { face, slots } = await inspect(file);
    expect(face.questions).toEqual(questions.map(({ question }) => question));
    expect(slots).toEqual([{ type: 'answer', kdf: 'argon2id m=47104 t=1 p=1', norm: 'answers-code' }]);
    const { file: size } = await estimateSize(message, { questions });
    expect(Math.abs(size - file.length) / file.length).toBeLessThan(0.01);
  });

  it('does without a code where the caller insists, and says what that is worth', async () => {
    const sealed = await seal(message, { questions, allowWeakSlot: true });
    expect(sealed.code).toBeUndefined();
    expect(sealed.strengthBits).toBe(22.5);
    const [warning] = sealed.warnings;
    expect(warning).toMatchObject({ code: 'WEAK_ANSWERS' });
    expect(warning?.message).toMatch(/about 23 bits are guessed in minutes by/);
    const answers = questions.map(({ answer }) => answer);
    expect((await open(await sealed.bytes(), { answers })).message.text).toBe('All is well.');
  });

  it('has a longer code for fips, and none without one', async () => {
    const sealed = await seal(message, { questions, kdf: 'fips' });
    expect(sealed).toMatchObject({ strengthBits: 80 });
    const weak = seal(message, { questions, kdf: 'fips', allowWeakSlot: true });
    await expect(weak).rejects.toMatchObject({ code: 'WEAK_SECRET' });
  });

  it.each([
    ['a passphrase beside', { questions, passphrase: 'correct horse battery staple' }, 'as weak as the weaker'],
    ['a generated passphrase beside', { questions, generate: true }, 'as weak as the weaker'],
    ['no question', { questions: [] }, 'one to 3'],
    ['four questions', { questions: [...questions, ...questions] }, 'one to 3'],
    ['what is no list', { questions: 'x' }, 'one to 3'],
    ['an empty question', { questions: [{ question: ' ', answer: 'yes' }] }, 'two texts'],
    ['a question without an answer', { questions: [{ question: 'Who?' }] }, 'two texts'],
    ['nothing for a question', { questions: [null] }, 'two texts'],
    ['an answer without letters', { questions: [{ question: 'Who?', answer: '?!' }] }, 'no letter and no digit'],
    ['a question of 501', { questions: [{ question: 'w'.repeat(501), answer: 'x' }] }, 'questions'],
    ['an answer in the question', { questions: [{ question: 'Is it Müller?', answer: 'MULLER' }] }, 'everybody reads'],
    [
      'an answer in another question',
      { questions: [questions[0], { question: 'Muller?', answer: 'x' }, { question: 'Why?', answer: 'Müller' }] },
      'answer 3 stands',
    ],
    ['an answer in the hint', { questions, face: { hint: 'It was at Café Müller' } }, 'everybody reads'],
  ])('refuses %s', async (_, options, said) => {
    await expect(seal(message, options as SealOptions)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining(said) as string,
    });
  });

  it('may have keys beside, and asks in both forms', async () => {
    for (const form of ['html', 'data'] as const) {
      const sealed = await seal(message, { questions, form });
      const answers = questions.map(({ answer }) => answer);
      const opened = await open(await sealed.bytes(), { answers, code: sealed.code! });
      expect(opened.message.text).toBe('All is well.');
    }
  });

  it('opens with nothing that is no answers', async () => {
    const file = await (await seal(message, { questions })).bytes();
    for (const secret of [
      { answers: 'x' },
      { answers: [1, 2] },
      { answers: ['a', 'b'], code: 5 },
      { answers: ['a'], passphrase: 'b' },
    ])
      await expect(open(file, secret as never)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});
