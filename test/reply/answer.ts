import {
  fileText,
  openEnvelope,
  p256Kem,
  readEnvelope,
  readReplyInfo,
  sealEnvelope,
  webcryptoBackend,
  webcryptoP256,
} from '@sealpost/core';
import type {
  Answers,
  AttachmentInput,
  Bytes,
  Kem,
  KemName,
  MessageHeaders,
  Page,
  ParsedHeader,
  ReplyAction,
  ReplyInfo,
} from '@sealpost/core';
import { hybridKem } from '@sealpost/core/hybrid';
import { languageBlocks, runtime } from '@sealpost/reader';
import type { PreparedSecret } from 'sealpost';
import type { Answer as Made } from '../../packages/reader/src/reply/answer-input.js';
import { sealReply } from '../../packages/reader/src/reply/seal-reply.js';

const kems: Readonly<Record<KemName, Kem>> = {
  p256: p256Kem(webcryptoBackend, webcryptoP256),
  'mlkem768-x25519': hybridKem,
};

/** The file that the page writes of itself, as core writes any. */
async function* writeWithCore(
  { headers, text, attachments, keys, reply, ...rest }: Made,
  page: Page,
): AsyncGenerator<Bytes> {
  const sealed = await sealEnvelope(
    { headers, text, attachments },
    {
      ...rest,
      keys: keys.map((key) => ({ ...key, kem: kems[key.kem.name], validity: {} })),
      makeReply: () => Promise.resolve(reply),
      page,
      backend: webcryptoBackend,
    },
  );
  yield* sealed.file();
}

/** What somebody does who opens a file, and what is changed of it on purpose. */
export interface Answer {
  readonly action?: ReplyAction;
  readonly text?: string;
  readonly attachments?: readonly AttachmentInput[];
  readonly now?: Date;
  /** Default: one with all modules. */
  readonly page?: Page;
  readonly changeHeaders?: (headers: MessageHeaders) => MessageHeaders;
  readonly changeInfo?: (info: ReplyInfo) => ReplyInfo;
  readonly changeHeader?: (header: ParsedHeader) => ParsedHeader;
}

/** The file of a reply, by the page's code; `secret` is a passphrase, one that was prepared, or answers. */
export async function answer(
  file: Uint8Array,
  secret: PreparedSecret | string | Answers,
  how: Answer = {},
): Promise<Uint8Array> {
  const { action = 'reply', text = 'Thank you.', attachments = [], now = new Date() } = how;
  const { changeInfo = (info) => info, changeHeader = (header) => header } = how;
  const { changeHeaders = (headers) => headers } = how;
  const source = readEnvelope(fileText(file));
  const opened = await openEnvelope(
    source,
    typeof secret === 'string' ? { passphrase: secret } : 'answers' in secret ? secret : { prepared: secret },
  );
  const info = readReplyInfo(opened.reply);
  if (info === undefined) throw new Error('the message offers no reply');
  const sealed = await sealReply(
    { action, text, attachments },
    {
      opened: {
        headers: changeHeaders(opened.headers),
        notes: opened.notes,
        idleLock: opened.idleLock,
        replySecrets: opened.replySecrets,
      },
      header: changeHeader({ header: source.header, bytes: source.headerBytes }),
      info: changeInfo(info),
      kemOf: (name) => kems[name],
      write: (made) => writeWithCore(made, how.page ?? { runtime, languages: [languageBlocks.en] }),
    },
    now,
  );
  const pieces: Uint8Array[] = [];
  for await (const piece of sealed) pieces.push(piece.slice());
  opened.close();
  return Buffer.concat(pieces);
}
