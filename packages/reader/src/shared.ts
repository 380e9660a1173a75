import {
  defaultBackend,
  EnvelopeError,
  fromUtf8,
  hex,
  logoType,
  normaliseSecret,
  runKdf,
  splitTexts,
  utf8,
  webcryptoBackend,
} from '@sealpost/core';
import {
  checkKdfRange,
  concat,
  damaged,
  decodeBinary,
  decodeManifest,
  deriveKeys,
  derivationId,
  DIGITS,
  encodeBinary,
  encodeWire,
  equalConstantTime,
  headerMark,
  kdfToWire,
  malformed,
  nonceOf,
  openChunked,
  payloadContext,
  readHeader,
  slotContext,
  u32,
} from '@sealpost/core/page';
import { makeCodec } from './base64.js';
import { button, element, row } from './dom.js';
import { makeKdfRunner } from './kdf-worker.js';
import { boundedLine } from './render/bounded-text.js';
import { saveFile } from './save.js';
import { findLanguages, makeText } from './words.js';

/**
 * What `open` shares of its code with the page's other modules, by position: the build takes each of these exports out of the other
 * modules, wherever they import it, and puts the list's entry there (`scripts/shared-code.mjs`). So to share one more, name it here, last
 * or in any place: positions are those of one release. Only what `open` holds anyway belongs here; all else makes every page larger.
 *
 * `open` opens and seals nothing, so of core it has some things without what only sealing needs (`scripts/lean-core.mjs`). Of what is
 * not whole, that list says what may be shared all the same: `webcryptoBackend` and `defaultBackend` here encrypt, deflate and hash no
 * streams.
 */
export const SHARED: readonly unknown[] = [
  boundedLine,
  button,
  checkKdfRange,
  concat,
  damaged,
  decodeBinary,
  decodeManifest,
  defaultBackend,
  deriveKeys,
  derivationId,
  DIGITS,
  element,
  encodeBinary,
  encodeWire,
  EnvelopeError,
  equalConstantTime,
  findLanguages,
  fromUtf8,
  headerMark,
  hex,
  kdfToWire,
  logoType,
  makeCodec,
  makeKdfRunner,
  makeText,
  malformed,
  nonceOf,
  normaliseSecret,
  openChunked,
  payloadContext,
  readHeader,
  row,
  runKdf,
  saveFile,
  slotContext,
  splitTexts,
  u32,
  utf8,
  webcryptoBackend,
];
