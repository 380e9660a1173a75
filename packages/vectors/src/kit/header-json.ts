/** What a header can hold (section 4.1). Keys keep their order of insertion. */
export type Json = number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Far beyond any header that makes sense; without a bound, lists in lists exhaust the stack of whoever walks them. */
const greatestDepth = 32;

/** The one spelling of section 4.1. Writes whatever keys there are, in their order: the schema is not its business. */
export function writeJson(value: Json): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return writeString(value);
  if (isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${writeString(key)}:${writeJson(item)}`)
    .join(',')}}`;
}

/** The value, or undefined where the text is not JSON or not spelled as {@link writeJson} spells it. */
export function readJson(text: string): Json | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isJson(value, greatestDepth) && writeJson(value) === text ? value : undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && !isArray(value);
}

export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

function writeString(text: string): string {
  const escaped = text.replace(/["\\]|[^\x21-\x7e]|[<>&]/g, (unit) =>
    unit === '"' || unit === '\\' ? `\\${unit}` : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

function isJson(value: unknown, depth: number): value is Json {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
  if (typeof value === 'string') return isWellFormed(value);
  if (typeof value !== 'object' || value === null || depth === 0) return false;
  return Object.entries(value).every(([key, item]) => isWellFormed(key) && isJson(item, depth - 1));
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
