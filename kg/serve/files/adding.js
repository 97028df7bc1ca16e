// Adding: files may be dropped anywhere on the page, and what becomes of them is told as it goes.

const EACH = 1000; // milliseconds between two looks

/** @param {string} id */
const at = (id) => document.getElementById(id);

/** A form that takes files dropped on the page, and sends them at once.
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input */
function takeDropped(form, input) {
  const told = at("drop-told");
  if (told) told.hidden = false;
  /** @param {DragEvent} event */
  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    document.body.classList.remove("dropping");
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

/** Look at a parcel until it is read; then the page is loaded anew, with all that is to be told.
 * @param {HTMLElement} parcel */
function follow(parcel) {
  const told = at("told");
  const progress = /** @type {HTMLProgressElement | null} */ (at("progress"));
  const look = async () => {
    try {
      const reply = await fetch(parcel.dataset.path ?? "", { headers: { Accept: "application/json" } });
      const now = await reply.json();
      if (now.ended) {
        location.reload();
        return;
      }
      if (progress) {
        progress.max = now.total || 1;
        progress.value = now.done;
      }
      if (told && now.state === "reading" && now.total) told.textContent = `Reading ${Math.min(now.done + 1, now.total)} of ${now.total}: ${now.now}`;
    } catch {
      if (told) told.textContent = "The server is gone; what was stored before is kept.";
    }
    setTimeout(look, EACH);
  };
  setTimeout(look, EACH);
}

const form = at("add");
const input = at("files");
if (form instanceof HTMLFormElement && input instanceof HTMLInputElement) {
  takeDropped(form, input);
  // A second click sends nothing twice.
  form.addEventListener("submit", () => form.querySelector("button")?.setAttribute("disabled", ""));
  window.addEventListener("pageshow", () => form.querySelector("button")?.removeAttribute("disabled"));
}
const parcel = at("parcel");
if (parcel && parcel.dataset.ended === undefined) follow(parcel);
if (at("drawing")) setTimeout(() => location.reload(), 3 * EACH);
const words = at("plain-words");
// The page of questions asks what was typed here, and only shows what somebody's link holds.
at("start-ask")?.addEventListener("submit", () => {
  if (words instanceof HTMLInputElement) sessionStorage.setItem("kg-asked-here", words.value);
});
