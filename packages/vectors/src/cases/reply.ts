import { ByteSource } from '../kit/byte-source.js';
import { utf8 } from '../kit/bytes.js';
import { buildEnvelope, type EnvelopeRecipe } from '../kit/envelope.js';
import type { Identity } from '../kit/identity.js';
import { smallestArgon2id } from '../kit/kdf.js';
import type { KeySlotLies, KeySlotRecipe, ReplyProof } from '../kit/key-slot.js';
import { writeOffer, type OfferRecipe } from '../kit/offer.js';
import { sha256 } from '../kit/plaintext.js';
import type { SlotRecipe } from '../kit/slot.js';
import { sealToken, type Token, type TokenLies } from '../kit/token.js';
import { hybridPairs, p256Pairs } from './key-pair.js';
import { passphrase } from './scenario.js';

/** When replies are read, where nothing else is said, and from when to when their tokens hold: seconds since 1970. */
export const times = { issued: 1_790_000_000, at: 1_800_000_000, expires: 1_824_560_000 } as const;

export const ada = { name: 'Ada', address: 'ada@home.example' };
export const clinic = { name: 'Clinic', address: 'results@clinic.example' };
export const thread = { before: 'before@clinic.example', first: 'first@clinic.example' };

/** A slot for the passphrase. */
export const byPassphrase: SlotRecipe = {
  passphrase,
  norm: 'words',
  kdf: smallestArgon2id(utf8('a salt of a test')),
};

/** An envelope that offers replies with a proof, and what its replies are made of. */
export interface Original {
  readonly recipe: EnvelopeRecipe;
  readonly token: Token;
  readonly proof: ReplyProof;
  readonly offer: OfferRecipe;
}

export const originals: { readonly p256: Original; readonly hybrid: Original } = {
  p256: originalOf(p256Pairs.own, 'original'),
  hybrid: originalOf(hybridPairs.own, 'original'),
};

/** Another envelope of the same sender's to the same person. */
export const another: Original = originalOf(p256Pairs.own, 'another');

/** Other values for some keys; undefined leaves a key out. */
type Changed<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

/** How a reply to {@link originals} differs from a right one. */
export interface ReplyChanges {
  readonly identity?: Identity;
  /** What the token says. The slot key is that of the honest one. */
  readonly token?: Changed<Token>;
  readonly tokenLies?: TokenLies;
  readonly lies?: KeySlotLies;
  /** The slots, made of the reply's own. */
  readonly slots?: (own: KeySlotRecipe) => readonly SlotRecipe[];
  readonly headers?: Readonly<Record<string, unknown>>;
  /** `reply` of the reply's manifest; left out with `null`. */
  readonly offer?: Changed<OfferRecipe> | null;
}

/** The recipe of a reply as a page makes it, but for the changes. */
export function replyRecipe(changes: ReplyChanges = {}): Partial<EnvelopeRecipe> {
  const { identity = p256Pairs.own, lies, slots = (own: KeySlotRecipe) => [own], headers, offer = {} } = changes;
  const { proof, offer: offered } = identity.kem === p256Pairs.own.kem ? originals.p256 : originals.hybrid;
  const token = replyToken(changes);
  const { id, header } = proof;
  const carried = { ...offered, to: [clinic], id, header, token, kind: 'reply', ...offer } as OfferRecipe;
  return {
    slots: slots({ to: identity, proof: { ...proof, token }, ...(lies === undefined ? {} : { lies }) }),
    message: {
      headers: {
        from: [ada],
        to: [clinic],
        subject: 'Re: Results',
        inReplyTo: thread.first,
        references: [thread.before, thread.first],
        ...headers,
      },
      parts: [{ role: 'text', type: 'text/plain', content: utf8('Thank you.') }],
      ...(offer === null ? {} : { extra: { reply: writeOffer(carried) } }),
    },
  };
}

/** The original's own token; with changes, another one that was sealed like it. */
function replyToken({ identity = p256Pairs.own, token, tokenLies }: ReplyChanges): Uint8Array {
  const original = identity.kem === p256Pairs.own.kem ? originals.p256 : originals.hybrid;
  if (token === undefined && tokenLies === undefined) return original.proof.token;
  const salt = new ByteSource('sealpost vectors: another token').take(24);
  return sealToken({ ...original.token, ...token } as Token, identity.privateKey, salt, tokenLies);
}

function originalOf(identity: Identity, name: string): Original {
  const seed = `sealpost vectors: ${name} of ${identity.kem.name}`;
  const secrets = new ByteSource(`${seed}, its token`);
  const psk = secrets.take(32);
  const salt = secrets.take(24);
  const recipe = (message: EnvelopeRecipe['message']): EnvelopeRecipe => ({
    random: new ByteSource(seed),
    slots: [byPassphrase],
    message,
  });
  // The header does not depend on the message: the token that stands in the one holds the hash of the other.
  const { id, headerBytes } = buildEnvelope(recipe({ parts: [] }));
  const token: Token = {
    id,
    header: sha256(headerBytes),
    psk,
    recipients: [ada.address],
    actions: ['reply', 'forward'],
    issued: times.issued,
    expires: times.expires,
    messageId: thread.first,
    references: [thread.before],
  };
  const sealed = sealToken(token, identity.privateKey, salt);
  const offer: OfferRecipe = {
    actions: token.actions,
    to: [clinic],
    keys: [{ kem: identity.kem, publicKey: identity.publicKey }],
    psk,
    token: sealed,
    passphrase: 1,
  };
  const headers = {
    from: [clinic],
    to: [ada],
    subject: 'Results',
    messageId: thread.first,
    references: [thread.before],
  };
  const parts = [{ role: 'text', type: 'text/plain', content: utf8('Good news.') }] as const;
  return {
    recipe: recipe({ headers, parts, extra: { reply: writeOffer(offer) } }),
    token,
    proof: { id, header: token.header, psk, token: sealed },
    offer,
  };
}
