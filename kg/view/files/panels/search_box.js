/* The search box: names, aliases, offices, and the content of statements; a list to pick from with the keyboard. */
import { h, fill, short } from "./elements.js";
import { nodes, statements, families } from "../data/indexing.js";

const LIMIT = 12;

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
/* Made when they are first asked for: on a large graph they take a moment that the start should not wait for. */
const once = (make) => {
  let made = null;
  return () => (made ??= make());
};
const entries = once(() => nodes.map((node) => ({
  node: node.index,
  name: plain(node.name),
  text: plain([node.name, ...node.aliases, node.country, node.partOf, ...node.offices.map((office) => `${office.title} ${office.organisationName}`)].join(" · ")),
})));
const contents = once(() => statements.map((statement) => plain(`${statement.content} ${statement.figures.map((figure) => figure.text).join(" ")}`)));

export const find = (query) => {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const all = (text) => words.every((word) => text.includes(word));
  const actors = entries()
    .filter(({ text }) => all(text))
    .sort((a, b) => b.name.startsWith(words[0]) - a.name.startsWith(words[0]) || all(b.name) - all(a.name) || nodes[b.node].rank - nodes[a.node].rank)
    .slice(0, LIMIT)
    .map(({ node }) => ({ view: "node", node }));
  const said = [];
  const texts = contents();
  for (let at = 0; at < texts.length && said.length < LIMIT; at += 1) if (all(texts[at])) said.push({ view: "statement", statement: at });
  return [...actors, ...said];
};

export const create = (input, box, pick) => {
  let found = [];
  let current = -1;
  const close = () => {
    box.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (at) => {
    current = (at + found.length) % found.length;
    [...box.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === current)));
    box.children[current].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `hit-${current}`);
  };
  const choose = (at) => {
    const choice = found[at];
    close();
    if (!choice) return;
    input.blur();
    pick(choice);
  };
  const row = (choice, at) => {
    const node = choice.view === "node" ? nodes[choice.node] : null;
    const statement = node ? null : statements[choice.statement];
    return h(
      "li",
      { id: `hit-${at}`, role: "option", "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: () => choose(at) },
      node ? short(node.name, 60) : `“${short(statement.content, 90)}”`,
      h("span.muted", {}, node ? `${families[node.family].label} · ${node.said.length} said` : statement.speakerName || "no source named"),
    );
  };
  input.addEventListener("input", () => {
    found = find(input.value);
    current = -1;
    if (!input.value.trim()) return close();
    fill(box, found.length ? found.map(row) : h("li.none", { role: "option", "aria-disabled": "true" }, "Nothing found"));
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    return undefined;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && found.length && !box.hidden) mark(current + 1);
    else if (event.key === "ArrowUp" && found.length && !box.hidden) mark(current < 0 ? found.length - 1 : current - 1);
    else if (event.key === "Enter" && !box.hidden) choose(Math.max(0, current));
    else if (event.key === "Escape") {
      input.value = "";
      close();
      input.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", close);
};
