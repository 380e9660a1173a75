import { EnvelopeError, type TransportFault } from '@sealpost/core';
import type { Key } from './i18n/keys.js';

const FAULTS: Readonly<Record<TransportFault, Key>> = { 'cut-off': 'cutOff', altered: 'altered' };

/** The sentences for a fault of the file that its end block shows. */
export function faultTexts(fault: TransportFault | undefined): readonly Key[] {
  return fault === undefined ? [] : [FAULTS[fault], 'again'];
}

/** The sentences for whatever went wrong while opening. None for an attempt that the user gave up. */
export function problemTexts(error: unknown): readonly Key[] {
  if (error instanceof DOMException && error.name === 'AbortError') return [];
  if (!(error instanceof EnvelopeError)) return ['failed'];
  const fault = faultTexts(error.fault);
  switch (error.code) {
    case 'DID_NOT_OPEN':
      return ['wrong', ...fault];
    // Nothing but separators: no passphrase at all.
    case 'INVALID_ARGUMENT':
      return ['empty'];
    case 'DAMAGED':
      return fault.length > 0 ? fault : ['damaged', 'again'];
    case 'UNSUPPORTED_VERSION':
      return ['version'];
    case 'LIMIT':
      return ['limit'];
    case 'NOT_AN_ENVELOPE':
      return ['notEnvelope', 'again'];
    case 'ABORTED':
      return [];
    case 'WEAK_SECRET':
    case 'BAD_MAIL':
      return ['failed'];
  }
}

/** Why this browser, here, must not or cannot open an envelope. */
export function obstacle(): Key | undefined {
  if (globalThis.self !== globalThis.top) return 'framed';
  try {
    new DecompressionStream('deflate-raw');
    return typeof CSSStyleSheet.prototype.replaceSync === 'function' ? undefined : 'oldBrowser';
  } catch {
    return 'oldBrowser';
  }
}
