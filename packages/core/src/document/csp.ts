import { base64 } from '@scure/base';

import { utf8 } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { RUNTIME_MODULES, type Runtime } from './runtime.js';

/** Of each runtime that was asked for: hashing one costs as much as sealing a short message. */
const hashesOf = new WeakMap<Runtime, string>();

async function scriptHashes(runtime: Runtime, backend: Backend): Promise<string> {
  const known = hashesOf.get(runtime);
  if (known !== undefined) return known;
  const hashes: string[] = [];
  for (const name of RUNTIME_MODULES) {
    const code = runtime.modules[name];
    if (code !== undefined) hashes.push(`'sha256-${base64.encode(await backend.sha256(utf8(code)))}'`);
  }
  const list = hashes.join(' ');
  hashesOf.set(runtime, list);
  return list;
}

/**
 * The page's policy. Only `connect-src` varies, and the hashes of the fixed modules; a test holds the whole string. Mail HTML
 * carries its own style, so inline style is allowed; nothing that style can load is. A runtime object is not changed once it has been used.
 */
export async function contentSecurityPolicy(
  runtime: Runtime,
  connect: string | undefined,
  backend: Backend,
): Promise<string> {
  return [
    "default-src 'none'",
    `script-src ${await scriptHashes(runtime, backend)}`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'worker-src blob:',
    `connect-src ${connect ?? "'none'"}`,
    "frame-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types sealpost',
  ].join('; ');
}
