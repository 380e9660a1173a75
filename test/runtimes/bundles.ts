import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build as esbuild } from 'esbuild';
import { build as vite, createLogger } from 'vite';

/** What the test runs in a page; `page/page.mjs` and `page/vite-page.mjs` make the names global. */
export const IN_PAGE = 'sealAndOpen()';

/** The same in a worker that an expression starts. */
export function inWorker(start: string): string {
  return `new Promise((resolve, reject) => {
    const worker = ${start};
    worker.onmessage = ({ data }) => { worker.terminate(); resolve(data); };
    worker.onerror = ({ message }) => { reject(new Error(message)); };
    worker.postMessage(undefined);
  })`;
}

/**
 * Bundles the page and its worker with esbuild, as its users do by default for browsers, into a folder to serve. Throws where
 * esbuild has anything to say.
 */
export async function bundleWithEsbuild(project: string, folder: string, format: 'esm' | 'iife'): Promise<void> {
  const { warnings } = await esbuild({
    entryPoints: ['page', 'web-worker'].map((name) => path.join(project, 'page', `${name}.mjs`)),
    outdir: folder,
    bundle: true,
    minify: true,
    platform: 'browser',
    format,
    absWorkingDir: project,
    logLevel: 'silent',
  });
  if (warnings.length > 0) throw new Error(JSON.stringify(warnings));
  const script = format === 'esm' ? '<script type="module" src="page.js"></script>' : '<script src="page.js"></script>';
  writeFileSync(path.join(folder, 'index.html'), `<!doctype html><meta charset="utf-8">${script}`);
}

/** Builds the page and its worker with Vite into a folder to serve. Throws where Vite warns. */
export async function bundleWithVite(project: string, folder: string): Promise<void> {
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  const customLogger = { ...createLogger('silent'), warn, warnOnce: warn, error: warn };
  await vite({
    root: path.join(project, 'page'),
    base: './',
    configFile: false,
    logLevel: 'warn',
    customLogger,
    mode: 'production',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true },
  });
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
}
