import { FACE_LENGTHS, type FaceOptions, type MessageHeaders } from 'sealpost';
import { usageFailure } from './failure.js';
import { readBounded } from './input.js';
import { warn } from './tui.js';

/** What the page shows before it is opened, from the options of `seal` and `reissue` (spec/cli.md, section 2). */

export interface FaceFlags {
  readonly org?: string;
  readonly contact?: string;
  readonly brandColor?: string;
  readonly logo?: string;
  readonly hint?: string;
  readonly opener?: string;
  /** Empty: neither of them. */
  readonly face?: readonly ('subject' | 'date')[];
}

const MAX_LOGO_BYTES = 8_192;

/** The picture in a file. */
export async function readLogo(path: string): Promise<Uint8Array> {
  const logo = await readBounded(path, 64 * MAX_LOGO_BYTES);
  if (logo.length > MAX_LOGO_BYTES) {
    throw usageFailure(`--logo has ${logo.length} bytes, more than ${MAX_LOGO_BYTES}`, 'make the picture smaller');
  }
  const starts = Buffer.from(logo.subarray(0, 8)).toString('latin1');
  if (starts !== '\x89PNG\r\n\x1a\n' && !starts.startsWith('\xff\xd8\xff')) {
    throw usageFailure('--logo is neither a PNG nor a JPEG file');
  }
  return logo;
}

/** The face of a message with these headers: what the options say, and of `kept` what they say nothing of. */
export function faceOf(
  flags: FaceFlags,
  logo: Uint8Array | undefined,
  headers: MessageHeaders,
  kept: FaceOptions = {},
): FaceOptions {
  const { org, contact, brandColor, hint, opener, face: wanted } = flags;
  const before = Object.entries(kept).filter(([key]) => wanted === undefined || !['subject', 'date'].includes(key));
  return {
    ...(Object.fromEntries(before) as FaceOptions),
    ...(org === undefined ? {} : { org }),
    ...(contact === undefined ? {} : { contact }),
    ...(brandColor === undefined ? {} : { color: brandColor }),
    ...(hint === undefined ? {} : { hint }),
    ...(opener === undefined ? {} : { opener }),
    ...(logo === undefined ? {} : { logo }),
    ...copied(headers, wanted ?? []),
  };
}

/** What the mail's own headers put on the face. */
function copied({ subject, date }: MessageHeaders, wanted: readonly ('subject' | 'date')[]): FaceOptions {
  for (const name of wanted) {
    if ((name === 'subject' ? subject : date) === undefined) warn(`the mail has no ${name} to show`);
  }
  return {
    ...(wanted.includes('subject') && subject !== undefined ? { subject: cut(subject, FACE_LENGTHS.subject) } : {}),
    ...(wanted.includes('date') && date !== undefined ? { date: new Date(date) } : {}),
  };
}

/** Cut to code units, but not through a character. */
function cut(text: string, maximum: number): string {
  return text.slice(0, maximum).replace(/[\ud800-\udbff]$/, '');
}
