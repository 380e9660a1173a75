import { describe, expect, it } from 'vitest';
import { encodeHeader, parseHeader, type Header } from '../src/wire/header.js';
import type { KeySlot } from '../src/wire/key-slot.js';
import type { PassphraseSlot } from '../src/wire/slot.js';
import type { Kdf } from '../src/wire/kdf.js';

const salt = new Uint8Array(16).fill(7);
const kdf: Kdf = { name: 'argon2id', m: 65_536, t: 3, p: 4, salt };
const slot: PassphraseSlot = { type: 'passphrase', kdf, norm: 'words', wrap: new Uint8Array(104).fill(9) };
const header: Header = { v: 1, id: new Uint8Array(16).fill(1), slots: [slot], face: {} };

const textOf = (value: Header): string => new TextDecoder().decode(encodeHeader(value).bytes);
const text = textOf(header);

function outcome(input: string): string {
  try {
    parseHeader(input);
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('header', () => {
  it('is written in the one spelling of the spec', () => {
    const face = { org: 'Klinik <Süd> & "Co"\\ \n', hint: '😀', date: 0 };
    expect(textOf({ ...header, face })).toBe(
      text.replace(
        '"face":{}',
        '"face":{"org":"Klinik\\u0020\\u003cS\\u00fcd\\u003e\\u0020\\u0026\\u0020\\"Co\\"\\\\\\u0020\\u000a","date":0,"hint":"\\ud83d\\ude00"}',
      ),
    );
  });

  it('comes back as it was, wherever white space is put', () => {
    const spaced = text.split('').join('\r\n\t ');
    expect(parseHeader(spaced).header).toEqual(header);
    expect(parseHeader(spaced).bytes).toEqual(encodeHeader(header).bytes);
  });

  it.each([
    ['another order of keys', text.replace(/("id":"[^"]+"),("slots":.*\]),/, '$2,$1,')],
    ['a doubled key', text.replace('"face":{}', '"face":{},"face":{}')],
    ['an unknown key', text.replace('"face":{}', '"face":{},"more":1')],
    ['an unknown key in the face', text.replace('"face":{}', '"face":{"more":1}')],
    ['an unknown key in a slot', text.replace('"norm":"words"', '"norm":"words","more":1')],
    ['an unknown key in the key derivation', text.replace('"t":3', '"t":3,"k":1')],
    ['__proto__', text.replace('"face":{}', '"face":{"__proto__":{}}')],
    ['another escape', text.replace('words', 'w\\u006frds')],
    ['an upper-case escape', text.replace('"face":{}', '"face":{"org":"\\u003C"}')],
    ['a letter escape', text.replace('"face":{}', '"face":{"org":"\\n"}')],
    ['an unescaped slash escape', text.replace('"face":{}', '"face":{"org":"\\/"}')],
    ['a lone surrogate', text.replace('"face":{}', '"face":{"org":"\\ud800"}')],
    ['a character outside ASCII', text.replace('"face":{}', '"face":{"org":"ü"}')],
    ['a number with a fraction', text.replace('"t":3', '"t":3.0')],
    ['a number with an exponent', text.replace('"t":3', '"t":3e0')],
    ['a negative number', text.replace('"t":3', '"t":-3')],
    ['true', text.replace('"t":3', '"t":true')],
    ['null', text.replace('"face":{}', '"face":null')],
    ['a number too large to be exact', text.replace('"t":3', '"t":9007199254740993')],
    ['padded base64', text.replace(/"id":"([^"]+)"/, '"id":"$1=="')],
    ['base64 with other unused bits', text.replace(/"id":"AQEBAQEBAQEBAQEBAQEBAQ"/, '"id":"AQEBAQEBAQEBAQEBAQEBAR"')],
    ['an id of 15 bytes', text.replace('"id":"AQEBAQEBAQEBAQEBAQEBAQ"', '"id":"AQEBAQEBAQEBAQEBAQEB"')],
    ['a wrap of 103 bytes', text.replace(/"wrap":"[^"]+"/, `"wrap":"${Buffer.alloc(103).toString('base64url')}"`)],
    ['no slots', text.replace(/"slots":\[.*\]/, '"slots":[]')],
    ['a slot type that is none', text.replace('"passphrase"', '"password"')],
    ['a normalisation that is none', text.replace('"words"', '"word"')],
    ['a key derivation that is none', text.replace('"argon2id"', '"argon2i"')],
    ['a colour that is none', text.replace('"face":{}', '"face":{"color":"#ABCDEF"}')],
    ['a logo that is no picture', text.replace('"face":{}', '"face":{"logo":"AAAA"}')],
    ['an opener that is no https address', text.replace('"face":{}', '"face":{"opener":"http://a.example"}')],
    ['an organisation that is too long', text.replace('"face":{}', `"face":{"org":"${'a'.repeat(201)}"}`)],
    ['four questions', text.replace('"face":{}', '"face":{"questions":["a","b","c","d"]}')],
    ['a connect that is no origin', text.replace('"face":{}', '"face":{},"connect":"https://a.example/"')],
    [
      'a connect that leaves the policy',
      text.replace('"face":{}', '"face":{},"connect":"https://a.example;script-src"'),
    ],
    ['a connect over plain http', text.replace('"face":{}', '"face":{},"connect":"http://a.example:80"')],
    ['a list', `[${text}]`],
    ['a version that is a text', text.replace('"v":1', '"v":"1"')],
    ['a version that is not first', text.replace(/^\{"v":1,("id":"[^"]+")/, '{$1,"v":1')],
    ['nothing', ''],
  ])('refuses %s', (_, wrong) => {
    expect(wrong).not.toBe(text);
    expect(outcome(wrong)).toBe('NOT_AN_ENVELOPE');
  });

  it('looks at the version before anything else', () => {
    expect(outcome(text.replace('"v":1', '"v":2'))).toBe('UNSUPPORTED_VERSION');
    expect(outcome('{"v":12,"anything":[null,true,1.5]}')).toBe('UNSUPPORTED_VERSION');
    expect(outcome('{"v":0}')).toBe('UNSUPPORTED_VERSION');
    expect(outcome('{"v":01}')).toBe('NOT_AN_ENVELOPE');
  });

  it.each([
    ['memory', { ...kdf, m: 262_145, t: 1 }],
    ['memory below eight blocks a lane', { ...kdf, m: 31 }],
    ['no passes', { ...kdf, t: 0 }],
    ['passes', { ...kdf, m: 1_024, t: 11 }],
    ['lanes', { ...kdf, p: 17 }],
    ['no lanes', { ...kdf, p: 0 }],
    ['memory times passes', { ...kdf, m: 262_144, t: 5 }],
    ['a short salt', { ...kdf, salt: new Uint8Array(15) }],
    ['a long salt', { ...kdf, salt: new Uint8Array(65) }],
    ['iterations', { name: 'pbkdf2-hmac-sha256', c: 10_000_001, salt }],
    ['no iterations', { name: 'pbkdf2-hmac-sha256', c: 0, salt }],
  ] satisfies readonly (readonly [string, Kdf])[])(
    'refuses %s outside the range before any derivation',
    (_, outside) => {
      expect(() => encodeHeader({ ...header, slots: [{ ...slot, kdf: outside }] })).toThrow(
        expect.objectContaining({ code: 'LIMIT' }),
      );
    },
  );

  it.each([
    { ...kdf, m: 262_144, t: 4, p: 16 },
    { ...kdf, m: 8, t: 10, p: 1 },
    { ...kdf, salt: new Uint8Array(64) },
    { name: 'pbkdf2-hmac-sha256', c: 10_000_000, salt },
  ] satisfies readonly Kdf[])('takes the range up to its ends: %j', (inside) => {
    expect(outcome(textOf({ ...header, slots: [{ ...slot, kdf: inside }] }))).toBe('accepted');
  });

  it('takes sixteen slots and four derivations, and no more', () => {
    const other = (n: number): PassphraseSlot => ({ ...slot, kdf: { ...kdf, salt: new Uint8Array(16).fill(n) } });
    expect(outcome(textOf({ ...header, slots: Array.from({ length: 16 }, (_, n) => other(n % 4)) }))).toBe('accepted');
    expect(() => encodeHeader({ ...header, slots: Array.from({ length: 17 }, () => slot) })).toThrow(
      expect.objectContaining({ code: 'LIMIT' }),
    );
    expect(() => encodeHeader({ ...header, slots: Array.from({ length: 5 }, (_, n) => other(n)) })).toThrow(
      expect.objectContaining({ code: 'LIMIT' }),
    );
  });

  it('refuses more than 64 KiB before it parses', () => {
    expect(outcome(`{"v":1,${'x'.repeat(65_536)}`)).toBe('LIMIT');
  });

  it('passes over slots of reserved types, and needs one that it knows', () => {
    const wrap = Buffer.alloc(104).toString('base64url');
    const reserved = `{"type":"card","any":"AAAA","wrap":"${wrap}"}`;
    const both = text.replace('"slots":[', `"slots":[${reserved},`);
    expect(parseHeader(both).header.slots).toHaveLength(2);
    expect(new TextDecoder().decode(encodeHeader(parseHeader(both).header).bytes)).toBe(both);
    expect(outcome(text.replace(/"slots":\[.*\]/, `"slots":[${reserved}]`))).toBe('UNSUPPORTED_VERSION');
    expect(outcome(both.replace(`,"wrap":"${wrap}"`, `,"wrap":"${wrap}","more":1`))).toBe('NOT_AN_ENVELOPE');
    expect(outcome(both.replace(`,"wrap":"${wrap}"`, ''))).toBe('NOT_AN_ENVELOPE');
  });

  describe('with a slot for a key', () => {
    const key: KeySlot = {
      type: 'key',
      kem: 'p256',
      key: new Uint8Array(8).fill(5),
      enc: new Uint8Array(65).fill(6),
      wrap: slot.wrap,
    };
    const hybrid: KeySlot = { ...key, kem: 'mlkem768-x25519', enc: new Uint8Array(1120).fill(6) };
    const alone = textOf({ ...header, slots: [key] });

    it('comes back as it was, beside another slot or alone', () => {
      for (const slots of [[key], [hybrid], [slot, key, hybrid]])
        expect(parseHeader(textOf({ ...header, slots })).header.slots).toEqual(slots);
      expect(alone).toContain('{"type":"key","kem":"p256","key":"BQUFBQUFBQU","enc":"BgYG');
    });

    it.each([
      ['another KEM', ['"p256"', '"p384"']],
      ['no KEM', ['"kem":"p256",', '']],
      ['an id of 7 bytes', ['"BQUFBQUFBQU"', '"BQUFBQUFBQ"']],
      ['no id', ['"key":"BQUFBQUFBQU",', '']],
      ['the encapsulation of another KEM', ['"p256"', '"mlkem768-x25519"']],
      ['its keys in another order', ['"kem":"p256","key":"BQUFBQUFBQU"', '"key":"BQUFBQUFBQU","kem":"p256"']],
      ['a key that is none of its own', ['"enc"', '"end":1,"enc"']],
    ] as const)('is refused with %s', (_, [from, to]) => {
      expect(alone).toContain(from);
      expect(outcome(alone.replace(from, to))).toBe('NOT_AN_ENVELOPE');
    });
  });
});
