import { compileFunction } from 'node:vm';
import type { Backend, Bytes, Kdf } from '@sealpost/core';
import { shortNames } from '../../scripts/page-options.mjs';

/** Where the page's text, or any program with core's noble backend in it, makes that backend. */
const BACKEND = /\{\s*name: ?"noble"/;

/** The page's global object, as far as a worker needs it. */
interface Scope {
  onmessage: (event: { readonly data: unknown }) => void;
  postMessage: (message: unknown) => void;
}

interface Started {
  /** The noble backend, under its long names. */
  readonly backend: Backend;
  readonly scope: Scope;
}

/**
 * Runs a program's text as a worker does, without `document`. Nothing is added to it but the assignment that gives its noble
 * backend away. Throws where the text does not make exactly one.
 *
 * @param names what the program finds under these names instead of what is global
 */
function start(text: string, names: Readonly<Record<string, unknown>> = {}): Started {
  const [before, after, ...more] = text.split(BACKEND);
  if (before === undefined || after === undefined || more.length > 0) throw new Error('not one noble backend');
  const out: { backend?: Record<string, unknown> } = {};
  // Without `crypto`, as on a page that came over plain HTTP: every derivation is noble's.
  const scope: Partial<Scope> & Pick<typeof globalThis, 'setTimeout'> = { setTimeout };
  const all = { out, globalThis: scope, crypto: undefined, document: undefined, ...names };
  const run = compileFunction(`${before}out.backend={name:"noble"${after}`, Object.keys(all)) as (
    ...values: readonly unknown[]
  ) => void;
  run(...Object.values(all));
  const backend = new Proxy(out.backend!, {
    get: (target, name) => target[shortNames[String(name)] ?? ''] ?? target[String(name)],
  }) as unknown as Backend;
  return { backend, scope: scope as Scope };
}

/** The noble backend of a text, under its long names. */
export function shippedBackend(text: string): Backend {
  return start(text).backend;
}

/** What a worker of this text answers to a task: a key, or nothing. */
export function shippedWorker(text: string): (secret: Bytes, kdf: Kdf) => Promise<Bytes | undefined> {
  const { scope } = start(text);
  return (secret, kdf) =>
    new Promise((resolve) => {
      scope.postMessage = (answer) => {
        if (typeof answer !== 'number') resolve(answer as Bytes | undefined);
      };
      // A worker is given copies.
      scope.onmessage({ data: structuredClone({ secret, kdf }) });
    });
}

/**
 * Byte lengths, in their order, of the buffers that `work` has a text's noble backend fill and not wipe, but for those that `work`
 * returns.
 */
export async function leftBehind(
  text: string,
  work: (backend: Backend) => Promise<readonly Uint8Array[]>,
): Promise<readonly number[]> {
  const made: ArrayBufferView[] = [];
  const { backend } = start(text, { Uint8Array: watched(Uint8Array, made), Uint32Array: watched(Uint32Array, made) });
  const before = filled(made);
  const returned = new Set<ArrayBufferLike>((await work(backend)).map(({ buffer }) => buffer));
  const left = [...filled(made)].filter((buffer) => !before.has(buffer) && !returned.has(buffer));
  return left.map(({ byteLength }) => byteLength).sort((one, other) => one - other);
}

/** A kind of array that puts each that is made, also by `slice` and `from`, on a list. */
function watched(kind: Uint8ArrayConstructor | Uint32ArrayConstructor, made: ArrayBufferView[]): unknown {
  const watching = class extends (kind as Uint8ArrayConstructor) {
    constructor(...parameters: [number]) {
      super(...parameters);
      made.push(this);
    }
  };
  // noble knows arrays of other realms by this name.
  Object.defineProperty(watching, 'name', { value: kind.name });
  return watching;
}

function filled(arrays: readonly ArrayBufferView[]): ReadonlySet<ArrayBufferLike> {
  const buffers = new Set(arrays.map(({ buffer }) => buffer));
  return new Set([...buffers].filter((buffer) => new Uint8Array(buffer).some((byte) => byte !== 0)));
}
