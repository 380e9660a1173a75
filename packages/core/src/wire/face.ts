import type { Bytes } from '../bytes.js';
import { MAX_LOGO_BYTES } from '../limits.js';
import { encodeBinary, FieldReader } from './fields.js';
import type { WireObject, WireValue } from './json.js';

/** Longest texts (spec/envelope-v1.md, section 4.3), in UTF-16 code units. */
export const MAX_ORG = 200;
export const MAX_CONTACT = 500;
export const MAX_HINT = 500;
export const MAX_SHOWN_SUBJECT = 1_000;

/** What everybody who holds the file can read (spec/envelope-v1.md, section 4.3). */
export interface Face {
  /** Who sent it. */
  readonly org?: string;
  /** Whom to ask in doubt. */
  readonly contact?: string;
  /** `#rrggbb`, lower case. */
  readonly color?: string;
  /** A PNG or JPEG file. */
  readonly logo?: Bytes;
  /** `https:` address of an opener page. */
  readonly opener?: string;
  readonly subject?: string;
  /** Seconds since 1970. */
  readonly date?: number;
  /** Where to find the passphrase. */
  readonly hint?: string;
  /** Questions of `answer` slots. */
  readonly questions?: readonly string[];
}

/** The picture type that the first bytes show, of the two that a logo can have. */
export function logoType(logo: Uint8Array): 'image/png' | 'image/jpeg' | undefined {
  const starts = (...magic: number[]): boolean => magic.every((byte, index) => logo[index] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  return starts(0xff, 0xd8, 0xff) ? 'image/jpeg' : undefined;
}

/** Throws `NOT_AN_ENVELOPE` for a face that the spec does not allow. */
export function readFace(value: WireValue | undefined): Face {
  const fields = new FieldReader(value, 'face');
  // In the order of the spec: what is taken at the wrong place is not found.
  const face = compact({
    org: fields.text('org', MAX_ORG),
    contact: fields.text('contact', MAX_CONTACT),
    color: fields.text('color', 7),
    logo: fields.bytes('logo'),
    opener: fields.text('opener', 500),
    subject: fields.text('subject', MAX_SHOWN_SUBJECT),
    date: fields.optionalInteger('date'),
    hint: fields.text('hint', MAX_HINT),
    questions: readQuestions(fields),
  });
  fields.end();
  const { color, logo, opener } = face;
  if (color !== undefined && !/^#[0-9a-f]{6}$/.test(color)) throw fields.wrong('color', 'is not "#rrggbb"');
  if (logo !== undefined && (logo.length > MAX_LOGO_BYTES || logoType(logo) === undefined)) {
    throw fields.wrong('logo', `is not a PNG or JPEG file of at most ${String(MAX_LOGO_BYTES)} bytes`);
  }
  if (opener !== undefined && !/^https[:]\/\/[!-~]+$/.test(opener))
    throw fields.wrong('opener', 'is not an https address');
  return face;
}

function readQuestions(fields: FieldReader): readonly string[] | undefined {
  const value = fields.take('questions');
  if (value === undefined) return undefined;
  const fits = value instanceof Array && value.length >= 1 && value.length <= 3;
  if (!fits || !value.every((item) => typeof item === 'string' && item.length <= 500)) {
    throw fields.wrong('questions', 'is not a list of one to three strings');
  }
  return value as readonly string[];
}

export function faceToWire(face: Face): WireObject {
  const { org, contact, color, logo, opener, subject, date, hint, questions } = face;
  const encodedLogo = logo === undefined ? undefined : encodeBinary(logo);
  return compact({ org, contact, color, logo: encodedLogo, opener, subject, date, hint, questions });
}

type Compact<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out the keys that have no value. */
function compact<T extends object>(object: T): Compact<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Compact<T>;
}
