import { backend } from '#backend';
import { chooseModules, EnvelopeError, type Message, type SealEnvelopeOptions } from '@sealpost/core';
import { runtime } from '@sealpost/reader';
import { makeFace, unixSeconds, type FaceOptions } from './face.js';
import { opensWithKeysAlone, type KeyOptions } from './key-options.js';
import { chooseLanguages } from './languages.js';
import type { QuestionOptions } from './questions.js';
import { repliesOf, replyModules, type ReplyOptions } from './reply.js';

/** How an envelope looks and what it says, apart from its message and its secret. */
export interface DocumentOptions {
  /**
   * `html` opens in a browser; `data` (.seal) has no code, for places that block HTML. Default: `html`, or `data` where only keys
   * open the envelope: a page opens with a passphrase.
   */
  readonly form?: 'html' | 'data';
  /** Languages of the page; the first is the one of the first paint. Default: English. */
  readonly languages?: readonly string[];
  readonly face?: FaceOptions;
  readonly notes?: { readonly handling?: string; readonly expires?: Date };
  /** Minutes without input after which the page locks, 1 to 1,440. */
  readonly idleLock?: number;
  /** Pad the message so that its exact size does not show: at most 12 % more. */
  readonly pad?: boolean;
  /**
   * Carry `message.original`. `true`: always; `false`: never; not given: when it is there and fits under `maxBytes`.
   */
  readonly keepOriginal?: boolean;
  /**
   * Most bytes that the envelope may take in a mail, line ends and all, without the mail around it: look at the length of what
   * `coverMail` gives, too. Without it there is no limit.
   */
  readonly maxBytes?: number;
  /** What recipients may do with the message in the page. Without it they read, save and print. */
  readonly reply?: ReplyOptions;
}

/** The form of the file. Throws `INVALID_ARGUMENT` for one that there is not, or that could not be opened. */
export function formOf(options: DocumentOptions & KeyOptions & QuestionOptions): 'html' | 'data' {
  const { form = opensWithKeysAlone(options) ? 'data' : 'html' } = options;
  if (!['html', 'data'].includes(form)) throw new EnvelopeError('INVALID_ARGUMENT', 'form is not "html" or "data"');
  if (form === 'html' && opensWithKeysAlone(options)) {
    throw new EnvelopeError(
      'INVALID_ARGUMENT',
      'a page opens with a passphrase: give one beside recipientKeys, let one be generated, or take the form "data"',
    );
  }
  return form;
}

/** Options of the core, for a message, from the options of a caller. Throws `INVALID_ARGUMENT` for a value out of its range. */
export function envelopeOptions(
  { headers }: Message,
  options: DocumentOptions & KeyOptions & QuestionOptions,
): Omit<SealEnvelopeOptions, 'secrets' | 'keys' | 'signer'> {
  const questions = options.questions?.map(({ question }) => question);
  const { languages = ['en'], face = {}, notes = {}, idleLock, pad = false, archiveKeys = [], reply } = options;
  if (idleLock !== undefined && !(Number.isInteger(idleLock) && idleLock >= 1 && idleLock <= 1_440)) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'idleLock is not a number of minutes from 1 to 1,440');
  }
  if (notes.handling !== undefined && notes.handling.length > 1_000)
    throw new EnvelopeError('INVALID_ARGUMENT', 'notes.handling is longer than 1,000');
  if (reply !== undefined && reply.identity === undefined && opensWithKeysAlone(options)) {
    throw new EnvelopeError(
      'INVALID_ARGUMENT',
      'reply: the envelope has no passphrase, and there is no identity: nobody could open a reply',
    );
  }
  return {
    face: { ...makeFace(face), ...(questions && { questions }) },
    notes: {
      ...(notes.handling === undefined ? {} : { handling: notes.handling }),
      ...(notes.expires === undefined ? {} : { expires: unixSeconds(notes.expires, 'notes.expires') }),
      ...(archiveKeys.length === 0 ? {} : { archive: 1 }),
    },
    ...(reply && repliesOf(headers, reply)),
    idleLock,
    pad,
    backend,
    page:
      formOf(options) === 'html'
        ? { runtime: chooseModules(runtime, reply ? replyModules(reply) : []), languages: chooseLanguages(languages) }
        : undefined,
  };
}
