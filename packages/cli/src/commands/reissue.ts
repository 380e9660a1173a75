import { statSync } from 'node:fs';
import { EnvelopeError, reopen, type MessageHeaders, type OpenSecretOptions, type Reopened } from 'sealpost';
import { checkSender } from '../cover-mail.js';
import { readEnvelopeInput } from '../envelope-input.js';
import { EXIT, Failure, usageFailure } from '../failure.js';
import { checkStandardInput, refusePrivateKeyAtInput } from '../input.js';
import { inputsOf, planEnvelope, reserveFiles, writeEnvelope, type NewEnvelopeFlags } from '../new-envelope.js';
import { explainRefusal, readOpenSecret } from '../open-secret.js';
import { Outputs } from '../output.js';
import { readVerifyKeys } from '../signing-input.js';
import { warn, withProgress } from '../tui.js';

/**
 * Options of `sealpost reissue` (spec/cli.md, section 6): `passphraseFile`, `answersFile`, `identity` and `verifyKey` are about the old
 * envelope, all others about the new one.
 */
export interface ReissueFlags extends Omit<NewEnvelopeFlags, 'prompt' | 'keepOriginal'> {
  readonly answersFile?: string;
  readonly identity?: readonly string[];
  readonly verifyKey?: readonly string[];
  readonly newPassphraseFile?: string;
  readonly newPrompt?: boolean;
}

/** Seals the message of the envelope in `input`, a file's name or `-`, anew. */
export async function reissueCommand(input: string, flags: ReissueFlags): Promise<void> {
  const { passphraseFile, newPassphraseFile, newPrompt, identity = [], verifyKey = [], ...rest } = flags;
  const own: NewEnvelopeFlags = {
    ...rest,
    ...(newPassphraseFile === undefined ? {} : { passphraseFile: newPassphraseFile }),
    ...(newPrompt === undefined ? {} : { prompt: newPrompt }),
    ...recipientsOf(flags),
  };
  checkStandardInput([
    ['envelope', input],
    ['passphrase', passphraseFile],
    ['answers', flags.answersFile],
    ...verifyKey.map((key) => ['keys', key] as const),
    ['the new passphrase', newPassphraseFile],
    ...inputsOf(own),
  ]);
  for (const file of identity) refusePrivateKeyAtInput(file);
  refuseOldFile(input, flags);
  refuseOldSecret(flags);
  const planned = await planEnvelope(own, '--new-passphrase-file');
  await Outputs.run(async (outputs) => {
    const files = reserveFiles(outputs, own);
    const { bytes } = await readEnvelopeInput(input);
    const verifyKeys = verifyKey.length === 0 ? {} : { verifyKeys: await readVerifyKeys(verifyKey) };
    const secret = await readOpenSecret(input, bytes, flags);
    const old = await withProgress('opening', (onProgress) =>
      reopen(bytes, { ...secret, ...verifyKeys, onProgress }),
    ).catch(async (error: unknown) => {
      throw await explainOld(error, bytes, secret);
    });
    const { message, options } = old;
    if (own.coverMail !== undefined) checkSender(message.headers);
    warnOfLoss(old, own);
    const headers = coverHeaders(message.headers, flags.coverTo);
    const before = { options, headers, ...('passphrase' in secret ? { passphrase: secret.passphrase } : {}) };
    await writeEnvelope(outputs, files, message, planned, before).catch((error: unknown) => {
      throw explainProfile(error, old, own);
    });
  });
}

/** Replies count as those of whom the new envelope goes to, where somebody else is named than in the message. */
function recipientsOf({
  coverTo,
  replyIdentity,
  replyRecipient,
}: ReissueFlags): Pick<NewEnvelopeFlags, 'replyRecipient'> {
  return coverTo === undefined || replyIdentity === undefined || replyRecipient !== undefined
    ? {}
    : { replyRecipient: coverTo };
}

/**
 * A mail of its own in the thread, with a date and an identifier of its own: mail systems drop a second mail with the identifier of the
 * first.
 */
function coverHeaders(headers: MessageHeaders, coverTo: readonly string[] | undefined): MessageHeaders {
  const { messageId, references = [] } = headers;
  const dropped = ['date', 'messageId', ...(coverTo === undefined ? [] : ['to', 'cc'])];
  return {
    ...Object.fromEntries(Object.entries(headers).filter(([key]) => !dropped.includes(key))),
    ...(coverTo === undefined ? {} : { to: coverTo.map((address) => ({ name: '', address })) }),
    ...(messageId === undefined ? {} : { inReplyTo: messageId, references: [...references, messageId] }),
  };
}

/** The old envelope stays, also with `--force`. */
function refuseOldFile(input: string, { output, coverMail }: ReissueFlags): void {
  const old = fileId(input);
  if (old === undefined) return;
  for (const [option, name] of [
    ['--output', output],
    ['--cover-mail', coverMail],
  ] as const) {
    if (name !== undefined && fileId(name) === old)
      throw usageFailure(`${option} names the old envelope`, 'it is never replaced: choose another name');
  }
}

/** What opened the old envelope is shown to nobody as a question. */
function refuseOldSecret({ questionFile, answersFile, passphraseFile }: ReissueFlags): void {
  if (questionFile === undefined || fileId(questionFile) === undefined) return;
  for (const [option, name] of [
    ['--answers-file', answersFile],
    ['--passphrase-file', passphraseFile],
  ] as const) {
    if (name !== undefined && fileId(name) === fileId(questionFile)) {
      throw usageFailure(
        `--question-file and ${option} name the same file`,
        `--question-file is for the new envelope, ${option} for the old one`,
      );
    }
  }
}

/** The same for all names of one file. Undefined where there is none, for standard input and output, and where nobody may look. */
function fileId(name: string): string | undefined {
  if (name === '-') return undefined;
  try {
    const { dev, ino } = statSync(name, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}

/** Of an error while the old envelope was opened. */
function explainOld(error: unknown, bytes: Uint8Array, secret: OpenSecretOptions): Promise<unknown> {
  if (error instanceof EnvelopeError && error.message.startsWith('the envelope is a reply')) {
    return Promise.resolve(
      usageFailure(
        'the envelope is a reply, and in a new one nothing would show who wrote it',
        'open it with --eml, and seal that mail',
      ),
    );
  }
  return explainRefusal(error, bytes, secret);
}

/** What the old envelope had, and the new one has not. */
function warnOfLoss({ options: { notes }, signature, archive }: Reopened, flags: NewEnvelopeFlags): void {
  const expires = notes?.expires;
  if (expires !== undefined && expires.getTime() < Date.now() && flags.expires === undefined) {
    warn(
      `the new envelope, too, asks that it is no longer read after ${expires.toISOString()}`,
      'give another date with --expires, or none with --no-expires',
    );
  }
  if (signature !== undefined && flags.signKey === undefined)
    warn('the old envelope was signed, and the new one is not', '--sign-key signs it');
  if (archive && flags.archiveKey === undefined) {
    warn(
      'the old envelope opens with an archive key too, and the new one does not',
      'give the key again with --archive-key',
    );
  }
}

/** The profile that the new envelope has from the old one wants more of a secret than others. */
function explainProfile(error: unknown, { options: { kdf } }: Reopened, flags: NewEnvelopeFlags): unknown {
  if (!(error instanceof EnvelopeError) || error.code !== 'WEAK_SECRET') return error;
  if (kdf !== 'fips' || flags.kdf !== undefined || !error.message.startsWith('profile')) return error;
  return new Failure(
    EXIT.usage,
    error.message,
    'the profile is that of the old envelope: leave it to --generate, or give another with --kdf',
  );
}
