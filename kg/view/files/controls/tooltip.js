/* The note beside the pointer. */
import { kinds, links, nodes, statements } from "../data/graph.js";
import { count, date, short } from "../data/wording.js";
import { fill, h } from "../elements.js";

/** @type {(hit: kg.Hit, scene: kg.Scene) => kg.Content[]} */
const words = (hit, scene) => {
  if (hit.group !== undefined) {
    const { label, members } = scene.folding.groups[hit.group];
    return [h("strong", {}, label), h("span", {}, `${count(members.length, "actor")} that are tied to one another`)];
  }
  if (hit.node !== undefined) {
    const node = nodes[hit.node];
    const latest = node.said.length ? statements[node.said[0]] : null;
    const held = node.offices.find(({ tense }) => tense === "current") ?? node.offices[0];
    const what = held ? [held.title, held.organisationName].filter(Boolean).join(", ") : node.typeLabel;
    return [
      h("strong", {}, short(node.name, 80)),
      h("span.muted", {}, short(what, 80)),
      h("span", {}, `${count(node.said.length, "statement")}, ${node.about.length.toLocaleString("en")} about it`),
      latest && h("q", {}, short(latest.content.replace(/^[“"]|[”"]$/g, ""), 150)),
      latest?.date && h("span.muted", {}, date(latest.date)),
    ];
  }
  const link = links[hit.link];
  const figures = scene.tie(hit.link).figures;
  const many = figures ? `: ${figures}` : link.statements.length ? ` · ${count(link.statements.length, "statement")}` : link.label ? ` · ${short(link.label, 60)}` : "";
  return [h("strong", {}, kinds[link.kind].label), h("span", {}, h("bdi", {}, short(nodes[link.source].name, 40)), " → ", h("bdi", {}, short(nodes[link.target].name, 40)), many)];
};

/** @type {(box: HTMLElement, stage: HTMLElement, scene: () => kg.Scene) => kg.Watchers["onhover"]} */
export const createTooltip = (box, stage, scene) => {
  /** @type {kg.Watchers["onhover"]} */
  const show = (hit) => {
    box.hidden = !hit;
    if (!hit) return;
    fill(box, words(hit, scene()));
    box.style.left = `${Math.max(4, Math.min(hit.at.x + 14, stage.clientWidth - box.offsetWidth - 4))}px`;
    box.style.top = `${Math.min(hit.at.y + 14, stage.clientHeight - box.offsetHeight - 4)}px`;
  };
  stage.addEventListener("mouseleave", () => show(null));
  return show;
};
