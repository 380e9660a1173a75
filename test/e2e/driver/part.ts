import type { Tab } from './engine.js';
import { until } from './until.js';

/** One step on the way to elements. */
type Step =
  | { readonly css: string }
  /** Keeps those whose text, trimmed, is this. */
  | { readonly text: string }
  | { readonly nth: number }
  /** Into the documents of the frames found so far. */
  | { readonly frame: true };

/** Elements of a page, found anew each time that something is asked of them. */
export class Part {
  readonly #tab: Tab;
  readonly #steps: readonly Step[];

  constructor(tab: Tab, steps: readonly Step[]) {
    this.#tab = tab;
    this.#steps = steps;
  }

  /** Within these elements; within their documents where they are frames. */
  find(css: string): Part {
    return this.#then({ css });
  }

  /** The elements inside of a frame. */
  get inside(): Part {
    return this.#then({ frame: true });
  }

  withText(text: string): Part {
    return this.#then({ text });
  }

  nth(nth: number): Part {
    return this.#then({ nth });
  }

  /** How many there are now. */
  count(): Promise<number> {
    return this.#ask((elements) => elements.length);
  }

  /** Contents of all, now. */
  texts(): Promise<readonly string[]> {
    return this.#ask((elements) => elements.map(({ textContent }) => textContent));
  }

  /** The content of the first; waits for it. */
  text(): Promise<string> {
    return this.run(({ textContent }) => textContent);
  }

  /** Text as it is shown, of the first; waits for it. */
  shown(): Promise<string> {
    return this.run((element) => (element as HTMLElement).innerText);
  }

  attribute(name: string): Promise<string | null> {
    return this.run((element, which) => element.getAttribute(which), name);
  }

  value(): Promise<string> {
    return this.run((element) => (element as HTMLInputElement).value);
  }

  /** Whether the first takes up room and is not hidden; waits for it to be there. */
  isVisible(): Promise<boolean> {
    return this.run((element) => {
      const { width, height } = element.getBoundingClientRect();
      const view = element.ownerDocument.defaultView;
      return width > 0 && height > 0 && view?.getComputedStyle(element).visibility === 'visible';
    });
  }

  /** Runs a function with the first element in the page; waits for it. It can use nothing of the test's but its arguments. */
  async run<Args extends readonly unknown[], R>(
    work: (element: Element, ...args: Args) => R | Promise<R>,
    ...args: Args
  ): Promise<R> {
    await this.wait();
    const call = `((elements) => (${work.toString()})(elements[0], ...${JSON.stringify(args)}))(${this.#expression()})`;
    return (await this.#tab.evaluate(call)) as R;
  }

  /** Waits until there is one. */
  async wait(): Promise<void> {
    await until(
      async () => (await this.count()) > 0,
      () => `${this.#describe()} did not appear`,
    );
  }

  /** Waits until there is none. */
  async waitGone(): Promise<void> {
    await until(
      async () => (await this.count()) === 0,
      () => `${this.#describe()} did not go`,
    );
  }

  /** Clicks in the middle of the first, as a mouse would: scrolls it into view, and fails where something else lies above it. */
  async click(): Promise<void> {
    const { x, y } = await this.#reach();
    await this.#tab.click(x, y);
  }

  async hover(): Promise<void> {
    const { x, y } = await this.#reach();
    await this.#tab.move(x, y);
  }

  /** Clicks into a field, and types over what it holds. */
  async fill(text: string): Promise<void> {
    await this.click();
    if ((await this.value()) !== '') await this.#tab.press('Select all');
    await this.#tab.type(text);
  }

  /** Chooses an option of a `select` by its value: not as a person would, but by events that a script made. */
  async select(value: string): Promise<void> {
    await this.run((element, chosen) => {
      (element as HTMLSelectElement).value = chosen;
      for (const type of ['input', 'change']) element.dispatchEvent(new Event(type, { bubbles: true }));
    }, value);
  }

  async #reach(): Promise<{ readonly x: number; readonly y: number }> {
    let found: { x: number; y: number; above: string | null } = { x: 0, y: 0, above: 'nothing' };
    // What has just appeared may still move.
    await until(
      async () => {
        found = await this.run(async (element) => {
          element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
          // WebKitGTK scrolls in another process, after the next picture.
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          const rect = element.getBoundingClientRect();
          let x = rect.x + rect.width / 2;
          let y = rect.y + rect.height / 2;
          const top = element.ownerDocument.elementFromPoint(x, y);
          const isFree = top !== null && (element.contains(top) || top.contains(element));
          for (let frame = element.ownerDocument.defaultView?.frameElement; frame;) {
            const outer = frame.getBoundingClientRect();
            x += outer.x + frame.clientLeft;
            y += outer.y + frame.clientTop;
            frame = frame.ownerDocument.defaultView?.frameElement;
          }
          return {
            x: Math.round(x),
            y: Math.round(y),
            above: isFree ? null : (top?.outerHTML.slice(0, 80) ?? 'nothing'),
          };
        });
        return found.above === null;
      },
      () => `${this.#describe()} cannot be clicked: above it is ${String(found.above)}`,
    );
    return found;
  }

  #then(step: Step): Part {
    return new Part(this.#tab, [...this.#steps, step]);
  }

  async #ask<R>(work: (elements: readonly Element[]) => R): Promise<R> {
    return (await this.#tab.evaluate(`(${work.toString()})(${this.#expression()})`)) as R;
  }

  #expression(): string {
    return `(${resolveSteps.toString()})(${JSON.stringify(this.#steps)})`;
  }

  #describe(): string {
    return this.#steps
      .map((step) =>
        'css' in step ? step.css : 'text' in step ? `"${step.text}"` : 'nth' in step ? `#${step.nth}` : 'frame',
      )
      .join(' > ');
  }
}

/** Runs in the page. */
function resolveSteps(steps: readonly Step[]): Element[] {
  let roots: (Element | Document)[] = [document];
  for (const step of steps) {
    if ('css' in step) roots = [...new Set(roots.flatMap((root) => [...root.querySelectorAll(step.css)]))];
    else if ('text' in step) roots = roots.filter((root) => root.textContent?.trim() === step.text);
    else if ('nth' in step) roots = roots.slice(step.nth, step.nth + 1);
    else roots = roots.flatMap((root) => (root as HTMLIFrameElement).contentDocument ?? []);
  }
  return roots as Element[];
}
