import type { CoverLanguage } from './texts.js';

export const de: CoverLanguage = {
  dir: 'ltr',
  name: 'Deutsch',
  texts: {
    title: 'Sichere Nachricht',
    lead: 'Sie haben eine verschlüsselte Nachricht erhalten. Sie befindet sich in der angehängten Datei {file}.',
    org: 'Gesendet von:',
    howTo: 'So öffnen Sie die Nachricht',
    save: 'Speichern Sie die angehängte Datei auf Ihrem Gerät.',
    openPage: 'Öffnen Sie die gespeicherte Datei in einem Browser: Chrome, Edge, Firefox oder Safari.',
    openData: 'Öffnen Sie die gespeicherte Datei mit der Seite oder dem Programm, das der Absender Ihnen genannt hat.',
    openKey: 'Öffnen Sie die gespeicherte Datei mit dem Programm, das Ihren Schlüssel verwahrt.',
    type: 'Geben Sie die Passphrase ein. Der Absender teilt sie Ihnen getrennt mit: Sie steht nicht in dieser E-Mail.',
    answer:
      'Beantworten Sie die Fragen des Absenders. Hat er Ihnen einen Code gegeben, geben Sie auch den ein: Er steht nicht in dieser E-Mail.',
    hint: 'Hier finden Sie die Passphrase:',
    codeHint: 'Hier finden Sie den Code:',
    opener: 'Die gespeicherte Datei lässt sich hier öffnen:',
    phone: 'Am Smartphone: Teilen Sie die Datei mit einer Browser-App oder nehmen Sie einen Computer.',
    never: 'Weder diese E-Mail noch die Datei fragt jemals nach Ihrem E-Mail-Passwort.',
    doubt: 'Im Zweifel rufen Sie den Absender unter einer Nummer an, die Sie kennen, bevor Sie die Datei öffnen.',
    contact: 'Kontakt:',
  },
};
