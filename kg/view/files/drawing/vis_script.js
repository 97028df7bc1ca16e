/* vis-network, which a large page carries gzipped. Its text has a hash in the page's policy; nothing else could be added.
   It is unpacked beside the data, not after them: this module stands before what waits for those. */
import { text } from "../data/unpacking.js";

const packed = document.getElementById("vis-source");
const source = packed && text(packed.textContent ?? "");
packed?.remove();

export const loadVis = async () => {
  if (source === null) return;
  const script = document.createElement("script");
  script.textContent = await source;
  document.head.append(script);
};
