import type { Bytes, ReplyAction, ReplyInfo } from '@sealpost/core';
import { decodeBinary, encodeBinary } from '@sealpost/core/page';

const ACTIONS = ['reply', 'replyAll', 'forward'] as const satisfies readonly ReplyAction[];
const MAX_KEYS = 4;
const MAX_TO = 10;

/** The member `reply` of a manifest, as a sender wrote it who may have written anything. */
interface Wire {
  readonly actions: readonly ReplyAction[];
  readonly to: readonly Readonly<Record<'name' | 'address', unknown>>[];
  readonly keys: readonly (Omit<NonNullable<ReplyInfo['proof']>['keys'][number], 'publicKey'> & {
    readonly key: string;
  })[];
  readonly psk: string;
  readonly token?: string;
  readonly id?: string;
  readonly header: string;
  readonly passphrase?: 1;
  readonly path?: string;
  readonly kind?: ReplyInfo['kind'];
}

export function isReplyAction(value: unknown): value is ReplyAction {
  return (ACTIONS as readonly unknown[]).includes(value);
}

/**
 * What a manifest that has verified says about replies: for core's `reply/reply-info.ts`, which refuses all that the format does not allow.
 * This one takes what a page can use, and as much as it can show. `undefined` where that is nothing; never throws.
 */
export function readReplyInfo(json: unknown): ReplyInfo | undefined {
  try {
    const { actions, to, keys, psk, token, id, header, passphrase, path = '', kind } = json as Wire;
    const info: ReplyInfo = {
      actions: ACTIONS.filter((action) => actions.includes(action)),
      to: to.slice(0, MAX_TO).map(({ name, address }) => ({ name: String(name), address: String(address) })),
      ...(token !== undefined && {
        proof: {
          keys: keys.slice(0, MAX_KEYS).map(({ kem, key, to: until }) => ({
            kem,
            publicKey: decodeBinary(key),
            ...(until !== undefined && { to: until }),
          })),
          psk: decodeBinary(psk),
          token: decodeBinary(token),
          ...(id !== undefined && { origin: { id: decodeBinary(id), header: decodeBinary(header) } }),
        },
      }),
      passphrase: passphrase === 1,
      ...(/^\/[!-~]{0,499}$/.test(path) && { path }),
      ...(kind !== undefined && { kind }),
    };
    return info.passphrase || info.proof !== undefined ? info : undefined;
  } catch {
    return undefined;
  }
}

/** As core's. */
export function replyToJson({ actions, to, proof, passphrase, kind }: ReplyInfo): object {
  const { keys, psk, token, origin } = proof ?? {};
  return {
    actions,
    to,
    keys: keys?.map(({ kem, publicKey, to: until }) => ({ kem, key: encodeBinary(publicKey), to: until })),
    psk: text(psk),
    token: text(token),
    id: text(origin?.id),
    header: text(origin?.header),
    passphrase: passphrase ? 1 : undefined,
    kind,
  };
}

function text(bytes: Bytes | undefined): string | undefined {
  return bytes && encodeBinary(bytes);
}
