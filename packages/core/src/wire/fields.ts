import { base64urlnopad } from '@scure/base';

import type { Bytes } from '../bytes.js';
import { malformed, type EnvelopeError } from '../errors.js';
import type { WireObject, WireValue } from './json.js';

/** Reads the members of a header object in the order of the spec; whatever is left over is an unknown key. */
export class FieldReader {
  readonly #path: string;
  readonly #object: WireObject;
  readonly #keys: string[];

  /** `path` names the object in error messages. Throws `NOT_AN_ENVELOPE` where `value` is not an object. */
  constructor(value: WireValue | undefined, path: string) {
    if (typeof value !== 'object' || value instanceof Array) throw malformed(`header: "${path}" is not an object`);
    this.#path = path;
    this.#object = value;
    this.#keys = Object.keys(value);
  }

  /** The next member if it has this key. */
  take(key: string): WireValue | undefined {
    if (this.#keys[0] !== key) return undefined;
    this.#keys.shift();
    return this.#object[key];
  }

  /** Ends reading: throws where a member is left, which is an unknown key or one at the wrong place. */
  end(): void {
    const [key] = this.#keys;
    if (key !== undefined) throw this.wrong(key, 'is not known here');
  }

  text(key: string, maximum: number): string | undefined {
    const value = this.take(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value.length > maximum)
      throw this.wrong(key, `is not a string of at most ${String(maximum)}`);
    return value;
  }

  integer(key: string): number {
    const value = this.take(key);
    if (typeof value !== 'number') throw this.wrong(key, 'is not an integer');
    return value;
  }

  optionalInteger(key: string): number | undefined {
    return this.#keys[0] === key ? this.integer(key) : undefined;
  }

  list(key: string): readonly WireValue[] {
    const value = this.take(key);
    if (!(value instanceof Array)) throw this.wrong(key, 'is not a list');
    return value;
  }

  bytes(key: string): Bytes | undefined {
    const value = this.take(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw this.wrong(key, 'is not base64url');
    return decodeBinary(value, `${this.#path}.${key}`);
  }

  wrong(key: string, what: string): EnvelopeError {
    return malformed(`header: "${this.#path}.${key}" ${what}`);
  }
}

/** Unpadded base64url, canonical only. Throws `NOT_AN_ENVELOPE`, which names the field where `path` does. */
export function decodeBinary(text: string, path = ''): Bytes {
  try {
    const bytes = new Uint8Array(base64urlnopad.decode(text));
    if (encodeBinary(bytes) === text) return bytes;
  } catch {
    // As below.
  }
  throw malformed(`header: "${path}" is not canonical base64url`);
}

export function encodeBinary(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes);
}
