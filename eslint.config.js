import js from '@eslint/js';
import tsdoc from 'eslint-plugin-tsdoc';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const sources = ['packages/*/src/**/*.ts'];
const scripts = ['**/*.{js,mjs,cjs}'];
const tests = ['packages/*/test/**/*.ts', 'test/**/*.ts'];

export default defineConfig(
  globalIgnores(['**/dist/', '**/generated/', 'coverage/', 'tmp/', 'test/runtimes/user/']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      // The compiler knows which names exist, in scripts as well.
      'no-undef': 'off',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Numbers in texts are plain; everything else still needs to say how it becomes a text.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: sources,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { tsdoc },
    rules: {
      'no-console': 'error',
      'no-eval': 'error',
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'createContextualFragment'].map((property) => ({
          property,
          message: 'Build nodes instead: text never becomes markup in a page.',
        })),
        { object: 'document', property: 'write', message: 'Build nodes instead.' },
        { object: 'document', property: 'writeln', message: 'Build nodes instead.' },
        { object: 'Math', property: 'random', message: 'Use the random source of core (crypto/random.ts).' },
      ],
      'tsdoc/syntax': 'error',
    },
  },
  {
    files: ['packages/{core,reader}/src/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Buffer', message: 'Use Uint8Array: core and reader run in a browser.' },
        { name: 'process', message: 'core and reader run in a browser.' },
      ],
    },
  },
  {
    // As in .dependency-cruiser.cjs: everything else of the library runs in browsers.
    files: ['packages/envelope/src/**/*.ts'],
    ignores: ['packages/envelope/src/node-backend.ts', 'packages/envelope/src/mail/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Buffer', message: 'Use Uint8Array: sealpost runs in a browser.' },
        { name: 'process', message: 'sealpost runs in a browser.' },
      ],
    },
  },
  {
    // packages/*/tsconfig.json covers src alone; everything else belongs to one program.
    files: [...tests, ...scripts, '*.ts'],
    languageOptions: { parserOptions: { project: 'tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: tests,
    rules: {
      // A test that meets undefined fails, which is what it is for.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Tests hand wrong things to code on purpose.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: scripts,
    rules: {
      // JSON.parse and import() of what was built: the type is said in JSDoc.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    // These tools read their configuration as a default export.
    files: ['eslint.config.js', 'vitest.config.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
);
