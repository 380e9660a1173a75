import type { OpenerTexts } from './keys.js';

export const pt: OpenerTexts = {
  title: 'Abrir uma mensagem segura',
  lead: 'As mensagens cifradas abrem-se aqui, no seu dispositivo. Nada é enviado.',
  choose: 'Escolher o ficheiro',
  drop: 'Ou arraste-o para esta página.',
  which:
    'Chegou com um e-mail e chama-se muitas vezes securedoc.html ou securedoc.seal. Um e-mail guardado como ficheiro (.eml) também serve.',
  looking: 'A examinar {name}.',
  several: 'Que mensagem quer abrir?',
  received: 'Quer abrir esta mensagem?',
  nothing: 'Neste ficheiro não há nenhuma mensagem segura.',
  nothingIn: 'Nestes ficheiros não há nenhuma mensagem segura.',
  unreadable: 'Este ficheiro não pode ser lido. Guarde-o mais uma vez e escolha-o de novo.',
  tooMany: 'Só foram examinados os primeiros {n} ficheiros.',
  known: 'Este ficheiro é uma página do Sealpost {version}, sem alterações. Isso não diz quem a enviou.',
  unknown:
    'Este ficheiro foi alterado pelo caminho, ou a sua página não é conhecida aqui. Abra-o só aqui, não o próprio ficheiro.',
  noPage: 'Este ficheiro contém uma mensagem e nenhuma página própria.',
  another: 'Abrir outro ficheiro',
  oldBrowser: 'Este navegador é demasiado antigo. Use uma versão atual do Chrome, Edge, Firefox ou Safari.',
};
