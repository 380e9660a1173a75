import type { OpenerTexts } from './keys.js';

export const it: OpenerTexts = {
  title: 'Aprire un messaggio sicuro',
  lead: 'I messaggi cifrati si aprono qui, sul Suo dispositivo. Non viene inviato nulla.',
  choose: 'Scegli il file',
  drop: 'Oppure lo trascini su questa pagina.',
  which:
    'È arrivato con un’e-mail e spesso si chiama securedoc.html o securedoc.seal. Va bene anche un’e-mail salvata come file (.eml).',
  looking: 'Esame di {name}.',
  several: 'Quale messaggio vuole aprire?',
  received: 'Vuole aprire questo messaggio?',
  nothing: 'In questo file non c’è nessun messaggio sicuro.',
  nothingIn: 'In questi file non c’è nessun messaggio sicuro.',
  unreadable: 'Questo file non si può leggere. Lo salvi ancora una volta e lo scelga di nuovo.',
  tooMany: 'Sono stati esaminati solo i primi {n} file.',
  known: 'Questo file è una pagina di Sealpost {version}, non modificata. Ciò non dice chi l’ha inviata.',
  unknown:
    'Questo file è stato modificato durante il percorso, o la sua pagina non è nota qui. Lo apra solo qui, non il file stesso.',
  noPage: 'Questo file contiene un messaggio e nessuna pagina propria.',
  another: 'Apri un altro file',
  oldBrowser: 'Questo browser è troppo vecchio. Usi una versione attuale di Chrome, Edge, Firefox o Safari.',
};
