import { EnvelopeError, inspect, open, type Inspected, type Opened } from 'sealpost';
import { writeMail } from 'sealpost/mail';
import { readEnvelopeInput } from '../envelope-input.js';
import { EXIT, Failure, RESEND, usageFailure } from '../failure.js';
import { collect } from '../interrupt.js';
import { messageJson } from '../json.js';
import { readIdentities } from '../key-input.js';
import { listFiles, messageFiles, type MessageFiles } from '../message-files.js';
import { Outputs, type OutputFolder } from '../output.js';
import { askPassphrase, readPassphraseFile } from '../secret-input.js';
import { writeOut } from '../stdout.js';
import { messageView } from '../text-view.js';
import { say, warn, withProgress } from '../tui.js';

/** Options of `sealpost open` (spec/cli.md, section 3). */
export interface OpenFlags {
  readonly passphraseFile?: string;
  readonly identity?: readonly string[];
  readonly eml?: string;
  readonly extract?: string;
  readonly json?: boolean;
  readonly force?: boolean;
}

/** Opens the envelope in `input`, a file's name or `-`. */
export async function openCommand(input: string, flags: OpenFlags): Promise<void> {
  const { passphraseFile, identity = [], eml, extract, json = false, force } = flags;
  if (input === '-' && passphraseFile === '-') {
    throw usageFailure('envelope and passphrase cannot both come from standard input', 'keep one of them in a file');
  }
  if (eml === '-' && json) throw usageFailure('--eml - and --json cannot both go to standard output');
  await Outputs.run(async (outputs) => {
    const mailFile = eml === undefined || eml === '-' ? undefined : outputs.file(eml, { force });
    const folder = extract === undefined ? undefined : outputs.folder(extract, { force });
    const { bytes } = await readEnvelopeInput(input);
    const secret =
      identity.length > 0
        ? { keys: await readIdentities(identity, bytes, passphraseFile) }
        : {
            passphrase:
              passphraseFile === undefined ? await askFor(input, bytes) : await readPassphraseFile(passphraseFile),
          };
    const opened = await withProgress('opening', (onProgress) => open(bytes, { ...secret, onProgress })).catch(
      async (error: unknown) => {
        if (!(error instanceof EnvelopeError) || error.code !== 'DID_NOT_OPEN') throw error;
        if ('keys' in secret) throw keyFailure();
        refuseKeysAlone(await inspect(bytes));
        throw error;
      },
    );
    try {
      const files = messageFiles(opened);
      if (folder !== undefined) await extractInto(folder, files);
      const mail = eml === undefined ? undefined : await asMail(opened);
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

/** The slot names the key, and does not open with it. */
function keyFailure(): Failure {
  return new Failure(EXIT.didNotOpen, 'the key did not open the envelope: it was altered on its way', RESEND);
}

/** Says first what can be said without a passphrase, so that nobody types one for nothing. */
async function askFor(input: string, bytes: Uint8Array): Promise<string> {
  const inspected = await inspect(bytes);
  refuseKeysAlone(inspected);
  const { fault } = inspected;
  if (fault !== undefined) {
    warn(
      `the envelope was ${fault === 'cut-off' ? 'cut off' : 'altered'} on its way, and will not open`,
      'ask for it to be sent again',
    );
  }
  return askPassphrase(`passphrase for ${input === '-' ? 'the envelope' : input} (not shown):`);
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

async function extractInto(folder: OutputFolder, files: MessageFiles): Promise<void> {
  const all = listFiles(files);
  folder.reserve(all.map(({ fileName }) => fileName));
  for (const { fileName, content } of all) await folder.file(fileName).fill(content());
}

/** The exact mail where it travels; what else there is makes a new one. */
async function asMail({ message, attachments, original }: Opened): Promise<Uint8Array> {
  if (original !== undefined) return collect(original.stream());
  const inMemory = [];
  for (const attachment of attachments) {
    const { name, type, contentId, inline } = attachment;
    inMemory.push({
      name,
      type,
      inline,
      ...(contentId === undefined ? {} : { contentId }),
      content: await collect(attachment.stream()),
    });
  }
  try {
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
