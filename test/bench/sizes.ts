import { generateIdentity, LANGUAGES, prepareSecret, seal, type PreparedSecret } from 'sealpost';
import { writeMail } from 'sealpost/mail';
import { incompressible, letter, LETTER } from './content.js';
import { mailWith } from './mail-part.js';
import { pageBytes } from './page-bytes.js';
import { decimals, KIB, MB, whole, type Row } from './row.js';

/** The mail that "25 MB" stands for at the stricter mail systems: 25,000,000 bytes of raw mail. */
const MAIL_LIMIT = 25 * MB;

/** How large what is made is. Every figure counts a whole mail as it goes over the wire, CR LF and all. */
export async function sizes(): Promise<readonly Row[]> {
  const { prepared } = await prepareSecret();
  const small = await measure(prepared, 0);
  const two = await measure(prepared, 2 * MB);
  const ten = await measure(prepared, 10 * MB);
  const added = (ten.wire - two.wire) / (8 * MB);
  const answerable = await answerableSizes(prepared);
  const largest = await largestAttachment(prepared, small.wire, added);
  const ratio = decimals(4);
  return [
    {
      what: 'envelope for a 1 KB message: read, attachments, one language',
      measured: `${(small.file / KIB).toFixed(1)} KiB`,
      goal: '<= 80 KiB',
      met: small.file <= 80 * KIB,
      note: `text of ${whole(LETTER.length)} characters, no attachment; as a part of a mail ${((small.wire - small.around) / KIB).toFixed(1)} KiB; its KiB: ${await pageBytes(small.bytes)}; the script's by their shares in esbuild's output`,
    },
    ...answerable,
    {
      what: 'wire bytes per added byte of incompressible attachment',
      measured: ratio(added),
      goal: '<= 1.255',
      met: added <= 1.255,
      note: 'from a mail with 2 MB to one with 10 MB',
    },
    {
      what: 'whole mail with a 10 MB attachment, per byte of attachment',
      measured: ratio(ten.wire / (10 * MB)),
      goal: '<= 1.27',
      met: ten.wire / (10 * MB) <= 1.27,
    },
    {
      what: 'largest attachment in a 25 MB mail',
      measured: `${(largest / MB).toFixed(2)} MB`,
      goal: '>= 19.7 MB',
      met: largest >= 19.7 * MB,
      note: 'a raw mail of 25,000,000 bytes, sealed and put together to see that it fits',
    },
    ...(await Promise.all([two, ten].map(besidePlainMail))),
  ];
}

/** Pages that can be answered, in five languages. */
async function answerableSizes(prepared: PreparedSecret): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [kem, what, goal] of [
    ['p256', 'the same with reply and forward, five languages', 108],
    ['mlkem768-x25519', 'the same, with replies that withstand quantum computers', 136],
  ] as const) {
    const identity = await generateIdentity({ kem });
    const recipients = ['ada@home.example'];
    const languages = LANGUAGES.slice(0, 5);
    const sealed = await seal(letter(), { prepared, languages, reply: { identity, recipients } });
    const { length } = await sealed.bytes();
    rows.push({
      what,
      measured: `${(length / KIB).toFixed(1)} KiB`,
      goal: `<= ${String(goal)} KiB`,
      met: length <= goal * KIB,
      note: `${languages.join(', ')}; without registration, which this release does not have`,
    });
  }
  return rows;
}

interface Measured {
  readonly attachment: Uint8Array<ArrayBuffer>;
  /** Bytes of the envelope. */
  readonly file: number;
  /** Bytes of the mail that carries it. */
  readonly wire: number;
  /** Bytes of that mail without the envelope. */
  readonly around: number;
  readonly bytes: Uint8Array;
}

async function measure(prepared: PreparedSecret, size: number): Promise<Measured> {
  const attachment = incompressible(size);
  const message = size === 0 ? letter() : letter(attachment);
  const sealed = await seal(message, { prepared });
  const file = await sealed.bytes();
  const { fileName } = sealed;
  const around = mailWith(new Uint8Array(), fileName).length;
  return { attachment, file: file.length, wire: mailWith(file, fileName).length, around, bytes: file };
}

async function largestAttachment(prepared: PreparedSecret, fixed: number, added: number): Promise<number> {
  // Base85's line feeds depend on chance: a few in a million bytes.
  let size = Math.floor((MAIL_LIMIT - fixed) / added);
  for (;;) {
    const { wire } = await measure(prepared, size);
    if (wire <= MAIL_LIMIT) return size;
    size -= Math.ceil((wire - MAIL_LIMIT) / added) + 500;
  }
}

async function besidePlainMail({ attachment, wire }: Measured): Promise<Row> {
  const { headers, text = '' } = letter();
  const file = { name: 'scan-1.bin', type: 'application/octet-stream', content: attachment };
  const plain = (await writeMail({ headers, text, attachments: [file] })).length;
  const size = attachment.length / MB;
  return {
    what: `sealed mail against the plain mail with base64, ${size} MB`,
    measured: `${((wire / plain) * 100).toFixed(1)} %`,
    goal: 'smaller',
    met: wire < plain,
    note: `${whole(wire)} against ${whole(plain)} bytes`,
  };
}
