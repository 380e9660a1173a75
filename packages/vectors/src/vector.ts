import { ByteSource } from './kit/byte-source.js';
import { hex, utf8 } from './kit/bytes.js';
import { writeDataForm } from './kit/data-form.js';
import { buildEnvelope, type BuiltEnvelope, type EnvelopeRecipe } from './kit/envelope.js';
import { writeHtmlForm } from './kit/html-form.js';
import { identityText } from './kit/identity.js';
import { smallestArgon2id } from './kit/kdf.js';
import { told } from './kit/lie.js';
import { sha256, type PartRecipe } from './kit/plaintext.js';
import type { Section } from './kit/section.js';
import { fingerprint, signingKeyText } from './kit/signing-key.js';
import type { Signer } from './kit/signature.js';
import { encodeText } from './kit/text.js';
import type { Verdict } from './kit/verdict.js';
import type { KeyTextScenario } from './cases/signing-key.js';
import { passphrase, type Expected, type Scenario } from './cases/scenario.js';

/** One entry of data/index.json. README.md says what each key means. */
export interface VectorEntry {
  readonly name: string;
  readonly file: string;
  readonly about: string;
  readonly section: string;
  /** Exactly one of the three is there; `code` with `answers` alone. */
  readonly passphrase?: string;
  readonly answers?: readonly string[];
  readonly identity?: string;
  readonly code?: string;
  /** Their texts. */
  readonly knownKeys?: readonly string[];
  /** Seconds since 1970. */
  readonly at?: number;
  readonly expected: Expected;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly parts?: readonly VectorPart[];
  readonly manifestSha256?: string;
  readonly signer?: Signer;
  readonly reply?: Verdict;
  readonly offers?: readonly string[];
  readonly released?: readonly VectorPart[];
}

/** A part as its author wrote it. */
export interface VectorPart {
  readonly role: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** Of the content, hexadecimal. */
  readonly sha256: string;
}

/** A vector as it is published. */
export interface Vector {
  readonly entry: VectorEntry;
  readonly bytes: Uint8Array;
}

/** Builds a vector: the same scenario gives the same bytes. What it expects comes from its recipe, never from opening it. */
export function makeVector(scenario: Scenario): Vector {
  const { name, about, section, expected, form = 'data', released = 0 } = scenario;
  const { knownKeys, signer, at, reply, offers } = scenario;
  const built = build(scenario);
  const { message, envelope, sections } = built;
  const text = told(scenario.text, form === 'html' ? writeHtmlForm(sections) : writeDataForm(sections));
  const parts = message.parts.map(partOf);
  const entry: VectorEntry = {
    name,
    file: `${name}.${form === 'html' ? 'html' : 'seal'}`,
    about,
    section,
    ...secretOf(scenario),
    ...(knownKeys === undefined ? {} : { knownKeys: knownKeys.map((key) => signingKeyText(key)) }),
    ...(at === undefined ? {} : { at }),
    expected,
    ...(expected === 'success'
      ? { headers: message.headers ?? {}, parts, manifestSha256: hex(sha256(envelope.pieces.manifest)) }
      : {}),
    ...(signer === undefined ? {} : { signer }),
    ...(reply === undefined ? {} : { reply }),
    ...(offers === undefined ? {} : { offers }),
    ...(released === 0 ? {} : { released: parts.slice(0, released) }),
  };
  return { entry, bytes: told(scenario.bytes, encodeText(text, scenario.encoding)) };
}

function secretOf({
  typed = passphrase,
  answers,
  code,
  identity,
}: Scenario): Pick<VectorEntry, 'passphrase' | 'answers' | 'code' | 'identity'> {
  if (identity !== undefined) return { identity: identityText(identity) };
  if (answers === undefined) return { passphrase: typed };
  return { answers, ...(code === undefined ? {} : { code }) };
}

/** A scenario's sections, to be written in either form; undefined where it is about what is done to one form's text. */
export function sectionsOfScenario(scenario: Scenario): readonly Section[] | undefined {
  const { form, text, encoding, bytes } = scenario;
  const isAboutText = [form, text, encoding, bytes].some((step) => step !== undefined);
  return isAboutText ? undefined : build(scenario).sections;
}

interface Build {
  readonly message: EnvelopeRecipe['message'];
  readonly envelope: BuiltEnvelope;
  readonly sections: readonly Section[];
}

function build({ name, recipe, sections }: Scenario): Build {
  const random = new ByteSource(name);
  const kdf = smallestArgon2id(random.take(16));
  const changes = typeof recipe === 'function' ? recipe(random) : recipe;
  const whole: EnvelopeRecipe = { random, slots: [{ passphrase, norm: 'words', kdf }], message: hello, ...changes };
  const envelope = buildEnvelope(whole);
  return { message: whole.message, envelope, sections: sections?.(envelope.sections, envelope) ?? envelope.sections };
}

const hello: EnvelopeRecipe['message'] = {
  headers: { subject: 'Hello' },
  parts: [
    { role: 'text', type: 'text/plain', content: utf8('Hello.') },
    { role: 'attachment', name: 'a.txt', type: 'text/plain', content: utf8('An attachment.') },
  ],
};

function partOf({ role, name = '', type, content }: PartRecipe): VectorPart {
  return { role, name, type, size: content.length, sha256: hex(sha256(content)) };
}

/** One entry of `texts` in data/index.json. */
export interface KeyTextEntry {
  readonly name: string;
  readonly about: string;
  readonly section: string;
  readonly kind: 'key' | 'identity';
  readonly text: string;
  readonly passphrase?: string;
  readonly expected: KeyTextScenario['expected'];
  /** Hexadecimal, like `seed`. */
  readonly publicKey?: string;
  readonly fingerprint?: string;
  readonly seed?: string;
  readonly predecessors?: number;
}

/** A text as it is published. */
export function makeKeyText({ signer, ...scenario }: KeyTextScenario): KeyTextEntry {
  if (signer === undefined) return scenario;
  const { publicKey, seed, predecessors } = signer;
  return {
    ...scenario,
    publicKey: hex(publicKey),
    fingerprint: fingerprint(publicKey),
    ...(scenario.kind === 'identity' ? { seed: hex(seed), predecessors: predecessors.length } : {}),
  };
}
