import { backend } from '#backend';
import {
  EnvelopeError,
  randomBytes,
  type Address,
  type MessageHeaders,
  type ParsedHeader,
  type ReplyAction,
  type ReplyInfo,
  type ReplyProof,
  type RuntimeModule,
} from '@sealpost/core';
import { Identity, sealToken, shortThread } from '@sealpost/core/keys';
import { cleanLine } from './clean-line.js';
import { refuseInvalidKey } from './keys.js';

/** What recipients may do with the message in the page, and where replies go. */
export interface ReplyOptions {
  /**
   * Key pair of the sender's side: replies are sealed to it, and prove that they come from somebody who opened the envelope. Whoever
   * takes replies keeps it. Without it, replies are sealed to the envelope's passphrase alone, and prove nothing.
   */
  readonly identity?: Identity;
  /**
   * Default: reply and forward. `replyAll` asks whoever takes the replies to send them on to everybody: offer it only if you do
   * that.
   */
  readonly actions?: readonly ReplyAction[];
  /** Whom a reply goes to by mail, at most ten. Default: the message's Reply-To, else its From. */
  readonly to?: readonly Address[];
  /** Addresses that this envelope is for: replies count as theirs, whatever they say. Default: the message's To and Cc. */
  readonly recipients?: readonly string[];
  /** Where the page sends replies: `https:`, or `http:` on this machine. Without it they go by mail. */
  readonly endpoint?: string | URL;
  /** Whether a reply also opens with the passphrase of the envelope, for people without the key. Default: true. */
  readonly passphrase?: boolean;
  /** When replies are no longer taken. Default: after 400 days, or when the identity's validity ends. */
  readonly expires?: Date;
}

const DAY = 86_400;
const DEFAULT_DAYS = 400;
const ACTIONS: readonly ReplyAction[] = ['reply', 'replyAll', 'forward'];

/** What a page reads of `to` (spec/envelope-v1.md, section 7.5): it would pass over all of `reply` where there is more. */
const MAX_TO = 10;
const MAX_ADDRESS = 1_000;

/** What core needs for an envelope that may be answered. */
export interface Replies {
  /** Origin of the endpoint. */
  readonly connect?: string;
  readonly makeReply: (header: ParsedHeader) => Promise<ReplyInfo>;
}

/** Code that a page needs for it. */
export function replyModules({ identity }: ReplyOptions): readonly RuntimeModule[] {
  return identity?.key.kem.name === 'mlkem768-x25519' ? ['reply', 'pq'] : ['reply'];
}

/** Throws `INVALID_ARGUMENT` for options that do not go together, `LIMIT` (when it is made) where the token would be too large. */
export function repliesOf(headers: MessageHeaders, options: ReplyOptions): Replies {
  const { identity, passphrase = true, endpoint } = options;
  const actions = actionsOf(options);
  const to = addresseesOf(headers, options);
  if (identity !== undefined && !(identity instanceof Identity)) throw invalid('identity is not an identity');
  if (identity === undefined && !passphrase)
    throw invalid('passphrase is false, and there is no identity: nobody could open a reply');
  if (identity !== undefined) refuseInvalidKey(identity.key);
  const url = endpoint === undefined ? undefined : endpointOf(endpoint);
  const { issued, expires } = timesOf(options);
  const recipients = identity === undefined ? [] : recipientsOf(headers, options);
  return {
    ...(url && { connect: url.origin }),
    async makeReply(header) {
      const base = { actions, to, passphrase, ...(url && { path: `${url.pathname}${url.search}` }) };
      if (identity === undefined) return base;
      const psk = randomBytes(32);
      const { messageId } = headers;
      const token = await sealToken(
        {
          id: header.header.id,
          header: await backend.sha256(header.bytes),
          psk,
          recipients,
          actions,
          issued,
          expires,
          ...(messageId === undefined ? {} : { messageId }),
          references: shortThread(headers.references ?? []),
        },
        identity,
        backend,
        randomBytes,
      );
      const { kem, publicKey } = identity.key;
      const proof: ReplyProof = { keys: [{ kem: kem.name, publicKey, to: expires }], psk, token };
      return { ...base, proof };
    },
  };
}

function actionsOf({ actions = ['reply', 'forward'] }: ReplyOptions): readonly ReplyAction[] {
  const known = ACTIONS.filter((action) => actions.includes(action));
  if (known.length === 0 || known.length !== actions.length)
    throw invalid('actions are not one or more of "reply", "replyAll" and "forward", none of them twice');
  return known;
}

function addresseesOf({ replyTo, from = [] }: MessageHeaders, { to }: ReplyOptions): readonly Address[] {
  const addressees = to ?? (replyTo ?? from).filter(({ address }) => address !== '');
  if (addressees.length > MAX_TO) throw invalid(`to is more than ${String(MAX_TO)} addresses`);
  for (const { name, address } of addressees) {
    if (address === '' || Math.max(name.length, address.length) > MAX_ADDRESS)
      throw invalid(`to holds an address that is empty, or longer than ${String(MAX_ADDRESS)}`);
  }
  return addressees;
}

function endpointOf(endpoint: string | URL): URL {
  const url = URL.canParse(String(endpoint)) ? new URL(endpoint) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '' || url.hash !== '')
    throw invalid('endpoint is not an address without user name, password and fragment');
  if (url.pathname.length + url.search.length > 500) throw invalid('endpoint has a path longer than 500');
  return url;
}

/** Seconds since 1970. */
function timesOf({ expires, identity }: ReplyOptions): { readonly issued: number; readonly expires: number } {
  const issued = Math.floor(Date.now() / 1_000);
  const chosen = expires === undefined ? issued + DEFAULT_DAYS * DAY : Math.floor(expires.getTime() / 1_000);
  if (!(chosen > issued && chosen < 2 ** 32)) throw invalid('expires is not a date to come');
  const last = identity?.key.validity.to;
  return { issued, expires: Math.min(chosen, last === undefined ? Infinity : Math.floor(last.getTime() / 1_000)) };
}

function recipientsOf({ to = [], cc = [] }: MessageHeaders, { recipients }: ReplyOptions): readonly string[] {
  const found = recipients ?? [...to, ...cc].map(({ address }) => address).filter((address) => address !== '');
  if (found.length === 0)
    throw invalid('recipients are missing: the message names none, and replies would be nobody’s');
  if (found.some((address) => address === '' || cleanLine(`-${address}-`) !== `-${address}-`))
    throw invalid('recipients hold an address that is empty, or has a line break in it');
  return [...new Set(found)];
}

function invalid(what: string): EnvelopeError {
  return new EnvelopeError('INVALID_ARGUMENT', `reply: ${what}`);
}
