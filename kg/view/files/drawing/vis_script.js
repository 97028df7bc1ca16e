/* vis-network, which a large page carries gzipped. Its text has a hash in the page's policy; nothing else could be added. */
import { text } from "../data/unpacking.js";

export const loadVis = async () => {
  const packed = document.getElementById("vis-source");
  if (!packed) return;
  const script = document.createElement("script");
  script.textContent = await text(packed.textContent ?? "");
  document.head.append(script);
  packed.remove();
};
