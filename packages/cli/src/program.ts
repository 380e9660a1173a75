import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { FACE_LENGTHS, LANGUAGES } from 'sealpost';
import { inspectCommand, type InspectFlags } from './commands/inspect.js';
import { keygenCommand, type KeygenFlags } from './commands/keygen.js';
import { openerCommand, type OpenerFlags } from './commands/opener.js';
import { openCommand, type OpenFlags } from './commands/open.js';
import { sealCommand, type SealFlags } from './commands/seal.js';
import { toFailure, usageFailure, type ExitCode, type Failure } from './failure.js';
import {
  addresses,
  collected,
  color,
  dateFrom,
  endpointAddress,
  futureDate,
  httpsAddress,
  integer,
  oneOf,
  someOf,
  someOrNone,
  text,
} from './option-values.js';
import { HELP, INSPECT_HELP, KEYGEN_HELP, OPENER_HELP, OPEN_HELP, SEAL_HELP } from './help-texts.js';
import { REPLY_WORDS } from './reply-options.js';
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
  addInspect(program);
  addKeygen(program);
  addOpener(program);
  program.addHelpText('after', HELP);
  return program;
}

/** An option that is not given beside others. */
function secret(flags: string, description: string, ...others: string[]): Option {
  return new Option(flags, description).conflicts(others);
}

function value<T>(flags: string, description: string, parse: (value: string, before: T) => T): Option {
  return new Option(flags, description).argParser(parse);
}

function addSeal(program: Command): void {
  const command = program
    .command('seal')
    .summary('seal a mail into an envelope')
    .description('Seals a mail. Without FILE, or with -, reads it from standard input.')
    .argument('[FILE]', 'the mail (.eml), or -', '-')
    .option('-o, --output <FILE>', 'where the envelope goes; - is standard output')
    .option('--cover-mail <FILE>', 'where the mail that brings it goes; - is standard output')
    .option('--force', 'overwrite files');
  command
    .optionsGroup('Passphrase, or questions in its place (one of):')
    .addOption(secret('--generate', 'generate one and print it (default)', 'passphraseFile', 'prompt', 'questionFile'))
    .addOption(
      secret('--passphrase-file <FILE>', 'take the content of FILE; - is standard input', 'prompt', 'questionFile'),
    )
    .addOption(secret('--prompt', 'ask for it on the terminal, twice', 'questionFile'))
    .option('--question-file <FILE>', 'ask the questions in FILE, and print a code that belongs to the answers')
    .option('--allow-weak-slot', 'make no code: the answers alone open it')
    .addOption(value('--kdf <PROFILE>', 'standard, light or fips', oneOf('--kdf', ['standard', 'light', 'fips'])))
    .option('--allow-weak', 'take a weak passphrase all the same');
  command
    .optionsGroup('Keys (each can be given several times; a key, or a file of keys):')
    .addOption(value('--recipient-key <KEY>', 'public key that opens it, alone or beside a passphrase', collected))
    .addOption(value('--archive-key <KEY>', 'public key of your own organisation; the recipient is told', collected));
  command
    .optionsGroup('Signature:')
    .option('--sign-key <FILE>', 'sign the envelope with the private key in FILE, of keygen --sign')
    .option('--sign-key-passphrase-file <FILE>', 'take the content of FILE as its passphrase (default: ask)');
  command
    .optionsGroup('Envelope:')
    .addOption(
      value('--form <FORM>', 'html (default), or data for places that block HTML', oneOf('--form', ['html', 'data'])),
    )
    .addOption(
      value(
        '--language <LIST>',
        `languages of page and cover mail, of ${LANGUAGES.join(',')}`,
        someOf('--language', LANGUAGES),
      ),
    )
    .addOption(
      value('--idle-lock <MINUTES>', 'lock the page after 1 to 1440 idle minutes', integer('--idle-lock', 1, 1440)),
    )
    .option('--pad', 'pad the message, so that its exact size does not show')
    .option('--keep-original', 'carry the exact mail too');
  command
    .optionsGroup('Shown before it is opened, to everybody who gets the file:')
    .addOption(value('--org <NAME>', 'who sends it', text('--org', FACE_LENGTHS.org)))
    .addOption(value('--contact <TEXT>', 'whom to ask in doubt', text('--contact', FACE_LENGTHS.contact)))
    .addOption(value('--brand-color <COLOR>', "such as '#1a5fb4'", color('--brand-color')))
    .option('--logo <FILE>', 'a PNG or JPEG file of at most 8192 bytes')
    .addOption(value('--hint <TEXT>', 'where the recipient finds the passphrase', text('--hint', FACE_LENGTHS.hint)))
    .addOption(
      value(
        '--opener <ADDRESS>',
        'where the saved file can be opened (https)',
        httpsAddress('--opener', FACE_LENGTHS.coverOpener),
      ),
    )
    .addOption(value('--face <LIST>', 'copy subject,date from the mail', someOf('--face', ['subject', 'date'])));
  command
    .optionsGroup('Requests to the recipient, which nothing enforces:')
    .addOption(value('--handling <TEXT>', 'how to handle the message', text('--handling', 1_000)))
    .addOption(
      value('--expires <DATE>', 'when it should no longer be read, such as 2027-01-31', futureDate('--expires')),
    );
  command
    .optionsGroup('Replies:')
    .addOption(
      value(
        '--reply <LIST>',
        `some of ${REPLY_WORDS.join(',')}, or none (default)`,
        someOrNone('--reply', REPLY_WORDS),
      ),
    )
    .option('--reply-identity <FILE>', 'private key that replies are sealed to; they prove then who may have made them')
    .option('--reply-identity-passphrase-file <FILE>', 'take the content of FILE as its passphrase (default: ask)')
    .addOption(
      value(
        '--reply-to <ADDRESS>',
        'whom replies go to (default: Reply-To, else From); several times',
        addresses('--reply-to'),
      ),
    )
    .addOption(
      value(
        '--reply-recipient <ADDRESS>',
        'whom the envelope is for (default: To and Cc); several times',
        addresses('--reply-recipient'),
      ),
    )
    .addOption(
      value(
        '--reply-endpoint <URL>',
        'where the page sends replies (https); without it, by mail',
        endpointAddress('--reply-endpoint'),
      ),
    )
    .addOption(
      value(
        '--reply-until <DATE>',
        'when replies are no longer taken (default: 400 days)',
        futureDate('--reply-until'),
      ),
    )
    .option('--no-reply-passphrase', 'replies do not open with the passphrase of the envelope');
  command
    .optionsGroup('Cover mail:')
    .addOption(
      value(
        '--cover-subject <KIND>',
        'neutral (default), or original: the subject of the mail, for everybody to read',
        oneOf('--cover-subject', ['neutral', 'original']),
      ),
    )
    .addOption(
      value(
        '--cover-transfer <ENCODING>',
        '7bit (default), or base64 for mail systems that spoil it',
        oneOf('--cover-transfer', ['7bit', 'base64']),
      ),
    );
  command.addHelpText('after', SEAL_HELP).action((file: string, flags: SealFlags) => sealCommand(file, flags));
}

function addOpen(program: Command): void {
  program
    .command('open')
    .summary('show or write the message of an envelope')
    .description('Opens an envelope, or the first one attached to a mail, and shows its message.')
    .argument('<FILE>', 'the envelope, a mail that holds it, or -')
    .option('--passphrase-file <FILE>', 'take the content of FILE as passphrase (default: ask); - is standard input')
    .addOption(
      secret(
        '--answers-file <FILE>',
        'take the answers, one a line, and the code from FILE (default: ask)',
        'passphraseFile',
        'identity',
      ),
    )
    .addOption(value('--identity <FILE>', 'open with the keys in FILE; can be given several times', collected))
    .addOption(
      value('--verify-key <KEY>', 'take only what this key signed, or a file of keys; several times', collected),
    )
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
    /^(?:--?pass|--secret|--key|-p$)/.test(name)
      ? 'a passphrase is never an argument: use --passphrase-file, or leave it to the terminal'
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
