import type { CoverLanguage } from './texts.js';

export const fr: CoverLanguage = {
  dir: 'ltr',
  name: 'Français',
  texts: {
    title: 'Message sécurisé',
    lead: 'Vous avez reçu un message chiffré. Il se trouve dans le fichier joint {file}.',
    org: 'Envoyé par\u00a0:',
    howTo: 'Pour l’ouvrir',
    save: 'Enregistrez le fichier joint sur votre appareil.',
    openPage: 'Ouvrez le fichier enregistré dans un navigateur\u00a0: Chrome, Edge, Firefox ou Safari.',
    openData: 'Ouvrez le fichier enregistré avec la page ou le programme que l’expéditeur vous a indiqué.',
    openKey: 'Ouvrez le fichier enregistré avec le programme qui garde votre clé.',
    type: 'Saisissez la phrase secrète. L’expéditeur vous la donne séparément\u00a0: elle n’est pas dans cet e-mail.',
    answer:
      'Répondez aux questions de l’expéditeur. S’il vous a donné un code, saisissez-le aussi\u00a0: il n’est pas dans cet e-mail.',
    hint: 'Où trouver la phrase secrète\u00a0:',
    codeHint: 'Où trouver le code\u00a0:',
    opener: 'Le fichier enregistré s’ouvre à l’adresse\u00a0:',
    phone: 'Sur un téléphone, partagez le fichier avec un navigateur, ou utilisez un ordinateur.',
    never: 'Ni cet e-mail ni le fichier ne vous demanderont jamais le mot de passe de votre messagerie.',
    doubt: 'En cas de doute, appelez l’expéditeur à un numéro que vous connaissez avant d’ouvrir le fichier.',
    contact: 'Contact\u00a0:',
  },
};
