import type { Driven } from '../../../../test/e2e/driver/engine.js';
import { Visit } from '../../../../test/e2e/driver/visit.js';
import { PASSPHRASE } from './envelope-file.js';

/** Opens an envelope's file with the right passphrase and waits for the message. */
export async function openEnvelopeFile(browser: Driven, file: string): Promise<Visit> {
  const visit = await Visit.file(browser, file);
  await unlock(visit);
  return visit;
}

export async function unlock(visit: Visit, passphrase = PASSPHRASE): Promise<void> {
  await enterPassphrase(visit, passphrase);
  await visit.state('open');
}

/** Types it and presses Enter. */
export async function enterPassphrase(visit: Visit, passphrase: string): Promise<void> {
  await visit.find('#sealpost-passphrase').fill(passphrase);
  await visit.press('Enter');
}
