/* The page's data from their text: plain JSON or, where that is long, gzipped columns in base64. */

/* A table is {rows, columns: {name: [values] | {every: value}}}; it becomes a list of objects. */
/** @type {(table: kg.Table, create: () => Record<string, any>) => Record<string, any>[]} */
export const rows = ({ rows: length, columns }, create) => {
  const fields = Object.entries(columns);
  const found = new Array(length);
  for (let at = 0; at < length; at += 1) {
    const row = create();
    for (const [name, values] of fields) {
      const value = Array.isArray(values) ? values[at] : values.every;
      row[name] = Array.isArray(value) && !Array.isArray(values) ? [...value] : value;
    }
    found[at] = row;
  }
  return found;
};

/** @type {Record<string, string>} */
const MARKS = { "-": "", s: "source", c: "cue", w: "content" };

/* A statement of a packed page cuts its evidence and joins its content only when it is asked for them. */
/** @type {(data: kg.Data) => new () => Record<string, any>} */
const packedStatement = (data) =>
  class {
    cuts = "";
    words = "";
    given = /** @type {string | null} */ (null);
    called = /** @type {string | null} */ (null);
    speaker = 0;

    get evidence() {
      let at = 0;
      return [...this.cuts.matchAll(/(\d+)([-scw])/g)].map(([, length, mark]) => {
        const from = at;
        at += Number(length);
        return [this.words.slice(from, at), MARKS[mark]];
      });
    }
    get content() {
      return this.given ?? this.evidence.filter(([, mark]) => mark === "content").map(([words]) => words).join("");
    }
    get speakerName() {
      return this.called ?? data.nodes[this.speaker].name;
    }
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
  const data = await inflated(written).json();
  const Statement = packedStatement(data);
  for (const [name, value] of Object.entries(data)) if (value?.columns) data[name] = rows(value, name === "statements" ? () => new Statement() : () => ({}));
  return data;
};
