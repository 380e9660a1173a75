// Raw mail in and out. Prints what it did as JSON.
import { readFile } from 'node:fs/promises';
import { open, seal } from 'sealpost';
import { findEnvelope, readMail, writeMail } from 'sealpost/mail';

const message = await readMail(await readFile('letter.eml'));
const sealed = await seal(message);
const content = await sealed.bytes();
const carrier = await writeMail({
  headers: { subject: 'a sealed letter', from: [{ name: 'Ada', address: 'ada@example.com' }] },
  text: 'attached',
  attachments: [{ name: sealed.fileName, type: 'text/html', content }],
});
const found = await findEnvelope(carrier);
const opened = await open(found ?? '', { passphrase: sealed.passphrase ?? '' });
console.log(
  JSON.stringify({ subject: opened.message.headers.subject, attachments: opened.attachments.map(({ name }) => name) }),
);
