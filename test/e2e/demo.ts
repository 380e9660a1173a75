import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { seal, type Message } from 'sealpost';
import { readMail } from 'sealpost/mail';
import { expect } from 'vitest';
import type { Visit } from './driver/visit.js';

const MAIL = fileURLToPath(new URL('../../examples/mail/discharge-letter.eml', import.meta.url));

/** The mail of the demo, sealed as the demo seals it. */
export interface Demo {
  readonly message: Message;
  readonly passphrase: string;
  readonly page: Uint8Array;
}

export async function sealDemo(): Promise<Demo> {
  const message = await readMail(readFileSync(MAIL));
  const sealed = await seal(message);
  return { message, passphrase: sealed.passphrase ?? '', page: await sealed.bytes() };
}

/** Its envelope is open: body and inline picture show, and every attachment is saved byte for byte. */
export async function expectDemoShown(visit: Visit, { attachments = [] }: Message): Promise<void> {
  expect(await visit.body.find('body').shown()).toContain('Sehr geehrter Herr Müller');
  const image = visit.body.find('img');
  await expect.poll(() => image.run((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);

  const listed = attachments.filter(({ inline }) => inline !== true);
  expect(listed).toHaveLength(3);
  const saves = visit.find('[data-action="save"]');
  await expect.poll(() => saves.count()).toBe(listed.length);
  for (const [index, { name, content }] of listed.entries()) {
    const saved = await visit.save(() => saves.nth(index).click());
    expect(saved.name).toBe(name);
    if (!(content instanceof Uint8Array)) throw new TypeError('readMail gives bytes');
    expect(sha256(saved.bytes)).toBe(sha256(content));
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
