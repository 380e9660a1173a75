import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from '../../tools/lib/packed.mjs';
import { inRoot } from '../../tools/lib/root.mjs';
import { runTool } from '../../tools/lib/run.mjs';

/** Why something cannot be had on this machine. */
export interface Missing {
  readonly obstacle: string;
}

/** What users of the packages have: programs of theirs, and the packages as npm installed them. */
export interface Installation {
  readonly obstacle?: undefined;
  /** Holds `node_modules`, and the files of `test/runtimes/user`. */
  readonly folder: string;
  /** Runs a program in the folder, with an empty home and nothing of this checkout in its environment. */
  readonly run: (command: string, args: readonly string[]) => Promise<Ran>;
  readonly remove: () => void;
}

export interface Ran {
  /** 127 where the program did not start, 1 where a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const USER = fileURLToPath(new URL('user', import.meta.url));

/** Downloads of these tests are kept: they run again without a network. */
const CACHE = inRoot('node_modules', '.cache', 'sealpost-runtimes');

/**
 * Packs the packages and installs the tarballs with npm into an empty folder; their dependencies come from the registry.
 * {@link Missing} where there is no network; rejects where anything else is wrong.
 */
export async function install(): Promise<Installation | Missing> {
  // Compiles what is older than its sources; the page's runtime is made by `npm run build`.
  const built = await runTool('tsc', ['-b', 'packages/cli']);
  if (built.code !== 0) throw new Error(built.output);
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-user-'));
  const [packed, home, project] = ['packed', 'home', 'project'].map((name) => {
    mkdirSync(path.join(folder, name));
    return path.join(folder, name);
  }) as [string, string, string];
  const remove = (): void => {
    rmSync(folder, { recursive: true });
  };
  cpSync(USER, project, { recursive: true });
  writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }');
  const run: Installation['run'] = (command, args) => spawned(command, args, project, home);
  const { code, output } = await pack(packed);
  const tarballs = readdirSync(packed).map((name) => path.join(packed, name));
  const missing = code === 0 ? await npmInstall(run, tarballs) : noNetwork(output);
  if (missing === undefined) return { folder: project, run, remove };
  remove();
  return missing;
}

/**
 * Installs a package that holds a program for this machine, and gives the program's path. {@link Missing} where there is no
 * network; rejects where anything else is wrong.
 */
export async function installProgram(
  name: string,
  version: string,
  program: string,
): Promise<{ readonly obstacle?: undefined; readonly path: string } | Missing> {
  const folder = path.join(CACHE, `${name.replace('/', '+')}-${version}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  const run: Installation['run'] = (command, args) => spawned(command, args, folder, folder);
  const missing = await npmInstall(run, [`${name}@${version}`]);
  return missing ?? { path: path.join(folder, 'node_modules', name, program) };
}

/** No package gets to run a script. */
async function npmInstall(run: Installation['run'], what: readonly string[]): Promise<Missing | undefined> {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--fetch-retries=0'];
  const cache = ['--prefer-offline', '--cache', path.join(CACHE, 'npm')];
  const { code, stderr } = await run('npm', ['install', '--save-exact', ...quiet, ...cache, ...what]);
  return code === 0 ? undefined : noNetwork(stderr);
}

/** The reason why npm had no network, out of what it said. Throws where that was not the reason. */
function noNetwork(said: string): Missing {
  const [reason] = /\b(?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ECONN[A-Z]+|ETIMEDOUT)\b/.exec(said) ?? [];
  if (reason === undefined) throw new Error(said);
  return { obstacle: `npm has no network: ${reason}` };
}

function spawned(command: string, args: readonly string[], cwd: string, home: string): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { ...userEnvironment(), HOME: home };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
      });
    }
    child.on('error', ({ message }) => {
      resolve({ code: 127, stdout: '', stderr: message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, ...texts });
    });
  });
}

/** The environment without what npm and vitest put there; a registry chosen for this machine stays. */
function userEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => name === 'npm_config_registry' || !/^(?:npm_|VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(name),
  );
  return Object.fromEntries(entries);
}
