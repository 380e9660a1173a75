import { EnvelopeError } from '../errors.js';

/** WebCrypto, which alone has the curves. Throws `INVALID_ARGUMENT` where there is none: in a page over plain `http:`. */
export function subtle(): SubtleCrypto {
  const { subtle: found } = crypto as Partial<Crypto>;
  if (found === undefined)
    throw new EnvelopeError(
      'INVALID_ARGUMENT',
      'keys need crypto.subtle, which pages have over https: and from a file',
    );
  return found;
}
