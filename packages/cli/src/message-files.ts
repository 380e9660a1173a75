import type { Opened } from 'sealpost';
import { uniqueFileNames } from './unique-names.js';

/** One file that `--extract` writes. */
export interface MessageFile {
  readonly fileName: string;
  readonly content: () => Uint8Array | ReadableStream<Uint8Array>;
}

/** The files that a message becomes. */
export interface MessageFiles {
  readonly bodies: readonly MessageFile[];
  /** Never that of a reply whose author is known: it would say of itself whom it is from. */
  readonly original: MessageFile | undefined;
  /** Such a reply as a mail. */
  readonly reply: MessageFile | undefined;
  /** In the order of the message's attachments. */
  readonly attachments: readonly MessageFile[];
}

/**
 * Names and contents of a message's files (spec/cli.md, 3.2). Nothing is decrypted yet but the bodies.
 *
 * @param replyMail - the mail of a reply whose author is known, where it is wanted.
 */
export function messageFiles({ message, original, attachments, reply }: Opened, replyMail?: Uint8Array): MessageFiles {
  const utf8 = new TextEncoder();
  const { text, html } = message;
  const bodies = [
    ...(text === undefined ? [] : [{ fileName: 'message.txt', content: () => utf8.encode(text) }]),
    ...(html === undefined ? [] : [{ fileName: 'message.html', content: () => utf8.encode(html) }]),
  ];
  const exact =
    original === undefined || reply !== undefined
      ? undefined
      : { fileName: 'original.eml', content: () => original.stream() };
  // Taken in any case: an attachment called message.txt is not to be mistaken for a body.
  const taken = ['message.txt', 'message.html', 'original.eml', 'reply.eml'];
  const names = uniqueFileNames(
    attachments.map(({ name }) => name),
    taken,
  );
  return {
    bodies,
    original: exact,
    reply: replyMail === undefined ? undefined : { fileName: 'reply.eml', content: () => replyMail },
    attachments: attachments.map((attachment, index) => ({
      fileName: names[index] ?? '',
      content: () => attachment.stream(),
    })),
  };
}

/** All of them, bodies first. */
export function listFiles({ bodies, original, reply, attachments }: MessageFiles): readonly MessageFile[] {
  return [...bodies, ...[original, reply].filter((file) => file !== undefined), ...attachments];
}
