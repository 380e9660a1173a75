import type { Message } from '@sealpost/core';
import type { FaceOptions } from './face.js';
import { readInput, type FileInput } from './input.js';
import { inspect, type Inspected } from './inspect.js';
import { open, type Opened, type OpenedAttachment, type OpenOptions } from './open.js';
import { opensWithKeysAlone } from './key-options.js';
import { isLanguage } from './languages.js';
import { seal, type Sealed, type SealOptions } from './seal.js';

/**
 * Makes a new envelope out of one that can be opened, when its recipient has lost the passphrase or the address was wrong: the same
 * message under a new secret, a new identifier and a new file key. The old one is read whole and verified before anything is sealed;
 * it stays what it is, and opens with what opened it before.
 *
 * Where `options` say nothing of form, languages, face, notes and lock, they are those of the old envelope (but for its questions). Replies and a
 * signature are its maker's: offer and sign anew. Without a secret in `options` a passphrase is generated.
 *
 * Throws as {@link open} does for the old envelope, `DAMAGED` also for an attachment, and as {@link seal} for the new one.
 */
export async function reissue(input: FileInput, secret: OpenOptions, options: SealOptions = {}): Promise<Sealed> {
  // Looked at twice.
  const file = await readInput(input);
  const opened = await open(file, secret);
  try {
    return await seal(await messageOf(opened), { ...optionsOf(opened, await inspect(file), options), ...options });
  } finally {
    opened.close();
  }
}

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

/** What of the old envelope holds for the new one, where `options` say nothing. */
function optionsOf(
  { notes, idleLock, original }: Opened,
  { form, languages, face }: Inspected,
  options: SealOptions,
): SealOptions {
  const { handling, expires } = notes;
  // Another release may have had others.
  const spoken = languages.filter(isLanguage);
  return {
    // A page opens with no key.
    ...(opensWithKeysAlone(options) ? {} : { form }),
    ...(spoken.length === 0 ? {} : { languages: spoken }),
    face: shownOf(face),
    notes: { ...(handling === undefined ? {} : { handling }), ...(expires === undefined ? {} : { expires }) },
    ...(idleLock === undefined ? {} : { idleLock }),
    ...(original === undefined ? {} : { keepOriginal: true }),
  };
}

/** The questions belong to the old answers. */
function shownOf(face: Inspected['face']): FaceOptions {
  return Object.fromEntries(Object.entries(face).filter(([key]) => key !== 'questions'));
}
