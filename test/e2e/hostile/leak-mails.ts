import { existsSync, readFileSync } from 'node:fs';
import type { HostileMail } from './mails.js';

const file = new URL('../../../../shared/vectors/leaks.html', import.meta.url);

/** Why there are none; undefined where there are. */
export const noLeaks: string | undefined = existsSync(file) ? undefined : '../shared/vectors is not there';

/** Ways in which a mail calls home, all in one mail; `home` is a host name. */
export function leaksTo(home: string): string {
  return readFileSync(file, 'utf8')
    .replaceAll('{{BASE_NOSCHEME}}', `//${home}`)
    .replaceAll('{{BASE}}', `http://${home}`);
}

/** Without these around them, they would do nothing. */
const AROUND: Readonly<Record<string, string>> = {
  source: 'video',
  track: 'video',
  image: 'svg',
  use: 'svg',
  feImage: 'svg',
  td: 'table',
  button: 'form',
};

/** The same, each in a mail of its own: every tag, script, import and declaration that names an address. */
export function leaksAlone(): readonly HostileMail[] {
  const html = leaksTo('leak.test');
  const scripts = html.match(/<script>[^<]*<\/script>/g) ?? [];
  const markup = html.replace(/<script>[^<]*<\/script>/g, '');
  const styles = [...markup.matchAll(/<style>([^<]*)<\/style>/g)].map(([, text]) => text!).join(' ');
  const tags = markup.match(/<[a-z]+[^<>]*(?:leak\.test|127\.0\.0\.1|rel-base)[^<>]*>/gi) ?? [];
  const imports = styles.match(/@[^;{}]*url\([^;{}]*;|@font-face\{[^}]*\}/g) ?? [];
  const declarations = (styles.replace(/@font-face\{[^}]*\}/g, '').match(/[\w-]+:[^;{}]*url\([^;{}]*/g) ?? []).flatMap(
    (one) => [`<p style='${one}'>x`, `<style>p,p::before{${one};width:9px;height:9px}</style><p>x`],
  );
  return [
    ...tags.map(alone),
    ...scripts,
    ...imports.map((one) => `<style>${one} p{font-family:x}</style><p>x`),
    ...declarations,
  ]
    .map((html) => (html.includes('rel-base') ? `<base href="http://leak.test/">${html}` : html))
    .map((html) => ({ name: `alone: ${html}`, html }));
}

function alone(tag: string): string {
  const name = /\w+/.exec(tag)![0];
  const around = tag.includes('srcset') && name === 'source' ? 'picture' : AROUND[name];
  return around === undefined ? `${tag}x` : `<${around}>${tag}${around === 'picture' ? '<img>' : 'x'}</${around}>`;
}
