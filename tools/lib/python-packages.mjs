import { installDebianPackages } from './debian-package.mjs';
import { run } from './run.mjs';

/**
 * Makes sure of Debian's Python with the two packages that the second implementation of the format needs (test/interop): where
 * they are missing, root may install them. Says what it does.
 *
 * @returns {Promise<void>}
 */
export async function ensurePython() {
  const { code } = await run('/usr/bin/python3', ['-c', 'import cryptography, argon2']);
  if (code === 0) return;
  await installDebianPackages('python', ['python3', 'python3-cryptography', 'python3-argon2'], {
    without: 'the tests with the second implementation (test/interop) will be skipped',
  });
}
