/**
 * Vectors that core, or the library, does not say of what their index says: faults that are known, each of which takes more than the spec
 * lets it. They are left out, and printed, where these open files; vectors.test.ts wants every one of them to be a fault still.
 */
export const knownFaults: readonly string[] = [
  // A token of another length, or with a number among its texts (5.5).
  ...['id-15', 'id-17', 'header-31', 'header-33', 'psk-31', 'psk-33'].map((name) => `key-reply-token-${name}-bytes`),
  'key-reply-token-recipient-number',
  'key-reply-token-reference-number',
  // The order of checks (4.1).
  'key-reply-token-8193-bytes-and-syntax',
  // A thread in which the original's identifier comes twice (5.5).
  'key-reply-to-itself',
  // What is passed over (7.5).
  ...['token-missing', 'key-kem-of-another', 'key-64-bytes', 'key-66-bytes', 'header-without-id', 'passphrase-2'].map(
    (name) => `manifest-reply-${name}`,
  ),
];
