import { EnvelopeError, type EnvelopeErrorCode, type TransportFault } from '@sealpost/core';
import type { Key } from './i18n/keys.js';

const FAULTS: Readonly<Record<TransportFault, Key>> = { 'cut-off': 'cutOff', altered: 'altered' };

const PROBLEMS: Readonly<Partial<Record<EnvelopeErrorCode, readonly Key[]>>> = {
  ABORTED: [],
  DAMAGED: ['damaged', 'again'],
  // What may have happened to the file is said above the form.
  DID_NOT_OPEN: ['wrong'],
  // Nothing but separators: no passphrase at all.
  INVALID_ARGUMENT: ['empty'],
  LIMIT: ['limit'],
  NOT_AN_ENVELOPE: ['notEnvelope', 'again'],
  UNSUPPORTED_VERSION: ['version'],
};

/** The sentences for a fault of the file that its end block shows. */
export function faultTexts(fault: TransportFault | undefined): readonly Key[] {
  return fault === undefined ? [] : [FAULTS[fault], 'again'];
}

/** The sentences for whatever went wrong while opening. None for an attempt that the user gave up. */
export function problemTexts(error: unknown): readonly Key[] {
  if (error instanceof DOMException && error.name === 'AbortError') return [];
  if (!(error instanceof EnvelopeError)) return ['failed'];
  const fault = faultTexts(error.fault);
  return error.code === 'DAMAGED' && fault.length > 0 ? fault : (PROBLEMS[error.code] ?? ['failed']);
}

/** Why this page must not be used where it is. */
export function obstacle(): Key | undefined {
  return globalThis.self === globalThis.top ? undefined : 'framed';
}

/** Whether this browser lacks something that the page cannot do without. */
export function isOldBrowser(): boolean {
  try {
    new DecompressionStream('deflate-raw');
    // The page's code takes numbers in memory to begin with their low byte, as they do wherever such a browser runs.
    const [low] = new Uint8Array(Uint16Array.of(1).buffer);
    return low !== 1 || typeof CSSStyleSheet.prototype.replaceSync !== 'function';
  } catch {
    return true;
  }
}
