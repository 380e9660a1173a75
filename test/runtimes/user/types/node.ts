// What a program for Node may write.
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { open, readIdentity, seal, type ReplyLedger } from 'sealpost';
import { FileReplyLedger } from 'sealpost/ledger';
import { findEnvelope, readMail, replyMail, writeMail, type MailMessage } from 'sealpost/mail';

const message: MailMessage = await readMail(await readFile('letter.eml'));
const sealed = await seal(message);
await writeFile(sealed.fileName, await sealed.bytes());
await pipeline(sealed.stream(), createWriteStream(sealed.fileName));

const found: Uint8Array | undefined = await findEnvelope(await readFile('carrier.eml'));
const opened = await open(found ?? createReadStream('securedoc.html'), { passphrase: sealed.passphrase ?? '' });
for (const attachment of opened.attachments) Readable.from(attachment.stream());
const carrier: Uint8Array = await writeMail({ headers: opened.message.headers, text: opened.message.text ?? '' });
await writeFile('carrier.eml', carrier);

const identity = await readIdentity(await readFile('clinic.key', 'utf8'));
await seal(message, { reply: { identity, actions: ['reply', 'replyAll'], endpoint: 'https://mail.example.com/in' } });
const ledger: ReplyLedger = new FileReplyLedger('taken');
const answered = await open(await readFile('reply.html'), { keys: [identity], ledger });
const author: string | undefined = answered.reply?.author;
await writeFile(`${author ?? ''}.eml`, await replyMail(answered, { to: [{ name: '', address: 'ada@example.com' }] }));
// @ts-expect-error -- who may take a reply is no choice
void seal(message, { reply: { actions: ['burn'] } });
