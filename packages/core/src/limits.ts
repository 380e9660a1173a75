/**
 * Every maximum of the format, with the attack it stops. spec/registry.md lists them; `npm run check` compares the two.
 * All are checked before memory is taken or work is done.
 */

/** Header bytes. A header is parsed as JSON before anything is authenticated: a giant one would be a parser bomb. */
export const MAX_HEADER_BYTES = 65_536;

/** Slots in a header. Each wrong slot costs a try. */
export const MAX_SLOTS = 16;

/** Distinct key derivations in one attempt: a sender could otherwise make one passphrase cost sixteen derivations. */
export const MAX_KDF_RUNS = 4;

/** Logo bytes. Keeps the face small and leaves no room for anything but a small picture. */
export const MAX_LOGO_BYTES = 8_192;

/** Argon2id memory, KiB: 256 MiB. A sender could otherwise crash the recipient's browser or a gateway. */
export const MAX_ARGON2_MEMORY = 262_144;

/** Argon2id passes. */
export const MAX_ARGON2_PASSES = 10;

/** Argon2id lanes. */
export const MAX_ARGON2_LANES = 16;

/** Argon2id memory times passes: both at their maximum would take minutes on a phone. */
export const MAX_ARGON2_COST = 1_048_576;

/** PBKDF2 iterations: about 4 s in a browser. */
export const MAX_PBKDF2_ITERATIONS = 10_000_000;

/** Salt of a key derivation, bytes: shorter ones let one table serve many envelopes. */
export const MIN_SALT_BYTES = 16;

/** Salt of a key derivation, bytes. */
export const MAX_SALT_BYTES = 64;

/** Writer's floor for Argon2id memory, KiB (OWASP Password Storage). */
export const MIN_ARGON2_MEMORY = 19_456;

/** Writer's floor for Argon2id memory times passes. */
export const MIN_ARGON2_COST = 38_912;

/** Writer's floor for PBKDF2 iterations (OWASP Password Storage). */
export const MIN_PBKDF2_ITERATIONS = 600_000;

/** A prepared passphrase in UTF-8, bytes: a longer one would make every guess of ours slower than an attacker's. */
export const MAX_PASSPHRASE_BYTES = 1_024;

/** Bits of a code that goes with answers: alone, these fall to whoever knows the recipient, or tries the commonest. */
export const MIN_CODE_BITS = 50;

/** Manifest bytes: it is parsed as JSON, whole. */
export const MAX_MANIFEST_BYTES = 4_194_304;

/** Parts in a message. */
export const MAX_PARTS = 1_024;

/** Name of an attachment in UTF-8, bytes. */
export const MAX_NAME_BYTES = 4_096;

/** A body: it is held as one text, parsed and laid out. */
export const MAX_BODY_BYTES = 16_777_216;

/** Addresses in one header field. */
export const MAX_ADDRESSES = 10_000;

/** Default for the sum of all parts' sizes when opening, bytes: 4 GiB. Stops inflate bombs; callers lower it. */
export const MAX_MESSAGE_BYTES = 4_294_967_296;

/** The same for a page: 256 MiB. A part is held in memory, whole, when it is saved. */
export const MAX_PAGE_BYTES = 268_435_456;

/** Blocks of a payload: 4 TiB. Counts in JavaScript stay exact, and no list of blocks grows without end. */
export const MAX_BLOCKS = 4_194_304;

/** A sealed reply token, bytes: it stands in each key slot of a reply's header, and whoever replies chose none of it. */
export const MAX_TOKEN_BYTES = 8_192;

/** Statements by which signing keys announce the next ones: a manifest could otherwise make a reader verify thousands. */
export const MAX_PREDECESSORS = 8;

/** Keys that a reply is sealed to: a manifest could otherwise make a page wrap a thousand keys. */
export const MAX_REPLY_KEYS = 4;
