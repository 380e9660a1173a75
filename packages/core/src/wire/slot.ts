import type { Bytes } from '../bytes.js';
import { encodeBinary, FieldReader } from './fields.js';
import type { WireObject, WireValue } from './json.js';
import { kdfToWire, readKdf, type Kdf } from './kdf.js';
import { keyFieldsToWire, readKeyFields, type KeySlot } from './key-slot.js';

/** Length of a wrapped file key: preamble, key, tag. */
const WRAP_BYTES = 104;

/** How a secret text becomes bytes (spec/envelope-v1.md, section 6). */
export type Normalisation = 'opaque' | 'words' | 'code';

const NORMALISATIONS: readonly string[] = ['opaque', 'words', 'code'] satisfies readonly Normalisation[];

/** How answers to the face's questions become bytes: alone, or with a code behind them (spec/envelope-v1.md, section 6.1). */
export type AnswerNormalisation = 'answers' | 'answers-code';

const ANSWER_NORMALISATIONS: readonly string[] = ['answers', 'answers-code'] satisfies readonly AnswerNormalisation[];

/** Slot types whose place in the registry is taken, but which this release does not open. */
export const RESERVED_TYPES: readonly string[] = ['card'];

export interface PassphraseSlot {
  readonly type: 'passphrase';
  readonly kdf: Kdf;
  readonly norm: Normalisation;
  readonly wrap: Bytes;
}

/** Opens with the answers to the face's questions. */
export interface AnswerSlot {
  readonly type: 'answer';
  readonly kdf: Kdf;
  readonly norm: AnswerNormalisation;
  readonly wrap: Bytes;
}

/** A slot whose key is derived from what a person knows. */
export type SecretSlot = PassphraseSlot | AnswerSlot;

/** A slot that this release passes over. `wire` is all of it, so that encoding gives the same bytes again. */
export interface ReservedSlot {
  readonly type: 'card';
  readonly wire: WireObject;
}

export type Slot = SecretSlot | KeySlot | ReservedSlot;

/** A slot before it holds the file key. */
export type SlotFields = Omit<PassphraseSlot, 'wrap'> | Omit<AnswerSlot, 'wrap'> | Omit<KeySlot, 'wrap'>;

/** Throws `NOT_AN_ENVELOPE` for wrong syntax. */
export function readSlot(value: WireValue, path: string): Slot {
  const fields = new FieldReader(value, path);
  const type = fields.text('type', 64) ?? '';
  if (RESERVED_TYPES.includes(type)) {
    const wire = value as WireObject;
    const last = new FieldReader({ wrap: wire['wrap'] ?? '' }, path);
    readWrap(last);
    if (Object.keys(wire).at(-1) !== 'wrap') throw fields.wrong('wrap', 'is not the last key');
    return { type: type as ReservedSlot['type'], wire };
  }
  if (type === 'key') return { ...readKeyFields(fields), wrap: lastWrap(fields) };
  if (type !== 'passphrase' && type !== 'answer') throw fields.wrong('type', 'is not a slot type of this version');
  const kdf = readKdf(fields.take('kdf'), `${path}.kdf`);
  const norm = readNormalisation(fields, type === 'answer' ? ANSWER_NORMALISATIONS : NORMALISATIONS);
  return { type, kdf, norm, wrap: lastWrap(fields) } as SecretSlot;
}

function lastWrap(fields: FieldReader): Bytes {
  const wrap = readWrap(fields);
  fields.end();
  return wrap;
}

export function readNormalisation(fields: FieldReader, known: readonly string[] = NORMALISATIONS): Normalisation {
  const norm = fields.text('norm', 64) ?? '';
  if (!known.includes(norm)) throw fields.wrong('norm', 'is not a normalisation of this version');
  return norm as Normalisation;
}

/** A file key, or a private key, under a slot key. */
export function readWrap(fields: FieldReader): Bytes {
  const wrap = fields.bytes('wrap');
  if (wrap?.length !== WRAP_BYTES) throw fields.wrong('wrap', `is not ${String(WRAP_BYTES)} bytes`);
  return wrap;
}

/** A slot before it holds the file key: of the type that its normalisation belongs to. */
export function secretFields({
  kdf,
  norm,
}: Pick<SecretSlot, 'kdf' | 'norm'>): Omit<PassphraseSlot, 'wrap'> | Omit<AnswerSlot, 'wrap'> {
  return norm === 'answers' || norm === 'answers-code'
    ? { type: 'answer', kdf, norm }
    : { type: 'passphrase', kdf, norm };
}

/** What stands in the header of a slot, before `wrap`. */
export function slotFieldsToWire(slot: SlotFields): WireObject {
  return slot.type === 'key' ? keyFieldsToWire(slot) : { type: slot.type, kdf: kdfToWire(slot.kdf), norm: slot.norm };
}

export function slotToWire(slot: Slot): WireObject {
  return 'wire' in slot ? slot.wire : { ...slotFieldsToWire(slot), wrap: encodeBinary(slot.wrap) };
}
