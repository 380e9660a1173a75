import {
  buildEnvelope,
  encodeBase64url,
  encodeText,
  utf8,
  writeHtmlForm,
  type BuiltEnvelope,
  type FailureCode,
  type JsonObject,
  type Section,
} from '@sealpost/vectors';
import { recipe } from './envelopes.js';
import { oracleFor } from './oracle.js';

/** A place in an envelope at which something was changed, and what a reader has to say then. */
export interface Position {
  readonly name: string;
  readonly sections: readonly Section[];
  readonly expected: FailureCode;
}

/** Every optional key is there, so that each can be changed. */
const face: JsonObject = {
  org: 'Example Org',
  contact: 'desk@example.org',
  color: '#102030',
  logo: encodeBase64url(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
  opener: 'https://open.example/',
  subject: 'A subject',
  date: 1_790_000_000,
  hint: 'A letter',
  questions: ['Which one?'],
};

/** The envelope that the positions are in: two chunks, both of which the body needs. */
export function positionsEnvelope(): BuiltEnvelope {
  const text = 'All good. '.repeat(2000);
  return buildEnvelope(
    recipe('positions', {
      face,
      connect: 'https://reply.example',
      message: {
        headers: { subject: 'A subject' },
        parts: [
          { role: 'text', type: 'text/plain', content: utf8(text) },
          { role: 'attachment', name: 'a.txt', type: 'text/plain', content: utf8('attached') },
        ],
        padding: 64,
      },
    }),
  );
}

/** A hundred changes that together touch every field of header, payload and end block, and the order of the elements. */
export function positions(): readonly Position[] {
  const built = positionsEnvelope();
  const oracle = oracleFor(encodeText(writeHtmlForm(built.sections)));
  const changes = [...inHeader(built), ...inPayload(built), ...inEndBlock(built), ...inOrder(built)];
  return changes.map(([name, sections]) => {
    const expected = oracle(encodeText(writeHtmlForm(sections)));
    if (expected === 'opens') throw new Error(`${name} is no change`);
    return { name, sections, expected };
  });
}

type Change = readonly [name: string, sections: readonly Section[]];

function inHeader({ sections }: BuiltEnvelope): readonly Change[] {
  const text = sections[0]?.text.replaceAll('\n', '') ?? '';
  const at = (name: string, index: number, bit = 0): Change => [name, replaced(sections, 0, flipped(text, index, bit))];
  /** Where the value of a key begins; behind the quotation mark where it is a string. */
  const value = (key: string): number => {
    const start = indexOf(text, `"${key}":`) + key.length + 3;
    return text.charAt(start) === '"' ? start + 1 : start;
  };
  const lastOf = (key: string): number => indexOf(text, '"', value(key)) - 1;
  const keys = Array.from(text.matchAll(/"([a-zA-Z]+)":/g), (match) => [match[1] ?? '', match.index + 1] as const);
  return [
    ...keys.map(([key, index]) => at(`key ${key}`, index)),
    at('value of v', value('v')),
    at('id, first character', value('id')),
    at('id, a bit that is not used', lastOf('id')),
    at('id, a bit that is used', lastOf('id') - 1),
    at('slot type', value('type')),
    at('kdf name', value('name')),
    at('m, another in range', value('m')),
    at('m, out of range', value('m'), 3),
    at('t, another in range', value('t'), 1),
    at('t, out of range', value('t')),
    at('p, out of range', value('p')),
    at('p, more than m allows', value('p'), 1),
    at('kdf salt, first character', value('salt')),
    at('kdf salt, a bit that is not used', lastOf('salt')),
    at('norm', value('norm')),
    at('wrap, its salt', value('wrap')),
    at('wrap, its commitment', value('wrap') + 40),
    at('wrap, its ciphertext', value('wrap') + 81),
    at('wrap, its tag', value('wrap') + 130),
    at('wrap, last character', lastOf('wrap')),
    at('wrap, no base64url', value('wrap') + 5, 7),
    at('face org', value('org')),
    at('face org, an escape', indexOf(text, String.raw`\u0020`) + 5),
    at('face contact', value('contact')),
    at('face color, its mark', value('color')),
    at('face color, a digit', value('color') + 1),
    at('face logo, its signature', value('logo')),
    at('face logo, behind its signature', value('logo') + 16),
    at('face opener, its scheme', value('opener')),
    at('face opener, its host', value('opener') + 9),
    at('face subject', value('subject')),
    at('face date', value('date') + 1),
    at('face hint', value('hint')),
    at('face questions, the list', value('questions')),
    at('face questions, the first', value('questions') + 2),
    at('connect, its scheme', value('connect')),
    at('connect, its host', value('connect') + 9),
    at('first bracket of the header', 0),
    at('last bracket of the header', text.length - 1),
    at('a colon', indexOf(text, ':')),
    at('bracket of the slots', indexOf(text, '[')),
    at('a quotation mark', indexOf(text, '"')),
  ];
}

function inPayload({ sections, payload }: BuiltEnvelope): readonly Change[] {
  const text = sections[1]?.text.replaceAll('\n', '') ?? '';
  const at = (name: string, digit: number, bit = 0): Change => [name, replaced(sections, 1, flipped(text, digit, bit))];
  /** The digit that stands for most of a byte of the payload, counted from its start or, below zero, from its end. */
  const byte = (offset: number): number => Math.floor((offset < 0 ? payload.length + offset : offset) / 4) * 5 + 2;
  return [
    at('payload salt, first digit', 0),
    at('payload salt', byte(10)),
    at('payload salt, its end', byte(23)),
    at('payload commitment, its start', byte(24)),
    at('payload commitment', byte(40)),
    at('payload commitment, its end', byte(55)),
    at('chunk 0, its start', byte(56)),
    at('chunk 0', byte(8000)),
    at('chunk 0, its tag', byte(56 + 16_390)),
    at('chunk 1, its start', byte(56 + 16_400)),
    at('chunk 1, body', byte(56 + 16_400 + 2000)),
    at('chunk 1, attachment', byte(56 + 16_400 + 3618)),
    at('chunk 1, padding', byte(56 + 16_400 + 3650)),
    at('chunk 1, manifest', byte(-200)),
    at('chunk 1, manifest length', byte(-24)),
    at('chunk 1, signature length', byte(-20)),
    at('chunk 1, its tag', byte(-16)),
    at('chunk 1, its end', text.length - 1),
    at('a digit outside ASCII', byte(500), 7),
    at('a digit that is a control character', byte(600), 6),
    ['a digit fewer', replaced(sections, 1, text.slice(0, -1))],
    ['a digit more', replaced(sections, 1, `${text}0`)],
    ['a group above 2^32 - 1', replaced(sections, 1, `~~~~~${text.slice(5)}`)],
  ];
}

function inEndBlock({ sections }: BuiltEnvelope): readonly Change[] {
  const index = sections.length - 1;
  const text = sections[index]?.text ?? '';
  const at = (name: string, digit: number, bit = 0): Change => [
    name,
    replaced(sections, index, flipped(text, digit, bit)),
  ];
  return [
    at('end block, number of blocks', 4),
    at('end block, hash', 5),
    at('end block, last digit', 14),
    at('end block, no digit', 7, 7),
    ['end block, a digit fewer', replaced(sections, index, text.slice(1))],
  ];
}

function inOrder({ sections }: BuiltEnvelope): readonly Change[] {
  const [header, block, end] = sections;
  if (header === undefined || block === undefined || end === undefined) throw new Error('unreachable');
  return [
    ['header doubled', [header, header, block, end]],
    ['block doubled', [header, block, block, end]],
    ['block doubled under the next number', [header, block, { ...block, id: 'sealpost-payload-1' }, end]],
    ['block under another number', [header, { ...block, id: 'sealpost-payload-1' }, end]],
    ['block missing', [header, end]],
    ['end block missing', [header, block]],
    ['end block first', [header, end, block]],
  ];
}

function replaced(sections: readonly Section[], index: number, text: string): readonly Section[] {
  return sections.map((section, i) => (i === index ? { ...section, text } : section));
}

function flipped(text: string, index: number, bit: number): string {
  const other = String.fromCharCode(text.charCodeAt(index) ^ (1 << bit));
  return text.slice(0, index) + other + text.slice(index + 1);
}

function indexOf(text: string, part: string, from = 0): number {
  const index = text.indexOf(part, from);
  if (index === -1) throw new Error(`there is no ${part}`);
  return index;
}
