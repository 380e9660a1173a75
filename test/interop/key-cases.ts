/** Bytes for a public key's text, which get a right checksum, and the prefix where it is another. */
export type PublicKeyCase = readonly [name: string, bytes: Uint8Array, prefix?: string];

/** A line of text for an identity, and the passphrase with which it is read. */
export type IdentityCase = readonly [name: string, text: string, passphrase?: string];

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const PASSPHRASE = 'of the key';

/** The bytes of a right text, without a look at its checksum. */
export function bytesOf(text: string): Buffer {
  const values = Array.from(text.slice(text.lastIndexOf('1') + 1, -6), (letter) => ALPHABET.indexOf(letter));
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

function replaced(bytes: Uint8Array, at: number, ...values: readonly number[]): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(values, at);
  return copy;
}

/** Version, KEM number, validity, and the key: section 5.3 at its edges. */
export function publicKeyCases(p256: string, hybrid: string): readonly PublicKeyCase[] {
  const key = bytesOf(p256);
  const large = bytesOf(hybrid);
  const times = (from: readonly number[], to: readonly number[]) => replaced(key, 3, ...from, ...to);
  return [
    ['as it is', key],
    ['MLKEM768-X25519', large],
    ['under another prefix', key, 'sealposu'],
    ['under a prefix with a 1', key, '1sealpost'],
    ['under the prefix of an identity', key, 'sealpost-secret'],
    ...[0, 2, 255].map((version): PublicKeyCase => [`version ${version}`, replaced(key, 0, version)]),
    ...[0, 1, 2, 3, 10, 11, 12, 75].map((length): PublicKeyCase => [`${length} bytes`, key.subarray(0, length)]),
    ['a byte more', Buffer.concat([key, Buffer.of(0)])],
    ['MLKEM768-X25519, a byte fewer', large.subarray(0, -1)],
    ['MLKEM768-X25519, a byte more', Buffer.concat([large, Buffer.of(0)])],
    ...[0x0000, 0x0011, 0x0020, 0x0041, 0x1000, 0x647b, 0xffff].map((kem): PublicKeyCase => [
      `KEM ${kem}`,
      replaced(key, 1, kem >> 8, kem & 255),
    ]),
    ['the number of the other KEM', replaced(key, 1, 0x64, 0x7a)],
    ['the number of P-256 and the other key', replaced(large, 1, 0, 0x10)],
    ['no validity', times([0, 0, 0, 0], [0, 0, 0, 0])],
    ['a validity of a second', times([0, 0, 0, 9], [0, 0, 0, 9])],
    ['a validity that ends before it begins', times([0, 0, 0, 9], [0, 0, 0, 8])],
    ['a validity without an end', times([255, 255, 255, 255], [0, 0, 0, 0])],
    ['the longest validity', times([0, 0, 0, 1], [255, 255, 255, 255])],
  ];
}

/** Keys of the right length that are no point: nobody can seal to them. */
export function pointCases(p256: string): readonly PublicKeyCase[] {
  const key = bytesOf(p256);
  const front = key.subarray(0, 11);
  const point = key.subarray(11);
  return [
    ['no point', Buffer.concat([front, Buffer.alloc(65)])],
    ['the point at infinity', Buffer.concat([front, Buffer.of(0)])],
    ['a compressed point', Buffer.concat([front, Buffer.of(2 + ((point[64] ?? 0) & 1)), point.subarray(1, 33)])],
    ['a point off the curve', replaced(key, 75, (key[75] ?? 0) ^ 1)],
    ['coordinates of the field', Buffer.concat([front, Buffer.of(4), Buffer.alloc(64, 255)])],
    ...[0, 1, 2, 3, 5].map((first): PublicKeyCase => [`a point that begins with ${first}`, replaced(key, 11, first)]),
  ];
}

/** The key with the one of the first bytes 6 and 7 that ANSI X9.62 has for this point: an uncompressed point begins with 4. */
export function hybridForm(p256: string): Uint8Array {
  const key = bytesOf(p256);
  return replaced(key, 11, 6 + ((key[75] ?? 0) & 1));
}

/** Public keys of a later version or another KEM that are shorter than any of this version. */
export function shortCases(): readonly PublicKeyCase[] {
  return [
    ...[1, 2, 3, 10].map((length): PublicKeyCase => [
      `version 2, ${length} bytes`,
      replaced(Buffer.alloc(length), 0, 2),
    ]),
    ...[3, 10].map((length): PublicKeyCase => [
      `another KEM, ${length} bytes`,
      replaced(Buffer.alloc(length), 0, 1, 0, 32),
    ]),
  ];
}

/** Spellings of one public key. */
export function publicKeyTexts(text: string): readonly (readonly [name: string, text: string])[] {
  const half = Math.floor(text.length / 2);
  return [
    ['upper case', text.toUpperCase()],
    ['upper and lower case', text.slice(0, half) + text.slice(half).toUpperCase()],
    ['a prefix in upper case', text.replace('sealpost', 'SEALPOST')],
    ['a Kelvin sign', text.toUpperCase().replace('K', '\u212a')],
    ['a long s', text.replace('s', '\u017f')],
    ...[' ', '\n', '\r\n', '\t', '\0'].flatMap((blank): [string, string][] => [
      [`${JSON.stringify(blank)} before it`, blank + text],
      [`${JSON.stringify(blank)} behind it`, text + blank],
      [`${JSON.stringify(blank)} in it`, text.slice(0, half) + blank + text.slice(half)],
    ]),
    ['nothing', ''],
    ['the prefix', 'sealpost'],
    ['the prefix and 1', 'sealpost1'],
    ['without its prefix', text.replace('sealpost1', '')],
    ['a letter fewer', text.slice(0, -1)],
    ['a letter more', `${text}q`],
    ['b, which is not of the alphabet', `${text.slice(0, -1)}b`],
    ['twice', text + text],
    ['in two lines', `${text}\n${text}`],
    ['a hyphen', `${text.slice(0, half)}-${text.slice(half)}`],
  ];
}

/** Section 5.4 at its edges, as changes of a right text of either form. */
export function identityCases(
  readable: string,
  sealed: string,
  otherPublicKey: string,
  hybrid: string,
): readonly IdentityCase[] {
  const { key, secret } = JSON.parse(readable) as { key: string; secret: string };
  const { kdf, norm, wrap } = JSON.parse(sealed) as { kdf: { salt: string }; norm: string; wrap: string };
  const { salt } = kdf;
  const text = (value: object) => JSON.stringify(value);
  const withKdf = (other: unknown) => text({ identity: 1, key, kdf: other, norm, wrap });
  const both = (name: string, change: (line: string) => string): IdentityCase[] => [
    [`readable, ${name}`, change(readable)],
    [`sealed, ${name}`, change(sealed), PASSPHRASE],
  ];
  return [
    ...both('as it is', (line) => line),
    ['readable, with a passphrase', readable, PASSPHRASE],
    ['sealed, without a passphrase', sealed],
    ['sealed, with another passphrase', sealed, 'x'],
    ...[' ', '\n', '\r\n', '\r', '\n\n', '\t', '\0'].flatMap((blank) => [
      ...both(`${JSON.stringify(blank)} before it`, (line) => blank + line),
      ...both(`${JSON.stringify(blank)} behind it`, (line) => line + blank),
      ...both(`${JSON.stringify(blank)} between its keys`, (line) => line.replace(',', `,${blank}`)),
      ...both(`${JSON.stringify(blank)} in a value`, (line) => line.replace(/"}$/, `${blank}"}`)),
    ]),
    ...both('twice', (line) => `${line}\n${line}`),
    ...['0', '2', '9007199254740991', '9007199254740992', '-1', '1.0', '01', '"1"', 'null', ''].flatMap((version) =>
      both(`identity ${version}`, (line) => line.replace('"identity":1', `"identity":${version}`)),
    ),
    ...both('identity 2 and another key', (line) => line.replace('"identity":1', '"identity":2,"x":1')),
    ...both('identity 2 and no JSON', (line) => line.replace('"identity":1', '"identity":2,x')),
    ...both('without identity', (line) => line.replace('"identity":1,', '')),
    ...both('without key', (line) => line.replace(`"key":"${key}",`, '')),
    ...both('a key more', (line) => line.replace(/}$/, ',"x":1}')),
    ...both('a doubled key', (line) => line.replace('"identity":1', '"identity":1,"identity":1')),
    ...both('an escaped letter', (line) => line.replace('sealpost', 'sea\\u006cpost')),
    ...both('the public key in upper case', (line) => line.replace(key, key.toUpperCase())),
    ...both('a wrong letter in the public key', (line) => line.replace(key, `${key.slice(0, -1)}b`)),
    ...both('another public key', (line) => line.replace(key, otherPublicKey)),
    ...both('a number for the public key', (line) => line.replace(`"${key}"`, '1')),
    ...both('key and identity swapped', (line) => line.replace(/("identity":1),("key":"[^"]*")/, '$2,$1')),
    ...['', '[]', '{}', 'null', '1', '""', 'x', '[1]', '{"identity":1}'].map((line): IdentityCase => [
      `the text ${line}`,
      line,
    ]),
    ['a list of one', `[${readable}]`],
    ...[0, 31, 33, 64].map((length): IdentityCase => {
      const other = Buffer.alloc(length, 1).toString('base64url');
      return [`a secret of ${length} bytes`, readable.replace(secret, other)];
    }),
    ['a secret with padding', readable.replace(secret, `${secret}=`)],
    ['a secret with a bit too many', readable.replace(/."}$/, 'B"}')],
    ['a secret that is a number', readable.replace(`"${secret}"`, '1')],
    ['a secret beside a wrap', sealed.replace(/}$/, `,"secret":"${secret}"}`), PASSPHRASE],
    ['a secret before a wrap', sealed.replace('"kdf"', `"secret":"${secret}","kdf"`), PASSPHRASE],
    ['a public key alone', text({ identity: 1, key })],
    ...[0, 103, 105].map((length): IdentityCase => {
      return [
        `a wrap of ${length} bytes`,
        sealed.replace(wrap, Buffer.alloc(length).toString('base64url')),
        PASSPHRASE,
      ];
    }),
    ['another wrap', sealed.replace(wrap, 'A'.repeat(139)), PASSPHRASE],
    ['another norm', text({ identity: 1, key, kdf, norm: 'words', wrap }), PASSPHRASE],
    ['an unknown norm', text({ identity: 1, key, kdf, norm: 'x', wrap }), PASSPHRASE],
    ['norm before kdf', text({ identity: 1, key, norm, kdf, wrap }), PASSPHRASE],
    ['an unknown kdf', withKdf({ name: 'scrypt', salt }), PASSPHRASE],
    ['a kdf with keys in another order', withKdf({ name: 'argon2id', t: 1, m: 8, p: 1, salt }), PASSPHRASE],
    ...[{ m: 7 }, { m: 262_145 }, { t: 0 }, { t: 11 }, { p: 0 }, { p: 17, m: 200 }, { m: 262_144, t: 5 }].map(
      (numbers): IdentityCase => [
        `a kdf with ${JSON.stringify(numbers)}`,
        withKdf({ name: 'argon2id', m: 8, t: 1, p: 1, ...numbers, salt }),
        PASSPHRASE,
      ],
    ),
    ...[0, 10_000_001].map((c): IdentityCase => {
      return [`a kdf with c = ${c}`, withKdf({ name: 'pbkdf2-hmac-sha256', c, salt }), PASSPHRASE];
    }),
    ['a salt of 15 bytes', withKdf({ ...kdf, salt: 'A'.repeat(20) }), PASSPHRASE],
    ['a range, and no passphrase', withKdf({ name: 'pbkdf2-hmac-sha256', c: 0, salt })],
    [
      'a range and a wrong public key',
      withKdf({ name: 'pbkdf2-hmac-sha256', c: 0, salt }).replace(key, 'sealpost1'),
      PASSPHRASE,
    ],
    [
      'a range and a wrap of 103',
      withKdf({ name: 'pbkdf2-hmac-sha256', c: 0, salt }).replace(/AA"}$|.{2}"}$/, '"}'),
      'x',
    ],
    ['a public key of the other KEM and a sealed key', sealed.replace(key, hybrid), PASSPHRASE],
    [
      'a public key of the other KEM and a secret of 31 bytes',
      text({ identity: 1, key: hybrid, secret: 'A'.repeat(42) }),
    ],
  ];
}
