import type { Address, Inspected, Opened, OpenedReply, OpenedSignature } from 'sealpost';
import type { MessageFiles } from './message-files.js';
import { printableJson } from './printable.js';

/** The objects of spec/cli.md, 3.3 and 4. Every key is always there; null is "no value". */

interface AddressJson {
  readonly name: string;
  readonly address: string;
}

function addresses(list: readonly Address[] | undefined): readonly AddressJson[] {
  return (list ?? []).map(({ name, address }) => ({ name, address }));
}

function utf8Length(text: string | undefined): number | null {
  return text === undefined ? null : Buffer.byteLength(text);
}

/** Who wrote a reply, and what it answers, as the sender's side knows it. */
function replyJson({ id, kind, original, author, authors, thread, expires }: OpenedReply): object {
  const { messageId, references } = thread;
  return {
    id,
    kind,
    original,
    author: author ?? null,
    authors,
    thread: { messageId: messageId ?? null, references },
    expires: expires.toISOString(),
  };
}

/** Who signed it, as far as that is known. */
function signatureJson({ publicKey, fingerprint, signer }: OpenedSignature): object {
  return { publicKey, fingerprint, signer };
}

/** The message of an envelope, without its content, on one line. */
export function messageJson(
  { message, attachments, original, notes, idleLock, reply, signature }: Opened,
  files: MessageFiles,
): string {
  const { headers, text, html } = message;
  const { from, sender, replyTo, to, cc, subject, date, messageId, inReplyTo, references } = headers;
  return printableJson({
    headers: {
      from: addresses(from),
      sender: sender === undefined ? null : (addresses([sender])[0] ?? null),
      replyTo: addresses(replyTo),
      to: addresses(to),
      cc: addresses(cc),
      subject: subject ?? null,
      date: date ?? null,
      messageId: messageId ?? null,
      inReplyTo: inReplyTo ?? null,
      references: references ?? [],
    },
    body: { text: utf8Length(text), html: utf8Length(html) },
    attachments: attachments.map(({ name, type, size, sha256, contentId, inline }, index) => ({
      name,
      fileName: files.attachments[index]?.fileName ?? null,
      type,
      size,
      sha256,
      contentId: contentId ?? null,
      inline,
    })),
    original:
      original === undefined || files.original === undefined
        ? null
        : { fileName: files.original.fileName, size: original.size, sha256: original.sha256 },
    notes: {
      handling: notes.handling ?? null,
      expires: notes.expires?.toISOString() ?? null,
      archive: notes.archive ?? false,
    },
    idleLock: idleLock ?? null,
    reply: reply === undefined ? null : replyJson(reply),
    signature: signature === undefined ? null : signatureJson(signature),
  });
}

/** What an envelope shows without a passphrase, on one line. */
export function inspectionJson(inspected: Inspected, fileBytes: number, inMail: boolean): string {
  const { form, version, id, known, release, fault, plaintextBytes, languages, slots, face, connect } = inspected;
  const { org, contact, color, logo, opener, subject, date, hint, questions } = face;
  return printableJson({
    form,
    version,
    id,
    inMail,
    known,
    release: release ?? null,
    fault: fault ?? null,
    fileBytes,
    plaintextBytes: plaintextBytes ?? null,
    languages,
    slots: slots.map(({ type, kdf, norm, kem, key, reply }) => ({
      type,
      kdf: kdf ?? null,
      norm: norm ?? null,
      kem: kem ?? null,
      key: key ?? null,
      reply: reply ?? false,
    })),
    face: {
      org: org ?? null,
      contact: contact ?? null,
      color: color ?? null,
      // A logo is a PNG or a JPEG file, told by its first byte.
      logo: logo === undefined ? null : { type: logo[0] === 0x89 ? 'image/png' : 'image/jpeg', size: logo.length },
      opener: opener ?? null,
      subject: subject ?? null,
      date: date?.toISOString() ?? null,
      hint: hint ?? null,
      questions: questions ?? [],
    },
    connect: connect ?? null,
  });
}
