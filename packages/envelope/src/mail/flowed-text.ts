/**
 * Joins the paragraphs of format=flowed text (RFC 3676, section 4): a line that ends with a blank goes on in the next one
 * of the same quote depth. Quote marks are kept, once per paragraph. The signature line `-- ` never flows (4.3).
 *
 * @param text - lines end with LF.
 * @param delSp - DelSp=yes: the blank that marks the flow is not part of the text (for scripts without blanks).
 */
export function unflowText(text: string, delSp: boolean): string {
  const lines: string[] = [];
  let paragraph: string[] = [];
  let paragraphDepth = 0;

  const close = (): void => {
    if (paragraph.length === 0) return;
    const joined = paragraph.join('');
    const marks = '>'.repeat(paragraphDepth);
    lines.push(marks !== '' && joined !== '' ? `${marks} ${joined}` : marks + joined);
    paragraph = [];
  };

  for (const line of text.split('\n')) {
    let depth = 0;
    while (line.charAt(depth) === '>') depth++;
    // Space-stuffing (4.4): one blank after the marks was put in by the sender's program.
    const content = line.slice(line.charAt(depth) === ' ' ? depth + 1 : depth);
    const flows = content.endsWith(' ') && content !== '-- ';
    if (content === '-- ' || depth !== paragraphDepth) close();
    paragraphDepth = depth;
    paragraph.push(flows && delSp ? content.slice(0, -1) : content);
    if (!flows) close();
  }
  close();
  return lines.join('\n');
}
