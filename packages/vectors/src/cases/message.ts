import { utf8 } from '../kit/bytes.js';
import { layPlaintext, padme, type MessageRecipe, type PartRecipe } from '../kit/plaintext.js';
import type { Scenario } from './scenario.js';
import { sign } from './signer.js';

const everyPart: readonly PartRecipe[] = [
  { role: 'text', type: 'text/plain', content: utf8('Gr\u00fc\u00dfe \u{1f600}\r\n') },
  { role: 'html', type: 'text/html', content: utf8('<p>Gr\u00fc\u00dfe</p>\n'.repeat(40)), encoding: 'deflate' },
  {
    role: 'attachment',
    name: 'logo.png',
    type: 'image/png',
    content: Uint8Array.from({ length: 256 }, (_, i) => i),
    contentId: 'logo@a.example',
    inline: 1,
  },
  { role: 'attachment', name: '', type: 'application/octet-stream', content: new Uint8Array(), encoding: 'deflate' },
  { role: 'original', type: 'message/rfc822', content: utf8('From: a@a.example\r\n\r\nHi\r\n'), encoding: 'deflate' },
];

const everyHeader = {
  from: [{ name: 'A. Sender', address: 'a@a.example' }],
  sender: { name: '', address: 'desk@a.example' },
  replyTo: [{ name: '', address: 'reply@a.example' }],
  to: [
    { name: 'Zo\u00eb', address: 'z@b.example' },
    { name: '', address: 'y@b.example' },
  ],
  cc: [],
  subject: '\u2028 <b> "quoted" \\ \u0000',
  date: '2026-11-22T05:30:00+01:00',
  messageId: '1@a.example',
  inReplyTo: '0@b.example',
  references: ['0@a.example', '0@b.example'],
};

/** Sections 7 and 8: what is right in every respect. */
export const messages: readonly Scenario[] = [
  {
    name: 'message-data-form',
    about: 'The plain message that most other vectors change in one thing, in the data form.',
    section: '8.2',
    expected: 'success',
  },
  {
    name: 'message-html-form',
    about: 'The plain message that most other vectors change in one thing, in the HTML form.',
    section: '8.3',
    expected: 'success',
    form: 'html',
  },
  {
    name: 'message-no-parts',
    about: 'A message without headers and without parts.',
    section: '7.2',
    expected: 'success',
    recipe: { message: { parts: [] } },
  },
  {
    name: 'message-every-part',
    about: 'Parts of every role, stored and deflated, one of them inline, one empty and without a name.',
    section: '7.3',
    expected: 'success',
    recipe: { message: { parts: everyPart } },
    form: 'html',
  },
  {
    name: 'message-every-header',
    about: 'Every key of the manifest that this version knows has a value.',
    section: '7.2',
    expected: 'success',
    recipe: {
      message: {
        headers: everyHeader,
        parts: [],
        extra: { notes: { handling: 'Keep it.', expires: 1_800_000_000 }, idleLock: 1440 },
      },
    },
  },
  {
    name: 'message-html-before-text',
    about: 'The HTML body comes before the text body.',
    section: '7.3',
    expected: 'success',
    recipe: {
      message: {
        parts: [
          { role: 'html', type: 'text/html', content: utf8('<p>Hi') },
          { role: 'text', type: 'text/plain', content: utf8('Hi') },
        ],
      },
    },
  },
  {
    name: 'message-padded',
    about: "The plaintext's length is padded by the rule of Padm\u00e9.",
    section: '7.1',
    expected: 'success',
    recipe: { message: padded({ parts: [{ role: 'text', type: 'text/plain', content: utf8('Hi '.repeat(5000)) }] }) },
  },
  {
    name: 'message-signed',
    about: 'The message has a signature block that verifies.',
    section: '7.4',
    expected: 'success',
    recipe: { message: { parts: [{ role: 'text', type: 'text/plain', content: utf8('Signed.') }], sign } },
  },
];

/** As many zero bytes as {@link padme} wants behind a message. */
function padded(message: MessageRecipe): MessageRecipe {
  const { length } = layPlaintext(message, new Uint8Array()).bytes;
  return { ...message, padding: padme(length) - length };
}
