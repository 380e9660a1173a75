import {
  answerSecret,
  buildEnvelope,
  encodeText,
  hex,
  normaliseAnswer,
  openFile,
  smallestPbkdf2,
  utf8,
  writeDataForm,
} from '@sealpost/vectors';
import { describe, expect, it } from 'vitest';
import { passphrase, recipe } from './sample.js';

describe('an answer', () => {
  it.each([
    ['Café Müller, 12!', 'cafemuller12'],
    ['STRASSE straße', 'strassestrasse'],
    ['İI\u0131i', 'iiii'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ﬁ Ⅷ ½', 'fiviii12'],
    ['\u1109\u1165', '\uc11c'],
    ['\ud800a', 'a'],
    [' -\u0301', ''],
  ])('%s', (typed, left) => {
    expect(normaliseAnswer(typed)).toBe(left);
  });

  it('is bytes behind their number, and the code behind all answers', () => {
    const typed = { answers: ['Ab', 'é'], code: 'o-1' };
    expect(hex(answerSecret(typed, 'answers')!)).toBe('000000026162' + '0000000165');
    expect(hex(answerSecret(typed, 'answers-code')!)).toBe('000000026162' + '0000000165' + '000000023031');
  });

  it.each([
    ['nothing left of an answer', { answers: ['a', '-'] }, 'answers'],
    ['1,025 bytes', { answers: ['a'.repeat(1025)] }, 'answers'],
    ['nothing left of the code', { answers: ['a'], code: '-' }, 'answers-code'],
    ['no code', { answers: ['a'] }, 'answers-code'],
  ] as const)('is no secret with %s', (_, typed, norm) => {
    expect(answerSecret(typed, norm)).toBeUndefined();
  });

  it('opens its own slot, and no other', () => {
    const kdf = smallestPbkdf2(utf8('a salt of a test'));
    const base = recipe('answers', { face: { questions: ['Where?', 'When?'] } });
    const slot = { answers: ['Berlin', '1968'], code: '0123-4567-89AB', kdf };
    const file = encodeText(writeDataForm(buildEnvelope({ ...base, slots: [...base.slots, slot] }).sections));
    const open = (...answers: readonly string[]) => openFile(file, { answers, code: '0l23456789ab' }).parts.length;
    expect(open('berlin', '1968')).toBe(1);
    expect(openFile(file, passphrase).parts).toHaveLength(1);
    expect(() => open('1968', 'berlin')).toThrow('no slot');
    expect(() => open('berlin')).toThrow('no slot');
    expect(() => openFile(file, { answers: ['Berlin', '1968'] })).toThrow('no slot');
  });
});
