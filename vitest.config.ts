import { defineConfig } from 'vitest/config';
import { everyEnvelope } from './test/transport/every-envelope.js';

// Workspace packages resolve to their sources: unit tests need no build.
const resolve = { conditions: ['source'] };

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [everyEnvelope()],
        resolve,
        ssr: { resolve },
        test: {
          name: 'node',
          include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.dom.test.ts', 'test/e2e/**'],
          // Key derivation is slow on purpose, and slower where the machine is busy.
          testTimeout: 30_000,
          maxWorkers: 2,
        },
      },
      {
        plugins: [everyEnvelope()],
        resolve,
        test: {
          // State and user interface only. happy-dom parses unsafe HTML into safe trees: never a test of sanitising.
          name: 'dom',
          environment: 'happy-dom',
          include: ['packages/reader/test/**/*.dom.test.ts'],
          // As many as the other project's, with which it runs.
          maxWorkers: 2,
        },
      },
      {
        plugins: [everyEnvelope()],
        resolve,
        ssr: { resolve },
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: Number(process.env['PATIENCE'] ?? 30_000) } },
          // Browsers spend half of their time waiting; more than two at a time would compete for the processor.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
