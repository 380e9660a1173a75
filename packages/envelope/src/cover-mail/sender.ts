import { EnvelopeError } from '@sealpost/core';
import { FACE_LENGTHS, type FaceOptions } from '../face.js';
import { cleanLine } from '../clean-line.js';
import type { Sender } from './content.js';

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
function readText<K extends 'org' | 'contact' | 'hint'>(face: FaceOptions, key: K): { readonly [P in K]?: string } {
  const value: unknown = face[key];
  if (value === undefined) return {};
  if (typeof value !== 'string') throw new EnvelopeError('INVALID_ARGUMENT', `face.${key} is not a text`);
  if (value.length > FACE_LENGTHS[key]) {
    throw new EnvelopeError('INVALID_ARGUMENT', `face.${key} is longer than ${String(FACE_LENGTHS[key])}`);
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
  const { coverOpener } = FACE_LENGTHS;
  if (String(opener).length > coverOpener) {
    throw new EnvelopeError('INVALID_ARGUMENT', `face.opener is longer than ${coverOpener}, the most for a cover mail`);
  }
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
