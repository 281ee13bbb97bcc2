const list = byId("list");
const families = [...list.children];
const status = byId("status");
const search = byId("search");
const person = byId("person");
const outlet = byId("outlet");
const confidence = byId("confidence");
const altered = byId("altered");
const opener = (family) => family.querySelector("summary");
let texts = null;

const matches = (family, at, words) => {
  const data = family.dataset;
  if (person.value && data.person !== person.value) return false;
  if (outlet.value && !data.outlets.split(" ").includes(outlet.value)) return false;
  if (Number(data.confidence) < Number(confidence.value)) return false;
  if (altered.checked && !data.relations.includes("altered")) return false;
  return words.every((word) => texts[at].includes(word));
};
const filter = () => {
  const words = plain(search.value).split(" ").filter(Boolean);
  if (words.length && !texts) texts = families.map((family) => plain(family.textContent).replace(/ +/g, " "));
  let count = 0;
  families.forEach((family, at) => {
    const isShown = matches(family, at, words);
    if (family.hidden === isShown) family.hidden = !isShown;
    count += isShown;
  });
  byId("nothing").hidden = count > 0;
  document.querySelector("output").textContent = Number(confidence.value).toFixed(2);
  status.textContent = count === families.length ? "" : `${count.toLocaleString("en")} of ${families.length.toLocaleString("en")} shown`;
};
let waiting = 0;
for (const each of [search, confidence]) {
  each.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
}
for (const each of [person, outlet, altered]) each.addEventListener("change", filter);

const openAll = (open) => {
  for (const family of families) if (!family.hidden) family.firstElementChild.open = open;
};
byId("open-all").addEventListener("click", () => openAll(true));
byId("close-all").addEventListener("click", () => openAll(false));

list.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const family = event.target.closest("summary")?.closest(".family");
  if (!family || event.target !== opener(family)) return;
  const shown = families.filter((each) => !each.hidden);
  const at = shown.indexOf(family);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 };
  const next = shown[steps[event.key]];
  if (!next) return;
  event.preventDefault();
  opener(next).focus();
});

const fromAddress = () => {
  const found = /^#family-\d+$/.test(location.hash) && byId(location.hash.slice(1));
  if (!found) return;
  found.firstElementChild.open = true;
  found.scrollIntoView();
  opener(found).focus({ preventScroll: true });
};
addEventListener("hashchange", fromAddress);
filter(); // a browser that goes back keeps what was chosen
fromAddress();
