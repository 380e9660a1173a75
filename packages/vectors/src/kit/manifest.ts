/** The manifest of section 7.2 as the kit writes it. Nothing here stops a lie from putting other values in. */
export interface Manifest {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly parts: readonly ManifestPart[];
  readonly [key: string]: unknown;
}

/** One row of section 7.3. */
export interface ManifestPart {
  readonly role: string;
  readonly name?: string;
  readonly type: string;
  readonly size: number;
  readonly contentId?: string;
  readonly inline?: number;
  readonly sha256: string;
  readonly offset: number;
  readonly length: number;
  readonly encoding: string;
}

const greatestParts = 1024;
const greatestBody = 16 * 2 ** 20;
/** The spec leaves the limit of all sizes to the reader. */
const greatestMessage = 64 * 2 ** 20;
const greatestList = 10_000;
const bodies: readonly string[] = ['text', 'html'];
const roles: readonly string[] = [...bodies, 'attachment', 'original'];

/**
 * Whether a manifest asks for more than a reader takes. Looked at before anything else of it (section 9), so what is not as
 * it should be counts as little as it can.
 */
export function isBeyondLimits(value: unknown): boolean {
  const parts = isRecord(value) && Array.isArray(value['parts']) ? value['parts'].filter(isRecord) : [];
  const sizes = parts.map(({ role, size }) => [role, isCount(size) ? size : 0] as const);
  return (
    parts.length > greatestParts ||
    sizes.reduce((sum, [, size]) => sum + size, 0) > greatestMessage ||
    sizes.some(([role, size]) => bodies.includes(String(role)) && size > greatestBody)
  );
}

/** Whether a parsed manifest keeps sections 7.2 and 7.3. Keys that are not named there may hold anything. */
export function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value)) return false;
  const { headers, parts, notes, idleLock } = value;
  return (
    isHeaders(headers) &&
    Array.isArray(parts) &&
    parts.every(isManifestPart) &&
    isTable(parts) &&
    isOptional(notes, isNotes) &&
    isOptional(idleLock, (minutes) => isCount(minutes) && minutes >= 1 && minutes <= 1440)
  );
}

function isHeaders(headers: unknown): boolean {
  if (!isRecord(headers)) return false;
  const { from, replyTo, to, cc, sender, subject, date, messageId, inReplyTo, references } = headers;
  return (
    [from, replyTo, to, cc].every((list) => isOptional(list, isMailboxes)) &&
    isOptional(sender, isMailbox) &&
    [subject, date, messageId, inReplyTo].every((text) => isOptional(text, isText)) &&
    isOptional(references, isReferences)
  );
}

function isMailboxes(value: unknown): boolean {
  return Array.isArray(value) && value.length <= greatestList && value.every(isMailbox);
}

function isReferences(value: unknown): boolean {
  return Array.isArray(value) && value.length <= greatestList && value.every(isText);
}

function isMailbox(value: unknown): boolean {
  return isRecord(value) && isText(value['name']) && isText(value['address']);
}

function isNotes(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { handling, expires } = value;
  return isOptional(handling, (text) => isText(text) && text.length <= 1000) && isOptional(expires, isCount);
}

/** Bodies come first, at most one of each and one original, and the parts follow each other without gaps. */
function isTable(parts: readonly ManifestPart[]): boolean {
  const kinds = parts.map(({ role }) => role);
  const firstOther = kinds.findIndex((role) => !bodies.includes(role));
  const late = firstOther === -1 ? [] : kinds.slice(firstOther).filter((role) => bodies.includes(role));
  const doubled = ['text', 'html', 'original'].filter((role) => kinds.filter((kind) => kind === role).length > 1);
  return late.length === 0 && doubled.length === 0 && hasNoGaps(parts);
}

function isManifestPart(part: unknown): part is ManifestPart {
  if (!isRecord(part)) return false;
  const { role, name, type, size, contentId, inline, sha256, offset, length, encoding } = part;
  return (
    isText(role) &&
    roles.includes(role) &&
    isOptional(name, (text) => isText(text) && Buffer.byteLength(text) <= 4096) &&
    isText(type) &&
    type.length <= 255 &&
    [size, offset, length].every(isCount) &&
    isOptional(contentId, isText) &&
    isOptional(inline, (flag) => flag === 1) &&
    isText(sha256) &&
    (encoding === 'deflate' || (encoding === 'stored' && size === length))
  );
}

function hasNoGaps(parts: readonly ManifestPart[]): boolean {
  let end = 0;
  for (const { offset, length } of parts) {
    if (offset !== end) return false;
    end += length;
  }
  return true;
}

function isOptional(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || check(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
