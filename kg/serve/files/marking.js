// Marking characters of an article: what is marked fills a field of the sheet, or becomes a statement that was missed.

/** @param {Node | null} node */
const lineOf = (node) => {
  const element = node instanceof Element ? node : (node?.parentElement ?? null);
  return /** @type {HTMLElement | null} */ (element?.closest("p[data-start]") ?? null);
};

/** Characters as the server counts them: one that takes two units of JavaScript is one.
 * @param {string} text */
const length = (text) => [...text].length;

/** The character of the article at a point of its text.
 * @param {Node} node
 * @param {number} offset */
function placeOf(node, offset) {
  const line = lineOf(node);
  if (!line) return undefined;
  const before = document.createRange();
  before.selectNodeContents(line);
  before.setEnd(node, offset);
  return Number(line.dataset.start) + length(before.toString());
}

/** What is marked in the text of an article.
 * @returns {{ start: number, end: number, quote: string, box: DOMRect, article: string } | undefined} */
function marked() {
  const chosen = getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return undefined;
  const range = chosen.getRangeAt(0);
  const text = /** @type {HTMLElement | null} */ (document.querySelector(".text[data-article]"));
  if (!text?.contains(range.commonAncestorContainer)) return undefined;
  let start = placeOf(range.startContainer, range.startOffset);
  let end = placeOf(range.endContainer, range.endOffset);
  // A triple click marks up to the beginning of the next line.
  if (end === undefined || range.endOffset === 0) end = start === undefined ? undefined : start + length(range.toString());
  if (start === undefined || end === undefined) return undefined;
  const words = range.toString();
  start += length(words) - length(words.trimStart());
  end -= length(words) - length(words.trimEnd());
  return end > start ? { start, end, quote: words.trim(), box: range.getBoundingClientRect(), article: text.dataset.article ?? "" } : undefined;
}

/** @type {[string, string, string][]} a button, the field that it fills, the field with the characters */
const FIELDS = [
  ["Content", "content", "content.span"],
  ["Speaker", "speaker.words", "speaker.span"],
  ["Cue", "cue", "cue.span"],
  ["Number", "number", "number.span"],
];
const bar = document.createElement("div");
bar.id = "marking";
bar.hidden = true;
bar.setAttribute("role", "toolbar");
bar.setAttribute("aria-label", "What is marked");
document.body.append(bar);

/** @param {string} name
 * @param {() => void} act */
function button(name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = name;
  made.addEventListener("click", act);
  // The mark is not lost by pressing the button.
  made.addEventListener("mousedown", (event) => event.preventDefault());
  return made;
}

/** @param {string} id
 * @param {string} value */
function fill(id, value) {
  const field = document.getElementById(id);
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
}

function offer() {
  const found = marked();
  bar.hidden = !found;
  if (!found) return;
  const sheet = document.getElementById("sheet");
  if (sheet) {
    bar.replaceChildren(
      ...FIELDS.filter(([, id]) => document.getElementById(id)).map(([name, id, span]) =>
        button(name, () => {
          fill(id, found.quote);
          fill(span, `${found.start}-${found.end}`);
          bar.hidden = true;
          document.getElementById(id)?.focus();
        }),
      ),
    );
  } else {
    const add = () => location.assign(`/correct?${new URLSearchParams({ thing: found.article, start: String(found.start), end: String(found.end), back: location.pathname })}`);
    bar.replaceChildren(button("Add as a statement", add));
  }
  bar.style.left = `${Math.max(8, Math.min(found.box.left + scrollX, scrollX + innerWidth - bar.offsetWidth - 16))}px`;
  bar.style.top = `${found.box.bottom + scrollY + 6}px`;
}

document.addEventListener("mouseup", () => setTimeout(offer));
document.addEventListener("keyup", (event) => {
  if (event.key === "Escape") bar.hidden = true;
  else if (event.shiftKey || event.key === "Shift") offer();
});
const hint = document.getElementById("hint");
if (hint) hint.hidden = false;
