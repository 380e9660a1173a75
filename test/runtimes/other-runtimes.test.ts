import { afterAll, vi } from 'vitest';
import { describeUnless } from '../e2e/driver/describe-unless.js';
import { testCommand, testLedger, testPrograms } from './behaviour.js';
import { install, installProgram, type Installation } from './installation.js';

/** A runtime that npm can provide: the package that holds its program for this machine. */
interface NpmRuntime {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** Where the program is in the package. */
  readonly program: string;
  /** What stands before a program's name. */
  readonly args: readonly string[];
  /** Its programs may not write files. */
  readonly readOnly?: true;
}

const { platform, arch } = process;
const glibc = platform === 'linux' ? '-glibc' : '';

const node = { name: 'Node', package: `node-${platform}-${arch}`, program: 'bin/node', args: [] };
const deno = { name: 'Deno', package: `@deno/${platform}-${arch}${glibc}`, version: '2.9.6', program: 'deno' };
const bunArch = arch === 'arm64' ? 'aarch64' : arch;

const RUNTIMES: readonly NpmRuntime[] = [
  { ...node, version: '22.23.3' },
  { ...node, version: '24.21.0' },
  { ...deno, args: ['run', '--allow-all'] },
  // Without --allow-ffi there is no native Argon2id.
  { ...deno, args: ['run', '--no-prompt', '--allow-read'], readOnly: true },
  { name: 'Bun', package: `@oven/bun-${platform}-${bunArch}`, version: '1.4.5', program: 'bin/bun', args: [] },
];

vi.setConfig({ testTimeout: 120_000 });

// The downloads take a minute the first time.
const installed = process.env['SLOW'] === '1' ? await install() : { obstacle: 'slow: npm run test:full' };

for (const { name, version, program, args, readOnly, package: provider } of RUNTIMES) {
  const provided = installed.obstacle === undefined ? await installProgram(provider, version, program) : installed;
  const command = provided.obstacle === undefined ? provided.path : '';
  describeUnless(provided.obstacle, `the packages in ${[name, version, ...args].join(' ')}`, () => {
    testPrograms(installed as Installation, command, args);
    if (readOnly !== undefined) return;
    testLedger(installed as Installation, command, args);
    testCommand(installed as Installation, command, [...args, 'node_modules/@sealpost/cli/dist/main.js']);
  });
}

afterAll(() => {
  if (installed.obstacle === undefined) installed.remove();
});
