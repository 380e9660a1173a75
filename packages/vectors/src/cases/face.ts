import { encodeBase64url } from '../kit/base64url.js';
import type { JsonObject } from '../kit/header-json.js';
import { ascii, concat } from '../kit/bytes.js';
import type { Scenario } from './scenario.js';

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const smile = '\u{1f600}';

/** Section 4.3. */
export const faces: readonly Scenario[] = [
  face('every-key', 'It has every key, the texts at their greatest lengths in UTF-16 code units.', 'success', {
    org: smile.repeat(100),
    contact: 'c'.repeat(500),
    color: '#00ff7f',
    logo: encodeBase64url(concat(png, new Uint8Array(8184))),
    opener: `https://${'o'.repeat(492)}`,
    subject: 's'.repeat(1000),
    date: 0,
    hint: 'h'.repeat(500),
    questions: ['1'.repeat(500), '2', ''],
  }),
  face('logo-jpeg', 'The logo is a JPEG.', 'success', { logo: encodeBase64url(Uint8Array.of(0xff, 0xd8, 0xff)) }),
  face('logo-svg', 'The logo is neither a PNG nor a JPEG.', 'NOT_AN_ENVELOPE', {
    logo: encodeBase64url(ascii('<svg/>')),
  }),
  face('logo-8193', 'The logo has 8,193 bytes.', 'NOT_AN_ENVELOPE', {
    logo: encodeBase64url(concat(png, new Uint8Array(8185))),
  }),
  face('org-201', 'The name of the sender has 201 code units, but 101 characters.', 'NOT_AN_ENVELOPE', {
    org: `${smile.repeat(100)}x`,
  }),
  face('color-upper-case', 'The colour has upper-case digits.', 'NOT_AN_ENVELOPE', { color: '#00FF7F' }),
  face('opener-http', "The opener's address is not encrypted.", 'NOT_AN_ENVELOPE', { opener: 'http://a.example' }),
  face('opener-space', "The opener's address has a space.", 'NOT_AN_ENVELOPE', { opener: 'https://a.example/ ' }),
  face('opener-nothing', "The opener's address ends behind its scheme.", 'NOT_AN_ENVELOPE', { opener: 'https://' }),
  face('opener-501', "The opener's address has 501 characters.", 'NOT_AN_ENVELOPE', {
    opener: `https://${'o'.repeat(493)}`,
  }),
  face('date-text', 'The date is a string.', 'NOT_AN_ENVELOPE', { date: '1' }),
  face('questions-none', 'The list of questions is empty.', 'NOT_AN_ENVELOPE', { questions: [] }),
  face('questions-4', 'There are four questions.', 'NOT_AN_ENVELOPE', { questions: ['1', '2', '3', '4'] }),
  face('key-unknown', 'It has a key that version 1 does not know.', 'NOT_AN_ENVELOPE', { more: 'x' }),
  face('keys-reordered', 'The date comes before the name of the sender.', 'NOT_AN_ENVELOPE', { date: 1, org: 'x' }),
];

function face(name: string, about: string, expected: Scenario['expected'], content: JsonObject): Scenario {
  return { name: `face-${name}`, about, section: '4.3', expected, recipe: { face: content } };
}
