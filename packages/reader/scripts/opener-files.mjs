import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { source } from './page-options.mjs';
import { onlyText } from './page-script.mjs';
import { sha256 } from './releases.mjs';

const folder = path.join(source, 'opener');
const ICONS = { 'icon-192.png': '192x192', 'icon-512.png': '512x512' };

/** What the opener's page shows before its script runs, and all that it shows without it. @typedef {Readonly<Record<'title' | 'lead' | 'never', string>>} FirstTexts */

/**
 * What the opener is made of besides its own code: the page of this release.
 *
 * @typedef {object} OpenerPage
 * @property {Readonly<Record<string, string>>} modules in their order
 * @property {string} style
 * @property {Readonly<Record<string, string>>} languages JSON of each block
 * @property {readonly unknown[]} releases those of which pages are known
 * @property {FirstTexts} texts in English
 * @property {(code: string) => string} scriptText core's, for what stands inside a script element
 */

/**
 * The files of the static opener, by name: those of text as they are, pictures in base64. The same bytes on every machine.
 *
 * @param {OpenerPage} page
 * @returns {Promise<{ texts: Record<string, string>, pictures: Record<string, string> }>}
 */
export async function openerFiles(page) {
  const pictures = Object.fromEntries(
    Object.keys(ICONS).map((name) => [name, readFileSync(path.join(folder, name)).toString('base64')]),
  );
  const cached = {
    'index.html': await indexPage(page),
    'manifest.webmanifest': manifest(page.texts),
  };
  const version = sha256(JSON.stringify({ cached, pictures })).slice(0, 16);
  const hashed = [
    ...Object.entries({ './': cached['index.html'], ...cached }).map(([name, text]) => [name, sha256(text)]),
    ...Object.entries(pictures).map(([name, base64]) => [name, sha256(Buffer.from(base64, 'base64'))]),
  ];
  const worker = await script('service-worker.ts', { FILES: JSON.stringify(hashed), VERSION: JSON.stringify(version) });
  return { texts: { ...cached, 'sw.js': worker }, pictures };
}

/**
 * @param {string} entry
 * @param {Record<string, string>} [define]
 */
async function script(entry, define = {}) {
  const { outputFiles } = await build({
    absWorkingDir: path.join(source, '../../..'),
    entryPoints: [path.join(folder, entry)],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    conditions: ['source'],
    minify: true,
    charset: 'ascii',
    legalComments: 'none',
    tsconfigRaw: {},
    define,
    write: false,
  });
  return onlyText(outputFiles);
}

/** @param {OpenerPage} page */
async function indexPage({ modules, style, languages, releases, texts, scriptText }) {
  const code = scriptText(await script('main.ts'));
  const { outputFiles } = await build({
    entryPoints: [path.join(folder, 'opener.css')],
    minify: true,
    charset: 'ascii',
    target: 'es2022',
    write: false,
  });
  const icon = `data:image/png;base64,${readFileSync(path.join(folder, 'icon-192.png')).toString('base64')}`;
  return [
    '<!doctype html>',
    '<html lang="en" dir="ltr" translate="no" class="notranslate">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${openerPolicy([code, ...Object.values(modules)])}">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="theme-color" content="#17625c">',
    `<title>${texts.title}</title>`,
    `<link rel="icon" href="${icon}">`,
    `<style id="sealpost-style">${style}</style>`,
    `<style>${onlyText(outputFiles).trim()}</style>`,
    '</head>',
    '<body>',
    '<main class="card">',
    `<h1>${texts.title}</h1>`,
    `<p class="lead">${texts.lead}</p>`,
    // The script puts its button in the place of this.
    '<div class="place"><noscript><p class="notice">This page needs JavaScript, which is switched off here.</p></noscript>',
    '<p>No button to choose a file? The browser is too old for this page.</p></div>',
    `<footer class="care"><p class="never">${texts.never}</p></footer>`,
    '</main>',
    `<script type="application/json" id="opener-releases">${JSON.stringify(releases)}</script>`,
    ...Object.entries(languages).map(
      ([code, json]) => `<script type="application/json" id="sealpost-lang-${code}">\n${json}\n</script>`,
    ),
    '<template>',
    ...Object.entries(modules).map(([name, text]) => `<script id="sealpost-${name}">${text}</script>`),
    '</template>',
    `<script>${code}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/**
 * As narrow as that of an envelope, but for what it takes to be installed: its own worker and manifest. It reaches no network either.
 *
 * @param {readonly string[]} scripts
 */
function openerPolicy(scripts) {
  const hashes = scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    "img-src data: blob: 'self'",
    "worker-src blob: 'self'",
    "manifest-src 'self'",
    "connect-src 'none'",
    "frame-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types sealpost sealpost-opener',
  ].join('; ');
}

/** @param {FirstTexts} texts */
function manifest({ title }) {
  const accept = {
    'text/html': ['.html', '.htm'],
    'application/vnd.sealpost': ['.seal'],
    'message/rfc822': ['.eml'],
  };
  return `${JSON.stringify(
    {
      id: './',
      name: title,
      short_name: 'Secure message',
      start_url: './',
      scope: './',
      display: 'standalone',
      background_color: '#e8ecef',
      theme_color: '#17625c',
      icons: Object.entries(ICONS).flatMap(([src, sizes]) =>
        ['any', 'maskable'].map((purpose) => ({ src, sizes, type: 'image/png', purpose })),
      ),
      share_target: {
        action: 'share',
        method: 'POST',
        enctype: 'multipart/form-data',
        params: { files: [{ name: 'file', accept: Object.entries(accept).flat(2) }] },
      },
      // A browser's own files stay with the browser.
      file_handlers: [{ action: './', accept: { 'application/vnd.sealpost': ['.seal'] } }],
    },
    null,
    2,
  )}\n`;
}
