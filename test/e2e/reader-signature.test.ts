import { webcryptoBackend, webcryptoEd25519, type EnvelopeSigner } from '@sealpost/core';
import { fingerprint, makeSigningIdentity, type SigningIdentity } from '@sealpost/core/keys';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { languages } from '../../packages/reader/src/i18n/all.js';
import { en } from '../../packages/reader/src/i18n/en.js';
import { enterPassphrase, unlock } from '../../packages/reader/test/support/reading.js';
import { PASSPHRASE } from '../../packages/reader/test/support/envelope-file.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import { withScript } from './driver/with-script.js';

const { strings } = en;
const MESSAGE = { text: 'marzipan' };

describeInEachEngine('a signed envelope', (engine) => {
  const reader = useReader(engine);
  let ada: SigningIdentity;
  let signer: EnvelopeSigner;
  let digits: string;

  beforeAll(async () => {
    ada = await makeSigningIdentity(webcryptoEd25519);
    signer = { pair: ada.pair, predecessors: [], ed25519: webcryptoEd25519 };
    digits = await fingerprint(ada.pair.publicKey, webcryptoBackend);
  });

  const said = (key: 'signed' | 'unchecked'): string => strings[key].replace('{key}', `\u2066${digits}\u2069`);

  it('shows the key that signed, in groups of digits, and never that anything was verified', async () => {
    const visit = await reader.open(MESSAGE, { signer });
    expect(await visit.find('.after').texts()).toContain(said('signed'));
    expect(await visit.find('main').text()).not.toMatch(/verif|genuine|trust/i);
    const unsigned = await reader.open(MESSAGE);
    expect(await unsigned.find('.after').count()).toBe(1);
  });

  it('opens nothing with a signature of another envelope, or of another key', async () => {
    for (const sign of [
      // Ada's key, and a signature over something else.
      (pair: SigningIdentity['pair']) => webcryptoEd25519.sign(pair, new Uint8Array(5)),
      () => Promise.resolve(new Uint8Array(64)),
    ]) {
      const wrong = { ...signer, ed25519: { ...webcryptoEd25519, sign } };
      const visit = await reader.visit(await reader.seal(MESSAGE, { signer: wrong }));
      await enterPassphrase(visit, PASSPHRASE);
      expect(await visit.find('#sealpost-alert:not(:empty)').text()).toContain(strings.damaged);
    }
  });

  it('opens where a browser has no Ed25519, and says that nothing was checked', async () => {
    const page = readFileSync(await reader.seal(MESSAGE, { signer }), 'latin1');
    const changed = withScript(page, () => {
      const importKey = crypto.subtle.importKey.bind(crypto.subtle);
      Object.assign(crypto.subtle, {
        importKey: (...all: Parameters<typeof importKey>) =>
          all[2] === 'Ed25519'
            ? Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
            : importKey(...all),
      });
    });
    const visit = await reader.visit(reader.write('no-ed25519.html', changed));
    await unlock(visit);
    expect(await visit.find('.after').texts()).toContain(said('unchecked'));
  });
});

it('no language says that a signature was verified', () => {
  // In the words of each: verified, confirmed, genuine.
  const words =
    /verified|confirmed|genuine|vérifié|confirm|authenti|verifiziert|bestätigt|echt|verificad|autentic|検証済|本物|موثّق|أصلي/i;
  for (const { code, strings: own } of languages)
    for (const key of ['signed', 'unchecked'] as const) expect(own[key], code).not.toMatch(words);
});
