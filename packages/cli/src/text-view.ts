import type { Address, Inspected, Opened, OpenedReply, OpenedSignature } from 'sealpost';
import type { MessageFiles } from './message-files.js';
import { printableLine, printableSize, printableText } from './printable.js';

/** Messages and envelopes as text for people. Nothing in it can act on a terminal. */

function field(name: string, value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [`${name}: ${printableLine(value)}`];
}

function addressLine(list: readonly Address[] | undefined): string {
  return (list ?? [])
    .map(({ name, address }) => (address === '' ? name : name === '' ? address : `${name} <${address}>`))
    .join(', ');
}

/** What is known of a reply, before what it says of itself. */
function replyFields({ kind, original, authors, thread }: OpenedReply): readonly string[] {
  const one = authors.length > 1 ? `one of ${authors.join(', ')}` : authors.join('');
  const { messageId } = thread;
  return [
    ...field('Reply by', one),
    ...field('Answers', `${messageId === undefined ? '' : `<${messageId}>, `}envelope ${original}`),
    ...field('Asks', kind === 'replyAll' ? 'to be sent on to everybody who got the message' : undefined),
  ];
}

/** What is known of the key that signed. One that nobody knew before says nothing about who it was. */
const SIGNERS: Readonly<Record<OpenedSignature['signer'], string>> = {
  known: 'a known key',
  successor: 'the successor of a known key',
  unknown: 'a key that came with the message: compare the fingerprint with the sender',
};

function signatureField({ fingerprint, signer }: OpenedSignature): readonly string[] {
  return field('Signed by', `${fingerprint} (${SIGNERS[signer]})`);
}

/** Whether a reply's From is what is known anyway. */
function isKnown(from: readonly Address[] = [], { author }: OpenedReply): boolean {
  return author !== undefined && from.every(({ address }) => address.toLowerCase() === author.toLowerCase());
}

/**
 * Headers and attachments, an empty line, the text body. The body is last, since it could imitate everything that comes
 * after it.
 */
export function messageView(
  { message, attachments, original, notes, reply, signature }: Opened,
  files: MessageFiles,
): string {
  const { headers, text = '' } = message;
  const claimed = reply === undefined ? '' : ' (a claim)';
  const from = reply === undefined || isKnown(headers.from, reply) ? 'From' : `From${claimed}`;
  const head = [
    ...(signature === undefined ? [] : signatureField(signature)),
    ...(reply === undefined ? [] : replyFields(reply)),
    ...field(from, addressLine(headers.from)),
    ...field(`Sender${claimed}`, headers.sender === undefined ? undefined : addressLine([headers.sender])),
    ...field(`Reply-To${claimed}`, addressLine(headers.replyTo)),
    ...field('To', addressLine(headers.to)),
    ...field('Cc', addressLine(headers.cc)),
    ...field('Date', headers.date),
    ...field('Subject', headers.subject),
    ...field('Handling', notes.handling),
    ...field('Expires', notes.expires?.toISOString()),
    ...field('Archive', notes.archive === true ? 'the sender’s organisation can open this too' : undefined),
    ...attachments.flatMap(({ type, size }, index) =>
      field('Attachment', `${files.attachments[index]?.fileName ?? ''} (${type}, ${printableSize(size)})`),
    ),
    ...field(`Original${claimed}`, original === undefined ? undefined : `carried (${printableSize(original.size)})`),
  ];
  return `${head.join('\n')}\n\n${printableText(text).replace(/\n+$/, '')}\n`;
}

/** What an envelope shows without a passphrase. */
export function inspectionView(inspected: Inspected, fileBytes: number, inMail: boolean): string {
  const { form, version, id, known, fault, plaintextBytes, languages, slots, face, connect, release } = inspected;
  const state = { 'cut-off': 'cut off on its way', altered: 'altered on its way' };
  const page = known
    ? `byte for byte a page of release ${release ?? ''}`
    : 'not a page of this release or one before it: it may be a later one, or forged';
  const lines = [
    ...field('Envelope', `${id}, version ${version}, ${form} form${inMail ? ', in a mail' : ''}`),
    ...field('State', fault === undefined ? 'whole, as far as that shows' : state[fault]),
    ...field('Page', form === 'html' ? page : undefined),
    ...field('Size', printableSize(fileBytes)),
    ...field('Message', plaintextBytes === undefined ? undefined : printableSize(plaintextBytes)),
    ...field('Languages', languages.join(', ')),
    ...slots.flatMap(({ type, kdf, norm, kem, key, reply }) =>
      field(
        'Opens with',
        [type, kdf, norm, kem, key, reply && 'of a reply'].filter((part) => part !== undefined).join(', '),
      ),
    ),
    ...field('Organisation', face.org),
    ...field('Contact', face.contact),
    ...field('Colour', face.color),
    ...field('Logo', face.logo === undefined ? undefined : printableSize(face.logo.length)),
    ...field('Opener', face.opener),
    ...field('Subject', face.subject),
    ...field('Date', face.date?.toISOString()),
    ...field('Hint', face.hint),
    ...(face.questions ?? []).flatMap((question) => field('Question', question)),
    ...field('Replies to', connect),
  ];
  return `${lines.join('\n')}\n`;
}
