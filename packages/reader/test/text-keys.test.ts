import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runtime } from '@sealpost/reader';
import { source } from '../scripts/page-options.mjs';
import { findKeys, withMarkedKeys, withNumberedKeys, withPlainKeys } from '../scripts/text-keys.mjs';
import { KEYS } from '../src/i18n/keys.js';
import { REPLY_KEYS } from '../src/i18n/reply/keys.js';

const file = (name: string): string => path.join(source, name);
const read = (name: string): string => readFileSync(file(name), 'utf8');
const marked = (name: string): string => withMarkedKeys(file(name), read(name));

describe('keys of texts in the page', () => {
  it('are numbers where a text is asked for, and words for people', () => {
    const code = marked('unlock.ts');
    // The first is a part of an element's id.
    expect(withNumberedKeys(code)).toContain(`addField('passphrase', text(${String(KEYS.indexOf('passphrase'))}))`);
    expect(withPlainKeys(code)).toContain(`addField('passphrase', text("passphrase"))`);
    // The names of a state and of a type of input, not the texts' keys.
    expect(code).toContain("state.name === 'refused'");
    expect(code).toContain("{ name: 'open' }");
    expect(marked('page.ts')).toContain("state.name === 'open'");
  });

  it('are those of the list that is asked, and the wire has its own words', () => {
    const names = /const NAMES.* = (.*);/.exec(marked('reply/reply-words.ts'))?.[1] ?? '';
    const [reply, toAll, forward] = (['reply', 'toAll', 'forward'] as const).map((key) => REPLY_KEYS.indexOf(key));
    expect(withNumberedKeys(names)).toBe(
      `{ reply: ${String(reply)}, replyAll: ${String(toAll)}, forward: ${String(forward)} }`,
    );
    expect(withNumberedKeys(marked('reply/composer.ts'))).toContain("action !== 'forward'");
    // The manifest's notes, of which each name is a key too.
    expect(marked('reply/seal-reply.ts')).toBe(read('reply/seal-reply.ts'));
  });

  it('leave no list in the page', () => {
    for (const module of Object.values(runtime.modules))
      expect(module).not.toMatch(/helpPassphrase|draftBack|text-key/);
    expect(() => withNumberedKeys('keys.indexOf(key); keys.indexOf(key)')).toThrow('looked for in a list');
    expect(() => withNumberedKeys('makeText(strings, KEYS)')).toThrow('looked for in a list');
    expect(() => withNumberedKeys("f('text-key:1:a b')")).toThrow('is left');
  });

  it.each([
    ['a text for a key', "element('h1', {}, text('title'))", "element('h1', {}, text(face.org as 'title'))"],
    ['a key for a text', "element('h1', {}, text('title'))", "element('h1', { class: ((): Key => 'title')() })"],
    ['a key that is a part of a text', "{ class: 'lead' }", '{ class: `a ${((): Key => "lead")()}` }'],
    ['a key that is true', "element('h1', {}, text('title'))", "((): Key => 'title')() && element('h1')"],
  ])(
    'are checked: not %s',
    (_, from, to) => {
      const code = read('card.ts');
      expect(code).toContain(from);
      expect(() => findKeys(new Map([[file('card.ts'), code.replace(from, to)]]))).toThrow(/card\.ts|is taken for/);
    },
    60_000,
  );
});
