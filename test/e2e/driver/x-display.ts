import { once } from 'node:events';
import type { Cleanup } from './cleanup.js';
import { Service } from './service.js';

/**
 * Starts a display without a screen for browsers that need one.
 *
 * @returns its name, such as `:99`
 */
export async function startDisplay(cleanup: Cleanup): Promise<string> {
  // -noreset: else the server ends its first client's session by starting anew, in the face of the second.
  const server = new Service('Xvfb', ['-displayfd', '3', '-noreset', '-screen', '0', '1600x1400x24']);
  cleanup.add(() => server.end());
  const failed = server.ended.then((how) => {
    throw new Error(how);
  });
  const [number] = (await Promise.race([once(server.output, 'data'), failed])) as [Buffer];
  return `:${number.toString().trim()}`;
}
