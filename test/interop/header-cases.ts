import type { Edit } from './python.js';

/** Names of cases, and what they replace in the header's text before the payload is made for it (sections 4 and 5). */
export type HeaderCase = readonly [name: string, ...edits: readonly Edit[]];

const WRAP = 'A'.repeat(139);
const SALT = 'A'.repeat(22);

function atVersion(text: string): Edit {
  return ['{"v":1', `{"v":${text}`];
}

/** More slots before the one that opens. */
function slots(...texts: readonly string[]): Edit {
  return ['"slots":[', `"slots":[${texts.join(',')},`];
}

function reserved(keys = ''): string {
  return `{"type":"card",${keys}"wrap":"${WRAP}"}`;
}

function passphraseSlot(kdf: string, norm = 'words'): string {
  return `{"type":"passphrase","kdf":${kdf},"norm":"${norm}","wrap":"${WRAP}"}`;
}

function answerSlot(kdf: string, norm = 'answers'): string {
  return `{"type":"answer","kdf":${kdf},"norm":"${norm}","wrap":"${WRAP}"}`;
}

function argon2id(m: number | string, t: number, p: number): string {
  return `{"name":"argon2id","m":${m},"t":${t},"p":${p},"salt":"${SALT}"}`;
}

function pbkdf2(c: number, salt = SALT): string {
  return `{"name":"pbkdf2-hmac-sha256","c":${c},"salt":"${salt}"}`;
}

function face(text: string): Edit {
  return ['"face":{}', `"face":${text}`];
}

function connect(origin: string): Edit {
  return ['"face":{}}', `"face":{},"connect":"${origin}"}`];
}

function logo(start: readonly number[], length: number): string {
  return `{"logo":"${Buffer.concat([Buffer.from(start), Buffer.alloc(length - start.length)]).toString('base64url')}"}`;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const BAD_FACE = face('1');

const VERSIONS = ['2', '0', '01', '02', '-1', '1.0', '2.5', '1e3', '9'.repeat(30), '"1"', ''];

const SPELLINGS: readonly HeaderCase[] = [
  ['nothing changed'],
  ['more than 65,536 bytes', atVersion(`1,"x":"${'a'.repeat(70_000)}"`)],
  ['more than 65,536 bytes of another version', atVersion(`2,"x":"${'a'.repeat(70_000)}"`)],
  ['upper-case hexadecimal', face('{"org":"\\u00E4"}')],
  ['a short escape', face('{"org":"\\n"}')],
  ['a long escape', face('{"org":"\\u000a"}')],
  ['a zero character', face('{"org":"\\u0000"}')],
  ['an escaped solidus', face('{"org":"\\/"}')],
  ['an apostrophe', face(`{"org":"'"}`)],
  ['a bare >', face('{"org":">"}')],
  ['a bare delete', face('{"org":"\x7f"}')],
  ['white space that the payload counts in', face('{"org" :\t"a b"}')],
  ['text behind the end', ['"face":{}}', '"face":{}}x']],
  ['a comma at the end', face('{"org":"",}')],
  ['a doubled key', face('{"org":"","org":""}')],
  ['an unknown key', ['"face":{}', '"face":{},"x":1']],
  ['keys in another order', face('{"contact":"","org":""}')],
];

const RESERVED: readonly (readonly [name: string, keys: string])[] = [
  ['nothing more', ''],
  ['empty values', '"a":{},"b":[],"":"",'],
  ['arrays to the 32nd level', `"a":${'['.repeat(29)}${']'.repeat(29)},`],
  ['arrays to the 33rd level', `"a":${'['.repeat(30)}${']'.repeat(30)},`],
  ['objects to the 32nd level', `"a":${'{"a":'.repeat(29)}1${'}'.repeat(29)},`],
  ['objects to the 33rd level', `"a":${'{"a":'.repeat(30)}1${'}'.repeat(30)},`],
  ['a thousand levels', `"a":${'['.repeat(1000)}${']'.repeat(1000)},`],
  ['true', '"a":true,'],
  ['null', '"a":null,'],
  ['2^53', '"a":9007199254740992,'],
  ['2^53 - 1', '"a":9007199254740991,'],
  ['minus zero', '"a":-0,'],
  ['half a surrogate pair', '"a":"\\ud800",'],
  ['a surrogate pair', '"a":"\\ud83d\\ude00",'],
  ['a doubled key', '"a":1,"a":1,'],
];

const SLOTS: readonly HeaderCase[] = [
  ...RESERVED.map(([name, keys]): HeaderCase => [`reserved slot with ${name}`, slots(reserved(keys))]),
  ['a wrap of 3 bytes', slots('{"type":"card","wrap":"AAAA"}')],
  ['a wrap with a bit too many', slots(reserved().replace(/A"/, 'B"'))],
  ['type not first', slots(`{"a":1,"type":"card","wrap":"${WRAP}"}`)],
  ['wrap not last', slots(`{"type":"card","wrap":"${WRAP}","a":1}`)],
  ['an unknown type', slots(`{"type":"cards","wrap":"${WRAP}"}`)],
  ['no slot', ['"slots":[', '"slots":[],"x":[']],
  ['16 slots', slots(...Array<string>(15).fill(reserved()))],
  ['17 slots', slots(...Array<string>(16).fill(reserved()))],
  ['17 slots and a wrong type', slots(...Array<string>(16).fill(`{"type":"x","wrap":"${WRAP}"}`))],
  ['17 slots and a wrong face', slots(...Array<string>(16).fill(reserved())), BAD_FACE],
  ['17 slots and a wrong spelling', slots(...Array<string>(16).fill(reserved())), face('{"org":"\\u00E4"}')],
  ['only a reserved slot', ['"type":"passphrase"', '"type":"card"']],
  ['an identifier of 1 byte', ['"id":"', '"id":"AA","x":"']],
  ['an identifier with a character more', ['"id":"', '"id":"A']],
];

const KDFS: readonly HeaderCase[] = [
  ...[
    argon2id(7, 1, 1),
    argon2id(8, 0, 1),
    argon2id(8, 1, 0),
    argon2id(0, 0, 0),
    argon2id(127, 1, 16),
    argon2id(136, 1, 17),
  ],
  ...[argon2id(262_145, 1, 1), argon2id(8, 11, 1), argon2id(262_144, 5, 1), argon2id('"8"', 1, 1)],
  ...[
    pbkdf2(0),
    pbkdf2(10_000_001),
    pbkdf2(1, 'A'.repeat(20)),
    pbkdf2(1, ''),
    pbkdf2(1, 'A'.repeat(86)),
    pbkdf2(1, 'A'.repeat(87)),
  ],
  ...[pbkdf2(1, `${'A'.repeat(21)}B`), `{"name":"scrypt","salt":"${SALT}"}`, '1', '{}'],
  ...[`{"name":"argon2id","t":1,"m":8,"p":1,"salt":"${SALT}"}`, `{"name":"argon2id","m":8,"t":1,"salt":"${SALT}"}`],
].map((kdf): HeaderCase => [`kdf ${kdf}`, slots(passphraseSlot(kdf))]);

const KEY = 'A'.repeat(11);

function bytes(length: number): string {
  return Buffer.alloc(length).toString('base64url');
}

function keySlot(kem: string, enc: string, key = KEY): string {
  return `{"type":"key","kem":"${kem}","key":"${key}","enc":"${enc}","wrap":"${WRAP}"}`;
}

const P256_SLOT = keySlot('p256', bytes(65));
const HYBRID_SLOT = keySlot('mlkem768-x25519', bytes(1120));

const KEYS: readonly HeaderCase[] = [
  ['a slot for a key of P-256', slots(P256_SLOT)],
  ['a slot for a key of MLKEM768-X25519', slots(HYBRID_SLOT)],
  ['15 slots for keys', slots(...Array<string>(15).fill(HYBRID_SLOT))],
  ['16 slots for keys', slots(...Array<string>(16).fill(HYBRID_SLOT))],
  ...[0, 1, 33, 64, 66, 1120].map((length): HeaderCase => [
    `p256, enc of ${length}`,
    slots(keySlot('p256', bytes(length))),
  ]),
  ...[0, 32, 65, 1088, 1119, 1121].map((length): HeaderCase => [
    `mlkem768-x25519, enc of ${length}`,
    slots(keySlot('mlkem768-x25519', bytes(length))),
  ]),
  ...[0, 7, 9, 32].map((length): HeaderCase => [
    `key of ${length} bytes`,
    slots(keySlot('p256', bytes(65), bytes(length))),
  ]),
  ...['', 'P256', 'p384', 'x25519', '0x0010'].map((kem): HeaderCase => [`kem ${kem}`, slots(keySlot(kem, bytes(65)))]),
  ['a kem that is a number', slots(P256_SLOT.replace('"p256"', '16'))],
  ['a key that is a number', slots(P256_SLOT.replace(`"${KEY}"`, '1'))],
  ['an enc that is a list', slots(P256_SLOT.replace(`"${bytes(65)}"`, '[]'))],
  ['an enc with padding', slots(keySlot('p256', `${bytes(65)}=`))],
  ['an enc with a bit too many', slots(keySlot('p256', `${bytes(65).slice(0, -1)}B`))],
  ['a key with a bit too many', slots(keySlot('p256', bytes(65), `${'A'.repeat(10)}B`))],
  ['a key slot without kem', slots(P256_SLOT.replace('"kem":"p256",', ''))],
  ['a key slot without key', slots(P256_SLOT.replace(`"key":"${KEY}",`, ''))],
  ['a key slot without enc', slots(P256_SLOT.replace(`"enc":"${bytes(65)}",`, ''))],
  ['a key slot with nothing more', slots(`{"type":"key","wrap":"${WRAP}"}`)],
  ['a key slot with a key more', slots(P256_SLOT.replace('"wrap"', '"x":1,"wrap"'))],
  ['a key slot with the keys of a passphrase', slots(passphraseSlot(pbkdf2(1)).replace('"passphrase"', '"key"'))],
  [
    'a key slot with key before kem',
    slots(P256_SLOT.replace(`"kem":"p256","key":"${KEY}"`, `"key":"${KEY}","kem":"p256"`)),
  ],
  ['a key slot with a wrap of 103', slots(P256_SLOT.replace(WRAP, bytes(103)))],
  ['a key slot and a range', slots(passphraseSlot(pbkdf2(0)), P256_SLOT)],
  ['a broken key slot and a range', slots(passphraseSlot(pbkdf2(0)), keySlot('p256', ''))],
  [
    'five pairs and a broken key slot',
    slots(...[1, 2, 3, 4].map((c) => passphraseSlot(pbkdf2(c))), keySlot('p256', '')),
  ],
  ['17 slots, one of them a broken key slot', slots(...Array<string>(16).fill(keySlot('p256', '')))],
];

const ANSWERS: readonly HeaderCase[] = [
  ...['answers', 'answers-code', 'answer', 'words', 'opaque', 'code', ''].map((norm): HeaderCase => [
    `an answer slot with norm ${norm}`,
    slots(answerSlot(pbkdf2(1), norm)),
  ]),
  ...['answers', 'answers-code'].map((norm): HeaderCase => [
    `a passphrase slot with norm ${norm}`,
    slots(passphraseSlot(pbkdf2(1), norm)),
  ]),
  ['an answer slot with nothing more', slots(`{"type":"answer","wrap":"${WRAP}"}`)],
  ['an answer slot without norm', slots(answerSlot(pbkdf2(1)).replace('"norm":"answers",', ''))],
  ['an answer slot with a norm that is a number', slots(answerSlot(pbkdf2(1)).replace('"answers"', '1'))],
  ['an answer slot with a key more', slots(answerSlot(pbkdf2(1)).replace('"wrap"', '"x":1,"wrap"'))],
  [
    'an answer slot with norm before kdf',
    slots(`{"type":"answer","norm":"answers","kdf":${pbkdf2(1)},"wrap":"${WRAP}"}`),
  ],
  ['an answer slot with a wrap of 103', slots(answerSlot(pbkdf2(1)).replace(WRAP, bytes(103)))],
  ['an answer slot with another kdf', slots(answerSlot(`{"name":"scrypt","salt":"${SALT}"}`))],
  ['an answer slot and a range', slots(answerSlot(pbkdf2(0)))],
  ['an answer slot and a salt', slots(answerSlot(pbkdf2(1, 'A'.repeat(20))))],
  ['a range of an answer slot and a broken one', slots(answerSlot(pbkdf2(0)), answerSlot(pbkdf2(1), 'words'))],
  ['an answer slot and questions', slots(answerSlot(pbkdf2(1))), face('{"questions":["?"]}')],
  ['four pairs, three of them for answers', slots(...[1, 2, 3].map((c) => answerSlot(pbkdf2(c))))],
  ['five pairs, four of them for answers', slots(...[1, 2, 3, 4].map((c) => answerSlot(pbkdf2(c))))],
  [
    'five pairs by norm over both types',
    slots(
      ...['words', 'code', 'opaque'].map((norm) => passphraseSlot(pbkdf2(1), norm)),
      ...['answers', 'answers-code'].map((norm) => answerSlot(pbkdf2(1), norm)),
    ),
  ],
  ['only an answer slot', ['"type":"passphrase"', '"type":"answer"'], ['"norm":"words"', '"norm":"answers"']],
];

const COMBINED: readonly HeaderCase[] = [
  ['an unknown norm', slots(passphraseSlot(pbkdf2(1), 'wordz'))],
  ['an unknown norm and a range', slots(passphraseSlot(pbkdf2(0), 'wordz'))],
  ['a range and a wrong face', slots(passphraseSlot(pbkdf2(0))), BAD_FACE],
  ['a range and a wrong connect', slots(passphraseSlot(pbkdf2(0))), connect('x')],
  ['another version and 17 slots', atVersion('2'), slots(...Array<string>(16).fill(reserved()))],
  ['four pairs', slots(...[1, 2, 3].map((c) => passphraseSlot(pbkdf2(c))))],
  ['five pairs', slots(...[1, 2, 3, 4].map((c) => passphraseSlot(pbkdf2(c))))],
  [
    'five pairs by norm',
    slots(...['words', 'code', 'opaque'].map((n) => passphraseSlot(pbkdf2(1), n)), passphraseSlot(pbkdf2(2))),
  ],
];

const FACES = [
  ...['{"x":1}', 'null', '[]', '{"color":"#00ff0a"}', '{"color":"#00FF0A"}', '{"color":""}', '{"color":"#00ff0a0"}'],
  ...['{"date":0}', '{"date":9007199254740991}', '{"date":"0"}', '{"org":1}'],
  ...['{"opener":"https://"}', '{"opener":"https://a"}', '{"opener":"https://a?\\u0026b"}', '{"opener":"http://a"}'],
  ...[
    '{"opener":"https://a\\u0020"}',
    `{"opener":"https://${'a'.repeat(492)}"}`,
    `{"opener":"https://${'a'.repeat(493)}"}`,
  ],
  ...['{"questions":[]}', '{"questions":["","",""]}', '{"questions":["","","",""]}', '{"questions":[1]}'],
  ...[`{"questions":["${'a'.repeat(500)}"]}`, `{"questions":["${'a'.repeat(501)}"]}`],
  ...[logo(JPEG, 3), logo(PNG, 8), logo([0x47, 0x49, 0x46], 9), '{"logo":""}', logo(JPEG, 8192), logo(JPEG, 8193)],
  ...Object.entries({ org: 200, contact: 500, subject: 1000, hint: 500 }).flatMap(([key, most]) =>
    [0, most, most + 1].map((length) => `{"${key}":"${'a'.repeat(length)}"}`),
  ),
  ...[100, 101].map((pairs) => `{"org":"${'\\ud83d\\ude00'.repeat(pairs)}"}`),
];

const ORIGINS = [
  ...[
    'https://a',
    'https://A',
    'https://',
    'https://a.',
    'https://-a',
    'https://a..b',
    'https://a--b',
    'https://a_b',
    '',
  ],
  ...['https://a:0', 'https://a:00', 'https://a:1', 'https://a:99999', 'https://a:100000', 'https://a:', 'https://a/'],
  ...[
    'http://localhost',
    'http://localhost:1',
    'http://localhost:0',
    'http://127.0.0.1:65536',
    'http://a:1',
    'https://localhost',
  ],
  ...[`https://${'a'.repeat(292)}`, `https://${'a'.repeat(293)}`, 'https://1.2.3.4', 'https://a\\u0020'],
];

export const HEADER_CASES: readonly HeaderCase[] = [
  ...VERSIONS.map((text): HeaderCase => [`version ${text}`, atVersion(text)]),
  ...SPELLINGS,
  ...SLOTS,
  ...KDFS,
  ...KEYS,
  ...ANSWERS,
  ...COMBINED,
  ...FACES.map((text): HeaderCase => [`face ${text.slice(0, 40)} (${text.length})`, face(text)]),
  ...ORIGINS.map((origin): HeaderCase => [`connect ${origin.slice(0, 40)} (${origin.length})`, connect(origin)]),
];
