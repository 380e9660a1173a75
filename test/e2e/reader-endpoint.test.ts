import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PreparedSecret } from '@sealpost/core';
import { generateIdentity, open, seal, type Identity } from 'sealpost';
import { cheapSecret, PASSPHRASE } from '../../packages/reader/test/support/envelope-file.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { en as pageTexts } from '../../packages/reader/src/i18n/en.js';
import { en } from '../../packages/reader/src/i18n/reply/en.js';
import { listen } from '../support/http-server.js';
import { describeInEachEngine } from './driver/engines.js';
import type { Visit } from './driver/visit.js';
import { saveSealed, startWriting } from './writing.js';

/** What a server was sent. */
interface Delivery {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let prepared: PreparedSecret;
let identity: Identity;
let server: Awaited<ReturnType<typeof listen>>;
let deliveries: Delivery[];
/** How the server answers. */
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  prepared = await cheapSecret();
  identity = await generateIdentity({ kem: 'p256' });
  server = await listen(
    createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const { method, url, headers } = request;
        deliveries.push({ method, path: url, headers, body: Buffer.concat(pieces) });
        answer(response);
      });
    }),
  );
});
afterAll(() => server.close());
beforeEach(() => {
  deliveries = [];
  answer = (response) => response.writeHead(200, { 'access-control-allow-origin': 'null' }).end();
});

describeInEachEngine('the reply endpoint', (engine) => {
  const reader = useReader(engine);

  /** A sealed reply, about to be sent to a port. */
  async function sealedReply(port = server.port): Promise<Visit> {
    const sealed = await seal(
      {
        headers: { to: [{ name: 'Ada', address: 'ada@home.example' }], subject: 'Results' },
        text: 'All is well.',
      },
      { prepared, reply: { identity, endpoint: `http://127.0.0.1:${String(port)}/replies?to=ward` } },
    );
    const visit = await reader.read(reader.write('message.html', await sealed.bytes()));
    await startWriting(visit, 'reply');
    await visit.type('Thank you.');
    await visit.find('form .primary').click();
    await visit.find('[data-action="send"]').wait();
    return visit;
  }

  it('18: is none that somebody else put into the header', async () => {
    const sealed = await seal(
      { headers: { to: [{ name: 'Ada', address: 'ada@home.example' }] }, text: 'All is well.' },
      { prepared, reply: { identity, endpoint: 'https://replies.clinic.example/' } },
    );
    const page = Buffer.from(await sealed.bytes()).toString('latin1');
    const changed = page.replaceAll('https://replies.clinic.example', `http://127.0.0.1:${String(server.port)}`);
    expect(changed.split(`http://127.0.0.1:${String(server.port)}`)).toHaveLength(3);
    const visit = await reader.visit(reader.write('changed.html', Buffer.from(changed, 'latin1')));
    await visit.find('#sealpost-passphrase').fill(PASSPHRASE);
    await visit.press('Enter');
    expect(await visit.find('#sealpost-alert:not(:empty)').text()).toContain(pageTexts.strings.altered);
    expect(await visit.find('.reply').count()).toBe(0);
  });

  it('receives the reply, from no origin and without cookies', async () => {
    const visit = await sealedReply();
    expect(await visit.find('[data-action="save-reply"]').isVisible()).toBe(false);
    await visit.find('[data-action="send"]').click();
    await visit.find('[role=status]').withText(en.sent).wait();
    expect(await visit.find('[data-action="send"]').count()).toBe(0);
    expect(deliveries).toHaveLength(1);
    const [{ method, path, headers, body } = {} as Delivery] = deliveries;
    expect([method, path]).toEqual(['POST', '/replies?to=ward']);
    expect(headers).toMatchObject({ origin: 'null', 'content-type': 'text/plain' });
    for (const name of ['cookie', 'referer', 'authorization']) expect(headers).not.toHaveProperty(name);
    const opened = await open(body, { keys: [identity] });
    expect(opened.message.text).toContain('Thank you.');
    expect(opened.reply?.author).toBe('ada@home.example');
    await visit.button(en.done).click();
    await visit.find('[data-action="reply"]').wait();
  });

  it.each([
    ['500', (response: ServerResponse) => response.writeHead(500, { 'access-control-allow-origin': '*' }).end()],
    ['413', (response: ServerResponse) => response.writeHead(413, { 'access-control-allow-origin': '*' }).end()],
    ['404, without saying that the page may know', (response: ServerResponse) => response.writeHead(404).end()],
    ['a closed connection', (response: ServerResponse) => response.destroy()],
    [
      'another address',
      (response: ServerResponse) =>
        response.writeHead(307, { 'access-control-allow-origin': '*', location: '/elsewhere' }).end(),
    ],
  ] as const)('loses nothing when it answers with %s', async (_, how) => {
    answer = how;
    const visit = await sealedReply();
    await visit.find('[data-action="send"]').click();
    await visit.find('[role=status]').withText(en.notSent).wait();
    // Browsers try again by themselves where a connection was closed.
    expect(new Set(deliveries.map(({ path }) => path))).toEqual(new Set(['/replies?to=ward']));
    expect((await open((await saveSealed(visit)).bytes, { keys: [identity] })).message.text).toContain('Thank you.');
    // It may be tried again.
    answer = (response) => response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
    await visit.find('[data-action="send"]').click();
    await visit.find('[role=status]').withText(en.sent).wait();
    expect(deliveries.at(-1)?.body.equals(deliveries[0]!.body)).toBe(true);
  });

  it('loses nothing when nobody is there', async () => {
    const { port, close } = await listen(createServer());
    await close();
    const visit = await sealedReply(port);
    await visit.find('[data-action="send"]').click();
    await visit.find('[role=status]').withText(en.notSent).wait();
    expect((await open((await saveSealed(visit)).bytes, { keys: [identity] })).message.text).toContain('Thank you.');
  });

  it('is not listened to once it has said that it took the reply', async () => {
    const closed = new Promise<void>((resolve) => {
      answer = (response) => {
        response.once('close', resolve);
        response.writeHead(200, { 'access-control-allow-origin': '*' }).write('x'.repeat(100_000));
      };
    });
    const visit = await sealedReply();
    await visit.find('[data-action="send"]').click();
    await visit.find('[role=status]').withText(en.sent).wait();
    await closed;
    expect(deliveries).toHaveLength(1);
  });

  it('may be slow: the sending can be given up', async () => {
    answer = () => undefined;
    const visit = await sealedReply();
    await visit.find('[data-action="send"]').click();
    await visit.find('[role=status]').withText(en.sending).wait();
    await visit.button('Cancel').click();
    await visit.find('[role=status]').withText(en.notSent).wait();
    expect((await open((await saveSealed(visit)).bytes, { keys: [identity] })).message.text).toContain('Thank you.');
  });
});
