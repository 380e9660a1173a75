import type { CoverLanguage } from './texts.js';

export const pt: CoverLanguage = {
  dir: 'ltr',
  name: 'Português',
  texts: {
    title: 'Mensagem segura',
    lead: 'Recebeu uma mensagem cifrada. Ela está no documento anexo {file}.',
    dataFile:
      'O documento contém apenas a mensagem cifrada. Não se abre com um simples clique, nem diretamente com um navegador.',
    org: 'Enviada por:',
    howTo: 'Como abrir',
    save: 'Grave o documento anexo no seu dispositivo.',
    openPage: 'Abra o documento gravado com um navegador: Chrome, Edge, Firefox ou Safari.',
    openData:
      'Abra a página de abertura com um navegador: Chrome, Edge, Firefox ou Safari. O endereço da página está mais abaixo. Escolha lá o documento gravado.',
    openSaved:
      'Abra o documento gravado com a página de abertura que tenha gravado antes, ou com o comando sealpost open. Se não tiver nenhum dos dois, pergunte ao remetente.',
    openKey: 'Abra o documento gravado com o programa que guarda a sua chave.',
    type: 'Insira a frase secreta. O remetente comunica-a à parte: ela não está neste e-mail.',
    answer: 'Responda às perguntas do remetente. Se ele lhe deu um código, insira-o também: não está neste e-mail.',
    hint: 'Onde encontrar a frase secreta:',
    codeHint: 'Onde encontrar o código:',
    opener: 'O documento gravado pode ser aberto em:',
    phone: 'No telefone, escolha um navegador para abrir o documento, ou use um computador.',
    local:
      'A página de abertura é uma página web que decifra estes documentos no seu dispositivo: nada é enviado para a internet.',
    never: 'Nem este e-mail nem o documento pedirão alguma vez a senha do seu e-mail.',
    doubt: 'Em caso de dúvida, ligue para um número do remetente que já conheça antes de abrir o documento.',
    contact: 'Contato:',
  },
};
