// What the pages share: a page's script is one module, this file followed by its own.
const byId = (id) => document.getElementById(id);

// A page that is opened from disk may have nowhere to keep anything.
const kept = {
  get(name) {
    try { return localStorage.getItem(name); } catch { return null; }
  },
  set(name, value) {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch { /* it is asked for again */ }
  },
};

const make = (name, parent, text) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (parent) parent.append(element);
  return element;
};

const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", document.body);
    area.value = text;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
};

// Text to be searched: without case and accents, quotation marks plain, each character where it was.
const PLAIN = { "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-" };
const plain = (text) =>
  text.replace(/\s/g, " ").replace(/[^\0-\x7f]/g, (c) => PLAIN[c] || c.normalize("NFD")[0]).toLowerCase();

// Keys that act when pressed alone; a reader can have them back for the browser (WCAG 2.1.4).
const help = byId("help");
const single = byId("single-keys");
if (help) {
  single.checked = kept.get("quotes-keys") !== "off";
  single.addEventListener("change", () => kept.set("quotes-keys", single.checked ? "on" : "off"));
  byId("keys").addEventListener("click", () => help.showModal());
}
// `action` returns what a key does; keys of letters and signs are asked for only where they may act alone.
const onKey = (action) => document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const isWriting = event.target.closest("input:not([type=checkbox],[type=range]), textarea, select, [contenteditable]");
  if (event.key.length === 1 && (isWriting || (single && !single.checked))) return;
  const act = event.key === "?" && help ? () => help.showModal() : action(event.key, isWriting);
  if (!act) return;
  event.preventDefault();
  act();
});
