export type EngineName = 'Chromium' | 'Firefox' | 'WebKitGTK';

/** One of the three engines that the page is tested in, and how to start it. */
export interface Engine {
  readonly name: EngineName;
  /** Why it cannot be started on this machine; undefined where it can. */
  readonly missing: string | undefined;
  /** Starts it. The caller closes it. */
  launch(options?: LaunchOptions): Promise<Driven>;
}

export interface LaunchOptions {
  /** `none`: in a network namespace of its own, in which nothing but its driver can be reached. */
  readonly network?: 'none';
  /** Every request goes through this proxy, those to the loopback interface too. */
  readonly proxyPort?: number;
}

/** A running browser. */
export interface Driven {
  /** A tab with storage of its own, at `about:blank`. */
  openTab(): Promise<Tab>;
  close(): Promise<void>;
}

/** A file that a page saved. */
export interface Saved {
  /** As the browser named it on the disk. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * What each engine's driver must be able to do: to load, to run code in the page, to act as a mouse and a keyboard would, and to
 * tell what happened. Everything else is made of these once, in `visit.ts` and `part.ts`.
 */
export interface Tab {
  /** Resolves when the page has loaded. */
  goto(url: string): Promise<void>;
  back(): Promise<void>;
  reload(): Promise<void>;
  /** The value of an expression of JavaScript in the page, as JSON carries it. A promise is awaited. */
  evaluate(expression: string): Promise<unknown>;
  /** Clicks at a point of the viewport. */
  click(x: number, y: number): Promise<void>;
  move(x: number, y: number): Promise<void>;
  /** Types into what has the focus. */
  type(text: string): Promise<void>;
  press(key: Key): Promise<void>;
  /** Asks for a viewport of this size; the least width of WebKitGTK's window is 447. */
  resize(width: number, height: number): Promise<void>;
  /** Shows pages as on paper from now on; undefined where the engine cannot be asked for it. */
  emulatePrint?(): Promise<void>;
  /** The viewport as a PNG. */
  screenshot(): Promise<Buffer>;
  /** Files that were saved and not yet taken; waits for one that is being written. */
  takeSaved(): Promise<readonly Saved[]>;
  /** Texts of dialogs so far; each was dismissed at once. WebKitGTK tells of one when the tab is next used. */
  readonly dialogs: readonly string[];
  /** Uncaught errors and console messages so far, as `error: text`, `warning: text`; undefined where the driver cannot know. */
  readonly said: readonly string[] | undefined;
  close(): Promise<void>;
}

export type Key = 'Enter' | 'Escape' | 'Tab' | 'Shift+Tab' | 'Space' | 'ArrowDown' | 'Select all';
