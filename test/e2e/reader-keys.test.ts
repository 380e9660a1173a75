import { p256Kem, webcryptoBackend, type RecipientKey } from '@sealpost/core';
import { hybridKem } from '@sealpost/core/hybrid';
import { makeIdentity } from '@sealpost/core/keys';
import { beforeAll, expect, it } from 'vitest';
import { en } from '../../packages/reader/src/i18n/en.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';

describeInEachEngine('an envelope with slots for keys', (engine) => {
  const reader = useReader(engine);
  let keys: readonly RecipientKey[];

  beforeAll(async () => {
    const kems = [p256Kem(webcryptoBackend), hybridKem];
    keys = await Promise.all(kems.map(async (kem) => (await makeIdentity(kem, {}, webcryptoBackend)).key));
  });

  it('opens with its passphrase, and says so where the sender’s organisation can open it too', async () => {
    for (const [notes, said] of [
      [{}, false],
      [{ archive: 1 }, true],
    ] as const) {
      const visit = await reader.open({ text: 'marzipan' }, { keys, notes });
      expect(await visit.body.find('body').text()).toContain('marzipan');
      expect((await visit.find('.after').text()).includes(en.strings.archive)).toBe(said);
    }
  });

  it('says that it is not for this page where it has no passphrase', async () => {
    const visit = await reader.visit(await reader.seal({ text: 'marzipan' }, { keys, secrets: [] }));
    expect(await visit.find('#sealpost-alert:not(:empty)').text()).toBe(en.strings.version);
    expect(await visit.find('input').count()).toBe(0);
  });
});
