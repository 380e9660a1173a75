/** Whose keys open an envelope. */
export interface KeyOptions {
  /**
   * Public keys of the recipient, as `generateIdentity` makes them. With a `passphrase` or a `prepared` secret each of them opens
   * the envelope; without, only the keys do.
   */
  readonly recipientKeys?: readonly string[];
  /** Beside `recipientKeys`: a passphrase is generated too. Without them one is, unless it is given. */
  readonly generate?: boolean;
  /** Public keys of the sender's organisation, which can open the envelope too: the page says so. */
  readonly archiveKeys?: readonly string[];
}

/** Whether neither a passphrase nor answers open the envelope. */
export function opensWithKeysAlone(
  options: KeyOptions & { readonly passphrase?: unknown; readonly prepared?: unknown; readonly questions?: unknown },
): boolean {
  const { recipientKeys = [], generate = false, passphrase, prepared, questions } = options;
  return (
    recipientKeys.length > 0 && !generate && [passphrase, prepared, questions].every((secret) => secret === undefined)
  );
}
