/* The shapes of what the server tells the scripts of the desk, for the type checker alone: nothing of this reaches a page. */

declare namespace desk {
  interface Parameter {
    name: string;
    type: string;
    default: string | null;
    text: string;
  }
  interface Question {
    name: string;
    title: string;
    question: string;
    group: string;
    text: string;
    parameters: Parameter[];
  }
  interface Named {
    iri: string;
    name: string;
    type: string;
    country: string;
    path: string;
  }
  interface Shared {
    questions: Question[];
    settings: { base: string; kinds: string[]; timeout: number };
    known: { terms: { iri: string; short: string; label: string; kind: string; text: string }[]; prefixes: Record<string, string> };
    editor: Editor | undefined;
    filled: string;
  }

  /* ── SPARQL Results JSON ── */
  interface Term {
    type: string;
    value: string;
    datatype?: string;
  }
  interface Rows {
    head: { vars: string[] };
    results: { bindings: Record<string, Term>[] };
  }
  interface Answer extends Partial<Rows> {
    seconds: number;
    turtle?: string;
    boolean?: boolean;
  }
  interface End {
    iri: string;
    name: string;
  }

  /* ── YASQE, as far as it is used ── */
  interface Place {
    line: number;
    ch: number;
  }
  interface Token {
    autocompletionString?: string;
    from?: Place;
    to?: Place;
  }
  interface Hint {
    text: string;
    displayText?: string;
  }
  interface Editor {
    getDoc(): { getCursor(): Place; getLine(line: number): string };
    getValue(): string;
    setValue(text: string): void;
    getInputField(): HTMLElement;
    addKeyMap(keys: Record<string, false | (() => void)>): void;
  }
  interface Completer {
    name: string;
    bulk: boolean;
    autoShow: boolean;
    persistenceId: null;
    isValidCompletionPosition(yasqe: Editor): boolean;
    preProcessToken(yasqe: Editor, token: Token): Token;
    get(yasqe: Editor, token?: Token): string[] | Promise<string[]>;
    postprocessHints(yasqe: Editor, hints: Hint[]): Hint[];
  }
}
