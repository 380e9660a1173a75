import { EnvelopeError, escapeHtml } from '@sealpost/core';
import type { FaceOptions } from '../face.js';
import { cleanLine } from '../clean-line.js';
import type { Sender } from './content.js';

/** Longest texts of a face (spec/envelope-v1.md, section 4.3), in UTF-16 code units. */
const MAX_LENGTHS = { org: 200, contact: 500, hint: 500 } as const;

/** An address on one line of HTML, whatever it holds. */
const MAX_ESCAPED_ADDRESS = 900;

/** Takes from the face what the cover mail shows. Throws `INVALID_ARGUMENT` for a value that the face does not allow either. */
export function readSender(face: FaceOptions): Sender {
  const { opener, color } = face;
  if (opener !== undefined) checkOpener(opener);
  if (color !== undefined && !/^#[0-9a-f]{6}$/.test(color)) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'face.color is not "#rrggbb" in lower case');
  }
  return {
    ...readText(face, 'org'),
    ...readText(face, 'contact'),
    ...readText(face, 'hint'),
    ...(opener === undefined ? {} : { opener }),
    ...(color === undefined ? {} : { color }),
  };
}

/** The text on one line; nothing where it is blank. */
function readText<K extends keyof typeof MAX_LENGTHS>(face: FaceOptions, key: K): { readonly [P in K]?: string } {
  const value: unknown = face[key];
  if (value === undefined) return {};
  if (typeof value !== 'string') throw new EnvelopeError('INVALID_ARGUMENT', `face.${key} is not a text`);
  if (value.length > MAX_LENGTHS[key]) {
    throw new EnvelopeError('INVALID_ARGUMENT', `face.${key} is longer than ${String(MAX_LENGTHS[key])}`);
  }
  const line = cleanLine(value);
  return (line === '' ? {} : { [key]: line }) as { readonly [P in K]?: string };
}

/**
 * The one link in the mail: an address that programs agree on (printable ASCII, no `\`, which some take for `/`), and that does
 * not look like another one (no user name before the host).
 */
function checkOpener(opener: unknown): void {
  const url = typeof opener === 'string' && /^https:\/\/[^\\\s]+$/.test(opener) ? parseUrl(opener) : undefined;
  if (url === undefined || !/^[!-~]+$/.test(String(opener))) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'face.opener is not an "https://" address in ASCII');
  }
  if (url.username !== '' || url.password !== '') {
    throw new EnvelopeError('INVALID_ARGUMENT', 'face.opener holds a user name or a password');
  }
  if (escapeHtml(String(opener)).length > MAX_ESCAPED_ADDRESS) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'face.opener is too long; use an address of at most 150 characters');
  }
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
