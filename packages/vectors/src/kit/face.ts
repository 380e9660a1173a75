import { decodeBase64url } from './base64url.js';
import { isArray, type Json, type JsonObject } from './header-json.js';

type Check = (value: Json) => boolean;

/** Section 4.3, in its order. */
const checks: Readonly<Record<string, Check>> = {
  org: textOfAtMost(200),
  contact: textOfAtMost(500),
  color: (value) => typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value),
  logo: isLogo,
  opener: (value) => typeof value === 'string' && /^https:\/\/[\x21-\x7e]+$/.test(value) && value.length <= 500,
  subject: textOfAtMost(1000),
  date: (value) => typeof value === 'number',
  hint: textOfAtMost(500),
  questions: (value) => isArray(value) && value.length >= 1 && value.length <= 3 && value.every(textOfAtMost(500)),
};

/** Whether `face` has only the keys of section 4.3, in their order, with values as it wants them. */
export function isFace(face: JsonObject): boolean {
  const inOrder = Object.keys(checks).filter((key) => key in face);
  return (
    inOrder.join() === Object.keys(face).join() &&
    Object.entries(face).every(([key, value]) => checks[key]?.(value) ?? false)
  );
}

function textOfAtMost(length: number): Check {
  return (value) => typeof value === 'string' && value.length <= length;
}

function isLogo(value: Json): boolean {
  const bytes = typeof value === 'string' ? decodeBase64url(value) : undefined;
  if (bytes === undefined || bytes.length > 8192) return false;
  const start = Buffer.from(bytes.slice(0, 8)).toString('hex');
  return start === '89504e470d0a1a0a' || start.startsWith('ffd8ff');
}
