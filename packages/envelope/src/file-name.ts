/** Whether a name can stand in every mail and on every disk as it is: 1 to 100 letters, digits, `.`, `_` and `-`. */
export function isPlainFileName(name: string): boolean {
  return /^[\w.-]{1,100}$/.test(name);
}
