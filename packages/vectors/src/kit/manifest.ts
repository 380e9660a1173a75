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

const bodies: readonly string[] = ['text', 'html'];
const roles: readonly string[] = [...bodies, 'attachment', 'original'];

/**
 * Whether a parsed manifest keeps sections 7.2 and 7.3 as far as the kit's opener depends on them: the part table, in
 * its order and without gaps. Headers, notes and `idleLock` are data that it passes on unseen.
 */
export function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value) || !isRecord(value['headers'])) return false;
  const parts = value['parts'];
  if (!Array.isArray(parts) || !parts.every(isManifestPart)) return false;
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
    typeof role === 'string' &&
    roles.includes(role) &&
    (name === undefined ? role !== 'attachment' : typeof name === 'string' && Buffer.byteLength(name) <= 4096) &&
    typeof type === 'string' &&
    type.length <= 255 &&
    [size, offset, length].every(isCount) &&
    (contentId === undefined || typeof contentId === 'string') &&
    (inline === undefined || inline === 1) &&
    typeof sha256 === 'string' &&
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

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
