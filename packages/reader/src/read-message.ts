import { defaultBackend, type OpenedEnvelope } from '@sealpost/core';
import { fingerprint } from '@sealpost/core/page';
import type { BodyContent } from './render/body.js';

/** An opened message, read but not shown yet. */
export interface ReadMessage {
  readonly opened: OpenedEnvelope;
  /** What to show, the richest first. */
  readonly bodies: readonly BodyContent[];
  /** The key that signed it, as digits, where one did. */
  readonly signer: string | undefined;
}

/** Rejects like {@link OpenedEnvelope}, which is closed then. */
export async function readMessage(opened: OpenedEnvelope): Promise<ReadMessage> {
  try {
    const [html, text] = [await opened.html(), await opened.text()];
    const bodies: BodyContent[] = [];
    if (html !== undefined) bodies.push({ kind: 'html', content: html });
    if (text !== undefined) bodies.push({ kind: 'text', content: text });
    const key = opened.signature?.publicKey;
    return { opened, bodies, signer: key && (await fingerprint(key, defaultBackend())) };
  } catch (error) {
    opened.close();
    throw error;
  }
}
