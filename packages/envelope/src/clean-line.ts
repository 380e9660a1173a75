// C0 with CR, LF and NUL, DEL, C1, and the two separators that some programs take for a line break.
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/**
 * One line of text: every run of control characters is one blank. Encoded words and RFC 2231 can smuggle a CR LF into a
 * decoded value, and with it a header field into whatever is built from it.
 */
export function cleanLine(text: string): string {
  return text.replace(CONTROLS, ' ').trim();
}
