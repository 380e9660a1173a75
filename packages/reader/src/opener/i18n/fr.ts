import type { OpenerTexts } from './keys.js';

export const fr: OpenerTexts = {
  title: 'Ouvrir un message sécurisé',
  lead: 'Les messages chiffrés s’ouvrent ici, sur votre appareil. Rien n’est envoyé.',
  choose: 'Choisir le fichier',
  drop: 'Ou faites-le glisser sur cette page.',
  which:
    'Il est arrivé avec un e-mail et s’appelle souvent securedoc.html ou securedoc.seal. Un e-mail enregistré comme fichier (.eml) convient aussi.',
  looking: 'Examen de {name}.',
  several: 'Quel message voulez-vous ouvrir ?',
  received: 'Voulez-vous ouvrir ce message ?',
  nothing: 'Ce fichier ne contient pas de message sécurisé.',
  nothingIn: 'Ces fichiers ne contiennent pas de message sécurisé.',
  unreadable: 'Ce fichier ne peut pas être lu. Enregistrez-le encore une fois, puis choisissez-le à nouveau.',
  tooMany: 'Seuls les {n} premiers fichiers ont été examinés.',
  known: 'Ce fichier est une page de Sealpost {version}, inchangée. Cela ne dit pas qui l’a envoyée.',
  unknown:
    'Ce fichier a été modifié en chemin, ou sa page n’est pas connue ici. Ouvrez-le ici seulement, pas le fichier lui-même.',
  noPage: 'Ce fichier contient un message, sans page à lui.',
  another: 'Ouvrir un autre fichier',
  oldBrowser: 'Ce navigateur est trop ancien. Utilisez une version actuelle de Chrome, Edge, Firefox ou Safari.',
};
