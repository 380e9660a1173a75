import type { HostileMail } from './mails.js';

function many(count: number, piece: string): string {
  return piece.repeat(count);
}

/** Of these, browsers make elements that look for others, and read attributes while they parse; nothing else is heavy in them. */
const heavy: Readonly<Record<string, () => string>> = {
  'a pattern that is tried in all ways': () => `<input pattern="(a+)+b" value="${many(60, 'a')}">`,
  'brackets in the condition of a source': () =>
    `<picture><source srcset=x media="${many(100_000, '(')}"><img src=y></picture>`,
  'brackets in the sizes of a picture': () => `<img srcset="x 1w" sizes="${many(1_000_000, '(')}">`,
  'conditions in the sizes of a picture': () => `<img srcset="x 1w" sizes="${many(300_000, 'not (')}">`,
  'sums in the sizes of a picture': () => `<img srcset="x 1w" sizes="${many(300_000, 'calc(')}">`,
  'brackets in the condition of a link': () => `<link media="${many(1_000_000, '(')}">`,
  'brackets in the condition of a colour': () => `<meta name=theme-color content=red media="${many(1_000_000, '(')}">`,
  'colours in the colour of a field': () =>
    `<input type=color colorspace=display-p3 alpha value="${many(60, 'color-mix(in srgb,')}red,red${many(60, ',red)')}">`,
  'sums in the colour of a field': () => `<input type=color value="color(srgb ${many(300_000, 'calc(')}">`,
  '40,000 bases': () => many(40_000, '<base href=x>'),
  '140,000 bases without an address': () => many(140_000, '<base>'),
  '60,000 bases behind 70,000 breaks': () => many(70_000, '<br>') + many(60_000, '<base href=x>'),
  '30,000 colour schemes': () => many(30_000, '<meta name=color-scheme content=",">'),
  'a direction for 60,000 parts of a drawing': () => `<div dir=auto><svg>${many(60_000, '<g></g>')}`,
  'a direction for 20,000 breaks': () => `<div dir=auto>${many(20_000, '<br>')}`,
  'a direction for 45,000 words': () => `<div dir=auto>${many(45_000, '<b>.</b>')}`,
  'a direction of its own for 45,000 words': () => `<bdi>${many(45_000, '<b>.</b>')}`,
  '60,000 fields that look for their form': () => many(60_000, '<input form=x>') + many(30_000, '<b id=x></b>'),
  '20,000 films': () => many(20_000, '<video></video>'),
  '70,000 sounds': () => many(70_000, '<audio controls src=x>'),
  '140,000 radio buttons': () => many(140_000, '<input type=radio name=r checked required>'),
  '70,000 options that are selected': () => `<select>${many(70_000, '<option selected></option>')}`,
  '20,000 options, and a copy of one': () =>
    `<select><button><selectedcontent></selectedcontent></button>${many(20_000, '<option selected>x')}`,
  'an option of 60,000 words, and its copy': () =>
    `<select><button><selectedcontent></selectedcontent></button><option selected>${many(60_000, '<b>x</b>')}`,
  '50,000 animations that start each other': () => `<svg>${many(50_000, '<animate id=a begin="a.begin" href="#a">')}`,
  'a choice of 40,000 drawings': () => `<svg><switch>${many(40_000, '<g></g>')}`,
  'a script of 40,000 drawings': () => `<svg><script>${many(40_000, '<g></g>')}`,
  '60,000 buttons of a form': () => `<form>${many(60_000, '<button></button>')}`,
  '60,000 fields that are off': () => `<fieldset disabled>${many(60_000, '<input>')}`,
  '60,000 summaries': () => `<details>${many(60_000, '<summary>')}`,
  '60,000 values of an object': () => `<object>${many(60_000, '<param>')}`,
  '8 MB of signs of equality': () => many(4_000_000, 'a='),
};

/** Mails that keep a browser busy before it has parsed them. Each is made when it is asked for. */
export const parserMails: readonly { readonly name: string; readonly make: () => HostileMail }[] = Object.entries(
  heavy,
).map(([name, html]) => ({ name, make: () => ({ name, html: html() }) }));
