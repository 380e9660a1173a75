import { EnvelopeError, MAX_CONTACT, MAX_HINT, MAX_ORG, MAX_SHOWN_SUBJECT, type Face } from '@sealpost/core';

/** What the page shows before it is opened. Everybody who gets the file can read it. */
export interface FaceOptions extends Omit<Face, 'logo' | 'date' | 'questions'> {
  /** A PNG or JPEG file of at most 8 KiB. */
  readonly logo?: Uint8Array;
  readonly date?: Date;
}

/**
 * The longest texts, in UTF-16 code units. The opener's address can be longer where there is no cover mail: this long it fits on a
 * line of its HTML, whatever it holds.
 */
export const FACE_LENGTHS: Readonly<Record<'org' | 'contact' | 'hint' | 'subject' | 'coverOpener', number>> = {
  org: MAX_ORG,
  contact: MAX_CONTACT,
  hint: MAX_HINT,
  subject: MAX_SHOWN_SUBJECT,
  coverOpener: 150,
};

/** Throws `INVALID_ARGUMENT` for a date that is none; the format checks the rest. */
export function makeFace({ logo, date, ...texts }: FaceOptions): Face {
  return {
    ...texts,
    ...(logo === undefined ? {} : { logo: Uint8Array.from(logo) }),
    ...(date === undefined ? {} : { date: unixSeconds(date, 'face.date') }),
  };
}

/** Whole seconds since 1970. Throws `INVALID_ARGUMENT` for an invalid date, or one before 1970. */
export function unixSeconds(date: Date, name: string): number {
  if (!((date as unknown) instanceof Date)) throw new EnvelopeError('INVALID_ARGUMENT', `${name} is not a Date`);
  const seconds = Math.floor(date.getTime() / 1_000);
  if (!Number.isSafeInteger(seconds) || seconds < 0)
    throw new EnvelopeError('INVALID_ARGUMENT', `${name} is not a date after 1970`);
  return seconds;
}

/** The other way round; undefined for seconds that no date of JavaScript reaches, which the format allows. */
export function dateOf(seconds: number | undefined): Date | undefined {
  const date = seconds === undefined ? undefined : new Date(seconds * 1_000);
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}
