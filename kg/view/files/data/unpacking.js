/* The page's data from their text: plain JSON or, where that is long, gzipped columns in base64. */

/* A table is {rows, columns: {name: column}}. */
/** @typedef {any[] | {every: any} | {words: string[], picks: number[]}} Column */
/** @type {(column: Column) => (at: number) => any} */
const reading = (column) => {
  if (Array.isArray(column)) return (at) => column[at];
  if ("picks" in column) return (at) => column.words[column.picks[at]];
  return () => column.every;
};

/* The rows as objects that look a value up in its column when they are asked for it: most values of a large graph are
   never asked for, and tens of thousands of full objects take a moment that the start should not wait for. */
/** @type {(table: kg.Table, base?: new () => object) => Record<string, any>[]} */
export const rows = ({ rows: length, columns }, base = Object) => {
  const Row = class extends base {
    /** @param {number} at */
    constructor(at) {
      super();
      this.index = at;
    }
  };
  for (const [name, column] of Object.entries(columns)) {
    const read = reading(column);
    Object.defineProperty(Row.prototype, name, {
      /** @this {{index: number}} */
      get() {
        return read(this.index);
      },
      enumerable: true,
    });
  }
  return Array.from({ length }, (_, at) => new Row(at));
};

/** @type {Record<string, string>} */
const MARKS = { "-": "", s: "source", c: "cue", w: "content" };

/** @type {any[]} */
const NONE = /** @type {any} */ (Object.freeze([]));

/* A statement of a packed page cuts its evidence, joins its content and takes its figures only when it is asked. */
/** @type {(data: kg.Data, columns: Record<string, any>, figures: kg.Table) => new () => object} */
const packedStatement = (data, columns, figures) => {
  const read = Object.fromEntries(["cuts", "words", "given", "called", "speaker", "figures"].map((name) => [name, reading(columns[name] ?? { every: null })]));
  /** @type {any[] | undefined} */
  let all;
  /** @type {Int32Array | undefined} */
  let ends;
  const until = (/** @type {number} */ at) => {
    if (!ends) {
      let sum = 0;
      ends = Int32Array.from(data.statements, (_, one) => (sum += read.figures(one) ?? 0));
    }
    return at < 0 ? 0 : ends[at];
  };
  return class {
    index = 0;
    get evidence() {
      const words = read.words(this.index);
      let at = 0;
      return [...read.cuts(this.index).matchAll(/(\d+)([-scw])/g)].map(([, length, mark]) => {
        const from = at;
        at += Number(length);
        return [words.slice(from, at), MARKS[mark]];
      });
    }
    get content() {
      return read.given(this.index) ?? this.evidence.filter(([, mark]) => mark === "content").map(([words]) => words).join("");
    }
    get speakerName() {
      return read.called(this.index) ?? data.nodes[read.speaker(this.index)].name;
    }
    get figures() {
      if (!read.figures(this.index)) return NONE;
      all ??= rows(figures);
      return all.slice(until(this.index - 1), until(this.index));
    }
  };
};

/** @type {(base64: string) => Uint8Array<ArrayBuffer>} */
const bytes = (base64) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const letters = atob(base64);
  const found = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) found[at] = letters.charCodeAt(at);
  return found;
};

/** @type {(base64: string) => Response} */
const inflated = (base64) => new Response(new Blob([bytes(base64)]).stream().pipeThrough(new DecompressionStream("gzip")));
/* What is gzipped, in base64, as text. */
/** @type {(base64: string) => Promise<string>} */
export const text = (base64) => inflated(base64).text();

/** @type {(text: string, packed: boolean) => Promise<kg.Data>} */
export const unpack = async (written, packed) => {
  if (!packed) return JSON.parse(written);
  const { figures, ...data } = await inflated(written).json();
  for (const [name, value] of Object.entries(data)) {
    if (!value?.columns) continue;
    if (name !== "statements") data[name] = rows(value);
    else {
      const { figures: _, ...columns } = value.columns;
      data[name] = rows({ rows: value.rows, columns }, packedStatement(data, value.columns, figures));
    }
  }
  return data;
};
