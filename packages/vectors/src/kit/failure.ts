/** The outcomes of opening of spec/envelope-v1.md, section 9. */
export type FailureCode = 'NOT_AN_ENVELOPE' | 'UNSUPPORTED_VERSION' | 'LIMIT' | 'DID_NOT_OPEN' | 'DAMAGED';

/** Why the kit's opener refused a file. `message` names the clause that was broken. */
export class OpenFailure extends Error {
  override readonly name = 'OpenFailure';
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.code = code;
  }
}
