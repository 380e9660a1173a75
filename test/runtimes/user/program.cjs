// CommonJS: `require` of modules is in Node since 20.19. Prints what it did as JSON.
const { open, seal } = require('sealpost');
const { readMail } = require('sealpost/mail');

async function main() {
  const message = await readMail(Buffer.from('Subject: required\r\n\r\ntext'));
  const { bytes, passphrase = '' } = await seal(message);
  const opened = await open(await bytes(), { passphrase });
  console.log(JSON.stringify({ subject: opened.message.headers.subject }));
}

void main();
