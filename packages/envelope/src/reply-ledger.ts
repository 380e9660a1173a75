/**
 * Remembers which replies were taken, so that none is taken twice: somebody who has the file could send it again. Whoever runs more
 * than one process gives all of them the same ledger.
 */
export interface ReplyLedger {
  /**
   * Notes a reply, in one step that no other process can come between. False where it was noted before.
   *
   * @param id - the reply's identifier, hexadecimal.
   * @param expires - when it may be forgotten: after that, the reply is refused as expired.
   */
  remember(id: string, expires: Date): Promise<boolean>;
  /**
   * Takes a note back, for a reply that could not be delivered after all: also where an attachment, which is verified when it is read,
   * turns out to be damaged. The same reply may come again, whole.
   */
  forget(id: string): Promise<void>;
}
