// What everybody does with `sealpost`, in every runtime: this one text runs in Node, Deno, Bun, workers and pages.
import {
  coverMail,
  EnvelopeError,
  estimateSize,
  generateIdentity,
  generatePassphrase,
  identityText,
  inspect,
  open,
  prepareSecret,
  readIdentity,
  seal,
} from 'sealpost';

/** Attachments in three of the ways in which programs hold them; a stream can be read once, so each message has its own. */
function newMessage() {
  return {
    headers: {
      subject: 'Grüße, 挨拶',
      from: [{ name: 'Ada', address: 'ada@example.com' }],
      to: [{ name: '', address: 'bob@example.org' }],
    },
    text: 'Guten Tag\n',
    html: '<p>Guten <b>Tag</b></p>',
    attachments: [
      { name: 'bytes.bin', type: 'application/octet-stream', content: new Uint8Array(70_000).fill(7) },
      { name: 'blob.txt', type: 'text/plain', content: new Blob(['a blob ', 'in two pieces']) },
      { name: 'stream.txt', type: 'text/plain', content: new Blob(['a stream']).stream() },
    ],
  };
}

async function contents({ message, attachments }) {
  const files = [];
  for (const attachment of attachments) {
    const bytes = await attachment.bytes();
    const whole = await new Response(attachment.stream()).arrayBuffer();
    files.push({ name: attachment.name, sum: bytes.reduce((sum, byte) => sum + byte, 0), streamed: whole.byteLength });
  }
  return { subject: message.headers.subject, text: message.text, html: message.html, files };
}

async function errorCode(job) {
  try {
    await job();
    return 'no error';
  } catch (error) {
    return error instanceof EnvelopeError ? error.code : String(error);
  }
}

/** An envelope for a key of each kind, opened again with what was written of the key; or the error where a page has no keys. */
async function sealToKeys(note) {
  const envelopes = [];
  for (const kem of ['p256', 'mlkem768-x25519']) {
    const error = await errorCode(async () => {
      const identity = await generateIdentity({ kem });
      const sealed = await seal(note, { recipientKeys: [identity.publicKey] });
      const file = new TextDecoder().decode(await sealed.bytes());
      const written = identityText(identity);
      const { message } = await open(file, { keys: [await readIdentity(written)] });
      envelopes.push({ kem, file, identity: written, text: message.text });
    });
    if (error !== 'no error') envelopes.push({ kem, error });
  }
  return envelopes;
}

/**
 * Seals and opens both forms with both kinds of secret, each time handing the file in in another way.
 * `received` is an envelope that another runtime sealed, with its passphrase.
 */
export async function sealAndOpen(received) {
  const { prepared } = await prepareSecret();
  const rounds = [];
  for (const form of ['html', 'data']) {
    const sealed = await seal(newMessage(), { form });
    const bytes = await sealed.bytes();
    const blob = new Blob([bytes]);
    const { known } = await inspect(blob);
    rounds.push({
      fileName: sealed.fileName,
      known,
      generated: await contents(await open(bytes, { passphrase: sealed.passphrase ?? '' })),
      streamed: await contents(await open((await seal(newMessage(), { form, prepared })).stream(), { prepared })),
    });
  }

  const { text: passphrase } = generatePassphrase();
  const note = { headers: { subject: 'note' }, text: 'for another runtime' };
  const sealed = await seal(note, { form: 'data', passphrase });
  const file = new TextDecoder().decode(await sealed.bytes());
  const estimate = await estimateSize(note, { form: 'data' });
  return {
    rounds,
    sent: { file, passphrase, toKeys: await sealToKeys(note) },
    estimateError: Math.abs(estimate.file / file.length - 1),
    coverMail: await errorCode(() => coverMail(sealed, { headers: newMessage().headers })),
    wrongPassphrase: await errorCode(() => open(file, { passphrase: 'another' })),
    received: received && (await contents(await open(received.file, { passphrase: received.passphrase }))),
  };
}
