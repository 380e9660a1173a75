import { readMail } from 'sealpost/mail';
import { checkSender } from '../cover-mail.js';
import { checkStandardInput, readInput } from '../input.js';
import { inputsOf, planEnvelope, reserveFiles, writeEnvelope, type NewEnvelopeFlags } from '../new-envelope.js';
import { Outputs } from '../output.js';

/** Seals the mail in `input` (`-`: standard input). */
export async function sealCommand(input: string, flags: NewEnvelopeFlags): Promise<void> {
  checkStandardInput([['mail', input], ['passphrase', flags.passphraseFile], ...inputsOf(flags)]);
  const planned = await planEnvelope(flags);
  await Outputs.run(async (outputs) => {
    const files = reserveFiles(outputs, flags);
    const message = await readMail(await readInput(input), { keepOriginal: flags.keepOriginal ?? false });
    if (flags.coverMail !== undefined) checkSender(message.headers);
    await writeEnvelope(outputs, files, message, planned);
  });
}
