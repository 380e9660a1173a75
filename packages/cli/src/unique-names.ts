import { cleanFileName } from 'sealpost';

/** As file systems compare that ignore case. */
function key(name: string): string {
  return name.normalize('NFC').toUpperCase();
}

/**
 * File names for names from a mail, in their order: clean, and distinct from each other and from `taken` on any file system.
 */
export function uniqueFileNames(names: readonly string[], taken: readonly string[] = []): readonly string[] {
  const used = new Set(taken.map(key));
  // The next number to try for a name, so that a thousand equal names do not take a million tries.
  const next = new Map<string, number>();
  return names.map((name) => {
    const clean = cleanFileName(name);
    let candidate = clean;
    while (used.has(key(candidate))) {
      const number = next.get(key(clean)) ?? 2;
      next.set(key(clean), number + 1);
      candidate = numbered(clean, number);
    }
    used.add(key(candidate));
    return candidate;
  });
}

/** `a.tar (2).gz` is wrong, but what `a.b (2).c` should have been nobody knows. */
function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  const end = dot > 0 ? dot : name.length;
  return `${name.slice(0, end)} (${number})${name.slice(end)}`;
}
