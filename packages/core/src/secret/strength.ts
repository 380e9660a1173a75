/**
 * A cautious estimate for passphrases that people choose. A dictionary estimator is 800 KB and belongs to whoever asks for
 * the passphrase; this one only has to stop the worst before patients' records are sealed under them.
 */

/** Fewest characters of a chosen passphrase. */
const MIN_CHOSEN_LENGTH = 12;

/** Beginnings of what people choose most, in lower case and with digits read as the letters that they stand for. */
const COMMON =
  /^(?:(?:my|the|our)?pass(?:word|phrase|wort)?|kennwort|motdepasse|contrasena|qwert[yz]|azerty|asdfgh|letmein|welcome|willkommen|bienvenue|admin|iloveyou|monkey|dragon|football|baseball|sunshine|princess|summer|winter|spring|autumn|secret|changeme|default|test|user|login|master|hello|hallo|bonjour|january|february|monday|friday)+$/;

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Characters that are not foreseeable from the ones before them: repeats and runs (`aaaa`, `1234`, `dcba`) count once. */
function unforeseeable(text: string): number {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  let count = 0;
  let step: number | undefined;
  for (const [index, code] of codes.entries()) {
    const difference = index === 0 ? undefined : code - (codes[index - 1] ?? 0);
    const foreseen =
      difference !== undefined && Math.abs(difference) <= 1 && (step === undefined || difference === step);
    if (!foreseen) count++;
    step = difference !== undefined && Math.abs(difference) <= 1 ? difference : undefined;
  }
  return count;
}

/** Ways over a keyboard. */
const WALKS = [
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb',
  '!qaz@wsx#edc$rfv',
  'qazwsxedcrfvtgb',
];

/** The text with a single character for each piece of four or more that is a way over a keyboard. */
function withoutWalks(text: string): string {
  const lower = text.toLowerCase();
  let out = '';
  for (let at = 0; at < text.length;) {
    let length = 0;
    while (at + length < text.length && WALKS.some((walk) => walk.includes(lower.slice(at, at + length + 1)))) length++;
    out += text.charAt(at);
    at += length >= 4 ? length : 1;
  }
  return out;
}

/** The text without its repetitions: `abcabcabc` is `abc`. */
function withoutRepetition(text: string): string {
  return text.replace(/^(.+?)\1+$/u, '$1');
}

/** The word within its ornaments: `P@ssw0rd2026!!` is `password`. */
function core(text: string): string {
  return text
    .toLowerCase()
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
    .replace(/[0134571@$!]/g, (character) => LOOK_ALIKES[character] ?? character)
    .replace(/[^\p{L}]/gu, '');
}

/**
 * Bits that an attacker who knows people has to guess, from below: NIST SP 800-63-2, appendix A.2.1 (4 bits for the first
 * character, 2 for the next seven, 1.5 up to the twentieth, then 1; 6 for mixed kinds of characters), after repeats and
 * runs are taken out; next to none for the commonest choices and for digits alone.
 */
export function estimateStrengthBits(passphrase: string): number {
  // Longer ones are strong enough, and the patterns below take their time.
  const text = withoutWalks(withoutRepetition(passphrase.slice(0, 200).normalize('NFC')));
  const length = unforeseeable(text);
  if (!/\p{L}/u.test(text)) return length;
  if (COMMON.test(core(text))) return Math.min(10, length);
  const perCharacter = [0, 1, 8, 20].map((from, index) =>
    Math.max(0, Math.min(length, [1, 8, 20, Infinity][index] ?? 0) - from),
  );
  const [first = 0, early = 0, middle = 0, late = 0] = perCharacter;
  const mixed = /\p{Lu}/u.test(text) && /\P{L}/u.test(text.replace(/ /g, '')) ? 6 : 0;
  return 4 * first + 2 * early + 1.5 * middle + late + mixed;
}

/** Whether a person's choice is refused unless the caller insists. */
export function isWeakChoice(passphrase: string): boolean {
  const text = passphrase.normalize('NFC');
  return Array.from(text).length < MIN_CHOSEN_LENGTH || estimateStrengthBits(text) < 20;
}
