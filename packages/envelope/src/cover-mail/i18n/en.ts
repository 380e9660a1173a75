import type { CoverLanguage } from './texts.js';

export const en: CoverLanguage = {
  dir: 'ltr',
  name: 'English',
  texts: {
    title: 'Secure message',
    lead: 'You have received an encrypted message. It is in the attached file {file}.',
    dataFile: 'The file holds only the encrypted message. It does not open with a click, nor directly in a browser.',
    org: 'Sent by:',
    howTo: 'How to open it',
    save: 'Save the attached file on your device.',
    openPage: 'Open the saved file in a browser: Chrome, Edge, Firefox or Safari.',
    openData:
      'Go to the opener page in a browser: Chrome, Edge, Firefox or Safari. Its address is below. Choose the saved file there.',
    openSaved:
      'Open the saved file with the opener page that you saved earlier, or with the command sealpost open. If you have neither, ask the sender.',
    openKey: 'Open the saved file with the program that keeps your key.',
    type: 'Type the passphrase. The sender gives it to you separately: it is not in this email.',
    answer: 'Answer the questions of the sender. If they gave you a code, type that too: it is not in this email.',
    hint: 'Where to find the passphrase:',
    codeHint: 'Where to find the code:',
    opener: 'The saved file can be opened at:',
    phone: 'On a phone, share the file with a browser app, or use a computer.',
    local: 'The opener page is a web page that decrypts such files on your device: nothing is uploaded.',
    never: 'Neither this email nor the file will ever ask for your email password.',
    doubt: 'If in doubt, call the sender on a number you know before you open the file.',
    contact: 'Contact:',
  },
};
