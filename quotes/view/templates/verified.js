const main = byId("text");
const aside = byId("statements");
const sources = byId("sources");
const status = byId("status");
const verdicts = [...document.querySelectorAll("#by-verdict input")];
const flags = [...document.querySelectorAll("#by-flag input")];
const cards = [...aside.querySelectorAll("[data-card]")];
const places = cards.map(() => []);
let chosen = 0;

const marked = [...document.querySelectorAll("main [data-n], #sources [data-n]")];
for (const element of marked) places[Number(element.dataset.n) - 1].push(element);

const card = (n) => cards[n - 1];
const opener = (n) => card(n).querySelector("h3 button");
const inArticle = (n) => byId(`place-${n}`) || byId(`ref-${n}`);
const inSource = (n) => byId(`passage-${n}`) || byId(`source-ref-${n}`);
const shown = () => cards.filter((each) => !each.hidden).map((each) => Number(each.dataset.card));

const mark = (n, on) => {
  for (const element of places[n - 1]) element.classList.toggle("on", on);
  card(n).classList.toggle("on", on);
  if (on) opener(n).setAttribute("aria-current", "true");
  else opener(n).removeAttribute("aria-current");
};
const choose = (n) => {
  if (chosen) mark(chosen, false);
  chosen = n;
  document.body.classList.toggle("chosen", n > 0);
  for (const pane of [main, sources]) pane.classList.toggle("chosen", n > 0);
  if (n) mark(n, true);
};

// Side by side, each pane scrolls by itself, and what belongs together is brought to one height.
const isPane = (pane) => getComputedStyle(pane).overflowY === "auto";
const bring = (element, pane, height) => {
  if (!element) return;
  const top = element.getBoundingClientRect().top - height;
  (pane || window).scrollBy({ top, behavior: "instant" });
};
const level = () => Math.round(innerHeight * 0.3);
const align = (n) => {
  if (!isPane(sources)) return;
  const stacked = sources.getBoundingClientRect().top > aside.getBoundingClientRect().top + 40;
  bring(inArticle(n), null, level());
  bring(card(n), aside, stacked ? aside.getBoundingClientRect().top + 24 : level() - 24);
  bring(inSource(n), sources, stacked ? sources.getBoundingClientRect().top + 72 : level());
};
const focus = (element) => element && element.focus({ preventScroll: isPane(sources) });
const jump = (n, to) => {
  choose(n);
  focus(to);
  align(n);
  if (!isPane(sources) && to) to.scrollIntoView({ block: "center" });
};
const toCard = (n) => jump(n, opener(n));
const toArticle = (n) => jump(n, byId(`ref-${n}`));
const toSource = (n) => jump(n, byId(`source-ref-${n}`) || opener(n));

// The innermost quotation first; a second click goes on to the one around it.
const clicked = (event, pane) => {
  const link = event.target.closest("a.ref");
  if (link) {
    event.preventDefault();
    toCard(Number(link.dataset.n));
    return;
  }
  if (!getSelection().isCollapsed) return;
  const found = [];
  for (let at = event.target.closest("[data-n]"); at && at !== pane; at = at.parentElement) {
    if (at.dataset.n && !at.classList.contains("off")) found.push(Number(at.dataset.n));
  }
  const candidates = [...new Set(found)];
  if (!candidates.length) return;
  choose(candidates[(candidates.indexOf(chosen) + 1) % candidates.length]);
  align(chosen);
};
main.addEventListener("click", (event) => clicked(event, main));
sources.addEventListener("click", (event) => clicked(event, sources));

aside.addEventListener("click", (event) => {
  const found = event.target.closest("[data-card]");
  if (!found) return;
  const n = Number(found.dataset.card);
  const link = event.target.closest(".jump");
  if (link) {
    event.preventDefault();
    if (link.classList.contains("to-source")) toSource(n);
    else toArticle(n);
  } else if (event.target.closest("h3 button") && event.detail === 0) {
    toSource(n); // by keyboard
  } else if (getSelection().isCollapsed) {
    choose(n);
    align(n);
  }
});

const at = () => {
  const here = document.activeElement.closest("[data-card], a.ref");
  return here ? Number(here.dataset.card || here.dataset.n) : chosen;
};
const step = (by) => {
  const numbers = shown();
  if (!numbers.length) return;
  const from = at();
  const next = by > 0 ? numbers.find((n) => n > from) : numbers.findLast((n) => n < (from || Infinity));
  if (next) toCard(next);
};
const keys = {
  j: () => step(1),
  k: () => step(-1),
};
const keysInList = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Home: () => shown().length && toCard(shown()[0]),
  End: () => shown().length && toCard(shown().at(-1)),
};
onKey((key) => {
  const inList = aside.contains(document.activeElement) && document.activeElement !== aside;
  if (key === "Escape" && at()) return () => toArticle(at());
  return keys[key] || (inList && keysInList[key]);
});

const filter = () => {
  const wanted = new Set(verdicts.filter((box) => box.checked).map((box) => box.value));
  const only = flags.filter((box) => box.checked).map((box) => box.value);
  for (const each of cards) {
    const own = each.dataset.flags.split(" ");
    each.hidden = !wanted.has(each.dataset.verdict) || (only.length > 0 && !only.some((flag) => own.includes(flag)));
  }
  for (const element of marked) element.classList.toggle("off", card(Number(element.dataset.n)).hidden);
  if (chosen && card(chosen).hidden) choose(0);
  const count = shown().length;
  byId("nothing").hidden = count > 0;
  status.textContent = count === cards.length ? "" : `${count} of ${cards.length} shown`;
};
for (const box of [...verdicts, ...flags]) box.addEventListener("change", filter);

// On a telephone the text comes first: the filters are there when they are asked for.
const narrow = matchMedia("(max-width: 50rem)");
const fold = () => { byId("filter-box").open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();

const fromAddress = () => {
  const found = /^#(card|ref|place|source-ref|passage)-(\d+)$/.exec(location.hash);
  const n = found && Number(found[2]);
  if (!n || !card(n)) return;
  if (found[1] === "card") toCard(n);
  else if (found[1] === "ref" || found[1] === "place") toArticle(n);
  else toSource(n);
};
addEventListener("hashchange", fromAddress);
filter(); // a browser that goes back keeps what was checked
fromAddress();
