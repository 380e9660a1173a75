import { EnvelopeError } from '@sealpost/core';

/** What `#compose-cover-mail` is in pages and workers: the library that writes mail does not run there. */
export function composeCoverMail(): Promise<never> {
  return Promise.reject(
    new EnvelopeError('INVALID_ARGUMENT', 'coverMail needs Node, Bun or Deno; attach the file to a mail of your own'),
  );
}
