/**
 * A defence, and how it is taken out: nothing else changes, and the page still opens a message.
 *
 * @typedef {object} Mutant
 * @property {number} checklist its number; a test that carries it must fail
 * @property {string} defence what is taken out
 * @property {readonly Edit[]} edits
 * @property {string} [by] the file of the test that is expected to notice, and runs alone
 * @property {true} [outside] the page's script does not hold it, and need not be built again
 * @property {true} [build] noticed before any test: the page's script does not get built
 */

/**
 * @typedef {object} Edit
 * @property {string} file in the checkout
 * @property {string} find stands in the file exactly once
 * @property {string} replace
 */

const core = 'packages/core/src/';
const reader = 'packages/reader/src/';

/** @type {readonly Mutant[]} */
export const mutants = [
  {
    checklist: 1,
    defence: 'every build gives the same script',
    by: 'packages/reader/test/reproducible.test.ts',
    edits: [
      {
        file: 'packages/reader/scripts/bundle.mjs',
        find: 'scriptText(await pageScript(entry, how))',
        replace: 'scriptText(`${await pageScript(entry, how)}//${String(process.hrtime.bigint())}\\n`)',
      },
    ],
  },
  {
    checklist: 2,
    defence: 'the policy names no script but those of the page',
    by: 'packages/core/test/csp.test.ts',
    outside: true,
    edits: [
      {
        file: `${core}document/csp.ts`,
        find: '`script-src ${await scriptHashes(runtime, backend)}`',
        replace: '`script-src blob: ${await scriptHashes(runtime, backend)}`',
      },
    ],
  },
  {
    checklist: 2,
    defence: 'no form may be sent',
    by: 'packages/core/test/csp.test.ts',
    outside: true,
    edits: [{ file: `${core}document/csp.ts`, find: `    "form-action 'none'",\n`, replace: '' }],
  },
  {
    checklist: 2,
    defence: 'the policy stands before anything that loads',
    by: 'packages/core/test/csp.test.ts',
    outside: true,
    edits: [
      {
        file: `${core}document/assemble.ts`,
        find: `    '<meta charset="utf-8">',\n`,
        replace: `    '<meta charset="utf-8">',\n    '<style></style>',\n`,
      },
    ],
  },
  {
    checklist: 2,
    defence: 'the policy holds where a mail system put a line in front of the page',
    by: 'test/e2e/reader-changed-file.test.ts',
    edits: [{ file: `${reader}page.ts`, find: `'body meta,#sealpost-style'`, replace: `'#sealpost-style'` }],
  },
  {
    checklist: 3,
    defence: 'no other Trusted Types policy can be made',
    by: 'test/e2e/page-rules.test.ts',
    outside: true,
    edits: [{ file: `${core}document/csp.ts`, find: `    'trusted-types sealpost',\n`, replace: '' }],
  },
  {
    checklist: 3,
    defence: 'no text becomes markup',
    build: true,
    edits: [
      {
        file: `${reader}dom.ts`,
        find: 'made.append(...children.filter((child) => child !== undefined));',
        replace: "made.innerHTML = '';\n  made.append(...children.filter((child) => child !== undefined));",
      },
    ],
  },
  {
    checklist: 4,
    defence: 'the policy lets the page reach nobody',
    by: 'test/e2e/reader-network.test.ts',
    outside: true,
    edits: [{ file: `${core}document/csp.ts`, find: `connect ?? "'none'"`, replace: `connect ?? '*'` }],
  },
  {
    checklist: 4,
    defence: 'the policy lets the page show no picture of somebody else',
    by: 'test/e2e/reader-network.test.ts',
    outside: true,
    edits: [{ file: `${core}document/csp.ts`, find: "'img-src data: blob:'", replace: "'img-src * data: blob:'" }],
  },
  {
    checklist: 5,
    defence: 'lines stay short enough for mail',
    by: 'packages/reader/test/first-paint.test.ts',
    outside: true,
    edits: [
      {
        file: `${core}document/inline.ts`,
        find: 'line + escaped.length > 900',
        replace: 'line + escaped.length > 9000',
      },
    ],
  },
  {
    checklist: 5,
    defence: 'what the sender wrote is plain ASCII in the page',
    by: 'packages/reader/test/first-paint.test.ts',
    outside: true,
    edits: [
      {
        file: `${core}document/inline.ts`,
        find: "text.replace(/[^ !#-%'-;=?-~]/gu",
        replace: 'text.replace(/[&<>"]/gu',
      },
    ],
  },
  {
    checklist: 6,
    defence: 'help for phones and previews stands in the page where no script runs',
    by: 'test/e2e/reader-open.test.ts',
    outside: true,
    edits: [
      {
        file: `${core}document/first-paint.ts`,
        find: '`<noscript><p class="notice">${text(\'preview\')}</p></noscript>`',
        replace: "''",
      },
    ],
  },
  {
    checklist: 7,
    defence: 'noble stands in where there is no crypto.subtle',
    by: 'test/e2e/reader-open.test.ts',
    edits: [
      {
        file: `${core}crypto/default-backend.ts`,
        find: 'return subtle === undefined ? nobleBackend : webcryptoBackend;',
        replace: 'return subtle === null ? nobleBackend : webcryptoBackend;',
      },
    ],
  },
  {
    checklist: 8,
    defence: 'the page does not run in a frame',
    by: 'test/e2e/reader-open.test.ts',
    edits: [
      {
        file: `${reader}problem.ts`,
        find: "return globalThis.self === globalThis.top ? undefined : 'framed';",
        replace: "return globalThis.self === undefined ? 'framed' : undefined;",
      },
    ],
  },
  {
    checklist: 9,
    // Each of them alone is noticed by 10 and by 2 and 4; only without both does a picture get out.
    defence: 'a picture of somebody else is not built, and the policy would not load it',
    by: 'test/e2e/reader-leaks.test.ts',
    edits: [
      { file: `${core}document/csp.ts`, find: "'img-src data: blob:'", replace: "'img-src * data: blob:'" },
      {
        file: `${reader}render/sanitize.ts`,
        find: `    if (address !== '' || attribute(node, 'srcset') !== null) blocked++;\n    return false;`,
        replace: `    image.src = address;\n    return address !== '';`,
      },
    ],
  },
  {
    checklist: 10,
    defence: 'no element is built that is not on the list',
    by: 'test/e2e/reader-sanitiser.test.ts',
    edits: [{ file: `${reader}render/sanitize.ts`, find: `kbd li main mark`, replace: `kbd button form li main mark` }],
  },
  {
    checklist: 10,
    defence: 'no attribute is copied that is not on the list',
    by: 'test/e2e/reader-sanitiser.test.ts',
    edits: [
      { file: `${reader}render/sanitize.ts`, find: `'align alt bgcolor`, replace: `'action ping abbr align alt` },
    ],
  },
  {
    checklist: 11,
    defence: 'no handler is copied',
    by: 'test/e2e/reader-sanitiser.test.ts',
    edits: [
      {
        file: `${reader}render/sanitize.ts`,
        find: `'align alt bgcolor`,
        replace: `'onclick onerror onload abbr align alt`,
      },
    ],
  },
  {
    checklist: 12,
    defence: 'no script runs in the frame of the message',
    by: 'test/e2e/reader-message.test.ts',
    edits: [
      {
        file: `${reader}render/frame.ts`,
        find: "const SANDBOX = 'allow-same-origin",
        replace: "const SANDBOX = 'allow-scripts allow-same-origin",
      },
    ],
  },
  {
    checklist: 13,
    defence: 'a link tells nothing to the page that it opens',
    by: 'test/e2e/reader-sanitiser.test.ts',
    edits: [
      {
        file: `${reader}render/links.ts`,
        find: `anchor.rel = 'noopener noreferrer nofollow';`,
        replace: `anchor.rel = 'nofollow';`,
      },
    ],
  },
  {
    checklist: 13,
    defence: 'a link says where it leads',
    by: 'test/e2e/reader-sanitiser.test.ts',
    edits: [{ file: `${reader}render/links.ts`, find: `anchor.prepend(shown);`, replace: `` }],
  },
  {
    checklist: 14,
    defence: 'a mail link attaches nothing',
    by: 'test/e2e/reader-sanitiser.test.ts',
    edits: [{ file: `${reader}render/links.ts`, find: `/^(to|subject|body)=`, replace: `/^(to|subject|body|attach)=` }],
  },
  {
    checklist: 15,
    defence: 'a link leads to web, mail or telephone only',
    by: 'test/e2e/reader-sanitiser.test.ts',
    edits: [
      {
        file: `${reader}render/links.ts`,
        find: `    default:\n      return undefined;`,
        replace: `    default:\n      return { href: url.href };`,
      },
    ],
  },
  {
    checklist: 16,
    defence: 'a mail keeps in its place',
    by: 'test/e2e/reader-defences.test.ts',
    edits: [
      {
        file: `${reader}render/css.ts`,
        find: `    'background-color',`,
        replace: `    'background-color|position|top|left',`,
      },
    ],
  },
  {
    checklist: 16,
    defence: 'a message has a greatest height',
    by: 'test/e2e/reader-defences.test.ts',
    edits: [{ file: `${reader}render/frame.ts`, find: `MAX_HEIGHT = 200_000`, replace: `MAX_HEIGHT = 20_000_000` }],
  },
  {
    checklist: 16,
    defence: 'names of a mail are never those of the page',
    by: 'test/e2e/reader-defences.test.ts',
    edits: [{ file: `${reader}render/css.ts`, find: `PREFIX = 'm-'`, replace: `PREFIX = ''` }],
  },
  {
    checklist: 16,
    defence: 'no picture has more pixels than a browser can take',
    by: 'test/e2e/reader-pictures.test.ts',
    edits: [{ file: `${reader}render/load-picture.ts`, find: `MAX_PIXELS = 80e6`, replace: `MAX_PIXELS = 80e9` }],
  },
  {
    checklist: 19,
    defence: 'nothing is saved without a click',
    by: 'test/e2e/reader-attachments.test.ts',
    edits: [
      {
        file: `${reader}message-view.ts`,
        find: `    files.replaceChildren(attachmentList(parts, new Date(headers.date ?? ''), words, signal));`,
        replace: `    files.replaceChildren(attachmentList(parts, new Date(headers.date ?? ''), words, signal));\n    files.querySelector<HTMLElement>('[data-action=save]')?.click();`,
      },
    ],
  },
  {
    checklist: 19,
    defence: 'the address of a saved file soon dies',
    by: 'test/e2e/reader-attachments.test.ts',
    edits: [{ file: `${reader}save.ts`, find: `  setTimeout(forget, KEEP);\n`, replace: `` }],
  },
  {
    checklist: 19,
    defence: 'a saved file has a harmless type',
    by: 'test/e2e/reader-defences.test.ts',
    edits: [
      {
        file: `${reader}save.ts`,
        find: `KNOWN.test(content.type) ? content.type : 'application/octet-stream'`,
        replace: `content.type`,
      },
    ],
  },
  {
    checklist: 20,
    defence: 'names of files are cleaned in the page',
    by: 'test/e2e/reader-attachments.test.ts',
    edits: [
      {
        file: `${reader}render/attachments.ts`,
        find: `cleanFileName(name, \`attachment-\${index + 1}\`)`,
        replace: `(name === '' ? cleanFileName(name, \`attachment-\${index + 1}\`) : name)`,
      },
    ],
  },
  {
    checklist: 20,
    defence: 'a name hides nothing',
    by: 'packages/core/test/file-name.test.ts',
    edits: [
      {
        file: `${core}message/file-name.ts`,
        find: `.replace(INVISIBLE, '')`,
        replace: `.replace(/\\0/g, INVISIBLE.source && '')`,
      },
    ],
  },
  {
    checklist: 20,
    defence: 'a name leads nowhere',
    by: 'packages/core/test/file-name.test.ts',
    edits: [{ file: `${core}message/file-name.ts`, find: `/[/\\\\:*?"<>|]/g`, replace: `/[:*?"<>|]/g` }],
  },
  {
    checklist: 21,
    defence: 'files that can run want a second question',
    by: 'test/e2e/reader-attachments.test.ts',
    edits: [
      {
        file: `${reader}render/attachments.ts`,
        find: `parts.some(({ name, type }) => isDangerousFile(name, type))`,
        replace: `parts.some(({ name, type }) => isDangerousFile(name, type) && false)`,
      },
    ],
  },
  {
    checklist: 21,
    defence: 'a name that runs is dangerous whatever the type says',
    by: 'packages/core/test/file-name.test.ts',
    edits: [
      {
        file: `${core}message/file-name.ts`,
        find: `DANGEROUS.has(fileExtension(cleanFileName(name, ''))) || `,
        replace: `name === type || `,
      },
    ],
  },
  {
    checklist: 21,
    defence: 'files that can run are not shown',
    by: 'test/e2e/reader-defences.test.ts',
    edits: [
      {
        file: `${reader}render/attachments.ts`,
        find: `!danger && isPreviewable(part.type)`,
        replace: `isPreviewable(part.type)`,
      },
    ],
  },
  {
    checklist: 22,
    defence: 'drawings and documents are not shown',
    by: 'packages/core/test/file-name.test.ts',
    edits: [
      {
        file: `${core}message/file-name.ts`,
        find: `(?:png|jpeg|gif|webp)|text\\/plain)$`,
        replace: `(?:png|jpeg|gif|webp|svg\\+xml)|application\\/pdf|text\\/plain)$`,
      },
    ],
  },
  {
    checklist: 22,
    defence: 'a drawing is no picture of a mail',
    by: 'test/e2e/reader-defences.test.ts',
    edits: [
      {
        file: `${reader}render/pictures.ts`,
        find: `(?:png|jpeg|gif|webp)$/i`,
        replace: `(?:png|jpeg|gif|webp|svg\\+xml)$/i`,
      },
    ],
  },
  {
    checklist: 23,
    defence: 'nothing is stored',
    build: true,
    edits: [
      {
        file: `${reader}page.ts`,
        find: `  const holder = clearedPage();`,
        replace: `  const holder = clearedPage();\n  localStorage.setItem('seen', 'yes');`,
      },
    ],
  },
  {
    checklist: 23,
    defence: 'the window keeps no name',
    by: 'test/e2e/reader-open.test.ts',
    edits: [
      {
        file: `${reader}page.ts`,
        find: `  const holder = clearedPage();`,
        replace: `  const holder = clearedPage();\n  Reflect.set(globalThis, 'name', 'seen');`,
      },
    ],
  },
  {
    checklist: 24,
    defence: 'browsers do not complete the passphrase',
    by: 'test/e2e/reader-open.test.ts',
    edits: [{ file: `${reader}unlock.ts`, find: `    autocomplete: 'off',\n`, replace: `` }],
  },
  {
    checklist: 24,
    defence: 'the field is emptied once the message is open',
    by: 'test/e2e/reader-secrets.test.ts',
    edits: [
      {
        file: `${reader}page.ts`,
        find: `    unlock?.clear();\n    unlock = undefined;`,
        replace: `    unlock = undefined;`,
      },
    ],
  },
  {
    checklist: 24,
    defence: 'the page locks when it is left',
    by: 'test/e2e/reader-secrets.test.ts',
    edits: [{ file: `${reader}lock.ts`, find: `  addEventListener('pagehide', lock);\n`, replace: `` }],
  },
  {
    checklist: 24,
    defence: 'the page is locked when it comes back',
    by: 'test/e2e/reader-open.test.ts',
    edits: [{ file: `${reader}lock.ts`, find: `    if (persisted) lock();`, replace: `    if (!persisted) lock();` }],
  },
  {
    checklist: 25,
    defence: 'the worker is ended',
    by: 'test/e2e/reader-secrets.test.ts',
    edits: [
      { file: `${reader}kdf-worker.ts`, find: `    worker.terminate();`, replace: `    worker.onmessage = null;` },
    ],
  },
  {
    checklist: 25,
    defence: 'no key can be read back',
    by: 'test/e2e/reader-secrets.test.ts',
    edits: [
      {
        file: `${core}crypto/webcrypto.ts`,
        find: `importKey('raw', raw, algorithm, false, usages)`,
        replace: `importKey('raw', raw, algorithm, true, usages)`,
      },
    ],
  },
  {
    checklist: 25,
    defence: 'the file key is overwritten',
    by: 'test/e2e/reader-secrets.test.ts',
    edits: [{ file: `${core}open.ts`, find: `    fileKey.fill(0);`, replace: `    fileKey.subarray();` }],
  },
  {
    checklist: 25,
    defence: 'the derived key is overwritten',
    by: 'test/e2e/reader-secrets.test.ts',
    edits: [{ file: `${core}open.ts`, find: `if (forReply === undefined) opener?.key.fill(0);`, replace: `` }],
  },
  {
    checklist: 25,
    defence: 'no copy of the file key is left behind',
    by: 'test/e2e/reader-secrets.test.ts',
    edits: [{ file: `${core}crypto/chunks.ts`, find: `  for (const piece of pieces) piece.fill(0);\n`, replace: `` }],
  },
  {
    checklist: 25,
    defence: 'a locked envelope has no key',
    by: 'test/e2e/reader-secrets.test.ts',
    edits: [
      {
        file: `${core}payload/open-payload.ts`,
        find: `  close(): void {\n    this.#opener = undefined;`,
        replace: `  close(): void {\n    this.#opener ??= undefined;`,
      },
    ],
  },
  {
    checklist: 25,
    defence: 'a locked page gives the addresses of pictures back',
    by: 'test/e2e/reader-lock.test.ts',
    edits: [{ file: `${reader}message-view.ts`, find: `      pictures.close();\n`, replace: `` }],
  },
  {
    checklist: 25,
    defence: 'the page locks by itself',
    by: 'test/e2e/reader-lock.test.ts',
    edits: [
      {
        file: `${reader}lock.ts`,
        find: `if (Date.now() - last >= minutes * 60_000) lock();`,
        replace: `if (Date.now() - last >= minutes * 60_000_000) lock();`,
      },
    ],
  },
  {
    checklist: 26,
    defence: 'the subject does not get into the title',
    by: 'test/e2e/reader-secrets.test.ts',
    edits: [
      {
        file: `${reader}page.ts`,
        find: `    shownMessage = message;\n`,
        replace: `    shownMessage = message;\n    document.head.querySelector('title')?.append(message.opened.headers.subject ?? '');\n`,
      },
    ],
  },
  {
    checklist: 26,
    defence: 'the console stays silent',
    by: 'test/e2e/reader-secrets.test.ts',
    edits: [
      {
        file: `${reader}page.ts`,
        find: `    shownMessage = message;\n`,
        replace: `    shownMessage = message;\n    Reflect.get(globalThis, 'con' + (document.dir && 'sole')).debug(message);\n`,
      },
    ],
  },
  {
    checklist: 27,
    defence: 'the printed page has a header of its own',
    by: 'test/e2e/reader-print.test.ts',
    edits: [
      {
        file: `${reader}render/body.ts`,
        find: `target.body.before(printedHeader(`,
        replace: `void (printedHeader(`,
      },
    ],
  },
  {
    checklist: 17,
    defence: 'hidden text is left out of a quote',
    by: 'test/e2e/reader-writing.test.ts',
    edits: [
      {
        file: `${reader}reply/visible-text.ts`,
        find: `  for (const [node] of hidden) node.data = '';`,
        replace: `  for (const [node] of hidden) node.data += '';`,
      },
    ],
  },
  {
    checklist: 17,
    defence: 'text in the colour of its background is hidden text',
    by: 'test/e2e/reader-writing.test.ts',
    edits: [
      {
        file: `${reader}reply/visible-text.ts`,
        find: `const LEAST_CONTRAST = 24;`,
        replace: `const LEAST_CONTRAST = -1;`,
      },
    ],
  },
  {
    checklist: 18,
    defence: 'a reply goes to whom the manifest names',
    by: 'test/e2e/reader-writing.test.ts',
    edits: [
      {
        file: `${reader}reply/reply-headers.ts`,
        find: `  if (action === 'reply') return { to };`,
        replace: `  if (action === 'reply') return { to: all };`,
      },
    ],
  },
  {
    checklist: 24,
    defence: 'nothing of a draft stays when the page is locked',
    by: 'test/e2e/reader-writing.test.ts',
    edits: [
      {
        file: `${reader}reply/draft.ts`,
        find: `  kept = { ...rest, sealed };`,
        replace: `  kept = { ...rest, sealed };\n  document.documentElement.dataset['draft'] = text;`,
      },
    ],
  },
  {
    checklist: 36,
    defence: 'no spell checker sends what is written',
    by: 'test/e2e/reader-writing.test.ts',
    edits: [{ file: `${reader}reply/composer.ts`, find: `    spellcheck: 'false',\n`, replace: `` }],
  },
  {
    checklist: 36,
    defence: 'no spell checker sends what is typed',
    by: 'test/e2e/reader-open.test.ts',
    edits: [{ file: `${reader}unlock.ts`, find: `    spellcheck: 'false',\n`, replace: `` }],
  },
  {
    checklist: 38,
    defence: 'a saved copy is built again from nothing',
    by: 'test/e2e/reader-open.test.ts',
    edits: [
      {
        file: `${reader}page.ts`,
        find: `    else node.remove();`,
        replace: `    else node.normalize();`,
      },
    ],
  },
  {
    checklist: 39,
    defence: 'two headers are refused',
    by: 'test/e2e/reader-changed-file.test.ts',
    edits: [
      {
        file: `${reader}payload-blocks.ts`,
        find: `header?.id !== 'sealpost-header' || others.length > 0`,
        replace: `header?.id !== 'sealpost-header' || others.length < 0`,
      },
    ],
  },
  {
    checklist: 39,
    defence: 'misplaced blocks are refused',
    by: 'test/e2e/reader-changed-file.test.ts',
    edits: [
      {
        file: `${reader}payload-blocks.ts`,
        find: `  if (misplaced) throw`,
        replace: `  if (misplaced && blocks.length < 1) throw`,
      },
    ],
  },
];
