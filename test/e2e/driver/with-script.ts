import { createHash } from 'node:crypto';

/**
 * An envelope's page in which a script of the test's runs before the page's own: to take something away from the browser, or
 * to listen. Its hash joins the policy. Works alike in all engines, of which one has no way to run a script that early.
 */
export function withScript(page: string, script: () => void): string {
  const source = `(${script.toString()})();`;
  const hash = createHash('sha256').update(source).digest('base64');
  const changed = page
    .replace("script-src '", `script-src 'sha256-${hash}' '`)
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, (policy) => `${policy}\n<script>${source}</script>`);
  if (!changed.includes(source)) throw new Error('the page has no content security policy to add to');
  return changed;
}
