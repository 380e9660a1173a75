import { describe, expect, it } from 'vitest';
import { inspect, seal } from 'sealpost';
import {
  joinTexts,
  readEnvelope,
  sealEnvelope,
  webcryptoBackend,
  type Message,
  type Page,
  type SealEnvelopeOptions,
} from '@sealpost/core';
import { hybridKem } from '@sealpost/core/hybrid';
import { makeIdentity } from '@sealpost/core/keys';
import { languageBlocks, LANGUAGES, runtime } from '@sealpost/reader';
import { languageBlock } from '../support/language-block.js';
import { recipientFaults, scannerFaults } from './scanner-rules.js';
import { secret } from './secret.js';

/**
 * The rules are asked of every envelope that any test makes (every-envelope.ts). Here each is broken once, in an envelope that
 * goes the same way, and is named; the envelope beside it, which keeps it, is made.
 */

interface Parts {
  readonly open?: string;
  readonly style?: string;
  readonly strings?: Readonly<Record<string, string>>;
  readonly message?: Partial<Message>;
  readonly face?: SealEnvelopeOptions['face'];
  readonly random?: SealEnvelopeOptions['random'];
  readonly keys?: SealEnvelopeOptions['keys'];
}

function pageOf(open: string, style: string, strings: Parts['strings']): Page {
  const { title = '', ...others } = strings ?? {};
  const texts = joinTexts([title, ...Object.values(others)]);
  return { runtime: { modules: { open }, style }, languages: [languageBlock([texts])] };
}

/** The file of an envelope whose page is made of these parts; throws as the rules do. */
async function make({
  open = 'open()',
  style = 'p{}',
  strings = {},
  message = {},
  face,
  random,
  keys,
}: Parts): Promise<string> {
  const page = pageOf(open, style, strings);
  const sealed = await sealEnvelope({ headers: {}, ...message }, { secrets: [secret], page, face, random, keys });
  let text = '';
  for await (const piece of sealed.file()) text += Buffer.from(piece).toString('latin1');
  return text;
}

/** Beginnings of what is wrong, without doubles. */
async function broken(parts: Parts): Promise<readonly string[]> {
  const error = await make(parts).then(
    () => undefined,
    (thrown: unknown) => (thrown as Error).message,
  );
  if (error === undefined) return [];
  expect(error).toMatch(/^scanner rules: /);
  return [...new Set(error.match(/(?<=^scanner rules: |; )\d+(?=: )/g))];
}

const to = [{ name: 'Ada', address: 'Ada.Lovelace@patients.example' }];
const large = `//${'x'.repeat(900)}\n`.repeat(60);

describe('an envelope that breaks a rule of mail scanners fails the test that makes it', () => {
  it('29: the address of a recipient', async () => {
    const headers = { to, cc: [{ name: '', address: 'cc@patients.example' }] };
    expect(await broken({ message: { headers, text: to[0]!.address } })).toEqual([]);
    expect(await broken({ message: { headers }, face: { contact: 'ward@clinic.example' } })).toEqual([]);
    expect(await broken({ message: { headers }, face: { hint: 'For ADA.Lovelace@patients.example' } })).toEqual(['29']);
    expect(await broken({ message: { headers }, face: { contact: 'cc@patients.example' } })).toEqual(['29']);
    expect(recipientFaults('sealpost/1\nada.lovelace@patients.example', { headers })).toEqual([
      '29: holds the address of a recipient, ada.lovelace@patients.example',
    ]);
  });

  it.each([
    ['30: atob', 'a=atob(b);', '30'],
    ['30: atob, spelled otherwise', 'a=self["at"+"ob"](b)', '30'],
    ['30: unescape', 'unescape(a)', '30'],
    ['30: fromCharCode and charCodeAt', 'String.fromCharCode(a.charCodeAt(0))', '30'],
    ['30: msSaveBlob', 'navigator.msSaveBlob(a)', '30'],
    ['33: XMLHttpRequest', 'new XMLHttpRequest', '33'],
    ['33: responseText', 'a.responseText', '33'],
    ['33: send()', 'a.send(b)', '33'],
    ['33: WebAssembly', 'WebAssembly.compile(a)', '33'],
    ['33: clipboard', 'navigator.clipboard.write(a)', '33'],
    ['34: a table of decimal numbers', `a=[${'12,255,'.repeat(30)}]`, '34'],
    ['34: a table of hexadecimal strings', `a="${'\\x4d'.repeat(100)}"`, '34'],
    ['34: a table of bytes', `a=[${'0x4d,'.repeat(100)}]`, '34'],
    ['34: a timer in a small file', 'setTimeout(a,500)', '34'],
    ['35: names of an obfuscator', 'var _0x3fa1=1', '35'],
    ['35: a packer', '(function(p,a,c,k,e,d){})()', '35'],
    ['35: a table of strings', `a=[${'"word",'.repeat(30)}]`, '35'],
    ['37: http:', 'a="http:"', '37'],
    ['37: https:', 'a="https:"', '37'],
    ['37: www.', 'a="www."', '37'],
    ['37: a mail address', 'a="me@clinic.example"', '37'],
    ['37: the namespace of SVG', 'a="//w3.org/2000/svg"', '37'],
  ])('%s', async (_, open, rule) => {
    expect(await broken({ open })).toEqual([rule]);
    expect(await broken({ open: 'open()' })).toEqual([]);
  });

  it('30: but not where an identifier happens to spell it', async () => {
    const random = (length: number): Uint8Array<ArrayBuffer> =>
      new Uint8Array(Buffer.from('atob'.repeat(length), 'base64url')).slice(0, length);
    expect(await make({ random })).toContain('"id":"atobatob');
    expect(await broken({ random, face: { hint: 'a=atob(b);' } })).toEqual(['30']);
  });

  it('30: nor where what a KEM encapsulated does, in several lines', async () => {
    const { key } = await makeIdentity(hybridKem, {}, webcryptoBackend);
    const enc = new Uint8Array(Buffer.from('atob'.repeat(1120), 'base64url')).slice(0, 1120);
    const kem = { ...hybridKem, encapsulate: () => Promise.resolve({ enc, secret: new Uint8Array(32) }) };
    expect(await make({ keys: [{ ...key, kem }] })).toMatch(/"atob(?:atob|\n)+/);
  });

  it('35: a name of an obfuscator, but not where the end block happens to spell it', async () => {
    const text = await make({});
    const page = pageOf('open()', 'p{}', {});
    const { header } = readEnvelope(Buffer.from(text));
    const faults = (changed: string): Promise<readonly string[]> =>
      scannerFaults(changed, changed.length, page, header);
    const chance = text.replace(/(?<=payload-end">\n).*/, '00001;4N*gc>_0x');
    expect(chance).not.toBe(text);
    expect(await faults(chance)).toEqual([]);
    expect((await faults(text.replace('</body>', '_0x1f()</body>'))).join()).toMatch(/^35: /);
  });

  it('31: an unpacker that clicks by itself, and a link that holds a file', async () => {
    expect(await broken({ open: 'addEventListener("x",()=>a.click())' })).toEqual([]);
    expect(await broken({ open: 'addEventListener("x",()=>a.click(atob(b)))' })).toEqual(['30', '31']);
    expect(await broken({ open: '"<a href=data:application/octet-stream;base64,AA== download=x>"' })).toEqual(['31']);
  });

  it('32: the words of a login page', async () => {
    const lead = 'Your password?';
    // In the first paint and in the language: twice.
    expect(await broken({ strings: { lead } })).toEqual([]);
    expect(await broken({ strings: { lead, wrong: 'Incorrect.' } })).toEqual([]);
    for (const strings of [
      { wrong: 'Incorrect, or invalid.' },
      { wrong: 'Invalid login.' },
      { wrong: 'Incorrect. Sign in again.' },
      { wrong: 'Incorrect.', title: 'Your Invoice' },
      { wrong: 'Incorrect.', title: 'An Email for you' },
    ]) {
      expect(await broken({ strings: { lead, ...strings } }), JSON.stringify(strings)).toEqual(['32']);
      expect(await broken({ strings })).toEqual([]);
    }
  });

  it('33: what runs or goes elsewhere by itself', async () => {
    expect(await broken({ style: '/*<meta http-equiv="refresh">*/' })).toEqual(['33']);
    expect(await broken({ style: '/*<body onload=a()>*/' })).toEqual(['33']);
  });

  it('33: another file extension', async () => {
    expect((await seal({ headers: {} }, { prepared: secret })).fileName).toMatch(/\.html$/);
  });

  it('34: a timer is no matter in a file of 50,000 bytes', async () => {
    expect(await broken({ open: `${large}setTimeout(a,500)` })).toEqual([]);
  });

  it('35, 37: the names of others, and addresses, but for those that the sender gives', async () => {
    const face = { org: 'Google', contact: 'www.clinic.example, ward@clinic.example', opener: 'https://open.example/' };
    expect(await broken({ face })).toEqual([]);
    expect(await broken({ strings: { lead: 'Sent with Outlook' } })).toEqual(['35']);
    expect(await broken({ strings: { lead: 'See www.clinic.example' } })).toEqual(['37']);
    expect(await broken({ strings: { lead: 'See http://clinic.example' } })).toEqual(['37']);
  });

  it('1: a script more than there are modules', async () => {
    expect(await broken({ style: '</style><script>a()</script><style>' })).toEqual(['1']);
  });
});

describe('the page of this release', () => {
  it('29 to 37: keeps the rules in all its languages, whatever the sender shows', async () => {
    const page = { runtime, languages: LANGUAGES.map((code) => languageBlocks[code]) };
    const face = { org: 'Klinik', contact: 'ward@clinic.example', subject: 'Invoice', opener: 'https://open.example/' };
    const sealed = await sealEnvelope({ headers: { to }, text: 'Hello.' }, { secrets: [secret], page, face });
    let bytes = 0;
    for await (const piece of sealed.file()) bytes += piece.length;
    expect(bytes).toBeGreaterThan(50_000);
  });

  it('1: has one script, the same in the envelopes of two messages, and is known by its hashes', async () => {
    const files = await Promise.all(
      ['one', 'another'].map(async (text) => {
        const sealed = await seal({ headers: { subject: text }, text }, { prepared: secret, face: { org: text } });
        return Buffer.from(await sealed.bytes()).toString('latin1');
      }),
    );
    const scripts = files.map((file) => file.match(/<script id="[^]*?<\/script>/g));
    expect(scripts[0]).toHaveLength(1);
    expect(scripts[1]).toEqual(scripts[0]);
    expect(files[0]).not.toBe(files[1]);
    for (const file of files) expect(await inspect(file)).toMatchObject({ known: true, release: '0.1.0' });
  });
});
