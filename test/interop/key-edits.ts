import type { Random } from './random.js';

type Value = Record<string, unknown>;

interface Header {
  slots: Value[];
  readonly [key: string]: unknown;
}

/** A change of one slot, or of all of them. */
type Edit = (slots: Value[], at: number, random: Random) => Value[];

/** What a value of base64url holds; a slot of a passphrase lacks some of them. */
function bytesOf(value: unknown): Buffer {
  return Buffer.from(typeof value === 'string' ? value : '', 'base64url');
}

function replaced(slots: readonly Value[], at: number, slot: Value): Value[] {
  return slots.map((other, number) => (number === at ? slot : other));
}

function dropKey(slots: Value[], at: number, random: Random): Value[] {
  const entries = Object.entries(slots[at] ?? {});
  entries.splice(random.below(entries.length), 1);
  return replaced(slots, at, Object.fromEntries(entries));
}

function reorderKeys(slots: Value[], at: number, random: Random): Value[] {
  const entries = Object.entries(slots[at] ?? {});
  const [entry = ['x', 1]] = entries.splice(random.below(entries.length), 1);
  entries.splice(random.below(entries.length + 1), 0, entry);
  return replaced(slots, at, Object.fromEntries(entries));
}

function addKey(slots: Value[], at: number, random: Random): Value[] {
  const entries = Object.entries(slots[at] ?? {});
  entries.splice(random.below(entries.length + 1), 0, [
    random.pick(['x', 'kdf', 'norm', 'to']),
    random.pick([1, '', []]),
  ]);
  return replaced(slots, at, Object.fromEntries(entries));
}

function otherLength(slots: Value[], at: number, random: Random): Value[] {
  const name = random.pick(['key', 'enc', 'wrap']);
  const bytes = bytesOf(slots[at]?.[name]);
  const length = Math.max(0, bytes.length + random.pick([-2, -1, 1, 2, 1055]));
  const changed = Buffer.concat([bytes, random.bytes(1055)]).subarray(0, length);
  return replaced(slots, at, { ...slots[at], [name]: changed.toString('base64url') });
}

function otherByte(slots: Value[], at: number, random: Random): Value[] {
  const name = random.pick(['key', 'enc', 'wrap']);
  const bytes = bytesOf(slots[at]?.[name]);
  const position = random.below(Math.max(1, bytes.length));
  bytes[position] = (bytes[position] ?? 0) ^ (1 << random.below(8));
  return replaced(slots, at, { ...slots[at], [name]: bytes.toString('base64url') });
}

/** Bytes of the right length that are no point, or not spelled as one. */
function noPoint(slots: Value[], at: number, random: Random): Value[] {
  const bytes = bytesOf(slots[at]?.['enc']);
  const changed = random.pick([
    Buffer.alloc(65),
    Buffer.concat([Buffer.of(4), Buffer.alloc(64)]),
    Buffer.alloc(65, 0xff),
    Buffer.concat([Buffer.of(4), Buffer.alloc(64, 0xff)]),
    Buffer.concat([Buffer.of(random.pick([0, 1, 2, 3, 5, 6, 7])), bytes.subarray(1)]),
  ]);
  return replaced(slots, at, { ...slots[at], enc: changed.toString('base64url') });
}

function otherName(slots: Value[], at: number, random: Random): Value[] {
  const name = random.pick(['kem', 'type']);
  const value = random.pick(['p256', 'mlkem768-x25519', 'p384', 'card', 'answer', 'passphrase', 'key', '', 16]);
  return replaced(slots, at, { ...slots[at], [name]: value });
}

/** The slot of another KEM that this key's identifier makes believe. */
function otherKem(slots: Value[], at: number, random: Random): Value[] {
  const enc = Buffer.from(random.bytes(1120)).toString('base64url');
  return replaced(slots, at, { ...slots[at], kem: 'mlkem768-x25519', enc });
}

function swapValues(slots: Value[], at: number, random: Random): Value[] {
  const name = random.pick(['key', 'enc', 'wrap']);
  const from = random.pick(slots);
  return replaced(slots, at, name in from ? { ...slots[at], [name]: from[name] } : { ...slots[at] });
}

function moveSlot(slots: Value[], at: number, random: Random): Value[] {
  const rest = slots.filter((_, number) => number !== at);
  if (!random.once(4)) rest.splice(random.below(rest.length + 1), 0, slots[at] ?? {});
  return rest;
}

function repeatSlot(slots: Value[], at: number, random: Random): Value[] {
  return [...slots, ...Array.from({ length: random.pick([1, 13, 14]) }, () => slots[at] ?? {})];
}

const EDITS: readonly Edit[] = [
  dropKey,
  reorderKeys,
  addKey,
  otherLength,
  otherByte,
  noPoint,
  otherName,
  otherKem,
  swapValues,
  moveSlot,
  repeatSlot,
];

/** The text of a header whose slots were changed, still in its one spelling: it holds nothing that JSON spells otherwise. */
export function editedSlots(text: string, random: Random): { readonly text: string; readonly names: string } {
  const header = JSON.parse(text) as Header;
  const edit = random.pick(EDITS);
  header.slots = edit(header.slots, random.below(header.slots.length), random);
  return { text: JSON.stringify(header), names: edit.name };
}
