/** Digits on a full line of payload, and its two line end bytes in a mail. */
const LINE = 987;

/**
 * Bytes that a file takes as a 7-bit part of a mail, from its own length: each LF becomes CRLF. Nearly all lines are
 * payload lines of 985 digits.
 */
export function sevenBitMailSize(fileBytes: number): number {
  return Math.ceil((fileBytes * LINE) / (LINE - 1));
}

/** Bytes that it takes when a mail system recodes it to base64: 76 characters and CRLF for every 57 bytes. */
export function base64MailSize(fileBytes: number): number {
  return Math.ceil(sevenBitMailSize(fileBytes) / 57) * 78;
}
