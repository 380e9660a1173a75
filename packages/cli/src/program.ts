import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { inspectCommand, type InspectFlags } from './commands/inspect.js';
import { keygenCommand, type KeygenFlags } from './commands/keygen.js';
import { openerCommand, type OpenerFlags } from './commands/opener.js';
import { openCommand, type OpenFlags } from './commands/open.js';
import { reissueCommand, type ReissueFlags } from './commands/reissue.js';
import { sealCommand } from './commands/seal.js';
import { toFailure, usageFailure, type ExitCode, type Failure } from './failure.js';
import {
  addCoverMail,
  addDestinations,
  addEnvelope,
  addFace,
  addKeys,
  addOldSecret,
  addQuestions,
  addReplies,
  addRequests,
  secret,
  value,
} from './option-groups.js';
import { addresses, dateFrom, futureDate, oneOf, someOf, someOrNone } from './option-values.js';
import { HELP, INSPECT_HELP, KEYGEN_HELP, OPENER_HELP, OPEN_HELP, REISSUE_HELP, SEAL_HELP } from './help-texts.js';
import type { NewEnvelopeFlags } from './new-envelope.js';
import { writeHelp } from './stdout.js';
import { explain } from './tui.js';

/**
 * Runs the command with the arguments that follow its name. Resolves to its exit code, after everything was said; a signal
 * ends the process instead.
 */
export async function run(args: readonly string[]): Promise<ExitCode | 0> {
  try {
    if (args.length === 0) throw usageFailure('no command', 'sealpost --help lists them');
    await buildProgram().parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const failure = error instanceof CommanderError ? readUsageError(error) : toFailure(error);
    explain(failure);
    return failure.exitCode;
  }
}

/** The commands and options of spec/cli.md. */
export function buildProgram(): Command {
  const program = new Command('sealpost')
    .description('Seals a mail into one file that opens in a browser, offline, with a passphrase.')
    .version(readVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    // Errors are said in one place, with one voice: explain().
    .configureOutput({ writeOut: writeHelp, outputError: () => undefined });
  addSeal(program);
  addOpen(program);
  addReissue(program);
  addInspect(program);
  addKeygen(program);
  addOpener(program);
  program.addHelpText('after', HELP);
  return program;
}

function addSeal(program: Command): void {
  const command = program
    .command('seal')
    .summary('seal a mail into an envelope')
    .description('Seals a mail. Without FILE, or with -, reads it from standard input.')
    .argument('[FILE]', 'the mail (.eml), or -', '-');
  addDestinations(command);
  command
    .optionsGroup('Passphrase, or questions in its place (one of):')
    .addOption(secret('--generate', 'generate one and print it (default)', 'passphraseFile', 'prompt', 'questionFile'))
    .addOption(
      secret('--passphrase-file <FILE>', 'take the content of FILE; - is standard input', 'prompt', 'questionFile'),
    )
    .addOption(secret('--prompt', 'ask for it on the terminal, twice', 'questionFile'));
  addQuestions(command);
  addKeys(command);
  addEnvelope(command, { form: 'html', language: 'en' });
  command.option('--keep-original', 'carry the exact mail too');
  addFace(command).addOption(
    value('--face <LIST>', 'copy subject,date from the mail', someOf('--face', ['subject', 'date'])),
  );
  addRequests(command);
  addReplies(command);
  addCoverMail(command);
  command.addHelpText('after', SEAL_HELP).action((file: string, flags: NewEnvelopeFlags) => sealCommand(file, flags));
}

function addReissue(program: Command): void {
  const command = program
    .command('reissue')
    .summary('seal the message of an envelope again, under a new secret')
    .description(
      'Makes a new envelope out of one that you can open. What its options say nothing of is as it was; the old envelope is not changed.',
    )
    .argument('<FILE>', 'the old envelope, a mail that holds it, or -');
  addDestinations(command);
  addOldSecret(command.optionsGroup('What opens the old envelope:'));
  command
    .optionsGroup('New passphrase, or questions in its place (one of):')
    .addOption(
      secret('--generate', 'generate one and print it (default)', 'newPassphraseFile', 'newPrompt', 'questionFile'),
    )
    .addOption(
      secret(
        '--new-passphrase-file <FILE>',
        'take the content of FILE; - is standard input',
        'newPrompt',
        'questionFile',
      ),
    )
    .addOption(secret('--new-prompt', 'ask for it on the terminal, twice', 'questionFile'));
  addQuestions(command);
  addKeys(command);
  addEnvelope(command, { form: 'as the old one', language: 'as the old one' });
  addFace(command).addOption(
    value('--face <LIST>', 'copy subject,date from the message, or none', someOrNone('--face', ['subject', 'date'])),
  );
  addRequests(command).option('--no-expires', 'no such date, where the old envelope has one');
  addReplies(command);
  addCoverMail(command).addOption(
    value(
      '--cover-to <ADDRESS>',
      'whom it goes to (default: To and Cc of the message); several times',
      addresses('--cover-to'),
    ),
  );
  command.addHelpText('after', REISSUE_HELP).action((file: string, flags: ReissueFlags) => reissueCommand(file, flags));
}

function addOpen(program: Command): void {
  const command = program
    .command('open')
    .summary('show or write the message of an envelope')
    .description('Opens an envelope, or the first one attached to a mail, and shows its message.')
    .argument('<FILE>', 'the envelope, a mail that holds it, or -');
  addOldSecret(command)
    .option('--ledger <DIR>', 'with --identity: note replies in DIR, and take none twice')
    .option('--eml <FILE>', 'write the message as a mail; - is standard output')
    .option('--extract <DIR>', 'write bodies and attachments as files')
    .option('--json', 'print what is in it as JSON')
    .option('--force', 'overwrite files')
    .addHelpText('after', OPEN_HELP)
    .action((file: string, flags: OpenFlags) => openCommand(file, flags));
}

function addInspect(program: Command): void {
  program
    .command('inspect')
    .summary('show what an envelope shows without a passphrase')
    .description('Shows what everybody who has an envelope can see, and whether its code is ours.')
    .argument('<FILE>', 'the envelope, a mail that holds it, or -')
    .option('--json', 'print it as JSON')
    .addHelpText('after', INSPECT_HELP)
    .action((file: string, flags: InspectFlags) => inspectCommand(file, flags));
}

function addKeygen(program: Command): void {
  const command = program
    .command('keygen')
    .summary('make a key pair, for envelopes without a passphrase, or for signatures')
    .description(
      'Makes a key pair: FILE with the private key, which opens envelopes or signs them, and FILE.pub with the public one.',
    )
    .option('-o, --output <FILE>', 'where the private key goes')
    .addOption(secret('--p256', 'a key of P-256; the default withstands quantum computers too', 'sign'))
    .addOption(
      value(
        '--from <DATE>',
        'when envelopes may first be sealed to it, such as 2027-01-01',
        dateFrom('--from', '00:00:00'),
      ).conflicts('sign'),
    )
    .addOption(
      value('--to <DATE>', 'when they may no longer be; it opens them for ever', futureDate('--to')).conflicts('sign'),
    )
    .option('--sign', 'a key that signs envelopes, in the place of one that opens them')
    .option('--succeeds <FILE>', 'with --sign: whoever knows the key in FILE will know the new one')
    .option('--succeeds-passphrase-file <FILE>', 'take the content of FILE as its passphrase (default: ask)')
    .option('--force', 'overwrite files');
  command
    .optionsGroup('Passphrase of the private key (one of):')
    .addOption(secret('--generate', 'generate one and print it (default)', 'passphraseFile', 'prompt', 'plain'))
    .addOption(secret('--passphrase-file <FILE>', 'take the content of FILE; - is standard input', 'prompt', 'plain'))
    .addOption(secret('--prompt', 'ask for it on the terminal, twice', 'plain'))
    .option('--plain', 'none: whoever gets the file opens your envelopes, or signs as you')
    .addOption(value('--kdf <PROFILE>', 'standard, light or fips', oneOf('--kdf', ['standard', 'light', 'fips'])))
    .option('--allow-weak', 'take a weak passphrase all the same');
  command.addHelpText('after', KEYGEN_HELP).action((flags: KeygenFlags) => keygenCommand(flags));
}

function addOpener(program: Command): void {
  program
    .command('opener')
    .summary('write a page that opens envelopes')
    .description(
      'Writes the opener: a page that opens envelopes of any release without running the page that came by mail. It works from a disk, and, served, without a network.',
    )
    .option('-o, --output <DIR>', 'the folder to write to')
    .option('--force', 'overwrite files')
    .addHelpText('after', OPENER_HELP)
    .action((flags: OpenerFlags) => openerCommand(flags));
}

/** Commander's wording in ours: one line, no full stop. */
function readUsageError({ code, message }: CommanderError): Failure {
  const [said = '', suggestion = ''] = message.replace(/^error: /, '').split('\n');
  const line = said.replace(/\. ([A-Z])/, (_end, next: string) => `, ${next.toLowerCase()}`).replace(/\.$/, '');
  if (code === 'commander.unknownOption') return unknownOption(line, suggestion);
  return usageFailure(line, 'sealpost --help and sealpost help COMMAND say what there is');
}

/** Says the option's name alone: `--passphrase=hunter2` and `-phunter2` must not reach a log. */
function unknownOption(line: string, suggestion: string): Failure {
  const name = /'(--[^'=]*|-[^'-])/.exec(line)?.[1] ?? '';
  const hint = /Did you mean (?:one of )?(.*)\?/.exec(suggestion)?.[1];
  return usageFailure(
    `unknown option '${name}'`,
    /^(?:--?pass|--new-pass|--secret|--key|-p$)/.test(name)
      ? `a passphrase is never an argument: use --${name.startsWith('--new') ? 'new-' : ''}passphrase-file, or leave it to the terminal`
      : /^--(?:answer|code|question)/.test(name)
        ? 'answers and codes are never arguments: keep them in a file, or leave them to the terminal'
        : hint === undefined
          ? 'sealpost help COMMAND lists the options'
          : `did you mean ${hint}`,
  );
}

function readVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
