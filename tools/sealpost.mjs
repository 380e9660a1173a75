// Runs the sealpost command from the checkout, building it first if need be: `npm run -s sealpost -- seal ...`.
import { spawn } from 'node:child_process';
import { ensureBuilt } from './lib/build.mjs';
import { runMain } from './lib/failure.mjs';
import { inRoot } from './lib/root.mjs';

await runMain(async () => {
  await ensureBuilt();
  const args = [inRoot('packages/cli/dist/main.js'), ...process.argv.slice(2)];
  const command = spawn(process.execPath, args, { cwd: userFolder(), stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    command.on('error', reject);
    command.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });
});

/** npm starts scripts in the root of the checkout, but file names are meant from where the user stands. */
function userFolder() {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return script === 'sealpost' && folder !== undefined ? folder : process.cwd();
}
