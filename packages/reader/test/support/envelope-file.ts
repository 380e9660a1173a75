import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  chooseModules,
  concat,
  PreparedSecret,
  runKdf,
  sealEnvelope,
  utf8,
  type Message,
  type RuntimeModule,
  type SealEnvelopeOptions,
  type SlotSecret,
} from '@sealpost/core';
import { answerBytes } from '../../../core/src/secret/answers.js';
import { languageBlocks, runtime, type LanguageCode } from '@sealpost/reader';

export const PASSPHRASE = 'river maple';

/** A folder for the envelopes of one test file. */
export interface EnvelopeFolder {
  /** Writes a text or bytes; the result is the file's path. */
  write(name: string, content: string | Uint8Array): string;
  /** Seals a message into an HTML envelope; the result is the file's path. */
  seal(message: Partial<Message>, options?: SealTestOptions): Promise<string>;
  remove(): void;
}

export interface SealTestOptions extends Pick<
  SealEnvelopeOptions,
  'face' | 'notes' | 'idleLock' | 'keys' | 'secrets' | 'signer'
> {
  readonly languages?: readonly LanguageCode[];
  /** Modules beside `open`. */
  readonly modules?: readonly RuntimeModule[];
  /** Passes of the key derivation; the memory is far below what a real envelope has. */
  readonly passes?: number;
}

export function makeEnvelopeFolder(): EnvelopeFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-reader-'));
  let count = 0;
  function write(name: string, content: string | Uint8Array): string {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  }
  return {
    write,
    async seal(message, options) {
      return write(`securedoc-${count++}.html`, await sealText(message, options));
    },
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}

/** {@link PASSPHRASE} after a derivation that takes no time: its memory is far below what a real envelope has. */
export async function cheapSecret(passes = 1): Promise<PreparedSecret> {
  const kdf = { name: 'argon2id', m: 64, t: passes, p: 1, salt: utf8('a salt of a test') } as const;
  const key = await runKdf(utf8(PASSPHRASE), kdf);
  return new PreparedSecret({ key, kdf, norm: 'opaque', madeAt: 0, strengthBits: 0 });
}

/** Answers, with a code where one is given, after such a derivation. */
export async function cheapAnswers(answers: readonly string[], code?: string): Promise<SlotSecret> {
  const norm = code === undefined ? 'answers' : 'answers-code';
  const kdf = { name: 'argon2id', m: 64, t: 1, p: 1, salt: utf8('a salt of a test') } as const;
  const key = await runKdf(answerBytes({ answers, code }, norm) ?? new Uint8Array(), kdf);
  return { key, kdf, norm };
}

/** The bytes of an HTML envelope with a derivation that takes no time. */
export async function sealText(
  message: Partial<Message>,
  { languages = ['en'], modules = [], passes = 1, ...options }: SealTestOptions = {},
): Promise<Uint8Array> {
  const secret = await cheapSecret(passes);
  const whole: Message = { headers: { subject: 'Test subject', ...message.headers }, ...message };
  const page = { runtime: chooseModules(runtime, modules), languages: languages.map((code) => languageBlocks[code]) };
  const envelope = await sealEnvelope(whole, { secrets: [secret], ...options, page });
  const pieces: Uint8Array[] = [];
  for await (const piece of envelope.file()) pieces.push(piece.slice());
  return concat(...pieces);
}
