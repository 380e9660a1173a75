import { pathToFileURL } from 'node:url';
import { applyRulesForPaper } from './as-printed.js';
import type { Driven, Key, Saved, Tab } from './engine.js';
import { Part } from './part.js';
import { until } from './until.js';

/** A page in a tab of its own, whatever the engine. */
export class Visit {
  readonly #tab: Tab;
  readonly #saved: Saved[] = [];
  /** How much there was of each when this visit began. */
  readonly #before: { readonly dialogs: number; readonly said: number };

  private constructor(tab: Tab) {
    this.#tab = tab;
    this.#before = { dialogs: tab.dialogs.length, said: tab.said?.length ?? 0 };
  }

  /** Opens a file as `file://`, with a storage that nobody used before. */
  static file(browser: Driven, file: string): Promise<Visit> {
    return Visit.address(browser, pathToFileURL(file).href);
  }

  static async address(browser: Driven, url: string): Promise<Visit> {
    const visit = new Visit(await browser.openTab());
    await visit.goto(url);
    return visit;
  }

  /** Opens a file in the tab of this visit, which is over then. */
  async next(file: string): Promise<Visit> {
    const visit = new Visit(this.#tab);
    await visit.gotoFile(file);
    return visit;
  }

  find(css: string): Part {
    return new Part(this.#tab, [{ css }]);
  }

  /** The button that says this. */
  button(text: string): Part {
    return this.find('button').withText(text);
  }

  /** Runs a function in the page, which can use nothing of the test's but its arguments; both ways as JSON carries it. */
  async run<Args extends readonly unknown[], R>(work: (...args: Args) => R | Promise<R>, ...args: Args): Promise<R> {
    return (await this.#tab.evaluate(`(${work.toString()})(...${JSON.stringify(args)})`)) as R;
  }

  /** Waits until a function, run in the page, gives something true. */
  async waitFor<Args extends readonly unknown[]>(work: (...args: Args) => unknown, ...args: Args): Promise<void> {
    const source = work.toString();
    const call = `(async () => Boolean(await (${source})(...${JSON.stringify(args)})))()`;
    await until(
      async () => (await this.#tab.evaluate(call)) === true,
      () => `this did not become true: ${source}`,
    );
  }

  /** Inside the frame in which an envelope's page shows the message. */
  get body(): Part {
    return this.find('#sealpost-body').inside;
  }

  /** Waits for a state of an envelope's page. */
  async state(state: 'locked' | 'unlocking' | 'open' | 'refused'): Promise<void> {
    await this.find(`html[data-state="${state}"]`).wait();
  }

  /** Does something that saves a file, and waits for the file. */
  async save(action: () => Promise<void>): Promise<Saved> {
    await this.#collect();
    const before = this.#saved.length;
    await action();
    await until(
      async () => (await this.#collect()).length > before,
      () => 'nothing was saved',
    );
    return this.#saved[before] as Saved;
  }

  /** All that was saved so far; waits for a file that is being written. */
  async saved(): Promise<readonly Saved[]> {
    return this.#collect();
  }

  async #collect(): Promise<readonly Saved[]> {
    this.#saved.push(...(await this.#tab.takeSaved()));
    return this.#saved;
  }

  goto(url: string): Promise<void> {
    return this.#tab.goto(url);
  }

  gotoFile(file: string): Promise<void> {
    return this.#tab.goto(pathToFileURL(file).href);
  }

  back(): Promise<void> {
    return this.#tab.back();
  }

  reload(): Promise<void> {
    return this.#tab.reload();
  }

  press(key: Key): Promise<void> {
    return this.#tab.press(key);
  }

  /** Types into what has the focus. */
  type(text: string): Promise<void> {
    return this.#tab.type(text);
  }

  moveMouse(x: number, y: number): Promise<void> {
    return this.#tab.move(x, y);
  }

  resize(width: number, height: number): Promise<void> {
    return this.#tab.resize(width, height);
  }

  /** Shows the page, and its frames of the same origin, as on paper. */
  async showAsPrinted(): Promise<void> {
    if (this.#tab.emulatePrint === undefined) await this.run(applyRulesForPaper);
    else await this.#tab.emulatePrint();
  }

  screenshot(): Promise<Buffer> {
    return this.#tab.screenshot();
  }

  /** Texts of dialogs of this visit so far; each was dismissed at once. */
  get dialogs(): readonly string[] {
    return this.#tab.dialogs.slice(this.#before.dialogs);
  }

  /** Uncaught errors and console messages of this visit so far; undefined where the engine's driver cannot know. */
  get said(): readonly string[] | undefined {
    return this.#tab.said?.slice(this.#before.said);
  }

  close(): Promise<void> {
    return this.#tab.close();
  }
}
