type Attribute = string | number | boolean | undefined | ((event: Event) => void);

export type Child = Node | string | undefined;

/**
 * Makes an element. Functions become listeners of the event that their key names, `true` an empty attribute;
 * `false` and `undefined` are left out. Strings among the children become text, never markup.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** Buttons side by side. */
export function row(...children: readonly Child[]): HTMLElement {
  return element('div', { class: 'act' }, ...children);
}

/** A button that submits nothing. */
export function button(
  label: string,
  action: (event: Event) => void,
  attributes: Record<string, Attribute> = {},
): HTMLButtonElement {
  return element('button', { type: 'button', click: action, ...attributes }, label);
}
