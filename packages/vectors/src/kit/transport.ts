/** The first rule of section 8.4 that a file's text breaks, in words, or undefined where it would survive 7-bit transport. */
export function brokenTransportRule(text: string): string | undefined {
  if (!/^[\x20-\x7e\n]*$/.test(text)) return 'something else than printable ASCII and LF';
  for (const line of text.split('\n')) {
    if (line.length > 990) return `a line of ${line.length} characters`;
    if (line.startsWith('.')) return 'a line that begins with a full stop';
    if (line.startsWith('From ')) return 'a line that begins with From';
    if (line.endsWith(' ')) return 'a line that ends in a blank';
  }
  return undefined;
}
