import type { CoverLanguage } from './texts.js';

export const de: CoverLanguage = {
  dir: 'ltr',
  name: 'Deutsch',
  texts: {
    title: 'Sichere Nachricht',
    lead: 'Sie haben eine verschlüsselte Nachricht erhalten. Sie befindet sich in der angehängten Datei {file}.',
    dataFile:
      'Die Datei enthält nur die verschlüsselte Nachricht. Sie lässt sich nicht durch bloßes Anklicken öffnen, auch nicht direkt in einem Browser.',
    org: 'Gesendet von:',
    howTo: 'So öffnen Sie die Nachricht',
    save: 'Speichern Sie die angehängte Datei auf Ihrem Gerät.',
    openPage: 'Öffnen Sie die gespeicherte Datei in einem Browser: Chrome, Edge, Firefox oder Safari.',
    openData:
      'Rufen Sie die Öffnungsseite in einem Browser auf: Chrome, Edge, Firefox oder Safari. Die Adresse der Seite steht unten. Wählen Sie dort die gespeicherte Datei aus.',
    openSaved:
      'Öffnen Sie die gespeicherte Datei mit der Öffnungsseite, die Sie früher gespeichert haben, oder mit dem Befehl sealpost open. Haben Sie beides nicht, fragen Sie den Absender.',
    openKey: 'Öffnen Sie die gespeicherte Datei mit dem Programm, das Ihren Schlüssel verwahrt.',
    type: 'Geben Sie die Passphrase ein. Der Absender teilt sie Ihnen getrennt mit: Sie steht nicht in dieser E-Mail.',
    answer:
      'Beantworten Sie die Fragen des Absenders. Hat er Ihnen einen Code gegeben, geben Sie auch den ein: Er steht nicht in dieser E-Mail.',
    hint: 'Hier finden Sie die Passphrase:',
    codeHint: 'Hier finden Sie den Code:',
    opener: 'Die gespeicherte Datei lässt sich hier öffnen:',
    phone: 'Am Smartphone: Teilen Sie die Datei mit einer Browser-App oder nehmen Sie einen Computer.',
    local:
      'Die Öffnungsseite ist eine Webseite, die solche Dateien auf Ihrem Gerät entschlüsselt: Es wird nichts hochgeladen.',
    never: 'Weder diese E-Mail noch die Datei fragt jemals nach Ihrem E-Mail-Passwort.',
    doubt: 'Im Zweifel rufen Sie den Absender unter einer Nummer an, die Sie kennen, bevor Sie die Datei öffnen.',
    contact: 'Kontakt:',
  },
};
