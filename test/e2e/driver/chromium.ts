import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { chromiumArgs, findChromium } from '../../../tools/lib/browsers.mjs';

export interface ChromiumOptions {
  /** `none`: in a network namespace of its own, in which even the loopback interface is down. */
  readonly network?: 'none';
  /** Every request goes through this proxy, those to the loopback interface too. */
  readonly proxyPort?: number;
}

/** Why browser tests cannot run on this machine; undefined where they can. */
export const noChromium: string | undefined =
  findChromium() === undefined ? 'no Chromium: install one or set CHROMIUM_PATH' : undefined;

/** Why Chromium cannot be kept from the network on this machine; undefined where it can. */
export const noIsolation: string | undefined =
  noChromium ?? (canIsolate() ? undefined : 'no network namespace: needs Linux, root and unshare');

/** Starts a headless Chromium. The caller closes it. Playwright talks to it over a pipe, so it needs no network. */
export async function launchChromium({ network, proxyPort }: ChromiumOptions = {}): Promise<Browser> {
  const executable = findChromium();
  if (executable === undefined) throw new Error(noChromium);
  const args = chromiumArgs();
  if (proxyPort !== undefined) {
    args.push(`--proxy-server=127.0.0.1:${proxyPort}`, '--proxy-bypass-list=<-loopback>');
  }
  // Where the machine's character set is ASCII, Chromium offers no name but `download` for a file whose name is not.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  if (network === undefined) return chromium.launch({ executablePath: executable, env, args });
  return chromium.launch({
    executablePath: fileURLToPath(new URL('without-network.sh', import.meta.url)),
    env: { ...env, CHROMIUM_PATH: executable },
    args,
  });
}

function canIsolate(): boolean {
  return process.platform === 'linux' && spawnSync('unshare', ['--net', 'true']).status === 0;
}
