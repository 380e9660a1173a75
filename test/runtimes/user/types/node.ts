// What a program for Node may write.
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { open, seal } from 'sealpost';
import { findEnvelope, readMail, writeMail, type MailMessage } from 'sealpost/mail';

const message: MailMessage = await readMail(await readFile('letter.eml'));
const sealed = await seal(message);
await writeFile(sealed.fileName, await sealed.bytes());
await pipeline(sealed.stream(), createWriteStream(sealed.fileName));

const found: Uint8Array | undefined = await findEnvelope(await readFile('carrier.eml'));
const opened = await open(found ?? createReadStream('securedoc.html'), { passphrase: sealed.passphrase ?? '' });
for (const attachment of opened.attachments) Readable.from(attachment.stream());
const carrier: Uint8Array = await writeMail({ headers: opened.message.headers, text: opened.message.text ?? '' });
await writeFile('carrier.eml', carrier);
