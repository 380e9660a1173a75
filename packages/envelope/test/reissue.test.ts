import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answer } from '../../../test/reply/answer.js';
import {
  generateIdentity,
  generateSigningIdentity,
  inspect,
  open,
  prepareSecret,
  reissue,
  reopen,
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
    expect(after).toMatchObject({ form: 'html', known: true, languages: ['fr', 'en'] });
    // It said where to find the old passphrase.
    expect({ ...after.face, hint: options.face?.hint }).toEqual(before.face);
    expect(after.face).not.toHaveProperty('hint');
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

  it('has the data form, the padding and the profile of the old one', async () => {
    const own = { passphrase, form: 'data', pad: true } as const;
    const padded = await (await seal({ ...message, text: 'x'.repeat(700) }, own)).bytes();
    const first = await inspect(padded);
    for (const secret of [{}, { prepared: (await prepareSecret()).prepared }]) {
      const again = await inspect(await (await reissue(padded, { passphrase }, secret)).bytes());
      expect(again).toMatchObject({ form: 'data', plaintextBytes: first.plaintextBytes });
    }
    const bare = await reissue(padded, { passphrase }, { pad: false });
    expect((await inspect(await bare.bytes())).plaintextBytes).toBeLessThan(first.plaintextBytes ?? 0);

    const sealed = await seal(message, { kdf: 'fips' });
    const [old, secret] = [await sealed.bytes(), { passphrase: sealed.passphrase! }];
    const again = await reissue(old, secret);
    expect((await inspect(await again.bytes())).slots).toMatchObject([{ kdf: 'pbkdf2-hmac-sha256 c=1300000' }]);
    await expect(reissue(old, secret, { passphrase })).rejects.toMatchObject({ code: 'WEAK_SECRET' });
    const other = await reissue(old, secret, { passphrase, kdf: 'standard' });
    expect((await inspect(await other.bytes())).slots).toMatchObject([{ kdf: 'argon2id m=65536 t=3 p=4' }]);
  });

  it('is a page where the old one had no passphrase, and a page where it is for keys alone is none', async () => {
    const { publicKey, ...own } = await generateIdentity({ kem: 'p256' }).then((key) => ({
      publicKey: key.publicKey,
      keys: [key],
    }));
    const old = await (await seal(message, { recipientKeys: [publicKey] })).bytes();
    expect((await inspect(await (await reissue(old, own)).bytes())).form).toBe('html');
    const beside = await (await seal(message, { recipientKeys: [publicKey], passphrase, form: 'data' })).bytes();
    expect((await inspect(await (await reissue(beside, own)).bytes())).form).toBe('data');
    const page = await (await seal(message, { recipientKeys: [publicKey], passphrase })).bytes();
    expect((await inspect(await (await reissue(page, own, { recipientKeys: [publicKey] })).bytes())).form).toBe('data');
  });

  it('is made of one that should no longer be read, and still asks for that', async () => {
    const notes = { handling: 'Keep it.', expires: new Date('2020-01-01T00:00:00Z') };
    const old = await (await seal(message, { passphrase, notes })).bytes();
    const again = await reissue(old, { passphrase });
    expect((await open(await again.bytes(), { passphrase: again.passphrase! })).notes).toEqual(notes);
    const anew = await reissue(old, { passphrase }, { notes: {} });
    expect((await open(await anew.bytes(), { passphrase: anew.passphrase! })).notes).toEqual({});
  });

  it('is not signed by who signed the old one, which is asked for a signature where keys are given', async () => {
    const [signer, eve] = await Promise.all([generateSigningIdentity(), generateSigningIdentity()]);
    const old = await (await seal(message, { passphrase, signKey: signer })).bytes();
    const verified = { passphrase, verifyKeys: [signer.publicKey] };
    const again = await reissue(old, verified);
    const secret = { passphrase: again.passphrase! };
    expect((await open(await again.bytes(), secret)).signature).toBeUndefined();
    expect((await reopen(old, verified)).signature).toMatchObject({ signer: 'known' });
    await expect(reissue(old, { passphrase, verifyKeys: [eve.publicKey] })).rejects.toMatchObject({
      code: 'SIGNER_REFUSED',
    });
    await expect(reissue(await again.bytes(), { ...secret, verifyKeys: [eve.publicKey] })).rejects.toMatchObject({
      code: 'SIGNER_REFUSED',
    });
  });

  it('offers no reply, and is not made of a reply that a key opens: nothing would show that its author is a claim', async () => {
    const identity = await generateIdentity({ kem: 'p256' });
    const headers = { ...message.headers, to: [{ name: '', address: 'bo@home.example' }] };
    const old = await (await seal({ ...message, headers }, { passphrase, reply: { identity } })).bytes();
    const again = await reissue(old, { passphrase });
    const secret = { passphrase: again.passphrase! };
    await expect(answer(await again.bytes(), secret.passphrase)).rejects.toThrow('the message offers no reply');

    const reply = await answer(old, passphrase, { text: 'Thank you.' });
    const taken: string[] = [];
    const ledger = {
      remember: (id: string) => Promise.resolve(taken.push(id) > 0),
      forget: () => Promise.reject(new Error('nothing to forget')),
    };
    await expect(reissue(reply, { keys: [identity], ledger })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(taken).toEqual([]);
    // Of what a passphrase opens, nobody says who wrote it.
    expect((await reopen(reply, { passphrase })).message.text).toContain('Thank you.');
  });

  it('can be made in two steps, and says what is left behind', async () => {
    const archive = await generateIdentity({ kem: 'p256' });
    const own = { ...options, passphrase, archiveKeys: [archive.publicKey] };
    const old = await (await seal(message, own)).bytes();
    const again = await reopen(old, { keys: [archive] });
    expect(again).toMatchObject({ archive: true, signature: undefined, message: { headers: message.headers } });
    expect(again.options.face).toEqual({ org: 'Clinique', date: options.face?.date });
    expect(again.options).toMatchObject({
      form: 'html',
      languages: ['fr', 'en'],
      notes: options.notes,
      idleLock: 7,
      keepOriginal: true,
    });
    expect((await reopen(await (await seal(message, { passphrase })).bytes(), { passphrase })).archive).toBe(false);
  });

  it('is made of what another builder wrote with a date that JavaScript has not', async () => {
    const name = new URL('../../vectors/data/header-number-largest.seal', import.meta.url);
    const old = readFileSync(name);
    expect((await inspect(old)).face).not.toHaveProperty('date');
    const again = await reissue(old, { passphrase: 'open the envelope' });
    expect((await open(await again.bytes(), { passphrase: again.passphrase! })).message.headers).toBeDefined();
  });

  it('holds 25 MB, and no byte of them other than it was', async () => {
    const content = new Uint8Array(25_000_000);
    for (let at = 0; at < content.length; at += 65_536) crypto.getRandomValues(content.subarray(at, at + 65_536));
    const { prepared } = await prepareSecret();
    const large = { ...message, attachments: [{ name: 'scan.bin', type: 'application/octet-stream', content }] };
    const old = await (await seal(large, { prepared })).bytes();
    const file = await (await reissue(old, { prepared }, { prepared })).bytes();
    const opened = await open(file, { prepared });
    expect(Buffer.from(await opened.attachments[0]!.bytes()).equals(content)).toBe(true);
    // A digit of the last block that holds the attachment.
    const at = old.lastIndexOf(10, old.length - 2_000) - 5;
    const damaged = Uint8Array.from(old);
    damaged[at] = old[at] === 48 ? 49 : 48;
    await expect(reissue(damaged, { prepared }, { prepared })).rejects.toMatchObject({ code: 'DAMAGED' });
  }, 60_000);
});
