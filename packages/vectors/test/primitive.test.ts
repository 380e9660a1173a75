import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  concat,
  decodeBase64url,
  decodeBase85,
  deflate,
  encodeBase85,
  foldDigits,
  hex,
  hkdfExpandSha512,
  normalise,
  padme,
  readJson,
  utf8,
  writeJson,
} from '@sealpost/vectors';

describe('base85', () => {
  // python3 -c 'import base64; print(base64.b85encode(bytes(...)))'
  it.each([
    ['', ''],
    ['00', '00'],
    ['ff', '{{'],
    ['ffff', '|Nj'],
    ['ffffff', '|Ns9'],
    ['ffffffff', '|NsC0'],
    ['48656c6c6f20776f726c6421', 'NM&qnZy<MXa%^NF'],
  ])('%s', (bytes, digits) => {
    expect(encodeBase85(new Uint8Array(Buffer.from(bytes, 'hex')))).toBe(digits);
    expect(hex(decodeBase85(digits) ?? utf8('no'))).toBe(bytes);
  });

  it.each(['0', '000000', '|NsC1', '~~~~~', '01', '{|', '|Ns8', '0000 ', '/0000', '"0'])('refuses %j', (digits) => {
    expect(decodeBase85(digits)).toBeUndefined();
  });

  it('has one two-digit text for each byte', () => {
    const alphabet = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));
    const good = alphabet.flatMap((a) => alphabet.map((b) => a + b)).filter((text) => decodeBase85(text));
    expect(good).toHaveLength(256);
  });

  it('folds lines of 985 digits, and within `<!`', () => {
    expect(foldDigits(`${'a'.repeat(984)}<!--<!`)).toBe(`${'a'.repeat(984)}<\n!--<\n!`);
  });
});

describe('base64url', () => {
  it.each(['A', 'AB', 'AAB', 'AA==', 'A A', '+/8', 'AAAAA'])('refuses %j', (text) => {
    expect(decodeBase64url(text)).toBeUndefined();
  });

  it('reads the canonical spelling', () => {
    expect(decodeBase64url('-_8')).toEqual(Uint8Array.of(251, 255));
    expect(decodeBase64url('')).toEqual(new Uint8Array());
  });
});

describe('header JSON', () => {
  it('writes the spelling of 4.1', () => {
    expect(writeJson({ 'b"': 0, a: ['<é & \\ 😀>', {}, []] })).toBe(
      String.raw`{"b\"":0,"a":["\u003c\u00e9\u0020\u0026\u0020\\\u0020\ud83d\ude00\u003e",{},[]]}`,
    );
  });

  it.each([
    '{"a":1,"a":1}',
    '{"a": 1}',
    '{"a":01}',
    '{"a":-0}',
    '{"a":-1}',
    '{"a":1.0}',
    '{"a":1e3}',
    '{"a":9007199254740992}',
    '{"a":true}',
    '{"a":null}',
    '{"\\u0061":1}',
    '{"a":"\\u00E9"}',
    '{"a":"\\/"}',
    '{"a":"\\n"}',
    '{"a":"\\ud83d"}',
    '{"a":"é"}',
    '{"a":"<"}',
    '{"a":1}}',
    '',
  ])('refuses %s', (text) => {
    expect(readJson(text)).toBeUndefined();
  });
});

describe('HKDF-Expand', () => {
  // openssl kdf -keylen 76 -kdfopt digest:SHA512 -kdfopt mode:EXPAND_ONLY -kdfopt hexkey:0b0b... -kdfopt info:info HKDF
  it('takes a PRK shorter than the hash as it is', () => {
    expect(hex(hkdfExpandSha512(new Uint8Array(32).fill(0x0b), utf8('info'), 76))).toBe(
      '7b6ce6950af7089be350b0a0528266070999' +
        '81acb6191b0ac83af118d52655fed388f32f19a93650ad859b39b7838cc8c199640c2df4442a0595e9542f2b97312a7ebcfb427f88a08189d636',
    );
  });
});

describe('deflate', () => {
  it.each<readonly [string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['every byte', Uint8Array.from({ length: 256 }, (_, i) => i)],
    ['a run of 258', new Uint8Array(258)],
    ['a run of 259', new Uint8Array(259)],
    ['a run of 260', new Uint8Array(260)],
    ['two runs', concat(new Uint8Array(1000), new Uint8Array(1000).fill(255))],
  ])('zlib inflates %s', (_, bytes) => {
    expect(new Uint8Array(inflateRawSync(deflate(bytes)))).toEqual(bytes);
  });

  it('makes long runs short', () => {
    expect(deflate(new Uint8Array(100_000)).length).toBeLessThan(1000);
  });
});

describe('normalise', () => {
  it.each([
    ['opaque', '  A\u00a0e\u0301  ', '  A \u00e9  '],
    ['words', '\u2003One--TWO_.,\u2014 thr\u00c9e\n', 'one two thr\u00e9e'],
    ['words', 'J\u030c', '\u01f0'],
    ['code', 'abcd-O0il LMNO', 'ABCD00111MN0'],
  ] as const)('%s', (norm, from, to) => {
    expect(normalise(from, norm)).toEqual(utf8(to));
  });

  it('has no bytes for what is empty or too long', () => {
    expect(normalise('-- ', 'words')).toBeUndefined();
    expect(normalise('é'.repeat(513), 'opaque')).toBeUndefined();
    expect(normalise('é'.repeat(512), 'opaque')).toHaveLength(1024);
  });
});

describe('Padmé', () => {
  it.each([
    [1, 1],
    [2, 2],
    [9, 10],
    [1000, 1024],
    [1_000_000, 1_015_808],
  ])('%i', (length, padded) => {
    expect(padme(length)).toBe(padded);
  });
});
