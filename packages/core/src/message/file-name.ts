/** Names from a mail, before they become file names (checklist 20 to 22). */

import { utf8 } from '../bytes.js';

const MAX_BYTES = 200;

/**
 * Controls, bidirectional marks and overrides, zero-width characters, byte order mark, other format characters; and letters and
 * symbols that show nothing: Hangul fillers, the empty Braille pattern.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\u115f\u1160\u2800\u3164\uffa0]|\p{Default_Ignorable_Code_Point}/gu;

/** What a path, a drive or an alternate stream needs, and what shells and Windows do not allow. */
const PATH_CHARACTERS = /[/\\:*?"<>|]/g;

/** Device names, with or without an extension, in any case. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(?=\.|$| )/i;

function byteLength(text: string): number {
  return utf8(text).length;
}

function shorten(name: string): string {
  if (byteLength(name) <= MAX_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && byteLength(name.slice(dot)) <= 20 ? name.slice(dot) : '';
  const room = new Uint8Array(MAX_BYTES - byteLength(extension));
  // Whole characters only.
  const { read } = new TextEncoder().encodeInto(name.slice(0, name.length - extension.length), room);
  return name.slice(0, read).replace(/[. ]+$/, '') + extension;
}

/**
 * A name under which a file can be saved on any system: one path component of at most 200 bytes in UTF-8, NFC, without
 * anything that hides its true end. The extension is kept. `fallback` is used where nothing is left. Cleaning twice
 * changes nothing.
 */
export function cleanFileName(name: string, fallback = 'attachment'): string {
  const visible = name
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(PATH_CHARACTERS, '_')
    .replace(/\p{Zs}+/gu, ' ');
  const trimmed = visible.replace(/^[. ~-]+|[. ]+$/g, '');
  const safe = shorten(RESERVED.test(trimmed) ? `_${trimmed}` : trimmed).normalize('NFC');
  return safe.replace(/[_ .]/g, '') === '' ? fallback : safe;
}

/** Lower-case extension without the dot, of a cleaned name; empty where there is none. */
export function fileExtension(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/**
 * Types that a mail program would block: programs, scripts, shortcuts, disk images, macros, and pages. A page asks again before
 * it saves one, and never shows it.
 */
const DANGEROUS = new Set(
  (
    'accda accdc accde accdr ade adp action apk app applescript appinstaller application appref-ms appimage appx appxbundle asp aspx asx bas bash bat bgi cab cer chm cmd cnt com command cpl crt csh deb der desktop ' +
    'dll dmg dll docm dotm dqy diagcab elf ex ex_ exe fileloc fxp gadget grp hlp hpj hta htc htm html img inetloc inf ins iqy iso isp its jar jnlp js jse ksh lib ' +
    'library-ms lnk mad maf mag mam maq mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz mht mhtml mjs msc msh msh1 msh1xml msh2 msh2xml ' +
    'mshxml msi msix msixbundle msp mst msu nsh one onepkg ops oqy osd pcd pif pkg mpkg pl plg potm ppa ppam ppsm pptm prf prg printerexport ps1 ps1xml ps2 ' +
    'ps2xml psm1 psc1 psc2 psd1 psdm1 pssc pst py pyc pyo pyw pyz pyzw rdp reg rpm rqy run scf scpt scr sct search-ms settingcontent-ms sh shb shs shtml sldm slk svg svgz sys ' +
    'terminal theme themepack tmp tool udl url vb vbe vbp vbs vhd vhdx vsmacros vsto vsw vxd webloc webpnp website wim wll workflow ws wsb wsc wsf wsh xbap xhtml xht xla xlam xll xlsb xlsm ' +
    'xltm xml xnk xps xsl xslt'
  ).split(' '),
);

/** How media types begin that are dangerous whatever the name says. */
const DANGEROUS_TYPES =
  /^(?:image\/svg|(?:text|application)\/(?:x?html|xml|java|ecma|vbs|hta|x-(?:ms(?:do|-s)|sh|bat|(?:dos)?exec|iso|apple)|vnd\.(?:microsoft\.portable|android)))/i;

/** Whether saving this file wants a second question (checklist 21). `name` is cleaned or not. */
export function isDangerousFile(name: string, type: string): boolean {
  return DANGEROUS.has(fileExtension(cleanFileName(name, ''))) || DANGEROUS_TYPES.test(type.trim());
}

/** Whether a page may show the content itself: bitmap pictures and plain text (checklist 22). */
export function isPreviewable(type: string): boolean {
  return /^(?:image\/(?:png|jpeg|gif|webp)|text\/plain)$/i.test(type.split(';', 1)[0]?.trim() ?? '');
}
