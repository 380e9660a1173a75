// Small enough that what is kept of a piece while it is rewritten (a position or a string for each match) is nothing much.
const PIECE = 65_536;

/**
 * Applies a rewriting to a long text piece by piece: `replace` or `split` over 16 MiB full of matches keeps them all
 * at once, half a gigabyte. The rewriting must look at single characters and CR LF pairs only: those are never cut in two.
 */
export function inPieces(text: string, rewrite: (piece: string) => string): string {
  if (text.length <= PIECE) return rewrite(text);
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = start + PIECE;
    if (text.charCodeAt(end - 1) === 0x0d && text.charCodeAt(end) === 0x0a) end++;
    pieces.push(rewrite(text.slice(start, end)));
    start = end;
  }
  return pieces.join('');
}
