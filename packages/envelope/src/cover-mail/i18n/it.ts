import type { CoverLanguage } from './texts.js';

export const it: CoverLanguage = {
  dir: 'ltr',
  name: 'Italiano',
  texts: {
    title: 'Messaggio sicuro',
    lead: 'Ha ricevuto un messaggio cifrato. Si trova nel file allegato {file}.',
    dataFile:
      'Il file contiene solo il messaggio cifrato. Non si apre con un semplice clic, né direttamente in un browser.',
    org: 'Inviato da:',
    howTo: 'Come aprirlo',
    save: 'Salvi il file allegato sul suo dispositivo.',
    openPage: 'Apra il file salvato in un browser: Chrome, Edge, Firefox o Safari.',
    openData:
      'Apra la pagina di apertura in un browser: Chrome, Edge, Firefox o Safari. L’indirizzo della pagina è riportato più sotto. Scelga lì il file salvato.',
    openSaved:
      'Apra il file salvato con la pagina di apertura che ha salvato in precedenza, o con il comando sealpost open. Se non ha né l’una né l’altro, chieda al mittente.',
    openKey: 'Apra il file salvato con il programma che custodisce la sua chiave.',
    type: 'Inserisca la frase segreta. Il mittente la comunica a parte: non è in questa e-mail.',
    answer: 'Risponda alle domande del mittente. Se Le ha dato un codice, lo inserisca: non è in questa e-mail.',
    hint: 'Dove trovare la frase segreta:',
    codeHint: 'Dove trovare il codice:',
    opener: 'Il file salvato si può aprire su:',
    phone: 'Su un telefono, condivida il file con un browser, o usi un computer.',
    local:
      'La pagina di apertura è una pagina web che decifra questi file sul suo dispositivo: nulla viene inviato in rete.',
    never: 'Né questa e-mail né il file chiederanno mai la password della sua e-mail.',
    doubt: 'In caso di dubbio, chiami il mittente a un numero che conosce prima di aprire il file.',
    contact: 'Contatto:',
  },
};
