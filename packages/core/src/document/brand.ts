import { hex } from '../bytes.js';

/** An sRGB colour, 0 to 255 each. */
type Rgb = readonly [red: number, green: number, blue: number];

/**
 * The two schemes of the page's style. `surface` is, of what lies below text there (`--paper`, `--tint`), the one that stands out
 * least against a colour moved `towards` black or white; the colour does not fall below 4.5:1 against it, so neither does text in
 * the colour of paper on that colour, nor any of the others below it.
 */
const SCHEMES = {
  '--brand': { surface: [0xf3, 0xf6, 0xf8], towards: 0 },
  '--brand-dark': { surface: [0x23, 0x2e, 0x38], towards: 255 },
} as const satisfies Record<string, { surface: Rgb; towards: 0 | 255 }>;

/** WCAG 2.2, 1.4.3 (AA), for text of any size; and as much more as whole millionths of light may be wrong. */
const MIN_CONTRAST = 4.5001;

/** Linear light of each channel value, in millionths: whole numbers, since engines differ in the last digits of powers. */
const LIGHT: readonly number[] = Array.from({ length: 256 }, (_, value) => {
  const part = value / 255;
  return Math.round(1e6 * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
});

/**
 * Declarations of the page's brand colour for a light and a dark screen: the nearest on the way to black or white that can be read
 * there. A pure function, with one result on every machine. `color` is `#rrggbb`.
 */
export function brandStyle(color: string): string {
  const value = parseInt(color.slice(1), 16);
  const brand: Rgb = [value >> 16, (value >> 8) & 255, value & 255];
  return Object.entries(SCHEMES)
    .map(([name, { surface, towards }]) => `${name}:#${hex(Uint8Array.from(readable(brand, surface, towards)))}`)
    .join(';');
}

/** Ends at the latest with black or white, which contrast with every surface here. */
function readable(brand: Rgb, surface: Rgb, towards: 0 | 255): Rgb {
  for (let step = 0; ; step++) {
    const [red, green, blue] = brand.map((channel) => channel + Math.round(((towards - channel) * step) / 255));
    const mixed: Rgb = [red ?? towards, green ?? towards, blue ?? towards];
    if (step === 255 || contrast(mixed, surface) >= MIN_CONTRAST) return mixed;
  }
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one: Rgb, other: Rgb): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG 2.2, "relative luminance". */
function luminance([red, green, blue]: Rgb): number {
  const light = (value: number): number => LIGHT[value] ?? 0;
  return (2126 * light(red) + 7152 * light(green) + 722 * light(blue)) / 1e10;
}
