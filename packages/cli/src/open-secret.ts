import { EnvelopeError, inspect, type Inspected, type OpenSecretOptions } from 'sealpost';
import { askAnswers, askedBy, readAnswersFile } from './answer-input.js';
import { didNotOpen, EXIT, Failure, RESEND, usageFailure } from './failure.js';
import { readIdentities } from './key-input.js';
import { askPassphrase, readPassphraseFile } from './secret-input.js';
import { warn } from './tui.js';

/** What opens an envelope, from the options of `sealpost open` and from the terminal (spec/cli.md, section 3). */

export interface SecretFlags {
  readonly passphraseFile?: string;
  readonly answersFile?: string;
  readonly identity?: readonly string[];
}

/** Asks where no option says what opens the envelope in `bytes`. `input` is its name. */
export async function readOpenSecret(input: string, bytes: Uint8Array, flags: SecretFlags): Promise<OpenSecretOptions> {
  const { passphraseFile, answersFile, identity = [] } = flags;
  if (identity.length > 0) return { keys: await readIdentities(identity, bytes, passphraseFile) };
  if (passphraseFile !== undefined) return { passphrase: await readPassphraseFile(passphraseFile) };
  const inspected = await inspect(bytes);
  const asked = askedBy(inspected);
  if (answersFile !== undefined) {
    if (asked === undefined) throw asksNothing(inspected);
    return readAnswersFile(answersFile, asked);
  }
  // Said first, so that nobody types anything for nothing.
  refuseKeysAlone(inspected);
  warnOfFault(inspected);
  if (asked !== undefined && !takesPassphrase(inspected)) return askAnswers(asked);
  return { passphrase: await askPassphrase(`passphrase for ${input === '-' ? 'the envelope' : input} (not shown):`) };
}

/** What to say where `secret` did not open the envelope; other errors are given back as they are. */
export async function explainRefusal(error: unknown, bytes: Uint8Array, secret: OpenSecretOptions): Promise<unknown> {
  if (!(error instanceof EnvelopeError) || error.code !== 'DID_NOT_OPEN') return error;
  const inspected = await inspect(bytes);
  if ('keys' in secret) return keyFailure(inspected);
  if ('answers' in secret) return didNotOpen(error, 'answers');
  refuseKeysAlone(inspected);
  return takesPassphrase(inspected) ? error : asksInstead();
}

/** The slot names the key, and does not open with it. */
function keyFailure({ slots }: Inspected): Failure {
  const altered = 'the key did not open the envelope: it was altered on its way';
  return slots.some(({ reply }) => reply === true)
    ? new Failure(
        EXIT.didNotOpen,
        `${altered}, or is a reply by somebody who never opened the message`,
        'ask for it to be sent again; deliver it to nobody',
      )
    : new Failure(EXIT.didNotOpen, altered, RESEND);
}

function warnOfFault({ fault }: Inspected): void {
  if (fault === undefined) return;
  warn(
    `the envelope was ${fault === 'cut-off' ? 'cut off' : 'altered'} on its way, and will not open`,
    'ask for it to be sent again',
  );
}

function takesPassphrase({ slots }: Inspected): boolean {
  return slots.some(({ type }) => type === 'passphrase');
}

/** Nobody has a passphrase where there is none. */
function refuseKeysAlone({ slots }: Inspected): void {
  if (!slots.every(({ type }) => type === 'key')) return;
  throw new Failure(
    EXIT.didNotOpen,
    `no passphrase opens this envelope: it is sealed to the key ${slots.map(({ key }) => key).join(' and ')}`,
    'give the file of the private key with --identity',
  );
}

function asksInstead(): Failure {
  return new Failure(
    EXIT.didNotOpen,
    'no passphrase opens this envelope: it asks questions',
    'give the answers with --answers-file, or leave --passphrase-file out to be asked',
  );
}

function asksNothing(inspected: Inspected): Failure {
  return usageFailure(
    'the envelope asks no questions',
    takesPassphrase(inspected) ? 'open it with its passphrase' : 'give the file of the private key with --identity',
  );
}
