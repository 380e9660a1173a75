import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanFileName, isDangerousFile, isPreviewable } from '../src/message/file-name.js';

describe('20: file names', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['Entlassungsbrief – Müller.pdf', 'Entlassungsbrief – Müller.pdf'],
    ['検査結果.csv', '検査結果.csv'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..\\..\\boot.ini', '_.._boot.ini'],
    ['/etc/passwd', '_etc_passwd'],
    ['C:\\x.txt', 'C__x.txt'],
    [`Rechnung.pdf${'\u3164'.repeat(45)}.exe`, 'Rechnung.pdf.exe'],
    ['a\u2800b\u115f.txt', 'ab.txt'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['a\u200bb\ufeffc\0d\ne.txt', 'abcde.txt'],
    ['a.txt:ads', 'a.txt_ads'],
    ['trailing. . .', 'trailing'],
    ['.bashrc', 'bashrc'],
    ['-rf', 'rf'],
    ['~root', 'root'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['Com1.log', '_Com1.log'],
    ['COM¹', '_COM¹'],
    ['console.txt', 'console.txt'],
    ['e\u0301.txt', '\u00e9.txt'],
    ['', 'attachment'],
    ['...', 'attachment'],
    ['///', 'attachment'],
  ])('%j becomes %j', (name, clean) => {
    expect(cleanFileName(name)).toBe(clean);
  });

  it('keeps the extension of a long name, within 200 bytes', () => {
    const clean = cleanFileName(`${'検'.repeat(200)}.pdf`);
    expect(clean).toMatch(/^検+\.pdf$/);
    expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(200);
    expect(Buffer.byteLength(cleanFileName(`a.${'x'.repeat(500)}`))).toBeLessThanOrEqual(200);
  });

  it('changes no cleaned name, not even a long reserved one', () => {
    for (const name of [`con.${'x'.repeat(250)}`, `nul${'.y'.repeat(150)}`]) {
      const clean = cleanFileName(name);
      expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(200);
      expect(cleanFileName(clean)).toBe(clean);
    }
  });

  it('gives one safe path component, and the same when cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const clean = cleanFileName(name);
        expect(clean).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Cf}]|^\.|^$|[. ]$/u);
        expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(200);
        expect(cleanFileName(clean)).toBe(clean);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('21, 22: kinds of files', () => {
  it.each([
    'a.exe',
    'A.HTML',
    'x.svg',
    'x.js',
    'doc.pdf.lnk',
    'x.iso',
    'x.docm',
    'a.url',
    'x.one',
    'x\u202etxt.scr',
    'setup.msi',
    'a.exe. ',
    'a.library-ms',
    'a.desktop',
    'a.xlsb',
    'x.command',
    'a.slk',
    'a.webloc',
    'a.appimage',
  ])('21: %j wants a second question', (name) => {
    expect(isDangerousFile(name, 'application/octet-stream')).toBe(true);
  });

  it('21: so does a type that runs, whatever its name', () => {
    expect(isDangerousFile('a.txt', 'text/html; charset=utf-8')).toBe(true);
    expect(isDangerousFile('picture', 'image/svg+xml')).toBe(true);
    expect(isDangerousFile('a.pdf', 'application/pdf')).toBe(false);
    expect(isDangerousFile('a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')).toBe(
      false,
    );
  });

  it('22: only bitmaps and plain text are shown', () => {
    expect(['image/png', 'IMAGE/JPEG', 'image/gif', 'image/webp', 'text/plain; charset=x'].every(isPreviewable)).toBe(
      true,
    );
    expect(['image/svg+xml', 'application/pdf', 'text/html', 'image/png2', ''].some(isPreviewable)).toBe(false);
  });
});
