/** What the opener says; `{name}`, `{n}` and `{version}` stand for values. Everything else it takes from the page's own texts. */
export interface OpenerTexts {
  readonly title: string;
  readonly lead: string;
  readonly choose: string;
  readonly drop: string;
  readonly which: string;
  readonly looking: string;
  readonly several: string;
  readonly received: string;
  readonly nothing: string;
  readonly nothingIn: string;
  readonly unreadable: string;
  readonly tooMany: string;
  readonly known: string;
  readonly unknown: string;
  readonly noPage: string;
  readonly another: string;
  readonly oldBrowser: string;
}
