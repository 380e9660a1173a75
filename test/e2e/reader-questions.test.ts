import { generateIdentity, inspect, open, seal } from 'sealpost';
import { beforeAll, expect, it } from 'vitest';
import { en } from '../../packages/reader/src/i18n/en.js';
import { cheapAnswers, cheapSecret } from '../../packages/reader/test/support/envelope-file.js';
import { enterPassphrase } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import type { Visit } from './driver/visit.js';
import { finish, saveSealed, sealWritten, startWriting } from './writing.js';

const { strings } = en;
const QUESTIONS = ['Where did we first meet?', '<img src=x onerror=alert(1)> & "who"?'];
const RIGHT = { 'answer-0': 'cafe MULLER', 'answer-1': "o'brien", code: '7kq4 mz2p x9ra' };
const MESSAGE = { text: 'marzipan' };

async function answer(visit: Visit, typed: Partial<typeof RIGHT> & { passphrase?: string }): Promise<void> {
  for (const [name, value] of Object.entries(typed)) await visit.find(`#sealpost-${name}`).fill(value);
  await visit.press('Enter');
}

describeInEachEngine('an envelope that asks questions', (engine) => {
  const reader = useReader(engine);
  let asking: string;

  beforeAll(async () => {
    const secrets = [await cheapAnswers(['Café Müller', 'O’Brien'], '7KQ4-MZ2P-X9RA')];
    asking = await reader.seal(MESSAGE, { secrets, face: { questions: QUESTIONS } });
  });

  it('asks each of them, and for the code, and opens with what was answered', async () => {
    const visit = await reader.visit(asking);
    await visit.state('locked');
    expect(await visit.find('label').texts()).toEqual([...QUESTIONS, strings.code]);
    expect(await visit.find('summary').texts()).toEqual([strings.help, strings.forgotAsk]);
    await answer(visit, RIGHT);
    await visit.state('open');
    expect(await visit.body.find('.text').text()).toBe(MESSAGE.text);
    await visit.find('[data-action=lock]').click();
    await visit.state('locked');
    const left = await visit.run(() => Array.from(document.querySelectorAll('input'), ({ value }) => value));
    expect(left).toEqual(['', '', '']);
  });

  it('says what is missing and what was wrong, and keeps what was typed for a second try', async () => {
    const visit = await reader.visit(asking);
    await answer(visit, { 'answer-0': RIGHT['answer-0'] });
    expect(await visit.find('#sealpost-alert:not(:empty)').text()).toBe(strings.empty);
    expect(await visit.run(() => document.activeElement?.id)).toBe('sealpost-answer-1');
    await answer(visit, { ...RIGHT, 'answer-1': 'nobody' });
    expect(await visit.find('#sealpost-alert:not(:empty)').text()).toBe(strings.wrongAsk);
    expect(await visit.run(() => document.querySelector('input')?.value)).toBe(RIGHT['answer-0']);
    await answer(visit, { 'answer-1': RIGHT['answer-1'] });
    await visit.state('open');
  });

  it('36: no browser looks at an answer, keeps it, or hands it on', async () => {
    const visit = await reader.visit(asking);
    await visit.state('locked');
    const inputs = await visit.run(() =>
      Array.from(document.querySelectorAll('input'), (input) =>
        ['type', 'autocomplete', 'spellcheck', 'autocorrect', 'autocapitalize', 'translate'].map((name) =>
          input.getAttribute(name),
        ),
      ),
    );
    expect(inputs).toEqual(Array.from({ length: 3 }, () => ['password', 'off', 'false', 'off', 'none', 'no']));
    await visit.find('.field .quiet').click();
    const shown = await visit.run(() => Array.from(document.querySelectorAll('input'), ({ type }) => type));
    expect(shown).toEqual(['text', 'text', 'text']);
  });

  it('takes a passphrase or answers where it has slots for both', async () => {
    const secrets = [await cheapSecret(), await cheapAnswers(['yes'])];
    const file = await reader.seal(MESSAGE, { secrets, face: { questions: ['Well?'] } });
    const visit = await reader.visit(file);
    await visit.state('locked');
    expect(await visit.find('label').texts()).toEqual([strings.passphrase, 'Well?']);
    await answer(visit, { 'answer-0': 'Yes!' });
    await visit.state('open');
    const again = await reader.visit(file);
    await enterPassphrase(again, 'river maple');
    await again.state('open');
  });

  it('is answered by an envelope that asks the same, and forwarded by one that asks nothing', async () => {
    const identity = await generateIdentity({ kem: 'p256' });
    const questions = [{ question: 'Where did we meet?', answer: 'Ulm' }];
    const headers = {
      from: [{ name: '', address: 'a@clinic.example' }],
      to: [{ name: '', address: 'b@home.example' }],
    };
    const sealed = await seal(
      { headers, text: 'marzipan' },
      { questions, reply: { identity, actions: ['reply', 'forward'] } },
    );
    const visit = await reader.visit(reader.write('asks.html', await sealed.bytes()));
    await answer(visit, { 'answer-0': 'ulm', code: sealed.code! });
    await visit.state('open');
    await startWriting(visit, 'reply');
    await visit.type('Thank you.');
    await sealWritten(visit);
    const { bytes } = await saveSealed(visit);
    expect((await open(bytes, { keys: [identity] })).reply).toMatchObject({ author: 'b@home.example' });
    expect((await inspect(bytes)).known).toBe(true);
    const reply = await reader.visit(reader.write('reply.html', bytes));
    expect(await reply.find('label').texts()).toEqual(['Where did we meet?', strings.code]);
    await answer(reply, { 'answer-0': 'Ulm!', code: sealed.code! });
    await reply.state('open');
    await startWriting(reply, 'forward');
    await sealWritten(reply);
    const forward = await inspect((await saveSealed(reply)).bytes);
    expect(forward.face.questions).toBeUndefined();
    expect(forward.slots.map(({ type }) => type)).toEqual(['passphrase']);
    await finish(reply);
  });

  it('asks for a passphrase alone where no slot wants answers, whatever the face asks', async () => {
    const visit = await reader.visit(await reader.seal(MESSAGE, { face: { questions: QUESTIONS } }));
    await visit.state('locked');
    expect(await visit.find('label').texts()).toEqual([strings.passphrase]);
  });
});
