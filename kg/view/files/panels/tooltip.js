/* The note beside the pointer. */
import { kinds, links, nodes } from "../data/graph.js";
import { count, short } from "../data/wording.js";
import { fill, h } from "../elements.js";

/** @type {(hit: kg.Hit, scene: kg.Scene) => kg.Content[]} */
const words = (hit, scene) => {
  if (hit.group !== undefined) {
    const { label, members } = scene.folding.groups[hit.group];
    return [h("strong", {}, label), h("span", {}, `${count(members.length, "actor")} that are tied to one another`)];
  }
  if (hit.node !== undefined) {
    const node = nodes[hit.node];
    return [h("strong", {}, short(node.name, 80)), h("span", {}, `${node.typeLabel} · ${node.said.length} said · ${node.about.length} about it`)];
  }
  const link = links[hit.link];
  const many = link.statements.length ? ` · ${count(link.statements.length, "statement")}` : link.label ? ` · ${short(link.label, 60)}` : "";
  return [h("strong", {}, kinds[link.kind].label), h("span", {}, h("bdi", {}, short(nodes[link.source].name, 40)), " → ", h("bdi", {}, short(nodes[link.target].name, 40)), many)];
};

/** @type {(box: HTMLElement, stage: HTMLElement, scene: () => kg.Scene) => kg.Watchers["onhover"]} */
export const createTooltip = (box, stage, scene) => {
  /** @type {kg.Watchers["onhover"]} */
  const show = (hit) => {
    box.hidden = !hit;
    if (!hit) return;
    fill(box, words(hit, scene()));
    box.style.left = `${Math.max(4, Math.min(hit.at.x + 14, stage.clientWidth - 250))}px`;
    box.style.top = `${Math.min(hit.at.y + 14, stage.clientHeight - 60)}px`;
  };
  stage.addEventListener("mouseleave", () => show(null));
  return show;
};
