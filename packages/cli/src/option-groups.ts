import { Option, type Command } from 'commander';
import { FACE_LENGTHS, LANGUAGES } from 'sealpost';
import {
  addresses,
  collected,
  color,
  endpointAddress,
  futureDate,
  httpsAddress,
  integer,
  oneOf,
  someOf,
  someOrNone,
  text,
} from './option-values.js';
import { REPLY_WORDS } from './reply-options.js';

/** Groups of options that several commands have (spec/cli.md, sections 2, 3 and 6). */

/** An option that is not given beside others. */
export function secret(flags: string, description: string, ...others: string[]): Option {
  return new Option(flags, description).conflicts(others);
}

export function value<T>(flags: string, description: string, parse: (value: string, before: T) => T): Option {
  return new Option(flags, description).argParser(parse);
}

/** Where an envelope, and the mail that brings it, go. */
export function addDestinations(command: Command): void {
  command
    .option('-o, --output <FILE>', 'where the envelope goes; - is standard output')
    .option('--cover-mail <FILE>', 'where the mail that brings it goes; - is standard output')
    .option('--force', 'overwrite files');
}

/** What opens an envelope. */
export function addOldSecret(command: Command): Command {
  return command
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
    );
}

/** Questions, and how strong a secret is. */
export function addQuestions(command: Command): void {
  command
    .option('--question-file <FILE>', 'ask the questions in FILE, and print a code that belongs to the answers')
    .option('--allow-weak-slot', 'make no code: the answers alone open it')
    .addOption(value('--kdf <PROFILE>', 'standard, light or fips', oneOf('--kdf', ['standard', 'light', 'fips'])))
    .option('--allow-weak', 'take a weak passphrase all the same');
}

/** Keys that open the envelope, and the one that signs it. */
export function addKeys(command: Command): void {
  command
    .optionsGroup('Keys (each can be given several times; a key, or a file of keys):')
    .addOption(value('--recipient-key <KEY>', 'public key that opens it, alone or beside a passphrase', collected))
    .addOption(value('--archive-key <KEY>', 'public key of your own organisation; the recipient is told', collected));
  command
    .optionsGroup('Signature:')
    .option('--sign-key <FILE>', 'sign the envelope with the private key in FILE, of keygen --sign')
    .option('--sign-key-passphrase-file <FILE>', 'take the content of FILE as its passphrase (default: ask)');
}

/** `defaults`: what is said of them. */
export function addEnvelope(command: Command, defaults: { readonly form: string; readonly language: string }): void {
  command
    .optionsGroup('Envelope:')
    .addOption(
      value(
        '--form <FORM>',
        `html, or data for places that block HTML (default: ${defaults.form})`,
        oneOf('--form', ['html', 'data']),
      ),
    )
    .addOption(
      value(
        '--language <LIST>',
        `languages of page and cover mail, of ${LANGUAGES.join(',')} (default: ${defaults.language})`,
        someOf('--language', LANGUAGES),
      ),
    )
    .addOption(
      value('--idle-lock <MINUTES>', 'lock the page after 1 to 1440 idle minutes', integer('--idle-lock', 1, 1440)),
    )
    .option('--pad', 'pad the message, so that its exact size does not show');
}

export function addFace(command: Command): Command {
  return command
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
    );
}

export function addRequests(command: Command): Command {
  return command
    .optionsGroup('Requests to the recipient, which nothing enforces:')
    .addOption(value('--handling <TEXT>', 'how to handle the message', text('--handling', 1_000)))
    .addOption(
      value('--expires <DATE>', 'when it should no longer be read, such as 2027-01-31', futureDate('--expires')),
    );
}

export function addReplies(command: Command): void {
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
}

export function addCoverMail(command: Command): Command {
  return command
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
}
