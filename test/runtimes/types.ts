import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../../tools/lib/root.mjs';
import { runTool } from '../../tools/lib/run.mjs';

/** How the compiler of a user is set up, and which of `test/runtimes/user/types` compiles with it. */
export interface Setup {
  readonly program: string;
  readonly module: 'node16' | 'bundler';
  readonly lib: readonly string[];
  readonly types: readonly string[];
}

/** Compiles a program in the folder of an installation, the packages' declarations included; gives what the compiler says. */
export async function compile(folder: string, { program, module, lib, types }: Setup): Promise<string> {
  const modules = module === 'node16' ? { module } : { module: 'esnext', moduleResolution: module };
  const compilerOptions = {
    ...modules,
    target: 'es2022',
    lib: ['es2022', ...lib],
    types,
    typeRoots: [inRoot('node_modules', '@types')],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
  };
  const file = path.join(folder, 'tsconfig.json');
  writeFileSync(file, JSON.stringify({ compilerOptions, files: [`types/${program}.ts`] }));
  return (await runTool('tsc', ['-p', file])).output;
}
