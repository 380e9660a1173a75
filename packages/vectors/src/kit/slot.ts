import { answerSecret, type Answers } from './answers.js';
import type { ByteSource } from './byte-source.js';
import { deriveSlotKey, kdfJson, type Kdf } from './kdf.js';
import { buildKeySlot, type KeySlotRecipe } from './key-slot.js';
import { normalise, type Norm } from './normalise.js';
import { wrapSlot, type BuiltSlot, type WrapLies } from './wrap.js';

export type SlotRecipe = PassphraseSlotRecipe | AnswerSlotRecipe | KeySlotRecipe;

/** How one `passphrase` slot is made. */
export interface PassphraseSlotRecipe {
  readonly passphrase: string;
  readonly norm: Norm;
  readonly kdf: Kdf;
  readonly lies?: SlotLies;
}

/** How one `answer` slot is made: with a code where there is one. The questions are the face's business. */
export interface AnswerSlotRecipe extends Answers {
  readonly kdf: Kdf;
  readonly lies?: SlotLies;
}

export interface SlotLies extends WrapLies {
  /** The bytes that are really derived from, where the rule of section 6 has none. */
  readonly secret?: Uint8Array;
  /** The parameters that are really derived with, where those written must not be run. */
  readonly derivedWith?: Kdf;
}

/** Section 5. Takes from `random` what the KEM of a `key` slot draws, and the 24-byte salt of the wrap. */
export function buildSlot(recipe: SlotRecipe, id: Uint8Array, fileKey: Uint8Array, random: ByteSource): BuiltSlot {
  if ('to' in recipe) return buildKeySlot(recipe, id, fileKey, random);
  const lies = recipe.lies ?? {};
  const { type, norm, secret: honest } = 'answers' in recipe ? answerParts(recipe) : passphraseParts(recipe);
  const secret = lies.secret ?? honest;
  if (secret === undefined) throw new Error('the passphrase, or an answer, is empty or too long');
  const slotKey = deriveSlotKey(lies.derivedWith ?? recipe.kdf, secret);
  const unwrapped = { type, kdf: kdfJson(recipe.kdf), norm };
  return wrapSlot(slotKey, unwrapped, { id, fileKey, salt: random.take(24) }, lies);
}

interface SecretParts {
  readonly type: string;
  readonly norm: string;
  readonly secret: Uint8Array | undefined;
}

function passphraseParts({ passphrase, norm }: PassphraseSlotRecipe): SecretParts {
  return { type: 'passphrase', norm, secret: normalise(passphrase, norm) };
}

function answerParts(recipe: AnswerSlotRecipe): SecretParts {
  const norm = recipe.code === undefined ? 'answers' : 'answers-code';
  return { type: 'answer', norm, secret: answerSecret(recipe, norm) };
}
