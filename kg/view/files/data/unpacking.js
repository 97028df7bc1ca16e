/* The page's data: written into the file as JSON, or, where that is long, as gzipped columns. */
const read = async () => {
  const written = document.getElementById("data");
  if (written.dataset.packed === undefined) return JSON.parse(written.textContent);
  const decode = (base64) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const letters = atob(base64);
    const found = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) found[at] = letters.charCodeAt(at);
    return found;
  };
  const bytes = decode(written.textContent);
  written.textContent = "";
  const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const data = JSON.parse(text);
  /* A statement of a packed page cuts its evidence and joins its content only when it is asked for them. */
  const MARKS = { "-": "", s: "source", c: "cue", w: "content" };
  class Statement {
    get evidence() {
      let at = 0;
      return [...this.cuts.matchAll(/(\d+)([-scw])/g)].map(([, length, mark]) => [this.words.slice(at, (at += Number(length))), MARKS[mark]]);
    }
    get content() {
      return this.given ?? this.evidence.filter(([, mark]) => mark === "content").map(([words]) => words).join("");
    }
    get speakerName() {
      return this.called ?? data.nodes[this.speaker].name;
    }
  }
  /* A table is {rows, columns: {name: [values] | {every: value}}}; it becomes a list of objects. */
  const table = ({ rows, columns }, create) => {
    const fields = Object.entries(columns);
    const found = new Array(rows);
    for (let at = 0; at < rows; at += 1) {
      const row = create();
      for (const [name, values] of fields) {
        const value = Array.isArray(values) ? values[at] : values.every;
        row[name] = Array.isArray(value) && !Array.isArray(values) ? [...value] : value;
      }
      found[at] = row;
    }
    return found;
  };
  for (const [name, value] of Object.entries(data)) if (value && value.columns) data[name] = table(value, name === "statements" ? () => new Statement() : () => ({}));
  return data;
};

export const DATA = await read();
