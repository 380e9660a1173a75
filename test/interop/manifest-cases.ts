import { constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import {
  plaintextOf,
  sha256Base64url,
  storedEntry,
  type Entry,
  type Manifest,
  type PlaintextOptions,
} from './plaintext.js';

/** A plaintext that right keys encrypt (section 7), and the reader's limit of a message where it is not the default. */
export interface ManifestCase {
  readonly name: string;
  readonly plaintext: Uint8Array;
  readonly maxBytes?: number;
}

const BODY = Buffer.from('hello');
const CONTENT = Buffer.from('a'.repeat(40));
const DEFLATED = deflateRawSync(CONTENT);

interface Options extends PlaintextOptions {
  readonly stored?: readonly Uint8Array[];
  readonly maxBytes?: number;
}

function deflatedEntry(deflated: Uint8Array, content: Uint8Array, size = content.length): Entry {
  return storedEntry(content, BODY.length, { name: 'é', size, length: deflated.length, encoding: 'deflate' });
}

function rightManifest(): Manifest {
  const body = storedEntry(BODY, 0, { role: 'text', type: 'text/plain' });
  delete body['name'];
  return { headers: { subject: 'Hi' }, parts: [body, deflatedEntry(DEFLATED, CONTENT)] };
}

function withManifest(name: string, manifest: string | Uint8Array, options: Options = {}): ManifestCase {
  const { stored = [BODY, DEFLATED], maxBytes } = options;
  const plaintext = plaintextOf(stored, Buffer.from(manifest), options);
  return { name, plaintext, ...(maxBytes === undefined ? {} : { maxBytes }) };
}

/** The right manifest, changed as an object. */
function changed(
  name: string,
  change: (manifest: Manifest, first: Entry, second: Entry) => void,
  options?: Options,
): ManifestCase {
  const manifest = rightManifest();
  const [first = {}, second = {}] = manifest.parts;
  change(manifest, first, second);
  return withManifest(name, JSON.stringify(manifest), options);
}

/** The right manifest, changed as a text. */
function respelled(name: string, old: string | RegExp, replacement: string, options?: Options): ManifestCase {
  return withManifest(
    name,
    JSON.stringify(rightManifest()).replace(old, () => replacement),
    options,
  );
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function shown(value: unknown): string {
  if (value === undefined) return 'left out';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}... (${text.length})` : text;
}

function spellings(): readonly ManifestCase[] {
  const right = JSON.stringify(rightManifest());
  const first = (text: string) => respelled(`text ${text.slice(0, 30)} (${text.length})`, '{', `{${text},`);
  const raw = (text: string) => bytes(right.replace('é', 'e').replace('Hi', text));
  return [
    ...[
      '1',
      '[]',
      'null',
      '{}',
      '""',
      '',
      `\ufeff${right}`,
      `${right}x`,
      `${right}\0`,
      `\u00a0${right}`,
      `\v${right}`,
    ].map((text) =>
      withManifest(`manifest ${JSON.stringify(text.slice(0, 4))} to ${JSON.stringify(text.slice(-2))}`, text),
    ),
    withManifest('white space', JSON.stringify(rightManifest(), null, 2)),
    withManifest('apostrophes', right.replaceAll('"', "'")),
    withManifest('not UTF-8', bytes(right)),
    withManifest('an overlong zero', raw('\xc0\x80')),
    withManifest('a surrogate in UTF-8', raw('\xed\xa0\x80')),
    ...['"x":NaN', '"x":-Infinity', '"x":1e999', `"x":${'9'.repeat(5000)}`, '"__proto__":{"idleLock":5}'].map(first),
    first(`"x":${'['.repeat(300)}${']'.repeat(300)}`),
    respelled('a comma at the end', /}$/, ',}'),
    respelled('a bare tabulator', 'Hi', 'H\ti'),
    respelled('half a surrogate pair', 'Hi', 'H\\ud800'),
    respelled('half a surrogate pair in a name', 'é', '\\ud800'),
    respelled('a zero character', 'Hi', 'H\\u0000'),
    respelled('a doubled size, the right one last', '"size":5', '"size":7,"size":5'),
    respelled('a doubled size, the wrong one last', '"size":5', '"size":5,"size":7'),
    respelled('doubled parts', '"parts"', '"parts":[],"parts"'),
    ...[
      '5.0',
      '5e0',
      '0.5e1',
      '05',
      '+5',
      '-0',
      '5.5',
      '-5',
      '"5"',
      'true',
      'null',
      '9007199254740993',
      '1e400',
      '[5]',
    ].map((text) => respelled(`size ${text}`, '"size":5', `"size":${text}`)),
    ...['-0', '0.0', '-1', '1', 'null', '"0"', 'false'].map((text) =>
      respelled(`offset ${text}`, '"offset":0', `"offset":${text}`),
    ),
    ...['5.0', '4', '6', '1000000', 'null'].map((text) =>
      respelled(`length ${text}`, '"length":5', `"length":${text}`),
    ),
    respelled('inline 1.0', '"role":"att', '"inline":1.0,"role":"att'),
  ];
}

function headers(): readonly ManifestCase[] {
  const address = { name: '', address: 'a' };
  const lists = [
    [],
    {},
    null,
    'x',
    [address],
    address,
    [{ name: 'a' }],
    [{ address: 'a' }],
    [{ name: null, address: 'a' }],
  ];
  const texts = ['', 'x', '<x>', null, 5, ' ', '\r\n', 'x'.repeat(5000)];
  const dates = ['2026-11-22T07:36:17Z', '2026-02-30T00:00:00Z', '2026-11-22T07:36:17', 'yesterday', ''];
  const notes = [null, [], {}, 'x', { handling: '' }, { handling: null }, { handling: 5 }, { x: 1 }];
  const handlings = ['a'.repeat(1000), 'a'.repeat(1001), '😀'.repeat(500), '😀'.repeat(501)];
  const header = (key: string, value: unknown) =>
    changed(`${key} ${shown(value)}`, (manifest) => {
      manifest.headers[key] = value;
    });
  const top = (key: string, value: unknown) =>
    changed(`${key} ${shown(value)}`, (manifest) => {
      manifest[key] = value;
    });
  return [
    ...['headers', 'parts'].flatMap((key) => [null, [], {}, 'x', undefined].map((value) => top(key, value))),
    ...['from', 'replyTo', 'to', 'cc', 'sender'].flatMap((key) => lists.map((value) => header(key, value))),
    ...[[1], [{ ...address, x: 1 }], [[]], ['a']].map((value) => header('from', value)),
    ...[10_000, 10_001].flatMap((length) => [
      header(
        'from',
        Array.from({ length }, () => address),
      ),
      header(
        'references',
        Array.from({ length }, () => 'a'),
      ),
    ]),
    ...['subject', 'messageId', 'inReplyTo'].flatMap((key) => texts.map((value) => header(key, value))),
    ...dates.map((value) => header('date', value)),
    ...[[], ['a'], ['<a>'], [5], null, 'x', {}].map((value) => header('references', value)),
    header('bcc', [address]),
    header('x', null),
    ...notes.map((value) => top('notes', value)),
    ...handlings.map((handling) => top('notes', { handling })),
    ...[0, 1.5, -1, 8_640_000_000_000, '5', null].map((expires) => top('notes', { expires })),
    ...[null, 0, 1, 1440, 1441, 1.5, '5', true].map((value) => top('idleLock', value)),
    ...[null, 'x', {}].map((value) => top('reply', value)),
  ];
}

function entries(): readonly ManifestCase[] {
  const keys = ['role', 'name', 'type', 'size', 'sha256', 'offset', 'length', 'encoding', 'contentId', 'inline'];
  const of = (which: 'body' | 'attachment', key: string, value: unknown) =>
    changed(`${key} of the ${which} ${shown(value)}`, (_, body, attachment) => {
      (which === 'body' ? body : attachment)[key] = value;
    });
  const roles = (first: string, second: string) =>
    changed(`roles ${first} and ${second}`, (_, body, attachment) => {
      body['role'] = first;
      attachment['role'] = second;
    });
  return [
    ...keys.flatMap((key) =>
      [undefined, null, {}, '', 5].flatMap((value) => [of('body', key, value), of('attachment', key, value)]),
    ),
    of('attachment', 'x', null),
    ...['a', 'text', 'html', 'original', 'attachment'].flatMap((first) =>
      ['a', 'text', 'html', 'original', 'attachment'].map((second) => roles(first, second)),
    ),
    ...[0, 1, 2, true, false, '1'].flatMap((value) => [of('attachment', 'inline', value), of('body', 'inline', value)]),
    ...['x', '<x>', ' '].map((value) => of('attachment', 'contentId', value)),
    ...['a'.repeat(4096), 'a'.repeat(4097), 'é'.repeat(2048), 'é'.repeat(2049)].flatMap((name) => [
      of('attachment', 'name', name),
      of('body', 'name', name),
    ]),
    ...['a'.repeat(255), 'a'.repeat(256), '😀'.repeat(127), '😀'.repeat(128)].map((type) =>
      of('attachment', 'type', type),
    ),
    ...[sha256Base64url(CONTENT), 'AAAA', `${sha256Base64url(BODY)}=`, `${sha256Base64url(BODY).slice(0, 42)}_`].map(
      (sha256) => of('body', 'sha256', sha256),
    ),
    ...['deflate', 'stored', 'gzip'].flatMap((encoding) => [
      of('body', 'encoding', encoding),
      of('attachment', 'encoding', encoding),
    ]),
    changed('a part that is null', (manifest) => manifest.parts.push(null as never)),
    changed(
      'a gap',
      (_, __, attachment) => {
        attachment['offset'] = 6;
      },
      { stored: [BODY, Buffer.alloc(1), DEFLATED] },
    ),
    changed('an overlap', (_, __, attachment) => {
      attachment['offset'] = 4;
    }),
    changed(
      'parts in another order',
      (_, body, attachment) => {
        body['offset'] = DEFLATED.length;
        attachment['offset'] = 0;
      },
      { stored: [DEFLATED, BODY] },
    ),
    changed('a part that reaches into the manifest', (_, __, attachment) => {
      const length = DEFLATED.length + 10;
      Object.assign(attachment, { length, size: length, encoding: 'stored' });
    }),
    ...['hell\xff', '\xef\xbb\xbfhe', 'he\0lo', 'h\r\n\ro'].map((text) => {
      const body = bytes(text);
      return changed(
        `body ${shown(text)}`,
        (_, entry) => {
          entry['sha256'] = sha256Base64url(body);
        },
        { stored: [body, DEFLATED] },
      );
    }),
  ];
}

function deflated(): readonly ManifestCase[] {
  const of = (name: string, stream: Uint8Array, content: Uint8Array = CONTENT, size = content.length) =>
    changed(
      `deflate: ${name}`,
      (manifest) => {
        manifest.parts[1] = deflatedEntry(stream, content, size);
      },
      { stored: [BODY, stream] },
    );
  const nothing = Buffer.alloc(0);
  const zeros = Buffer.alloc(2_000_000);
  const flushed = deflateRawSync(CONTENT, { finishFlush: constants.Z_SYNC_FLUSH });
  return [
    of('right', DEFLATED),
    of('a byte behind', Buffer.concat([DEFLATED, Buffer.alloc(1)])),
    of('two streams', Buffer.concat([DEFLATED, DEFLATED])),
    of('a byte less', DEFLATED.subarray(0, -1)),
    of('zlib', deflateSync(CONTENT)),
    of('gzip', gzipSync(CONTENT)),
    of('stored blocks', deflateRawSync(CONTENT, { level: 0 })),
    of('less content', DEFLATED, CONTENT.subarray(1)),
    of('more content', DEFLATED, Buffer.concat([CONTENT, bytes('a')])),
    of('nothing in two bytes', Buffer.from([3, 0]), nothing),
    of('nothing in no bytes', nothing, nothing),
    of('something for nothing', DEFLATED, nothing),
    of('no last block', flushed),
    of('an empty last block', Buffer.concat([flushed, Buffer.from([3, 0])])),
    of('bits behind the stream', Buffer.from([3, 0xfc]), nothing),
    of('a reserved block type', Buffer.from([7, 0])),
    of('two million zeros', deflateRawSync(zeros, { level: 9 }), zeros),
    of('1,032 times', DEFLATED, CONTENT, 1032 * DEFLATED.length),
    of('more than 1,032 times', DEFLATED, CONTENT, 1032 * DEFLATED.length + 1),
  ];
}

function layouts(): readonly ManifestCase[] {
  const right = JSON.stringify(rightManifest());
  const marked = (length: number, at: number) => Buffer.alloc(length).fill(1, at, at + 1);
  const alone = (plaintext: Uint8Array): ManifestCase => ({ name: `${plaintext.length} zeros`, plaintext });
  return [
    ...[100, 300_000].flatMap((length) => [
      withManifest(`padding of ${length}`, right, { padding: Buffer.alloc(length) }),
      withManifest(`padding of ${length} with a one in it`, right, { padding: marked(length, length / 2) }),
      withManifest(`padding of ${length} with a one at its end`, right, { padding: marked(length, length - 1) }),
    ]),
    ...[95, 97].map((length) => withManifest(`signature of ${length}`, right, { signature: Buffer.alloc(length) })),
    ...[1, 96, 0xffffffff].map((signatureLength) =>
      withManifest(`signature said to be ${signatureLength}`, right, { signatureLength }),
    ),
    ...[0, 1000, 4_194_304, 4_194_305, 0xffffffff].map((manifestLength) =>
      withManifest(`manifest said to be ${manifestLength}`, right, { manifestLength }),
    ),
    withManifest('manifest too long, and a signature of another length', right, {
      manifestLength: 4_194_305,
      signatureLength: 1,
    }),
    ...[1, 7, 8, 9, 16_384].map((length) => alone(Buffer.alloc(length))),
  ];
}

function manyParts(): readonly ManifestCase[] {
  const empty = (length: number, changes: Entry = {}) =>
    Array.from({ length }, () => storedEntry(Buffer.alloc(0), 0, changes));
  const of = (name: string, parts: Entry[], more: object = {}) =>
    withManifest(name, JSON.stringify({ ...rightManifest(), parts, ...more }), { stored: [] });
  return [
    of('no part', []),
    of('1,024 parts', empty(1024)),
    of('1,025 parts', empty(1025)),
    of('1,025 wrong parts', empty(1025, { role: 5, size: -1 })),
    of('1,025 parts and no headers', empty(1025), { headers: null }),
    of('1,024 parts without end', empty(1024, { size: Number.MAX_SAFE_INTEGER })),
  ];
}

function limits(): readonly ManifestCase[] {
  const most = { maxBytes: 44 };
  const right = JSON.stringify(rightManifest());
  return [
    ...[45, 44, 0].map((maxBytes) => withManifest(`a limit of ${maxBytes}`, right, { maxBytes })),
    withManifest('a limit and wrong padding', right, { ...most, padding: Buffer.from([1]) }),
    changed(
      'a limit and a size that is none',
      (_, body) => {
        body['size'] = -1;
      },
      most,
    ),
    changed(
      'a limit and a wrong SHA-256',
      (_, body) => {
        body['sha256'] = '';
      },
      most,
    ),
    changed(
      'a limit and no headers',
      (manifest) => {
        manifest.headers = null as never;
      },
      most,
    ),
    changed(
      'a limit and a wrong role',
      (_, body) => {
        body['role'] = '';
      },
      most,
    ),
    changed(
      'a limit and a gap',
      (_, body) => {
        body['offset'] = 9;
      },
      most,
    ),
    changed(
      'a limit and a ratio',
      (_, __, attachment) => {
        attachment['size'] = 1e9;
      },
      most,
    ),
    changed('5 GB deflated', (_, __, attachment) => {
      attachment['size'] = 5e9;
    }),
    changed('5 GB stored', (_, body) => {
      body['size'] = 5e9;
    }),
    changed('body of 16 MiB', (_, body) => {
      body['size'] = 16_777_216;
    }),
    changed('body of 16 MiB and a byte', (_, body) => {
      body['size'] = 16_777_217;
    }),
    changed('attachment of 16 MiB and a byte', (_, __, attachment) => {
      attachment['size'] = 16_777_217;
    }),
  ];
}

export function manifestCases(): readonly ManifestCase[] {
  return [...spellings(), ...headers(), ...entries(), ...deflated(), ...layouts(), ...manyParts(), ...limits()];
}
