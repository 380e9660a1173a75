import type { MessageHeaders, ReplyAction, ReplyOptions } from 'sealpost';
import { usageFailure } from './failure.js';
import { readOneIdentity } from './key-input.js';
import { warn } from './tui.js';

/** Replies to an envelope, from the options of `sealpost seal` (spec/cli.md, 2.2). */

export const REPLY_WORDS = ['reply', 'reply-all', 'forward'] as const;

export interface ReplyFlags {
  /** Empty, as left out: nothing is offered. */
  readonly reply?: readonly (typeof REPLY_WORDS)[number][];
  readonly replyIdentity?: string;
  readonly replyIdentityPassphraseFile?: string;
  readonly replyTo?: readonly string[];
  readonly replyRecipient?: readonly string[];
  readonly replyEndpoint?: string;
  readonly replyUntil?: Date;
  /** False where `--no-reply-passphrase` is given. */
  readonly replyPassphrase?: boolean;
}

const ACTIONS: Readonly<Record<(typeof REPLY_WORDS)[number], ReplyAction>> = {
  reply: 'reply',
  'reply-all': 'replyAll',
  forward: 'forward',
};

const MAX_TO = 10;

/** What means something of replies that prove nothing, too. */
const WITHOUT_IDENTITY = ['--reply-to', '--reply-endpoint'];

/** Before anything is read: options that mean nothing without others. `hasPassphrase`: one opens the envelope. */
export function checkReplyFlags(flags: ReplyFlags, hasPassphrase: boolean): void {
  const { reply = [], replyIdentity, replyTo = [] } = flags;
  const [first] = namesOf(flags);
  if (reply.length === 0) {
    if (first !== undefined)
      throw usageFailure(`${first} without --reply`, 'say what is offered: --reply reply,forward');
    return;
  }
  if (replyTo.length > MAX_TO) throw usageFailure(`--reply-to is given more than ${MAX_TO} times`);
  if (replyIdentity !== undefined) return;
  const proving = namesOf(flags).find((name) => !WITHOUT_IDENTITY.includes(name));
  if (proving !== undefined)
    throw usageFailure(`${proving} without --reply-identity`, 'sealpost keygen makes an identity');
  if (reply.includes('reply-all')) {
    throw usageFailure(
      '--reply reply-all without --reply-identity: nobody would know that such a reply is to be sent on',
      'add --reply-identity FILE, or leave reply-all out',
    );
  }
  if (!hasPassphrase)
    throw usageFailure('nobody could open a reply: there is no passphrase', 'add --reply-identity FILE');
}

/** The options that say more about replies, as they were given. */
function namesOf(flags: ReplyFlags): readonly string[] {
  const { replyIdentity, replyIdentityPassphraseFile, replyTo = [], replyRecipient = [] } = flags;
  const { replyEndpoint, replyUntil, replyPassphrase = true } = flags;
  return [
    ...(replyIdentity === undefined ? [] : ['--reply-identity']),
    ...(replyIdentityPassphraseFile === undefined ? [] : ['--reply-identity-passphrase-file']),
    ...(replyTo.length === 0 ? [] : ['--reply-to']),
    ...(replyRecipient.length === 0 ? [] : ['--reply-recipient']),
    ...(replyEndpoint === undefined ? [] : ['--reply-endpoint']),
    ...(replyUntil === undefined ? [] : ['--reply-until']),
    ...(replyPassphrase ? [] : ['--no-reply-passphrase']),
  ];
}

/** Options of the library for replies to a message; none where none are offered. Unlocks the identity. */
export async function readReplyOptions(
  flags: ReplyFlags,
  headers: MessageHeaders,
): Promise<{ readonly reply?: ReplyOptions }> {
  const { reply = [], replyIdentity, replyTo = [], replyRecipient = [], replyEndpoint, replyUntil } = flags;
  if (reply.length === 0) return {};
  if (replyIdentity !== undefined && replyRecipient.length === 0) checkRecipients(headers);
  const identity =
    replyIdentity === undefined
      ? undefined
      : await readOneIdentity('--reply-identity', replyIdentity, flags.replyIdentityPassphraseFile);
  const end = identity?.key.validity.to;
  if (end !== undefined && replyUntil !== undefined && end < replyUntil)
    warn(`replies are taken until ${end.toISOString()}: the time of the key is over then`);
  return {
    reply: {
      actions: reply.map((word) => ACTIONS[word]),
      ...(identity === undefined ? {} : { identity }),
      ...(replyTo.length === 0 ? {} : { to: replyTo.map((address) => ({ name: '', address })) }),
      ...(replyRecipient.length === 0 ? {} : { recipients: replyRecipient }),
      ...(replyEndpoint === undefined ? {} : { endpoint: replyEndpoint }),
      ...(replyUntil === undefined ? {} : { expires: replyUntil }),
      passphrase: flags.replyPassphrase ?? true,
    },
  };
}

function checkRecipients({ to = [], cc = [] }: MessageHeaders): void {
  if ([...to, ...cc].some(({ address }) => address !== '')) return;
  throw usageFailure(
    'the mail names no recipient (To, Cc), and replies would be nobody’s',
    'say whom the envelope is for with --reply-recipient',
  );
}
