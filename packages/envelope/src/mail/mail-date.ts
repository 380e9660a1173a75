const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// RFC 5322, section 3.3, with the obsolete forms of 4.3: years of two digits, named zones, no seconds.
const DATE_TIME =
  /^(?:[a-z]{3,9}[,.]?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{2,4})\s+(\d{1,2})\s?[:.]\s?(\d{2})(?:\s?[:.]\s?(\d{2}))?(?:[.,]\d+)?\s*([+-]\d{4}|[a-z]{1,5})\b/;

const ZONES: ReadonlyMap<string, string> = new Map([
  ['ut', '+00:00'],
  ['utc', '+00:00'],
  ['gmt', '+00:00'],
  ['z', '+00:00'],
  ['est', '-05:00'],
  ['edt', '-04:00'],
  ['cst', '-06:00'],
  ['cdt', '-05:00'],
  ['mst', '-07:00'],
  ['mdt', '-06:00'],
  ['pst', '-08:00'],
  ['pdt', '-07:00'],
]);

/**
 * A Date field's value (RFC 5322, section 3.3) as RFC 3339, with the author's own wall clock and offset.
 *
 * @returns undefined when it is no date of that form, has no zone, or does not exist (31 June). A zone whose offset is
 *   not known (`-0000`, letters that RFC 5322 does not define) becomes `-00:00`, RFC 3339's way to say so.
 */
export function readMailDate(field: string): string | undefined {
  const value = field
    .slice(0, 200)
    .replace(/\([^()]*\)/g, ' ')
    .trim()
    .toLowerCase();
  const match = DATE_TIME.exec(value);
  if (match === null) return undefined;
  const [, day = '', monthName = '', yearText = '', hour = '', minute = '', second = '00', zone = ''] = match;
  const month = MONTHS.indexOf(monthName) + 1;
  if (month === 0) return undefined;
  // RFC 5322, section 4.3: two digits below 50 are 20xx, other short years count from 1900.
  const short = Number(yearText);
  const year = yearText.length === 4 ? short : yearText.length === 2 && short < 50 ? 2000 + short : 1900 + short;
  const offset = readZone(zone);
  if (offset === undefined) return undefined;
  // A leap second is kept from the parsers that know none.
  const seconds = second === '60' ? '59' : second;
  const clock = `${pad(year, 4)}-${pad(month, 2)}-${pad(Number(day), 2)}T${pad(Number(hour), 2)}:${minute}:${seconds}`;
  const instant = new Date(`${clock}Z`);
  if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 19) !== clock) return undefined;
  return clock + offset;
}

/** The date as RFC 5322 writes it, same clock and offset; undefined when it is not RFC 3339. */
export function writeMailDate(date: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?(?:Z|([+-]\d{2}):(\d{2}))$/i.exec(date);
  if (match === null) return undefined;
  const [, day = '', clock = '', hours = '+00', minutes = '00'] = match;
  const instant = new Date(`${day}T${clock}Z`);
  if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== day) return undefined;
  // "Sun, 22 Nov 2026 05:30:00 GMT": exactly RFC 5322 but for the zone.
  return instant.toUTCString().replace('GMT', hours + minutes);
}

function readZone(zone: string): string | undefined {
  const numeric = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  if (numeric === null) return ZONES.get(zone) ?? '-00:00';
  const [, sign = '', hours = '', minutes = ''] = numeric;
  return Number(hours) > 23 || Number(minutes) > 59 ? undefined : `${sign}${hours}:${minutes}`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
