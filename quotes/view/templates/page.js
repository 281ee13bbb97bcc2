const root = document.documentElement;
const main = byId("text");
const aside = byId("statements");
const status = byId("status");
const search = byId("search");
const confidence = byId("confidence");
const speakers = [...document.querySelectorAll("#by-speaker input")];
const kinds = [...document.querySelectorAll("#by-kind input")];
const cards = [...aside.querySelectorAll("[data-card]")];
const tags = { speaker: "speaker", cue: "cue", addressee: "to", medium: "through", when: "when" };
const narrow = matchMedia("(max-width: 50rem)");
const places = cards.map(() => []);
const shown = cards.map(() => true);
let chosen = 0;
let records = null;

root.classList.add("js");
const numbers = (element) => element.dataset.n.split(" ").map(Number);
const opener = (n) => cards[n - 1].querySelector("h3 button");
const reference = (n) => byId(`ref-${n}`);
const place = (n) => byId(`place-${n}`) || reference(n);
const marked = [...main.querySelectorAll("[data-n]")];
for (const element of marked) {
  for (const n of numbers(element)) places[n - 1].push(element);
  for (const role in tags) if (element.classList.contains(role)) element.dataset.tag = tags[role];
}

// What panels and exports need is packed; it is there long before anybody has chosen a statement.
const unpacked = async () => {
  const bytes = Uint8Array.from(atob(byId("data").textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  records = JSON.parse(await new Response(stream).text());
  if (!chosen) return;
  fillPanel(chosen);
  forgetCard(chosen);
  showCard(chosen);
};

// The article and the list scroll together: for each statement shown it is known how far either is scrolled then.
let tops = []; // of the statements in the article
let heights = []; // of the cards; both are measured when they are needed
let stops = null;
const forget = () => {
  tops = [];
  heights = [];
  stops = null;
};
const forgetCard = (n) => {
  delete heights[n];
  stops = null;
};
const level = () => Math.round(innerHeight * (narrow.matches ? 0.15 : 0.3));
const topOf = (n) => (tops[n] ??= place(n) ? scrollY + place(n).getBoundingClientRect().top : -Infinity);
const heightOf = (n) => (heights[n] ??= cards[n - 1].offsetHeight);
const listed = () => cards.map((_, i) => i + 1).filter((n) => shown[n - 1]);
const measured = () => {
  if (stops) return stops;
  stops = { text: [0], list: [0], of: [] };
  const all = listed();
  const room = Math.max(0, aside.scrollHeight - aside.clientHeight);
  const length = all.slice(0, -1).reduce((sum, n) => sum + heightOf(n), 0) || 1;
  let top = 0;
  for (const n of all) {
    const text = topOf(n) - level();
    const list = (room * top) / length; // so that the first is at the top of the list, and the last at its bottom
    stops.of[n] = { text: Math.max(0, text), list };
    if (text > stops.text.at(-1)) {
      stops.text.push(text);
      stops.list.push(list);
    }
    top += heightOf(n);
  }
  return stops;
};
const between = (x, xs, ys) => {
  const at = xs.findLastIndex((each) => each <= x);
  if (at < 0 || at === xs.length - 1) return ys.at(at < 0 ? 0 : -1);
  return ys[at] + ((x - xs[at]) / (xs[at + 1] - xs[at])) * (ys[at + 1] - ys[at]);
};
// Where the page itself has scrolled to, which the other side need not follow.
const ours = { text: 0, list: 0 };
const scrollText = (top) => {
  scrollTo({ top, behavior: "instant" });
  ours.text = scrollY;
};
const scrollList = (top) => {
  aside.scrollTop = top;
  ours.list = aside.scrollTop;
};
addEventListener("scroll", () => {
  if (narrow.matches || Math.abs(scrollY - ours.text) < 2) return;
  ours.text = scrollY;
  scrollList(between(scrollY, measured().text, measured().list));
}, { passive: true });
aside.addEventListener("scroll", () => {
  if (narrow.matches || Math.abs(aside.scrollTop - ours.list) < 2) return;
  ours.list = aside.scrollTop;
  scrollText(between(aside.scrollTop, measured().list, measured().text));
}, { passive: true });
addEventListener("resize", forget);
addEventListener("toggle", () => { if (chosen) forgetCard(chosen); }, true);

const pairs = (lines, panel) => {
  const list = make("dl", panel);
  for (const [label, text] of lines) {
    make("dt", list, label);
    make("dd", list, text).dir = "auto";
  }
};
const button = (parent, text, act) => {
  const made = make("button", parent, text);
  made.type = "button";
  made.addEventListener("click", () => act(made));
  return made;
};

const copyable = {
  Quotation: (record) => record.quotation,
  Citation: (record) => record.citation,
  JSON: (record) => `${record.json.replaceAll("\n  ", "\n")}\n`,
  Link: () => location.href,
};
if (document.querySelector(".home")) delete copyable.Link; // what a form has brought has no address of its own
const copy = async (n, form, from) => {
  await ready;
  const done = await copied(copyable[form](records.statements[n - 1]));
  byId("told").textContent = done ? `${form} of statement ${n} copied.` : "The browser did not allow copying.";
  if (!from) return;
  from.textContent = done ? "Copied" : "Not allowed here";
  setTimeout(() => { from.textContent = form; }, 2000);
  from.focus();
};

const fillPanel = (n) => {
  const panel = byId(`panel-${n}`);
  if (!records || panel.firstChild) return;
  const record = records.statements[n - 1];
  make("p", panel, record.because).className = "because";
  const acts = make("p", panel, "Copy as ");
  acts.className = "acts";
  for (const form in copyable) button(acts, form, (from) => copy(n, form, from));
  button(acts, "Only this speaker", () => only(n));
  const details = make("details", panel);
  make("summary", details, "Details");
  pairs(record.lines, details);
  if (record.why.length) {
    make("h4", details, "Why");
    pairs(record.why, details);
  }
};

const mark = (n, on) => {
  for (const element of places[n - 1]) element.classList.toggle("on", on);
  cards[n - 1].classList.toggle("on", on);
  opener(n).setAttribute("aria-expanded", String(on));
  byId(`panel-${n}`).hidden = !on;
};
const sheet = (name) => { root.dataset.sheet = name; };
const choose = (n) => {
  if (chosen) mark(chosen, false);
  forgetCard(chosen);
  forgetCard(n);
  chosen = n;
  main.classList.toggle("chosen", n > 0);
  sheet(n ? "card" : "");
  if (n) {
    fillPanel(n);
    mark(n, true);
  }
  remember();
};
const showCard = (n) => { if (!narrow.matches) scrollList(measured().of[n].list); };
const showPlace = (n) => scrollText(measured().of[n].text);
const uncover = (n) => {
  const at = place(n)?.getBoundingClientRect();
  if (at && narrow.matches && (at.top < 0 || at.bottom > aside.getBoundingClientRect().top)) showPlace(n);
};
const focus = (element) => element?.focus({ preventScroll: true });
const toCard = (n) => {
  choose(n);
  showCard(n);
  focus(opener(n));
  uncover(n);
};
const toText = (n) => {
  choose(n);
  showCard(n);
  showPlace(n);
  focus(reference(n));
};
const step = (by) => {
  const here = document.activeElement.closest("[data-card], a.ref");
  const from = here ? Number(here.dataset.card || here.dataset.n) : chosen;
  const all = listed();
  goTo(by > 0 ? all.find((n) => n > from) : all.findLast((n) => n < (from || Infinity)));
};
const goTo = (n) => {
  if (!n) return;
  toCard(n);
  showPlace(n);
};

main.addEventListener("click", (event) => {
  const link = event.target.closest("a.ref");
  if (link) {
    event.preventDefault();
    toCard(Number(link.dataset.n));
    return;
  }
  if (!getSelection().isCollapsed) return;
  // The innermost statement first; a second click goes on to the one around it.
  const found = [];
  for (let at = event.target.closest("[data-n]"); at && at !== main; at = at.parentElement) {
    if (at.dataset.n) found.push(...numbers(at).filter((n) => shown[n - 1]));
  }
  const candidates = [...new Set(found)];
  if (!candidates.length) return;
  const next = candidates[(candidates.indexOf(chosen) + 1) % candidates.length];
  choose(next === chosen ? 0 : next);
  if (!chosen) return;
  showCard(chosen);
  uncover(chosen);
});

aside.addEventListener("click", (event) => {
  const card = event.target.closest("[data-card]");
  if (!card || event.target.closest(".panel")) return;
  const n = Number(card.dataset.card);
  if (event.target.closest(".jump")) {
    event.preventDefault();
    toText(n);
  } else if (chosen === n && event.target.closest("h3 button")) {
    choose(0);
  } else if (getSelection().isCollapsed) {
    choose(n);
    showPlace(n);
    if (narrow.matches) focus(opener(n));
  }
});
for (const each of document.querySelectorAll("[data-step]")) {
  each.addEventListener("click", () => step(Number(each.dataset.step)));
}
for (const each of document.querySelectorAll("[data-sheet]")) {
  each.addEventListener("click", () => {
    choose(0);
    sheet(each.dataset.sheet);
  });
}
byId("to-filters").addEventListener("click", () => {
  byId("filter-box").open = true;
  scrollText(0);
  focus(search);
});

// Search: statements by their words and their speaker, and every place in the text.
const words = cards.map((card) => plain(`${card.querySelector(".who").textContent} ${card.querySelector(".said").textContent}`));
const pattern = (query) => query.split(" ").map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(" +");
let hits = [];
let hit = -1;
const paragraphs = [...main.querySelectorAll("article > p, h1:not(.given)")];
const nodesOf = (paragraph) => {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_ALL, (node) =>
    node.nodeName === "SUP" ? NodeFilter.FILTER_REJECT : node.nodeType === 3 ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
  const nodes = [];
  for (let at = 0; walker.nextNode(); at += walker.currentNode.length) nodes.push([at, walker.currentNode]);
  return nodes;
};
const rangesIn = (paragraph, wanted) => {
  const nodes = nodesOf(paragraph);
  const text = plain(nodes.map(([, node]) => node.data).join(""));
  const point = (at, isEnd) => nodes.findLast(([start]) => (isEnd ? start < at : start <= at));
  return [...text.matchAll(wanted)].map((found) => {
    const range = new Range();
    const end = found.index + found[0].length;
    const [[first, from], [last, to]] = [point(found.index), point(end, true)];
    range.setStart(from, found.index - first);
    range.setEnd(to, end - last);
    return range;
  });
};
const highlight = (name, ranges) => CSS.highlights?.set(name, new Highlight(...ranges));
const find = (query) => {
  const wanted = query && new RegExp(pattern(query), "g");
  hits = wanted ? paragraphs.flatMap((paragraph) => rangesIn(paragraph, wanted)) : [];
  hit = -1;
  highlight("hit", hits);
  highlight("hit-now", []);
  byId("hits").textContent = query ? `${hits.length} in the text` : "";
};
const nextHit = (by) => {
  if (!hits.length) return;
  hit = (hit + (hit < 0 && by < 0 ? 0 : by) + hits.length) % hits.length;
  highlight("hit-now", [hits[hit]]);
  byId("hits").textContent = `${hit + 1} of ${hits.length} in the text`;
  scrollText(scrollY + hits[hit].getBoundingClientRect().top - level());
  if (!narrow.matches) scrollList(between(scrollY, measured().text, measured().list));
};
let searched = "";
let waiting = 0;
const filter = () => {
  clearTimeout(waiting);
  const query = plain(search.value).trim().replace(/ +/g, " ");
  const wanted = new Set(speakers.filter((box) => box.checked).map((box) => box.value));
  const manners = kinds.filter((box) => box.checked).map((box) => box.value);
  const least = Number(confidence.value);
  cards.forEach((card, i) => {
    const fits = wanted.has(card.dataset.speaker) && Number(card.dataset.confidence) >= least
      && manners.some((kind) => card.classList.contains(kind)) && query.split(" ").every((word) => words[i].includes(word));
    if (card.hidden === fits) card.hidden = !fits;
    shown[i] = fits;
  });
  for (const element of marked) element.classList.toggle("off", !numbers(element).some((n) => shown[n - 1]));
  if (query !== searched) find(query);
  searched = query;
  if (chosen && !shown[chosen - 1]) choose(0);
  const count = shown.filter(Boolean).length;
  byId("nothing").hidden = count > 0;
  byId("show-all").hidden = count === cards.length && !query;
  document.querySelector("output").textContent = least.toFixed(2);
  status.textContent = count === cards.length ? "" : `${count} of ${cards.length} shown`;
  const told = aside.querySelector(".export .count");
  if (told) told.textContent = count === cards.length ? "all" : count;
  forget();
  remember();
};
for (const box of [...speakers, ...kinds]) box.addEventListener("change", filter);
confidence.addEventListener("input", filter);
search.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(filter, 120);
});
const check = (wanted) => {
  speakers.forEach((box, i) => { box.checked = wanted(box, i); });
  filter();
};
for (const each of document.querySelectorAll("[data-all]")) {
  each.addEventListener("click", () => check(() => Boolean(each.dataset.all)));
}
const onlySpeaker = (wanted) => {
  const isOnly = speakers.every((box, i) => box.checked === (i === wanted));
  check((_, i) => isOnly || i === wanted);
};
const only = (n) => {
  onlySpeaker(Number(cards[n - 1].dataset.speaker));
  showCard(n);
};
for (const each of document.querySelectorAll("[data-only]")) {
  each.addEventListener("click", () => onlySpeaker(Number(each.dataset.only)));
}
const showAll = () => {
  search.value = "";
  confidence.value = 0;
  for (const box of kinds) box.checked = true;
  check(() => true);
  if (chosen) showCard(chosen);
};
byId("show-all").addEventListener("click", showAll);

// What is shown can be exported, as `quotes extract` would write it.
const exported = {
  json: (found) => found.length ? `[\n  ${found.map((each) => each.json).join(",\n  ")}\n]\n` : "[]\n",
  csv: (found) => records.csv + found.map((each) => each.csv).join(""),
  markdown: (found) => Object.values(Object.groupBy(found, (each) => each.article))
    .map((some) => `${[some[0].heading, ...some.map((each) => each.markdown)].join("\n")}\n`).join("\n"),
};
const suffixes = { json: "json", csv: "csv", markdown: "md" };
for (const each of document.querySelectorAll("[data-export]")) {
  each.addEventListener("click", async () => {
    const form = each.dataset.export;
    await ready;
    const text = exported[form](records.statements.filter((_, i) => shown[i]));
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    link.download = `statements.${suffixes[form]}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}

// The address keeps what is chosen and filtered, by names that stay when the page is made again.
const seen = {};
const keyOf = cards.map(({ dataset: { id } }) => {
  seen[id] = (seen[id] || 0) + 1;
  return seen[id] > 1 ? `${id}~${seen[id]}` : id;
});
let isRestored = false;
const state = () => {
  const found = new URLSearchParams();
  const [on, off] = [true, false].map((value) => speakers.filter((box) => box.checked === value));
  const [name, some] = on.length <= off.length ? ["only", on] : ["without", off];
  if (chosen) found.set("statement", keyOf[chosen - 1]);
  if (search.value.trim()) found.set("search", search.value.trim());
  if (kinds.some((box) => !box.checked)) found.set("kinds", kinds.filter((box) => box.checked).map((box) => box.value).join(" "));
  if (Number(confidence.value)) found.set("confidence", confidence.value);
  if (off.length) for (const box of some.length ? some : [{ dataset: { name: "" } }]) found.append(name, box.dataset.name);
  return found.toString();
};
const remember = () => {
  if (!isRestored) return;
  clearTimeout(remember.waiting);
  remember.waiting = setTimeout(() => {
    const found = state();
    if (found !== location.hash.slice(1)) history.replaceState(null, "", found ? `#${found}` : location.pathname + location.search);
  }, 200);
};
const fromAddress = () => {
  const [, number] = /^#(?:card|ref|place)-(\d+)$/.exec(location.hash) || [];
  if (number && cards[number - 1]) return toText(Number(number));
  const given = new URLSearchParams(location.hash.slice(1));
  const named = ["statement", "search", "kinds", "confidence", "only", "without"];
  if (!named.some((name) => given.has(name))) return undefined;
  search.value = given.get("search") || "";
  confidence.value = given.get("confidence") || 0;
  for (const box of kinds) box.checked = !given.has("kinds") || given.get("kinds").split(" ").includes(box.value);
  const [some, not] = [given.getAll("only"), given.getAll("without")];
  check((box) => (given.has("only") ? some.includes(box.dataset.name) : !not.includes(box.dataset.name)));
  const n = keyOf.indexOf(given.get("statement")) + 1;
  return n && shown[n - 1] ? toText(n) : choose(0);
};

const inText = () => main.contains(document.activeElement);
onKey((key, isWriting) => {
  if (key === "Escape") {
    if (isWriting) return () => document.activeElement.blur();
    return () => (chosen && !inText() && !narrow.matches ? toText(chosen) : choose(0));
  }
  if (key === "Enter" && document.activeElement === search) {
    return () => {
      filter();
      nextHit(1);
    };
  }
  const all = listed();
  const inList = document.activeElement.closest("[data-card] h3");
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => { byId("filter-box").open = true; search.select(); search.focus(); },
    a: showAll,
    ...(chosen && {
      o: () => only(chosen),
      q: () => copy(chosen, "Quotation"),
      c: () => copy(chosen, "Citation"),
      d: () => byId(`panel-${chosen}`).querySelector("summary").click(),
    }),
    ...(inList && {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Home: () => goTo(all[0]),
      End: () => goTo(all.at(-1)),
    }),
  };
  return keys[key];
});

// On paper a chosen statement is complete.
addEventListener("beforeprint", () => {
  const details = chosen && byId(`panel-${chosen}`).querySelector("details");
  if (!details || details.open) return;
  details.open = true;
  addEventListener("afterprint", () => { details.open = false; }, { once: true });
});

// On a telephone the text comes first: the filters are there when they are asked for.
const fold = () => {
  byId("filter-box").open = !narrow.matches;
  forget();
};
narrow.addEventListener("change", fold);
fold();

addEventListener("hashchange", fromAddress);
filter(); // a browser that goes back keeps what was checked
fromAddress();
isRestored = true;
const ready = unpacked();
