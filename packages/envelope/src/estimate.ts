import {
  EnvelopeError,
  estimateFileSize,
  PreparedSecret,
  profileKdf,
  type Content,
  type KdfProfile,
  type Message,
} from '@sealpost/core';
import { envelopeOptions, type DocumentOptions } from './document-options.js';
import { opensWithKeysAlone, type KeyOptions } from './key-options.js';
import { readValidKeys } from './keys.js';
import { base64MailSize, sevenBitMailSize } from './mail-size.js';
import type { QuestionOptions } from './questions.js';
import type { SecretOptions } from './secret.js';

/** Sizes of an envelope, bytes. */
export interface SizeEstimate {
  /** The file. */
  readonly file: number;
  /** As a 7-bit part of a mail, CRLF counted: how Sealpost attaches it. */
  readonly sevenBit: number;
  /** As a base64 part of a mail, which a mail system on the way may make of it. */
  readonly base64: number;
}

/** Whether a message can be read twice: once to be measured, once to be sealed. */
export function canMeasure({ attachments = [], original }: Message): boolean {
  const contents = attachments.map(({ content }) => content);
  if (original !== undefined) contents.push(original);
  return contents.every((content) => contentLength(content) !== undefined);
}

/** Bytes of a content that is not a stream, and so can be read again; `undefined` for one that is, and for none. */
export function contentLength(content: Content | undefined): number | undefined {
  return content instanceof Blob ? content.size : content instanceof Uint8Array ? content.length : undefined;
}

/** A slot takes the same room whatever its secret is. */
function placeholder(profile: KdfProfile): PreparedSecret {
  const kdf = profileKdf(profile, new Uint8Array(16));
  return new PreparedSecret({ key: new Uint8Array(32), kdf, norm: 'opaque', madeAt: 0, strengthBits: 0 });
}

/**
 * Sizes that {@link seal} would give, to 1 % and in practice much nearer: the message is compressed, not encrypted.
 * Throws `INVALID_ARGUMENT` where a content is a stream, which could not be read again, and as {@link seal} for a message that it does not take.
 */
export async function estimateSize(
  message: Message,
  options: DocumentOptions &
    KeyOptions &
    QuestionOptions &
    Pick<SecretOptions, 'kdf' | 'passphrase'> & { readonly prepared?: PreparedSecret } = {},
): Promise<SizeEstimate> {
  if (!canMeasure(message))
    throw new EnvelopeError('INVALID_ARGUMENT', 'a message with streams cannot be measured: they can be read once');
  const { original, ...rest } = message;
  const carried = options.keepOriginal === false || original === undefined ? rest : message;
  const file = await estimateFileSize(carried, {
    ...envelopeOptions(carried, options),
    secrets: opensWithKeysAlone(options) ? [] : [placeholder(options.kdf ?? 'light')],
    keys: await readValidKeys(options),
  });
  return { file, sevenBit: sevenBitMailSize(file), base64: base64MailSize(file) };
}
