import { backend } from '#backend';
import { hex, inspectEnvelope, type Face, type Slot, type TransportFault } from '@sealpost/core';
import { releases } from '@sealpost/reader';
import { dateOf } from './face.js';
import { readInput, type FileInput } from './input.js';

export interface InspectedSlot {
  readonly type: string;
  /** Key derivation with its parameters, e.g. `argon2id m=65536 t=3 p=4`. */
  readonly kdf?: string;
  readonly norm?: string;
  /** Of a slot for a key: which KEM, and the key's id, hexadecimal. */
  readonly kem?: string;
  readonly key?: string;
  /** Set of a slot for a key where the envelope is a reply. Whether it proves anything, {@link open} says. */
  readonly reply?: true;
}

/** What an envelope shows without a secret; nothing of it is authenticated. */
export interface Inspected {
  readonly form: 'html' | 'data';
  readonly version: number;
  /** Hexadecimal. */
  readonly id: string;
  /** Whether this is, byte for byte, a page of one release of Sealpost up to this one, or a data form that is whole. */
  readonly known: boolean;
  /** The release whose page this is, e.g. `0.1.0`. */
  readonly release?: string;
  /** What happened to the file on its way, as far as it shows. */
  readonly fault?: TransportFault;
  /** Size of the encrypted message, padding included. */
  readonly plaintextBytes?: number;
  readonly languages: readonly string[];
  readonly slots: readonly InspectedSlot[];
  readonly face: Omit<Face, 'date'> & { readonly date?: Date };
  /** Origin of the reply endpoint. */
  readonly connect?: string;
}

/** Throws {@link EnvelopeError}: `NOT_AN_ENVELOPE`, `UNSUPPORTED_VERSION` or `LIMIT`. A damaged payload is part of the answer. */
export async function inspect(input: FileInput): Promise<Inspected> {
  const inspection = await inspectEnvelope(await readInput(input), { backend, releases });
  const { header, fault, plaintextBytes, form, known, release, languages } = inspection;
  const { date: seconds, ...face } = header.face;
  const date = dateOf(seconds);
  return {
    form,
    version: header.v,
    id: hex(header.id),
    known,
    ...(release === undefined ? {} : { release }),
    ...(fault === undefined ? {} : { fault }),
    ...(plaintextBytes === undefined ? {} : { plaintextBytes }),
    languages,
    slots: header.slots.map(describeSlot),
    face: { ...face, ...(date === undefined ? {} : { date }) },
    ...(header.connect === undefined ? {} : { connect: header.connect }),
  };
}

function describeSlot(slot: Slot): InspectedSlot {
  if (slot.type === 'key') {
    const { type, kem, key, token } = slot;
    return { type, kem, key: hex(key), ...(token === undefined ? {} : { reply: true }) };
  }
  if (slot.type === 'card') return { type: slot.type };
  const { kdf: own } = slot;
  const parameters =
    own.name === 'argon2id' ? `m=${String(own.m)} t=${String(own.t)} p=${String(own.p)}` : `c=${String(own.c)}`;
  const kdf = `${own.name} ${parameters}`;
  return { type: slot.type, kdf, norm: slot.norm };
}
