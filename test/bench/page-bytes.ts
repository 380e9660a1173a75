import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { decimals, KIB } from './row.js';

const KIBIBYTES = decimals(1);

/** Which part of the page's script a source file belongs to; the first that matches. */
const GROUPS: readonly (readonly [name: string, files: RegExp])[] = [
  ['Argon2id and BLAKE2b', /@noble\/hashes\/(?:argon2|_?blake|blake2|_blake)/],
  ['SHA-2, HMAC, HKDF and PBKDF2', /@noble\/hashes\/(?!utils|_u64)|fractions\.mjs$/],
  ['AES-GCM', /@noble\/ciphers\/(?!utils)/],
  ['what noble’s algorithms share', /@noble\//],
  ['format and opening', /^packages\/core\//],
  ['showing the message', /^packages\/reader\/src\/(?:render\/|policy|message-view|save)/],
  ['interface', /./],
];

/** What the bytes of an envelope are, for people: KiB by group, the largest first. */
export async function pageBytes(file: Uint8Array): Promise<string> {
  const text = Buffer.from(file).toString('latin1');
  const of = (opening: RegExp, closing: string): number => {
    let length = 0;
    for (const { index } of text.matchAll(opening)) length += text.indexOf(closing, index) + closing.length - index;
    return length;
  };
  const script = of(/<script id="sealpost-open"/g, '</script>');
  const parts = [
    ...(await scriptGroups(script)),
    ['style', of(/<style id="sealpost-style"/g, '</style>')] as const,
    ['strings', of(/<script [^>]*id="sealpost-lang-/g, '</script>')] as const,
    ['header and message', of(/<script [^>]*id="sealpost-(?:header|payload)/g, '</script>')] as const,
  ];
  const rest = file.length - parts.reduce((sum, [, length]) => sum + length, 0);
  return [...parts, ['first paint and markup', rest] as const]
    .sort(([, one], [, other]) => other - one)
    .map(([name, length]) => `${name} ${KIBIBYTES(length / KIB)}`)
    .join(', ');
}

/** The script's bytes by group, as their shares are in what esbuild makes of the same sources; the last steps tell no sources. */
async function scriptGroups(length: number): Promise<readonly (readonly [string, number])[]> {
  // Not a part of the bench's own bundle: it reads files that stand beside it.
  const options = pathToFileURL(path.resolve('packages/reader/scripts/page-options.mjs')).href;
  const { pageOptions, source } = (await import(options)) as { pageOptions: BuildOptions; source: string };
  const { metafile } = await build({
    ...pageOptions,
    entryPoints: [path.join(source, 'main.ts')],
    format: 'iife',
    minify: true,
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const sizes = new Map<string, number>(GROUPS.map(([name]) => [name, 0]));
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  for (const [name, { bytesInOutput }] of inputs) {
    const group = GROUPS.find(([, files]) => files.test(name))?.[0] ?? '';
    sizes.set(group, (sizes.get(group) ?? 0) + bytesInOutput);
  }
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return [...sizes].map(([name, size]) => [name, (size / all) * length] as const);
}
