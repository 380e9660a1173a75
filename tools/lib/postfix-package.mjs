import { existsSync } from 'node:fs';
import { installDebianPackages } from './debian-package.mjs';

/**
 * Where Debian and its descendants put it. Not looked for in PATH: `sbin` is often not in it.
 */
const postfix = '/usr/sbin/postfix';

/**
 * The Postfix of this machine.
 *
 * @returns {string | undefined} its control program
 */
export function findPostfix() {
  return existsSync(postfix) ? postfix : undefined;
}

/**
 * Makes sure of a Postfix for the mail tests: where there is none, root may install Debian's. Says what it does. It comes
 * without a configuration, so that the system does not start it: the tests run one of their own.
 *
 * @returns {Promise<void>}
 */
export async function ensurePostfix() {
  if (findPostfix() !== undefined) return;
  await installDebianPackages('postfix', ['postfix'], {
    without: 'the mail tests (test/postfix) will be skipped',
    answer: 'postfix postfix/main_mailer_type select No configuration',
  });
}
