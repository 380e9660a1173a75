import { EnvelopeError, open, type Opened } from 'sealpost';
import { replyMail, writeMail } from 'sealpost/mail';
import { readEnvelopeInput } from '../envelope-input.js';
import { EXIT, Failure, usageFailure } from '../failure.js';
import { checkStandardInput } from '../input.js';
import { collect } from '../interrupt.js';
import { messageJson } from '../json.js';
import { ledgerFor } from '../ledger.js';
import { listFiles, messageFiles, type MessageFiles } from '../message-files.js';
import { explainRefusal, readOpenSecret, type SecretFlags } from '../open-secret.js';
import { Outputs, type OutputFolder } from '../output.js';
import { readVerifyKeys } from '../signing-input.js';
import { writeOut } from '../stdout.js';
import { messageView } from '../text-view.js';
import { say, warn, withProgress } from '../tui.js';

/** Options of `sealpost open` (spec/cli.md, section 3). */
export interface OpenFlags extends SecretFlags {
  readonly verifyKey?: readonly string[];
  readonly ledger?: string;
  readonly eml?: string;
  readonly extract?: string;
  readonly json?: boolean;
  readonly force?: boolean;
}

/** Opens the envelope in `input`, a file's name or `-`. */
export async function openCommand(input: string, flags: OpenFlags): Promise<void> {
  const { identity = [], verifyKey = [], ledger, eml, extract, json = false, force } = flags;
  checkStandardInput([
    ['envelope', input],
    ['passphrase', flags.passphraseFile],
    ['answers', flags.answersFile],
    ...verifyKey.map((key) => ['keys', key] as const),
  ]);
  if (eml === '-' && json) throw usageFailure('--eml - and --json cannot both go to standard output');
  if (ledger !== undefined && identity.length === 0) {
    throw usageFailure('--ledger without --identity', 'only a key tells a reply that was proved to be one');
  }
  await Outputs.run(async (outputs) => {
    const mailFile = eml === undefined || eml === '-' ? undefined : outputs.file(eml, { force });
    const folder = extract === undefined ? undefined : outputs.folder(extract, { force });
    const { bytes } = await readEnvelopeInput(input);
    const options = {
      ...(verifyKey.length === 0 ? {} : { verifyKeys: await readVerifyKeys(verifyKey) }),
      ...(ledger === undefined ? {} : { ledger: ledgerFor(outputs, ledger) }),
    };
    const secret = await readOpenSecret(input, bytes, flags);
    const opened = await withProgress('opening', (onProgress) =>
      open(bytes, { ...secret, ...options, onProgress }),
    ).catch(async (error: unknown) => {
      throw await explainRefusal(error, bytes, secret);
    });
    try {
      const mail = eml === undefined ? undefined : await asMail(opened);
      const isReply = opened.reply !== undefined;
      const files = messageFiles(opened, isReply && folder ? (mail ?? (await asReplyFile(opened))) : undefined);
      if (folder !== undefined) await extractInto(folder, files);
      if (mailFile !== undefined && mail !== undefined) await mailFile.fill(mail);
      outputs.publish();
      if (mailFile === undefined && mail !== undefined) await writeOut(mail);
      if (json) await writeOut(`${messageJson(opened, files)}\n`);
      else if (eml === undefined && extract === undefined) await show(opened, files);
      sayWhatWasWritten(flags, files);
      warnOfExpiry(opened);
    } finally {
      opened.close();
    }
  });
}

async function extractInto(folder: OutputFolder, files: MessageFiles): Promise<void> {
  const all = listFiles(files);
  folder.reserve(all.map(({ fileName }) => fileName));
  for (const { fileName, content } of all) await folder.file(fileName).fill(content());
}

/**
 * A reply whose author is known, as a mail from that author. Else the exact mail where it travels, or what there is as a new one.
 */
async function asMail(opened: Opened): Promise<Uint8Array> {
  const { message, original, reply } = opened;
  if (reply === undefined && original !== undefined) return collect(original.stream());
  const attachments = opened.attachments.map((attachment) => ({
    ...attachment,
    bytes: () => collect(attachment.stream()),
  }));
  try {
    if (reply !== undefined) return await replyMail({ message, attachments, reply });
    const inMemory = [];
    for (const { name, type, contentId, inline, bytes } of attachments) {
      inMemory.push({ name, type, inline, ...(contentId === undefined ? {} : { contentId }), content: await bytes() });
    }
    return await writeMail({ ...message, attachments: inMemory });
  } catch (error) {
    if (!(error instanceof EnvelopeError) || error.code !== 'INVALID_ARGUMENT') throw error;
    // The caller did nothing wrong: the message holds what no mail may.
    throw new Failure(
      EXIT.file,
      `no mail can be made of this message: ${error.message}`,
      'take it apart with --extract',
    );
  }
}

/** The mail of a reply whose author is known, to lie beside its parts: where none can be made, they are written all the same. */
function asReplyFile(opened: Opened): Promise<Uint8Array | undefined> {
  return asMail(opened).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    warn(`${error.message}, so reply.eml is not written`);
    return undefined;
  });
}

async function show(opened: Opened, files: MessageFiles): Promise<void> {
  await writeOut(messageView(opened, files));
  const { text, html } = opened.message;
  if (text === undefined && html !== undefined) {
    warn(
      'the message has only an HTML body, which is not shown',
      '--extract DIR writes it as message.html, --eml FILE for a mail program',
    );
  }
}

function sayWhatWasWritten({ eml, extract }: OpenFlags, files: MessageFiles): void {
  if (eml !== undefined && eml !== '-') say(`wrote ${eml}`);
  if (extract === undefined) return;
  const count = listFiles(files).length;
  say(`wrote ${count} ${count === 1 ? 'file' : 'files'} into ${extract}`);
}

function warnOfExpiry({ notes: { expires } }: Opened): void {
  if (expires !== undefined && expires.getTime() < Date.now()) {
    warn(`the sender asked that this is no longer read after ${expires.toISOString()}`);
  }
}
