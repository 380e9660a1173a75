/** The part of Trusted Types that the opener uses; TypeScript's library does not have it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: Rules): Rules;
}

/** The results are opaque objects where the browser has Trusted Types; the sinks take them as strings. */
interface Rules {
  createScript(text: string): string;
  createScriptURL(url: string): string;
}

const own: Rules = { createScript: (text) => text, createScriptURL: (url) => url };
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
/** The opener's only policy: for data that stands in script elements, and for the service worker's constant name. */
const policy = trustedTypes?.createPolicy('sealpost-opener', own) ?? own;

/** A script element that never runs: its type is none of a script. */
export function dataScript(type: `application/vnd.sealpost.${string}`, id: string, text: string): HTMLScriptElement {
  const made = document.createElement('script');
  made.type = type;
  made.id = id;
  made.text = policy.createScript(text);
  return made;
}

/** Registers the service worker that stands beside the opener. Rejects where the browser does not want it. */
export async function registerWorker(): Promise<void> {
  await navigator.serviceWorker.register(policy.createScriptURL('sw.js'));
}
