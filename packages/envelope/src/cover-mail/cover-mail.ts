import { composeCoverMail } from '#compose-cover-mail';
import { EnvelopeError, type MessageHeaders } from '@sealpost/core';
import type { LanguageCode } from '@sealpost/reader';
import type { FaceOptions } from '../face.js';
import { checkLanguages } from '../languages.js';
import { cleanLine } from '../clean-line.js';
import type { Inspected } from '../inspect.js';
import type { Sealed } from '../seal.js';
import { languageNames, neutralSubject, writeSection, type EnvelopeFacts } from './content.js';
import { checkEnvelopeAccess, readEnvelopeFile } from './envelope-file.js';
import { checkTexts, coverHeaders } from './headers.js';
import { writeHtml } from './html-body.js';
import { readSender } from './sender.js';
import { refuseShownSecret, type ShownTexts } from './shown-secret.js';
import { writeText } from './text-body.js';

/**
 * What {@link coverMail} needs of a sealed message: what `seal` returned, or the same made of a file that was kept. `passphrase` and
 * `code` are never written, only looked for: `seal` returns what it generated; add a passphrase of your own, `{ ...sealed, passphrase }`.
 */
export type CoverMailFile = Pick<Sealed, 'fileName' | 'bytes' | 'passphrase' | 'code'>;

export interface CoverMailOptions {
  /**
   * Headers of the mail that was sealed, as `readMail` gives them. From, Sender, Reply-To, To, Cc, Date, Message-ID, In-Reply-To
   * and References are kept, so that the mail stays in its thread; the subject only with `subject: 'original'`. There is no Bcc.
   * The recipients of the transport (RCPT TO) are another matter: they are not read from a mail.
   */
  readonly headers: MessageHeaders;
  /**
   * `neutral`: "Secure message" in the first language, with `face.org` in parentheses. `original`: the subject of `headers` with
   * `[-Encrypted-]` at its end; everybody who handles the mail can read it. Default: `neutral`.
   */
  readonly subject?: 'neutral' | 'original';
  /** Languages of the text, one after the other. Default: English. */
  readonly languages?: readonly string[];
  /** The same as for `seal`; `org`, `contact`, `hint`, `opener` and `color` show in the mail. Without `opener` there is no link in it. */
  readonly face?: FaceOptions;
  /**
   * `7bit`: the envelope goes as it is, at 1.254 bytes for each of its attachments' bytes. `base64`: at 1.71, for a mail system that
   * spoils 7-bit text. Default: `7bit`.
   */
  readonly transfer?: '7bit' | 'base64';
}

const MEDIA_TYPES = { html: 'text/html; charset=us-ascii', data: 'application/vnd.sealpost' } as const;

/**
 * Writes the mail that brings an envelope to its recipient: a short text that says what the attachment is and how to open it, and
 * the envelope. No recipient's address is in the attachment. Needs Node, Bun or Deno.
 *
 * A mail in which `sealed.passphrase` or `sealed.code` can be read is not made: it is looked for in the subject, the names, addresses and identifiers
 * of the header, what the sender says about itself in the mail and on the page, and the file's name; in any capitals, and whatever
 * blanks, hyphens, dots and commas are in it. Parts of it, and a passphrase that is not handed in, are not.
 *
 * @param sealed - from `seal`. Its `bytes()` are read, so `stream()` must not be.
 * @returns the raw mail (RFC 5322, MIME): lines of at most 998 characters that end in CRLF, no other CR or LF, and ASCII
 *   throughout, unless the part of an address before its `@` is not (RFC 6532; sending that needs SMTPUTF8). In memory it takes the
 *   envelope's size once more, and as much again while the envelope is checked. Hand it to the transport unchanged: with nodemailer `lib/smtp-connection`, or `sendMail({ raw })` with
 *   an `envelope` of your own. Where mails of a certain
 *   size are refused, look at its length: `maxBytes` of `seal` is about the envelope alone. It begins with its header: other fields (Received, X-...) can be put in front of it.
 * @throws EnvelopeError `INVALID_ARGUMENT` when `headers` has no From address, a field of another type, or an address, identifier or
 *   date that `writeMail` refuses; a header is too long for a line of mail; a language is not one of `LANGUAGES`; `face.opener` is
 *   not an `https:` address; another text of the face is not allowed there; `sealed` is no envelope; the passphrase
 *   stands in what can be read; something is of another type;
 *   or this runs in a page. Besides, whatever `sealed.bytes()` throws: `LIMIT`, `ABORTED`. Messages
 *   hold nothing of the mail; one about the header begins with `headers`.
 */
export async function coverMail(sealed: CoverMailFile, options: CoverMailOptions): Promise<Uint8Array> {
  checkObject(sealed, 'sealed', 'hand in what seal() returned');
  checkObject(options, 'options', 'give at least { headers }');
  checkEnvelopeAccess(sealed);
  const { headers, languages = ['en'], face = {}, transfer = '7bit', subject: subjectKind = 'neutral' } = options;
  checkObject(headers, 'headers', 'give those of the mail that was sealed');
  checkObject(face, 'face', 'give the one of seal(), or none');
  checkTexts(headers);
  oneOf('subject', subjectKind, ['neutral', 'original']);
  oneOf('transfer', transfer, ['7bit', 'base64']);
  const codes = checkLanguages(languages);
  const sender = readSender(face);
  const title = neutralSubject(codes[0] ?? 'en', sender);
  const shownSubject = subjectKind === 'original' ? encryptedSubject(headers.subject, title) : title;
  const kept = coverHeaders(headers, shownSubject);
  const shown: ShownTexts = [
    ['headers.subject', shownSubject],
    ...headerTexts(headers),
    ...faceTexts(sender),
    ['sealed.fileName', sealed.fileName],
  ];
  for (const secret of ['passphrase', 'code'] as const) refuseShownSecret(secret, sealed[secret], shown);

  const file = await sealed.bytes();
  const { form, face: pageFace, slots } = await readEnvelopeFile(file);
  for (const secret of ['passphrase', 'code'] as const) refuseShownSecret(secret, sealed[secret], faceTexts(pageFace));
  const facts = { fileName: sealed.fileName, form, opensWith: needOf(slots) };
  const sections = codes.map((code: LanguageCode) => writeSection(code, sender, facts));
  const names = languageNames(codes);
  return composeCoverMail({
    headers: kept,
    text: writeText(sections, names),
    html: writeHtml(sections, names, { title, color: sender.color }),
    file,
    fileName: sealed.fileName,
    mediaType: MEDIA_TYPES[form],
    transfer,
  });
}

/** What the recipient has to have or to know. */
function needOf(slots: Inspected['slots']): EnvelopeFacts['opensWith'] {
  const has = (type: string): boolean => slots.some((slot) => slot.type === type);
  return has('passphrase') ? 'passphrase' : has('answer') ? 'answers' : 'keys';
}

/** What a mail or a page shows of a face. */
function faceTexts({ org, contact, hint, opener, subject, questions = [] }: Inspected['face']): ShownTexts {
  const texts = { org, contact, hint, opener, subject };
  return [
    ...Object.entries(texts).map(([key, text]) => [`face.${key}`, text] as const),
    ...questions.map((question) => ['face.questions', question] as const),
  ];
}

const TAG = '[-Encrypted-]';

/** The tag is what gateways look for in the answers to the mail: it stands there once, also in the thread's later mails. */
function encryptedSubject(subject: string | undefined, fallback: string): string {
  const own = cleanLine(subject ?? '');
  if (own.toLowerCase().endsWith(TAG.toLowerCase())) return own;
  return `${own === '' ? fallback : own} ${TAG}`;
}

/** What the header says about people and threads. */
function headerTexts({ from = [], sender, replyTo = [], to = [], cc = [], ...ids }: MessageHeaders): ShownTexts {
  const mailboxes = { from, sender: sender === undefined ? [] : [sender], replyTo, to, cc };
  return [
    ...Object.entries(mailboxes).flatMap(([field, list]) =>
      list.flatMap(({ name, address }): ShownTexts => [
        [`headers.${field}`, name],
        [`headers.${field}`, address],
      ]),
    ),
    ['headers.messageId', ids.messageId],
    ['headers.inReplyTo', ids.inReplyTo],
    ...(ids.references ?? []).map((id) => ['headers.references', id] as const),
  ];
}

function checkObject(value: unknown, name: string, todo: string): void {
  if (typeof value === 'object' && value !== null) return;
  throw new EnvelopeError('INVALID_ARGUMENT', `${name} is not an object; ${todo}`);
}

function oneOf(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new EnvelopeError(
    'INVALID_ARGUMENT',
    `options.${name} is not ${choices.map((choice) => `"${choice}"`).join(' or ')}`,
  );
}
