import type { OpenerTexts } from './keys.js';

export const de: OpenerTexts = {
  title: 'Eine sichere Nachricht öffnen',
  lead: 'Verschlüsselte Nachrichten öffnen sich hier, auf Ihrem Gerät. Nichts wird hochgeladen.',
  choose: 'Datei auswählen',
  drop: 'Oder ziehen Sie sie auf diese Seite.',
  which:
    'Sie kam mit einer E-Mail und heißt oft securedoc.html oder securedoc.seal. Auch eine als Datei gespeicherte E-Mail (.eml) ist möglich.',
  looking: '{name} wird angesehen.',
  several: 'Welche Nachricht möchten Sie öffnen?',
  received: 'Möchten Sie diese Nachricht öffnen?',
  nothing: 'In dieser Datei ist keine sichere Nachricht.',
  nothingIn: 'In diesen Dateien ist keine sichere Nachricht.',
  unreadable: 'Diese Datei lässt sich nicht lesen. Speichern Sie sie noch einmal, und wählen Sie sie erneut aus.',
  tooMany: 'Nur die ersten {n} Dateien wurden angesehen.',
  known: 'Diese Datei ist eine unveränderte Seite von Sealpost {version}. Das sagt nicht, wer sie geschickt hat.',
  unknown:
    'Diese Datei wurde unterwegs verändert, oder ihre Seite ist hier nicht bekannt. Öffnen Sie sie nur hier, nicht die Datei selbst.',
  noPage: 'Diese Datei enthält eine Nachricht und keine eigene Seite.',
  another: 'Andere Datei öffnen',
  oldBrowser: 'Dieser Browser ist zu alt. Bitte verwenden Sie einen aktuellen Chrome, Edge, Firefox oder Safari.',
};
