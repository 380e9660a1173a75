/** The texts of a language that the first paint shows, in the order in which they begin the list of all. */
export const FIRST_PAINT_KEYS = [
  'title',
  'lead',
  'hint',
  'subject',
  'date',
  'howTo',
  'step1',
  'step2',
  'step3',
  'stuck',
  'preview',
  'phone',
  'never',
  'contact',
  'opener',
  // Where it opens with answers
  'step3Ask',
] as const;

export type FirstPaintKey = (typeof FIRST_PAINT_KEYS)[number];
