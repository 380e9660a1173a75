// A ledger of replies in files, and an envelope that may be answered. Prints what it did as JSON.
import { generateIdentity, open, seal } from 'sealpost';
import { FileReplyLedger } from 'sealpost/ledger';
import { replyMail } from 'sealpost/mail';

const id = '0123456789abcdef0123456789abcdef';
const ledger = new FileReplyLedger('ledger');
await ledger.forget(id);
const remembered = [await ledger.remember(id, new Date(0)), await ledger.remember(id, new Date(0))];
const pruned = await ledger.prune();

const identity = await generateIdentity({ kem: 'p256' });
const message = { headers: { subject: 'a question', to: [{ name: '', address: 'ada@example.com' }] }, text: 'When?' };
const sealed = await seal(message, { reply: { identity, endpoint: 'https://mail.example.com/in' } });
const opened = await open(await sealed.bytes(), { passphrase: sealed.passphrase ?? '' });
const refused = await replyMail(opened).catch(({ code }) => code);
console.log(JSON.stringify({ remembered, pruned, text: opened.message.text, refused }));
