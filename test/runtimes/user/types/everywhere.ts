// What a program for browsers, workers and Node alike may write, and what it may not.
import {
  EnvelopeError,
  estimateSize,
  generatePassphrase,
  generateSigningIdentity,
  inspect,
  open,
  prepareSecret,
  reissue,
  seal,
  sealIdentity,
  type EnvelopeErrorCode,
  type Message,
  type Opened,
  type OpenedReply,
  type ReplyLedger,
  type Sealed,
  type SealOptions,
} from 'sealpost';
import { openerFiles } from 'sealpost/opener';

const message: Message = {
  headers: { subject: 'types', from: [{ name: '', address: 'ada@example.com' }] },
  text: 'hello',
  attachments: [{ name: 'a.txt', type: 'text/plain', content: new Blob(['a']) }],
};
const options: SealOptions = { form: 'data', languages: ['en', 'de'], maxBytes: 1_000_000 };

export async function roundTrip(file: Blob, signal: AbortSignal): Promise<EnvelopeErrorCode | undefined> {
  const sealed: Sealed = await seal(message, { ...options, signal });
  const stream: ReadableStream<Uint8Array> = sealed.stream();
  const { prepared } = await prepareSecret({ passphrase: generatePassphrase().text });
  const opened: Opened = await open(stream, { prepared });
  const bytes: Uint8Array | undefined = await opened.attachments[0]?.bytes();
  const { known }: { known: boolean } = await inspect(file);
  const { sevenBit } = await estimateSize(message, options);
  try {
    await open(bytes ?? new Uint8Array(sevenBit), { passphrase: String(known) });
  } catch (error) {
    if (error instanceof EnvelopeError) return error.code;
  }
  return undefined;
}

/** A ledger of one's own, such as in a table of a database. */
export const ledger: ReplyLedger = {
  remember: (id: string, expires: Date) => Promise.resolve(id !== '' && expires > new Date()),
  forget: () => Promise.resolve(),
};

export async function authorsOf(file: Blob, keys: Parameters<typeof sealIdentity>): Promise<readonly string[]> {
  const { reply }: { reply?: OpenedReply } = await open(file, { keys: [keys[0]], ledger });
  return reply?.authors ?? [];
}

export async function anew(file: Blob, answer: string): Promise<readonly string[]> {
  const signKey = await generateSigningIdentity();
  const questions = [{ question: 'Where?', answer }];
  const asking = await seal(message, { questions, signKey });
  const again: Sealed = await reissue(file, { answers: [answer], code: asking.code ?? '' }, { signKey });
  const { signature } = await open(await again.bytes(), {
    passphrase: again.passphrase ?? '',
    verifyKeys: [signKey.publicKey],
  });
  return [signature?.fingerprint ?? '', ...openerFiles().keys()];
}

// @ts-expect-error -- a form that there is not
void seal(message, { form: 'pdf' });
// @ts-expect-error -- opening takes a secret
void open('file', {});
// @ts-expect-error -- an option that is there is not undefined
void seal(message, { maxBytes: undefined });
