import type { OpenerTexts } from './keys.js';

export const en: OpenerTexts = {
  title: 'Open a secure message',
  lead: 'Encrypted messages open here, on your device. Nothing is uploaded.',
  choose: 'Choose the file',
  drop: 'Or drag it onto this page.',
  which:
    'It came with an email and is often called securedoc.html or securedoc.seal. An email that was saved as a file (.eml) works too.',
  looking: 'Looking at {name}.',
  several: 'Which message do you want to open?',
  received: 'Do you want to open this message?',
  nothing: 'There is no secure message in this file.',
  nothingIn: 'There is no secure message in these files.',
  unreadable: 'This file cannot be read. Save it once more, and choose it again.',
  tooMany: 'Only the first {n} files were looked at.',
  known: 'This file is an unchanged page of Sealpost {version}. That does not say who sent it.',
  unknown: 'This file was changed on its way, or its page is not known here. Open it here only, not the file itself.',
  noPage: 'This file holds a message, and no page of its own.',
  another: 'Open another file',
  oldBrowser: 'This browser is too old. Please use a current Chrome, Edge, Firefox or Safari.',
};
