/* What is written around a picture that is taken away: its title, what its lines and shapes mean, its sources and the day. */
import { affairs, articles, comparisons, families, graph, kinds, nodes, publishers } from "../data/graph.js";
import { count, date, short } from "../data/wording.js";

/** @type {(choice: kg.Choice) => string} */
const chosen = (choice) => {
  if (choice.view === "node") return nodes[choice.node].name;
  if (choice.view === "path") return `From ${nodes[choice.nodes[0]].name} to ${nodes[choice.nodes[choice.nodes.length - 1]].name}`;
  if (choice.view === "comparison") return `${comparisons[choice.comparison].left.speaker} and ${comparisons[choice.comparison].right.speaker}`;
  if (choice.view === "article") return articles[choice.article].title;
  if (choice.view === "affair") return affairs[choice.affair].label;
  if (choice.view === "publisher") return publishers[choice.publisher].name;
  if (choice.view === "search") return `“${choice.query}”`;
  return choice.view === "disagreements" ? "Comparisons" : "";
};

/** @type {(choice: kg.Choice, scene: kg.Scene) => kg.Caption} */
export const caption = (choice, scene) => {
  const publishers = [...new Set(articles.map(({ publisher }) => publisher).filter(Boolean))].sort();
  const days = articles.map(({ published }) => published ?? "").filter(Boolean).sort();
  const span = days.length ? `, ${date(days[0])}${days[0] === days[days.length - 1] ? "" : ` to ${date(days[days.length - 1])}`}` : "";
  const named = publishers.slice(0, 4).join(", ") + (publishers.length > 4 ? ` and ${publishers.length - 4} others` : "");
  const links = new Set(scene.drawnTies().filter(({ id }) => id >= 0).map(({ kind }) => kind));
  const shapes = new Set(scene.drawnItems().filter(({ id }) => id >= 0).map(({ id }) => nodes[id].family));
  return {
    title: [document.title, short(chosen(choice), 80)].filter(Boolean).join(": "),
    under: `Source: ${count(graph.statements.length, "statement")} in ${count(articles.length, "article")}${named && ` of ${named}`}${span}. Drawn by kg on ${date(new Date().toISOString().slice(0, 10))}.`,
    key: Object.keys(kinds).filter((kind) => links.has(kind)).map((kind) => ({ text: kinds[kind].label, ink: scene.inkOf(kind), dashes: kinds[kind].dashes })),
    shapes: Object.keys(families).filter((family) => shapes.has(family)).map((family) => ({ text: families[family].label, shape: families[family].shape, colour: families[family].colour })),
  };
};
