import { open, prepareSecret, readIdentity, reissue, type OpenSecretOptions } from 'sealpost';
import { describe, expect, it } from 'vitest';
import { readVectors, type PublishedVector } from './published.js';

/** Whatever another builder may write stands in a new envelope as it was. Replies that a key opens are not reissued. */

const whole = readVectors().filter(({ expected, reply }) => expected === 'success' && reply === undefined);

async function secretOf({ identity, answers, code, passphrase = '' }: PublishedVector): Promise<OpenSecretOptions> {
  if (identity !== undefined) return { keys: [await readIdentity(identity)] };
  if (answers !== undefined) return { answers, ...(code === undefined ? {} : { code }) };
  return { passphrase };
}

/** All that a reader sees, but for what belongs to the old envelope. */
async function contentOf(file: Uint8Array, secret: OpenSecretOptions): Promise<object> {
  const { message, attachments, original, notes, idleLock } = await open(file, secret);
  const { handling, expires } = notes;
  const parts = attachments.map(({ name, type, contentId, inline, sha256 }) => [name, type, contentId, inline, sha256]);
  return { message, parts, original: original?.sha256, handling, expires, idleLock };
}

describe('reissue', () => {
  it(`keeps the messages of ${whole.length} vectors`, { timeout: 120_000 }, async () => {
    expect(whole.length).toBeGreaterThan(300);
    const { prepared } = await prepareSecret();
    for (const vector of whole) {
      const secret = await secretOf(vector);
      const made = await (await reissue(vector.bytes, secret, { prepared })).bytes();
      expect(await contentOf(made, { prepared }), vector.name).toEqual(await contentOf(vector.bytes, secret));
    }
  });
});
