import type { CoverLanguage } from './texts.js';

export const fr: CoverLanguage = {
  dir: 'ltr',
  name: 'Français',
  texts: {
    title: 'Message sécurisé',
    lead: 'Vous avez reçu un message chiffré. Il se trouve dans le fichier joint {file}.',
    org: 'Envoyé par :',
    howTo: 'Comment l’ouvrir',
    save: 'Enregistrez le fichier joint sur votre appareil.',
    openPage: 'Ouvrez le fichier enregistré dans un navigateur, par exemple Chrome, Edge, Firefox ou Safari.',
    openData: 'Ouvrez le fichier enregistré avec la page ou le programme que l’expéditeur vous a indiqué.',
    type: 'Saisissez la phrase secrète. L’expéditeur vous la donne par un autre moyen : elle n’est pas dans ce courriel.',
    hint: 'Où trouver la phrase secrète :',
    opener: 'Le fichier enregistré peut s’ouvrir à l’adresse :',
    phone: 'Sur un téléphone, partagez le fichier avec un navigateur, ou utilisez un ordinateur.',
    never: 'Ni ce courriel ni le fichier ne demandent jamais le mot de passe de votre messagerie.',
    doubt: 'En cas de doute, appelez l’expéditeur avant d’ouvrir le fichier, à un numéro que vous connaissez.',
    contact: 'Contact :',
  },
};
