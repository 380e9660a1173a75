import { findEnvelope, looksLikeMail } from 'sealpost/mail';
import { EXIT, Failure } from './failure.js';
import { readInput } from './input.js';

export interface EnvelopeInput {
  /** For `open` and `inspect` of `sealpost`, which say whether it is an envelope. */
  readonly bytes: Uint8Array;
  /** The file was a mail that holds these bytes. */
  readonly inMail: boolean;
}

/** Reads an envelope, or the first one in a mail. */
export async function readEnvelopeInput(path: string): Promise<EnvelopeInput> {
  const bytes = await readInput(path);
  // Asked first, since a mail may not be as large as an envelope.
  if (startsLikeEnvelope(bytes)) return { bytes, inMail: false };
  const found = await findEnvelope(bytes);
  if (found !== undefined) return { bytes: found, inMail: true };
  if (looksLikeMail(bytes)) {
    throw new Failure(
      EXIT.notAnEnvelope,
      'no envelope is attached to this mail',
      'a mail system may have taken it out: ask the sender for the data form, or for a zip archive',
    );
  }
  return { bytes, inMail: false };
}

/** Whether the first characters, whatever their encoding, are those of a page or of the data form. */
function startsLikeEnvelope(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  return /^(?:<|sealpost\/)/.test(start.replace(/[^!-~]/g, ''));
}
