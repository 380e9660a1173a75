import type { CoverLanguage } from './texts.js';

export const es: CoverLanguage = {
  dir: 'ltr',
  name: 'Español',
  texts: {
    title: 'Mensaje seguro',
    lead: 'Ha recibido un mensaje cifrado. Está en el archivo adjunto {file}.',
    dataFile:
      'El archivo solo contiene el mensaje cifrado. No se abre con un simple clic, ni directamente en un navegador.',
    org: 'Enviado por:',
    howTo: 'Cómo abrirlo',
    save: 'Guarde el archivo adjunto en su dispositivo.',
    openPage: 'Abra el archivo guardado en un navegador: Chrome, Edge, Firefox o Safari.',
    openData:
      'Abra la página de apertura en un navegador: Chrome, Edge, Firefox o Safari. La dirección de la página figura más abajo. Elija allí el archivo guardado.',
    openSaved:
      'Abra el archivo guardado con la página de apertura que haya guardado antes, o con el comando sealpost open. Si no tiene ninguno de los dos, pregunte al remitente.',
    openKey: 'Abra el archivo guardado con el programa que guarda su clave.',
    type: 'Escriba la frase secreta. El remitente se la da por separado: no está en este correo.',
    answer:
      'Responda a las preguntas del remitente. Si le ha dado un código, escríbalo también: no está en este correo.',
    hint: 'Dónde encontrar la frase secreta:',
    codeHint: 'Dónde encontrar el código:',
    opener: 'El archivo guardado se puede abrir en:',
    phone: 'En un teléfono, comparta el archivo con un navegador o use un PC.',
    local:
      'La página de apertura es una página web que descifra estos archivos en su dispositivo: no se sube nada a internet.',
    never: 'Ni este correo ni el archivo le pedirán nunca la contraseña de su correo.',
    doubt: 'Si tiene dudas, llame al remitente a un número que usted conozca antes de abrir el archivo.',
    contact: 'Contacto:',
  },
};
