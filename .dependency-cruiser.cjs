// Who may import whom. The packages are a chain: core <- reader <- envelope <- cli; vectors stand apart.

/** A package's sources, as a regular expression. */
const src = (/** @type {string} */ name) => `^packages/${name}/src/`;

/** What of the library is for Node alone. */
const nodeOnly = [
  `${src('envelope')}node-(?:backend|ed25519|p256)[.]ts$`,
  `${src('envelope')}(?:file-reply-)?ledger[.]ts$`,
  `${src('envelope')}mail/`,
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      // Core is what a third party audits and ports. If it needs something from above, pass that in as an argument.
      name: 'core-is-leaf',
      comment: 'core imports itself, @noble/* and @scure/base: pass anything else in as an argument',
      severity: 'error',
      from: { path: src('core') },
      to: { pathNot: [src('core'), 'node_modules/@noble/', 'node_modules/@scure/base/'] },
    },
    {
      // Core and reader run in a page. What Node does better is injected by the envelope package (backends).
      name: 'core-no-node',
      comment: 'core and reader run in a browser: use web APIs, or inject a backend from packages/envelope',
      severity: 'error',
      from: { path: [src('core'), src('reader')] },
      to: { dependencyTypes: ['core'] },
    },
    {
      // Every package more is code in every envelope. Write it in the reader, or move what both need to core.
      name: 'reader-imports-core',
      comment: 'reader imports itself and @sealpost/core: move what is shared to core',
      severity: 'error',
      from: { path: src('reader'), pathNot: `${src('reader')}opener/` },
      to: { pathNot: [src('reader'), src('core')] },
    },
    {
      // The opener is no part of an envelope. It is bundled with its parser of mails; users install none.
      name: 'opener-imports-reader',
      comment: 'the opener imports reader, @sealpost/core and postal-mime',
      severity: 'error',
      from: { path: `${src('reader')}opener/` },
      to: { pathNot: [src('reader'), src('core'), 'node_modules/postal-mime/'] },
    },
    {
      name: 'page-without-opener',
      comment: 'the page of an envelope takes nothing of the opener: move what both need out of opener/',
      severity: 'error',
      from: { path: src('reader'), pathNot: `${src('reader')}opener/` },
      to: { path: `${src('reader')}opener/` },
    },
    {
      // The list is larger than the rest of the page. The page generates codes, not words.
      name: 'reader-no-wordlist',
      comment: 'the word list stays out of the page: generate a code instead',
      severity: 'error',
      from: { path: src('reader') },
      to: { path: `${src('core')}wordlist` },
    },
    {
      // Key pairs are for whoever keeps private keys; a page keeps none. ML-KEM is a module of its own.
      name: 'reader-no-keys',
      comment: 'identities, public keys and the hybrid KEM stay out of the page',
      severity: 'error',
      from: { path: src('reader'), pathNot: `${src('reader')}pq/` },
      to: { path: `${src('core')}(?:keys(?:[.]ts$|/identity|/recipient-key)|kem/(?:hybrid|x25519))` },
    },
    {
      // The library must work without the command. Move what is needed down into envelope or core.
      name: 'envelope-below-cli',
      comment: 'envelope imports itself, core, reader and its declared dependencies: move code down, not up',
      severity: 'error',
      from: { path: src('envelope') },
      to: { path: '^packages/', pathNot: [src('envelope'), src('core'), src('reader')] },
    },
    {
      // People import sealpost in pages and workers too. What differs by runtime has two files, chosen by a condition of
      // package.json's "imports" (#backend, #compose-cover-mail); sealpost/mail and sealpost/ledger are not for browsers.
      name: 'envelope-runs-in-browsers',
      comment:
        'only node-backend, node-ed25519, node-p256, the file ledger and mail/ see Node: use web APIs, or put it behind a condition of package.json',
      severity: 'error',
      from: { path: src('envelope'), pathNot: nodeOnly },
      to: { dependencyTypes: ['core'] },
    },
    {
      // The same, by way of a file or a package that sees Node.
      name: 'envelope-picks-by-condition',
      comment:
        'import #backend or #compose-cover-mail, not a file behind it, nothing of mail/ or ledger, no package for Node',
      severity: 'error',
      from: { path: src('envelope'), pathNot: nodeOnly },
      to: { path: [...nodeOnly, 'node_modules/@node-rs/', 'node_modules/nodemailer/'] },
    },
    {
      // The command is the first user of the public API. If something is missing there, export it from sealpost.
      name: 'cli-imports-sealpost',
      comment:
        'cli imports itself, sealpost and what it exports under names of its own (mail, ledger, opener): export what is missing from sealpost',
      severity: 'error',
      from: { path: src('cli') },
      to: { path: '^packages/', pathNot: [src('cli'), src('envelope')] },
    },
    {
      // Vectors that share code with core share its mistakes. Write it a second time, from the spec.
      name: 'vectors-never-import-core',
      comment: 'vectors are independent of core: write it again from spec/envelope-v1.md',
      severity: 'error',
      from: { path: src('vectors') },
      to: { path: '^packages/', pathNot: src('vectors') },
    },
    {
      // Only what a package exports is its API. Import it by its name, and export there what is missing.
      name: 'no-deep-imports',
      comment: 'import another package by its name: export what is missing from its index',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/' },
      to: {
        path: '^packages/[^/]+/',
        pathNot: [
          '^packages/$1/',
          '^packages/[^/]+/src/index[.]ts$',
          `${src('core')}(?:wordlist|keys|page|kem/hybrid)[.]ts$`,
          `${src('reader')}opener-files[.]ts$`,
          `${src('envelope')}(?:mail/index|ledger|opener)[.]ts$`,
        ],
      },
    },
    {
      // The same by a relative path would work here and break in the published package.
      name: 'no-relative-imports-across-packages',
      comment: 'import another package by its name, not by a relative path',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
    },
    {
      // Split the file at the noun that both sides need.
      name: 'no-cycles',
      comment: 'no cycles: move what both need into a file of its own',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      // Users do not get devDependencies. Declare it in the package's dependencies, pinned, or do without.
      name: 'src-imports-declared-dependencies',
      comment: "src imports only the dependencies of its package's own package.json",
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: `${src('reader')}opener/` },
      to: {
        dependencyTypes: ['npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
      },
    },
    {
      name: 'resolvable',
      comment: 'the import does not resolve: check the path, or run npm run build for generated files',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/(?:dist|scripts|test)/' },
    // Types count: importing only a type of another package is still knowing about it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'types', 'default'] },
  },
};
