import { EnvelopeError, padme, type Message } from '@sealpost/core';
import type { FaceOptions } from './face.js';
import { readInput, type FileInput } from './input.js';
import { inspect, type Inspected } from './inspect.js';
import type { ReplyLedger } from './reply-ledger.js';
import { open, type Opened, type OpenedAttachment, type OpenOptions } from './open.js';
import { opensWithKeysAlone } from './key-options.js';
import { isLanguage } from './languages.js';
import { seal, type Sealed, type SealOptions } from './seal.js';

/** What a new envelope is made of. */
export interface Reopened {
  /** Whole and verified, in memory. */
  readonly message: Message;
  /**
   * How the old envelope looked and what it asked for, for {@link seal}: form, languages, face, notes, lock, original, padding, and the
   * profile `fips`. Nothing that opened it, says where its secret is found, or proved whose it was.
   */
  readonly options: Pick<
    SealOptions,
    'form' | 'languages' | 'face' | 'notes' | 'idleLock' | 'keepOriginal' | 'pad' | 'kdf'
  >;
  /** Who signed the old one. The new one is not signed by them. */
  readonly signature: Opened['signature'];
  /** The sender's organisation had a key that opened the old one. Its public part is not in there. */
  readonly archive: boolean;
}

/**
 * Makes a new envelope out of one that can be opened, when its recipient has lost the passphrase or the address was wrong: the same
 * message under a new secret, a new identifier and a new file key. The old one is read whole and verified before anything is sealed;
 * it stays what it is, and opens with what opened it before.
 *
 * Where `options` say nothing of form, languages, face, notes, lock, padding and `kdf: 'fips'`, they are those of the old envelope; but for its
 * questions and hint, which belong to the old secret, and for the form of one that only keys opened. An archive key is given again.
 * Replies and a signature are its maker's: offer and sign anew. Without a secret in `options` a passphrase is generated.
 *
 * Throws as {@link reopen} does for the old envelope, and as {@link seal} for the new one.
 */
export async function reissue(input: FileInput, secret: OpenOptions, options: SealOptions = {}): Promise<Sealed> {
  const old = await reopen(input, secret);
  const { form, ...kept } = old.options;
  // A page opens with no key.
  return seal(old.message, { ...kept, ...(form && !opensWithKeysAlone(options) ? { form } : {}), ...options });
}

/**
 * The first half of {@link reissue}, for who has to see the message before it is sealed: for the headers of a cover mail, or to
 * change a part of the face.
 *
 * Throws as {@link open} does, `DAMAGED` also for an attachment; `INVALID_ARGUMENT` for a reply that one of `secret.keys` opens. What such a
 * reply says of its writer is a claim, and in a new envelope nothing would show that: seal what `replyMail` writes. A ledger is not asked,
 * and notes nothing.
 */
export async function reopen(input: FileInput, secret: OpenOptions): Promise<Reopened> {
  // Looked at twice.
  const file = await readInput(input);
  const opened = await open(file, { ...secret, ledger: NO_LEDGER });
  try {
    if (opened.reply !== undefined)
      throw new EnvelopeError('INVALID_ARGUMENT', 'the envelope is a reply: seal the mail that replyMail writes of it');
    const { signature, notes } = opened;
    return {
      message: await messageOf(opened),
      options: optionsOf(opened, await inspect(file)),
      signature,
      archive: notes.archive === true,
    };
  } finally {
    opened.close();
  }
}

/** A reply that is refused was not taken. */
const NO_LEDGER: ReplyLedger = {
  remember: () => Promise.resolve(true),
  forget: () => Promise.resolve(),
};

/** All of it in memory: what does not verify shows before there is anything to send. */
async function messageOf({ message, attachments, original }: Opened): Promise<Message> {
  const contents: Message['attachments'] & unknown[] = [];
  for (const { name, type, contentId, inline, ...part } of attachments) {
    const content = await bytesOf(part);
    contents.push({ name, type, inline, content, ...(contentId === undefined ? {} : { contentId }) });
  }
  return { ...message, attachments: contents, ...(original && { original: await bytesOf(original) }) };
}

async function bytesOf(part: Pick<OpenedAttachment, 'bytes'>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await part.bytes());
}

function optionsOf({ notes, idleLock, original }: Opened, inspected: Inspected): Reopened['options'] {
  const { form, languages, face, slots, plaintextBytes } = inspected;
  const { handling, expires } = notes;
  // Another release may have had others.
  const spoken = languages.filter(isLanguage);
  const derivations = slots.flatMap(({ kdf }) => (kdf === undefined ? [] : [kdf]));
  return {
    // Where only keys open it, nobody chose its form.
    ...(slots.every(({ type }) => type === 'key') ? {} : { form }),
    ...(spoken.length === 0 ? {} : { languages: spoken }),
    face: shownOf(face),
    notes: { ...(handling === undefined ? {} : { handling }), ...(expires === undefined ? {} : { expires }) },
    ...(idleLock === undefined ? {} : { idleLock }),
    ...(original === undefined ? {} : { keepOriginal: true }),
    // Some messages have such a length without padding: it costs them little.
    ...(plaintextBytes !== undefined && padme(plaintextBytes) === plaintextBytes ? { pad: true } : {}),
    // Whoever may use nothing else still may not.
    ...(derivations.length > 0 && derivations.every((kdf) => kdf.startsWith('pbkdf2')) ? { kdf: 'fips' } : {}),
  };
}

/** The questions belong to the old answers, and a hint to the old passphrase or code. */
function shownOf(face: Inspected['face']): FaceOptions {
  return Object.fromEntries(Object.entries(face).filter(([key]) => key !== 'questions' && key !== 'hint'));
}
