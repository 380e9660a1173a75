import type { OpenerTexts } from './keys.js';

export const es: OpenerTexts = {
  title: 'Abrir un mensaje seguro',
  lead: 'Los mensajes cifrados se abren aquí, en su dispositivo. No se envía nada.',
  choose: 'Elegir el archivo',
  drop: 'O arrástrelo a esta página.',
  which:
    'Llegó con un correo y suele llamarse securedoc.html o securedoc.seal. También sirve un correo guardado como archivo (.eml).',
  looking: 'Examinando {name}.',
  several: '¿Qué mensaje quiere abrir?',
  received: '¿Quiere abrir este mensaje?',
  nothing: 'En este archivo no hay ningún mensaje seguro.',
  nothingIn: 'En estos archivos no hay ningún mensaje seguro.',
  unreadable: 'Este archivo no se puede leer. Guárdelo otra vez y elíjalo de nuevo.',
  tooMany: 'Solo se examinaron los primeros {n} archivos.',
  known: 'Este archivo es una página de Sealpost {version} sin cambios. Eso no dice quién la envió.',
  unknown:
    'Este archivo fue modificado en el camino, o su página no se conoce aquí. Ábralo solo aquí, no el archivo mismo.',
  noPage: 'Este archivo contiene un mensaje y ninguna página propia.',
  another: 'Abrir otro archivo',
  oldBrowser: 'Este navegador es demasiado antiguo. Use una versión actual de Chrome, Edge, Firefox o Safari.',
};
