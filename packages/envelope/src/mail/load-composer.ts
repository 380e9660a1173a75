import type { CoverMailParts } from '../cover-mail/parts.js';

/**
 * What `#compose-cover-mail` is in Node. The library that composes mail is loaded by the first cover mail: who sends other mails
 * has no use for it. Here and not where it is called, since a bundle for browsers would be cut in two there.
 *
 * @throws EnvelopeError as the composer does.
 */
export async function composeCoverMail(parts: CoverMailParts): Promise<Uint8Array> {
  const composer = await import('./compose-cover-mail.js');
  return composer.composeCoverMail(parts);
}
