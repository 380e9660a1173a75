import type { CoverLanguage } from './texts.js';

export const fr: CoverLanguage = {
  dir: 'ltr',
  name: 'Français',
  texts: {
    title: 'Message sécurisé',
    lead: 'Vous avez reçu un message chiffré. Il se trouve dans le fichier joint {file}.',
    dataFile:
      'Ce fichier ne contient que le message chiffré. Il ne s’ouvre pas d’un simple clic, ni directement dans un navigateur.',
    org: 'Envoyé par\u00a0:',
    howTo: 'Pour l’ouvrir',
    save: 'Enregistrez le fichier joint sur votre appareil.',
    openPage: 'Ouvrez le fichier enregistré dans un navigateur\u00a0: Chrome, Edge, Firefox ou Safari.',
    openData:
      'Ouvrez la page d’ouverture dans un navigateur\u00a0: Chrome, Edge, Firefox ou Safari. Son adresse est indiquée plus bas. Choisissez-y le fichier enregistré.',
    openSaved:
      'Ouvrez le fichier enregistré avec la page d’ouverture que vous avez enregistrée auparavant, ou avec la commande sealpost open. Si vous n’avez ni l’une ni l’autre, adressez-vous à l’expéditeur.',
    openKey: 'Ouvrez le fichier enregistré avec le programme qui garde votre clé.',
    type: 'Saisissez la phrase secrète. L’expéditeur vous la donne séparément\u00a0: elle n’est pas dans cet e-mail.',
    answer:
      'Répondez aux questions de l’expéditeur. S’il vous a donné un code, saisissez-le aussi\u00a0: il n’est pas dans cet e-mail.',
    hint: 'Où trouver la phrase secrète\u00a0:',
    codeHint: 'Où trouver le code\u00a0:',
    opener: 'Le fichier enregistré s’ouvre à l’adresse\u00a0:',
    phone: 'Sur un téléphone, partagez le fichier avec un navigateur, ou utilisez un ordinateur.',
    local:
      'La page d’ouverture est une page web qui déchiffre ces fichiers sur votre appareil\u00a0: rien n’est envoyé sur Internet.',
    never: 'Ni cet e-mail ni le fichier ne vous demanderont jamais le mot de passe de votre messagerie.',
    doubt: 'En cas de doute, appelez l’expéditeur à un numéro que vous connaissez avant d’ouvrir le fichier.',
    contact: 'Contact\u00a0:',
  },
};
