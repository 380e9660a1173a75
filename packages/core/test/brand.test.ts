import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brandStyle } from '../src/document/brand.js';

const style = readFileSync(new URL('../../reader/src/style.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = style.split('@media (prefers-color-scheme: dark)');

/** What the page's style says of a scheme; where the dark one says nothing, the light one holds. */
function surface(scheme: string, name: string): string {
  const [, short = ''] = new RegExp(`--${name}: #([\\da-f]+);`).exec(scheme + light) ?? [];
  return `#${short.length === 3 ? short.replace(/./g, '$&$&') : short}`;
}

/** WCAG 2.2, "contrast ratio", from the definition. */
function contrast(one: string, other: string): number {
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function brandOf(color: string): readonly [light: string, dark: string] {
  const [, onLight = '', onDark = ''] =
    /^--brand:(#[\da-f]{6});--brand-dark:(#[\da-f]{6})$/.exec(brandStyle(color)) ?? [];
  return [onLight, onDark];
}

function expectReadable(color: string): void {
  const schemes = brandOf(color);
  for (const [index, scheme] of [light, dark].entries()) {
    const shown = schemes[index] ?? '';
    for (const [name, least] of [
      // Links, and text in the colour of paper on a button in this one.
      ['paper', 4.5],
      ['tint', 4.5],
      // The line at the top of the card.
      ['desk', 3],
    ] as const) {
      const against = surface(scheme, name);
      expect(contrast(shown, against), `${color} as ${shown} on ${name} ${against}`).toBeGreaterThanOrEqual(least);
    }
  }
}

const hex = (value: number): string => `#${value.toString(16).padStart(6, '0')}`;

it('can be read on every surface of the page, light and dark: the corners of the colour space, and greys', () => {
  const corners = Array.from({ length: 8 }, (_, bits) =>
    hex((bits & 4 ? 0xff0000 : 0) | (bits & 2 ? 0xff00 : 0) | (bits & 1 ? 0xff : 0)),
  );
  const greys = Array.from({ length: 256 }, (_, value) => hex(value * 0x010101));
  for (const color of [...corners, ...greys]) expectReadable(color);
});

it('can be read on every surface of the page, light and dark: any of the 16 million', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
      expectReadable(hex(value));
    }),
    { numRuns: process.env['SLOW'] === undefined ? 3_000 : 300_000 },
  );
}, 300_000);

it('stays as it is where it can be read already', () => {
  expect(brandOf('#0a5c36')[0]).toBe('#0a5c36');
  expect(brandOf('#ffd24a')[1]).toBe('#ffd24a');
});

it('keeps its hue', () => {
  const [onLight, onDark] = brandOf('#ff0000');
  expect(onLight).toMatch(/^#[c-f].0000$/);
  expect(onDark).toMatch(/^#ff(..)\1$/);
});

it('is one colour on every machine: no channel is so near to a border that the last digits of a power matter', () => {
  for (let value = 11; value < 256; value++) {
    const light = 1e6 * ((value / 255 + 0.055) / 1.055) ** 2.4;
    expect(Math.abs((light % 1) - 0.5), `of ${String(value)}`).toBeGreaterThan(1e-6);
  }
});

it('the page takes its own colours where there is no brand, which can be read as well', () => {
  const [, onLight = ''] = /--accent: var\(--brand, (#[\da-f]{6})\)/.exec(light) ?? [];
  const [, onDark = ''] = /--accent: var\(--brand-dark, (#[\da-f]{6})\)/.exec(dark) ?? [];
  expect(brandOf(onLight)[0]).toBe(onLight);
  expect(brandOf(onDark)[1]).toBe(onDark);
});

it('text of every colour of the page has 4.5:1 on what it stands on, light and dark', () => {
  const pairs = [
    ['ink', 'paper'],
    ['ink', 'tint'],
    ['soft', 'paper'],
    ['soft', 'tint'],
    ['note-ink', 'note'],
    ['bad-ink', 'bad'],
  ] as const;
  for (const scheme of [light, dark]) {
    for (const [text, ground] of pairs) {
      expect(contrast(surface(scheme, text), surface(scheme, ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(
        4.5,
      );
    }
    // WCAG 2.2, 1.4.11: the edge of a field.
    expect(contrast(surface(scheme, 'edge'), surface(scheme, 'paper'))).toBeGreaterThanOrEqual(3);
  }
});
