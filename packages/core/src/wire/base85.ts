/** Base85 as of spec/envelope-v1.md, section 8.1: the alphabet of RFC 1924, groups of 4 bytes and 5 digits. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

/** ASCII code of each digit. */
export const DIGITS: Uint8Array = Uint8Array.from(ALPHABET, (character) => character.codePointAt(0) ?? 0);

export const LINE_FEED = 0x0a;
