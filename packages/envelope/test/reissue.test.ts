import { describe, expect, it } from 'vitest';
import {
  generateIdentity,
  inspect,
  open,
  reissue,
  seal,
  type Message,
  type OpenOptions,
  type SealOptions,
} from '../src/index.js';

const passphrase = 'correct horse battery staple';
const message: Message = {
  headers: {
    subject: 'Results',
    from: [{ name: 'Ada', address: 'ada@clinic.example' }],
    messageId: 'a@clinic.example',
  },
  text: 'All is well.',
  html: '<p>All is well.</p>',
  attachments: [
    { name: 'scan.bin', type: 'application/octet-stream', content: new Uint8Array(70_000).fill(9) },
    { name: 'logo.png', type: 'image/png', content: new Uint8Array(30), contentId: 'logo', inline: true },
  ],
  original: new TextEncoder().encode('From: ada@clinic.example\r\n\r\nAll is well.\r\n'),
};
const options: SealOptions = {
  languages: ['fr', 'en'],
  face: { org: 'Clinique', hint: 'Dans la lettre', date: new Date('2026-11-20T10:00:00Z') },
  notes: { handling: 'Confidentiel', expires: new Date('2027-01-01T00:00:00Z') },
  idleLock: 7,
  keepOriginal: true,
};

async function contentOf(file: Uint8Array, secret: OpenOptions): Promise<object> {
  const {
    message: { headers, text, html },
    attachments,
    original,
    notes,
    idleLock,
  } = await open(file, secret);
  const files = attachments.map(({ name, type, sha256, contentId, inline }) => ({
    name,
    type,
    sha256,
    contentId,
    inline,
  }));
  return { headers, text, html, files, original: original?.sha256, notes, idleLock };
}

describe('a reissued envelope', () => {
  it('is the same message, and looks the same, under a new passphrase', async () => {
    const old = await (await seal(message, { ...options, passphrase })).bytes();
    const sealed = await reissue(old, { passphrase });
    const file = await sealed.bytes();
    expect(await contentOf(file, { passphrase: sealed.passphrase! })).toEqual(await contentOf(old, { passphrase }));
    await expect(open(file, { passphrase })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    const [before, after] = [await inspect(old), await inspect(file)];
    expect(after.id).not.toBe(before.id);
    expect(after).toMatchObject({ form: 'html', known: true, languages: ['fr', 'en'], face: before.face });
  });

  it('opens first with a key, an archive key or answers, and is sealed to whatever is wanted', async () => {
    const [recipient, archive] = await Promise.all([
      generateIdentity({ kem: 'p256' }),
      generateIdentity({ kem: 'p256' }),
    ]);
    const questions = [{ question: 'Where did we meet?', answer: 'Ulm' }];
    const sealed = await seal(message, { questions, archiveKeys: [archive.publicKey] });
    const old = await sealed.bytes();
    for (const secret of [{ keys: [archive] }, { answers: ['ulm'], code: sealed.code! }]) {
      const made = await reissue(old, secret, { recipientKeys: [recipient.publicKey] });
      expect(made.passphrase).toBeUndefined();
      const file = await made.bytes();
      expect((await open(file, { keys: [recipient] })).message.text).toBe('All is well.');
      // Its questions belonged to its answers.
      expect((await inspect(file)).face).not.toHaveProperty('questions');
      await expect(open(file, { keys: [archive] })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    }
    const asking = await reissue(old, { keys: [archive] }, { questions: [{ question: 'Who?', answer: 'Bo' }] });
    const opened = await open(await asking.bytes(), { answers: ['bo'], code: asking.code! });
    expect(opened.message.text).toBe('All is well.');
  });

  it('is none where the old one does not verify, to its last attachment', async () => {
    const sealed = await seal(message, { passphrase, form: 'data' });
    const text = new TextDecoder().decode(await sealed.bytes());
    await expect(reissue(text, { passphrase: 'another one altogether' })).rejects.toMatchObject({
      code: 'DID_NOT_OPEN',
    });
    // Digits in the middle of the payload: those of the first attachment.
    const at = Math.floor(text.length / 2);
    const damaged = text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
    await expect(reissue(damaged, { passphrase })).rejects.toMatchObject({ code: 'DAMAGED' });
    await expect(reissue(text.slice(0, -200), { passphrase })).rejects.toMatchObject({ code: 'DAMAGED' });
    await expect(reissue('hello', { passphrase })).rejects.toMatchObject({ code: 'NOT_AN_ENVELOPE' });
  });

  it('takes what is said anew', async () => {
    const old = await (await seal(message, { ...options, passphrase })).bytes();
    const sealed = await reissue(old, { passphrase }, { passphrase: 'another horse battery', face: {}, form: 'data' });
    expect((await inspect(await sealed.bytes())).face).toEqual({});
    const weak = reissue(old, { passphrase }, { passphrase: 'short' });
    await expect(weak).rejects.toMatchObject({ code: 'WEAK_SECRET' });
  });
});
