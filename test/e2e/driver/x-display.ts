import { spawn } from 'node:child_process';

let started: Promise<string> | undefined;

/** A display without a screen for browsers that need one, such as `:99`: one for the process, ended with it. */
export function display(): Promise<string> {
  started ??= start();
  return started;
}

function start(): Promise<string> {
  // -noreset: else the server ends its first client's session by starting anew, in the face of the second.
  const server = spawn('Xvfb', ['-displayfd', '3', '-noreset', '-screen', '0', '1600x1400x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  process.on('exit', () => server.kill());
  server.unref();
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', (code) => {
      reject(new Error(`Xvfb ended with exit code ${code ?? 'none'}`));
    });
    server.stdio[3]?.once('data', (number: Buffer) => {
      resolve(`:${number.toString().trim()}`);
    });
  });
}
