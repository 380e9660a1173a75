import type { RuntimeModule } from './runtime.js';

/** The start tags by which an envelope's parts are found in a page, spelled exactly (spec/envelope-v1.md, section 8.3). */

export const HEADER_TAG = '<script type="application/vnd.sealpost.header+json" id="sealpost-header">';

/** What all payload tags begin with; the block's number or `end`, and `">`, follow. */
export const PAYLOAD_TAG = '<script type="application/vnd.sealpost.payload" id="sealpost-payload-';

export const END_ID = 'end';

export const SCRIPT_END = '</script>';

export const STYLE_TAG = '<style id="sealpost-style">';

/** What all start tags of language blocks begin with; the code and `">` follow. */
export const LANGUAGE_TAG = '<script type="application/json" id="sealpost-lang-';

export function moduleTag(name: RuntimeModule): string {
  return `<script id="sealpost-${name}">`;
}

export function payloadTag(id: number | typeof END_ID): string {
  return `${PAYLOAD_TAG}${String(id)}">`;
}

/** First line of the data form. */
export const DATA_FORM_LINE = 'sealpost/1';
