import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Debian's own python3, not another one in the path: it has the two packages. */
const PYTHON = '/usr/bin/python3';
const MODULES = ['cryptography', 'argon2'];

export const HERE = fileURLToPath(new URL('.', import.meta.url));

// No compiled files beside the sources.
const ENVIRONMENT = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };

/** Why the second implementation cannot run here; undefined where it can. */
export function pythonMissing(): string | undefined {
  const { error, status } = spawnSync(PYTHON, ['-c', `import ${MODULES.join(', ')}`]);
  if (error !== undefined) return `${PYTHON} is not there`;
  return status === 0 ? undefined : `${PYTHON} lacks ${MODULES.join(' or ')}`;
}

/** One run of a module; its exit code and what it printed. */
export function runPython(args: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const options = { cwd: HERE, env: ENVIRONMENT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  return spawnSync(PYTHON, ['-m', ...args], options);
}

export interface PythonPart {
  readonly role: 'text' | 'html' | 'attachment' | 'original';
  readonly name?: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly contentId?: string;
  readonly inline?: 1;
  readonly encoding: 'stored' | 'deflate';
}

export interface PythonMessage {
  readonly headers: object;
  readonly notes?: { readonly handling?: string; readonly expires?: number; readonly archive?: 1 };
  readonly idleLock?: number;
  readonly parts: readonly PythonPart[];
  readonly form: 'html' | 'data';
  readonly face: object;
  readonly plaintextBytes: number;
  readonly signer: PythonSigningKey | null;
  /** What is said of the signer, by the signing keys that were known. */
  readonly standing: 'known' | 'successor' | 'unknown' | null;
  /** Of a reply that an identity opened, and that may be taken. */
  readonly reply: { readonly kind: string; readonly authors: readonly string[] } | null;
  readonly offer: PythonOffer | null;
}

/** What a manifest says of replies; binary values in hexadecimal, null where there is none. */
export interface PythonOffer {
  readonly actions: readonly string[];
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly keys: readonly { readonly kem: string; readonly key: string; readonly to: number | null }[];
  readonly psk: string | null;
  readonly token: string | null;
  readonly id: string | null;
  readonly header: string | null;
  readonly passphrase: boolean;
  readonly path: string | null;
  readonly kind: string | null;
}

export interface PythonFailure {
  readonly error: string;
  readonly clause: string;
  /** With `REPLY_REFUSED`. */
  readonly reason?: string;
}

/** A signing key: its text, and the rest of it in hexadecimal. */
export interface PythonSigningKey {
  readonly key: string;
  readonly publicKey: string;
  readonly fingerprint: string;
}

/** What a signing identity says; its statements in hexadecimal, oldest first. */
export interface PythonSigningText extends PythonSigningKey {
  readonly predecessors: readonly string[];
  readonly sealed: boolean;
}

/** A signing identity: its texts, the second under a passphrase where one was wanted. */
export interface PythonSigningIdentity extends PythonSigningKey {
  readonly identity: string;
  readonly sealedIdentity: string | null;
}

/** Answers to the questions of the face. */
export interface AnswersWanted {
  readonly answers: readonly string[];
  readonly code?: string;
  readonly kdf: string | Readonly<Record<string, unknown>>;
  /** The writer insists: no code, or a short one. */
  readonly weak?: boolean;
}

export interface PassphraseWanted {
  readonly passphrase: string;
  readonly norm: 'opaque' | 'words' | 'code';
  readonly kdf: string | Readonly<Record<string, unknown>>;
}

/** A slot of an envelope to be made: with a passphrase, for answers, for a public key, or of a type that version 1 reserves. */
export type SlotWanted =
  | PassphraseWanted
  | AnswersWanted
  | { readonly publicKey: string; readonly enc_form?: number }
  | { readonly type: string; readonly [key: string]: unknown };

/** What opens an envelope: a passphrase, answers, or the text of an identity, which may have a passphrase of its own. */
export type Secret =
  | string
  | { readonly answers: readonly string[]; readonly code?: string }
  | { readonly identity: string; readonly passphrase?: string };

/** What a public key or an identity says to everybody who has it; times are seconds, and 0 is no limit. */
export interface PythonKey {
  readonly kem: string;
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly publicKey: string;
}

export interface IdentityWanted {
  readonly from?: number;
  readonly to?: number;
  readonly seed?: number;
  /** Another private key than the public key's, to forge. */
  readonly private?: Uint8Array;
  /** For the text under a passphrase. */
  readonly secret?: PassphraseWanted;
  readonly below_floor?: boolean;
}

/** An identity of P-256: its texts, the second under a passphrase where one was wanted. */
export interface PythonIdentity extends PythonKey {
  readonly identity: string;
  readonly sealedIdentity: string | null;
}

/** Replies that an envelope to be made offers, with a proof; seconds since 1970. */
export interface OfferWanted {
  readonly identity: string;
  readonly recipients: readonly string[];
  readonly issued: number;
  readonly expires: number;
  readonly actions?: readonly string[];
  readonly passphrase?: boolean;
}

/** A text in the header, and what replaces it. */
export type Edit = readonly [old: string, replacement: string];

/** What `make_envelope` of writer.py takes. */
export interface EnvelopeWanted {
  readonly message: {
    readonly headers?: object;
    readonly notes?: object;
    readonly idleLock?: number;
    readonly parts: readonly Readonly<Record<string, unknown>>[];
  };
  readonly contents: readonly Uint8Array[];
  readonly secrets: readonly SlotWanted[];
  readonly form?: 'html' | 'data';
  readonly pad?: boolean;
  readonly face?: object;
  readonly connect?: string;
  readonly seed?: number;
  /** A signing identity's text, or true for a new one. */
  readonly sign?: boolean | string;
  /** Any value of `predecessors`, in place of the signing identity's. */
  readonly predecessors?: unknown;
  /** A position in the signature block, of which a bit is changed. */
  readonly edit_signature?: number;
  /** Seconds since 1970 that count as the present for the validity of keys. */
  readonly now?: number;
  readonly below_floor?: boolean;
  readonly offer?: OfferWanted;
  readonly edit_header?: readonly Edit[];
  readonly manifest?: Uint8Array;
  readonly plaintext?: Uint8Array;
}

/** KDF parameters that cost nothing: the least that a reader takes. No writer may use them. */
export const CHEAP_KDF = { name: 'argon2id', m: 8, t: 1, p: 1 };

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** The second implementation as a running process: `sealpost_py serve`, which answers in the order of the questions. */
export class Python {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }[] = [];
  #stderr = '';

  constructor() {
    this.#process = spawn(PYTHON, ['-m', 'sealpost_py', 'serve'], { cwd: HERE, env: ENVIRONMENT });
    this.#process.stderr.on('data', (data) => (this.#stderr += String(data)));
    this.#process.on('close', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(`python ended: ${this.#stderr}`));
    });
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      this.#waiting.shift()?.resolve(JSON.parse(line));
    });
  }

  /** The error `NOT_COVERED` says that an identity is of a KEM that Python does not compute. */
  async open(
    file: Uint8Array,
    secret: Secret,
    maxBytes?: number,
    knownKeys?: readonly string[],
  ): Promise<PythonMessage | PythonFailure> {
    const secrets = typeof secret === 'string' ? { passphrase: secret } : secret;
    const answer = await this.#ask({ op: 'open', file: base64(file), ...secrets, maxBytes, knownKeys });
    return answer as PythonMessage | PythonFailure;
  }

  async make(wanted: EnvelopeWanted): Promise<Uint8Array> {
    const answer = await this.tryMake(wanted);
    if ('error' in answer) throw new Error(`python did not make it: ${JSON.stringify(answer)}`);
    return Buffer.from(answer.file, 'base64');
  }

  /** The file in base64, or why a writer refuses to make it. */
  async tryMake(wanted: EnvelopeWanted): Promise<{ readonly file: string } | PythonFailure> {
    return (await this.#ask({
      op: 'make',
      ...wanted,
      contents: wanted.contents.map(base64),
      ...(wanted.manifest && { manifest: base64(wanted.manifest) }),
      ...(wanted.plaintext && { plaintext: base64(wanted.plaintext) }),
    })) as { readonly file: string } | PythonFailure;
  }

  /** A reply to a file that the passphrase opens, as its recipient makes it. */
  async answer(file: Uint8Array, passphrase: string, kind = 'reply'): Promise<Uint8Array> {
    const answer = await this.#ask({ op: 'answer', file: base64(file), passphrase, kind, text: 'Thank you.' });
    if ('error' in answer) throw new Error(`python did not make it: ${JSON.stringify(answer)}`);
    return Buffer.from((answer as { file: string }).file, 'base64');
  }

  async generate(wanted: IdentityWanted = {}): Promise<PythonIdentity> {
    const { private: forged, ...options } = wanted;
    const answer = await this.#ask({ op: 'generate', ...options, ...(forged && { private: base64(forged) }) });
    if ('error' in answer) throw new Error(`python did not make it: ${JSON.stringify(answer)}`);
    return answer as PythonIdentity;
  }

  /** Any bytes as a text with a right checksum. */
  async bech32m(data: Uint8Array, prefix = 'sealpost'): Promise<string> {
    return ((await this.#ask({ op: 'bech32m', data: base64(data), prefix })) as { text: string }).text;
  }

  async publicKey(text: string): Promise<PythonKey | PythonFailure> {
    return (await this.#ask({ op: 'publicKey', text })) as PythonKey | PythonFailure;
  }

  /** What an identity says; with `read`, after its private key was read too. */
  async identity(
    text: string,
    options: { readonly read?: boolean; readonly passphrase?: string } = {},
  ): Promise<(PythonKey & { readonly sealed: boolean }) | PythonFailure> {
    const answer = await this.#ask({ op: 'identity', text, ...options });
    return answer as (PythonKey & { readonly sealed: boolean }) | PythonFailure;
  }

  /** The bytes of a passphrase, hexadecimal; null where a reader, or with `writer` a writer, refuses it. */
  async normalise(passphrase: string, norm: string, writer = false): Promise<string | null> {
    const answer = await this.#ask({ op: 'normalise', passphrase, norm, writer });
    return (answer as { bytes: string | null }).bytes;
  }

  /** What is left of each answer. */
  async normaliseAnswers(answers: readonly string[]): Promise<readonly string[]> {
    return ((await this.#ask({ op: 'normaliseAnswers', answers })) as { left: readonly string[] }).left;
  }

  /** The bytes that answers are derived from, hexadecimal; null where they open no slot. */
  async answers(answers: readonly string[], code?: string): Promise<string | null> {
    return ((await this.#ask({ op: 'answers', answers, code })) as { bytes: string | null }).bytes;
  }

  /** A new signing identity; with `after`, the text of another, its successor. */
  async generateSigning(
    wanted: {
      readonly seed?: number;
      readonly after?: string;
      readonly secret?: PassphraseWanted;
      readonly below_floor?: boolean;
    } = {},
  ): Promise<PythonSigningIdentity> {
    const answer = await this.#ask({ op: 'generateSigning', ...wanted });
    if ('error' in answer) throw new Error(`python did not make it: ${JSON.stringify(answer)}`);
    return answer as PythonSigningIdentity;
  }

  async signingKey(text: string): Promise<PythonSigningKey | PythonFailure> {
    return (await this.#ask({ op: 'signingKey', text })) as PythonSigningKey | PythonFailure;
  }

  /** What a signing identity says; with `read`, after its private key was read too. */
  async signingIdentity(
    text: string,
    options: { readonly read?: boolean; readonly passphrase?: string } = {},
  ): Promise<PythonSigningText | PythonFailure> {
    return (await this.#ask({ op: 'signingIdentity', text, ...options })) as PythonSigningText | PythonFailure;
  }

  stop(): void {
    this.#process.stdin.end();
  }

  async #ask(question: object): Promise<object> {
    if (this.#process.exitCode !== null) throw new Error(`python ended: ${this.#stderr}`);
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    return (await answer) as object;
  }
}
