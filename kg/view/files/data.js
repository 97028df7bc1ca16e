/* The page's data: written into the file as JSON, or, where that is long, as gzipped columns. */
const DATA = await (async () => {
  const written = document.getElementById("data");
  if (written.dataset.packed === undefined) return JSON.parse(written.textContent);
  const bytes = Uint8Array.from(atob(written.textContent), (letter) => letter.charCodeAt(0));
  written.textContent = "";
  const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const data = JSON.parse(text);
  /* A table is {rows, columns: {name: [values] | {every: value}}}; it becomes a list of objects. */
  const table = ({ rows, columns }) => {
    const fields = Object.entries(columns);
    const found = new Array(rows);
    for (let at = 0; at < rows; at += 1) {
      const row = {};
      for (const [name, values] of fields) {
        const value = Array.isArray(values) ? values[at] : values.every;
        row[name] = Array.isArray(value) && !Array.isArray(values) ? [...value] : value;
      }
      found[at] = row;
    }
    return found;
  };
  for (const [name, value] of Object.entries(data)) if (value && value.columns) data[name] = table(value);
  for (const statement of data.statements) {
    statement.speakerName ??= data.nodes[statement.speaker].name;
    statement.content ??= statement.evidence.filter(([, mark]) => mark === "content").map(([words]) => words).join("");
  }
  return data;
})();
