const form = document.querySelector("form");
const areas = [...form.querySelectorAll("textarea")];
const room = byId("room");
const send = form.querySelector("button");
const file = byId("file");
const several = byId("several");
const original = byId("original");
const reading = form.querySelector(".reading");
const most = Number(form.dataset.maxBytes);
const first = room.textContent;
const bytes = (text) => new TextEncoder().encode(text).length;
const size = () => areas.reduce((sum, area) => sum + bytes(area.value), 0);

const tell = (text, isFault) => {
  room.textContent = text;
  room.classList.toggle("full", isFault);
};
const measure = () => {
  const counted = `${size().toLocaleString("en")} of ${most.toLocaleString("en")} bytes`;
  const over = size() > most;
  for (const area of areas) area.setAttribute("aria-invalid", String(over));
  tell(over ? `Too long: ${counted}.` : size() ? `${counted}.` : first, over);
  send.disabled = over;
};

// The service reads files of every kind that it knows, and says why where it cannot.
const fill = (area, found, name) => {
  area.value = found.text;
  const named = byId(area.dataset.name);
  if (named && !named.value) named.value = name.replace(/\.[^.]*$/, "");
  if (area === areas[0]) {
    for (const key of ["published", "publisher", "title"]) byId(key).value = found[key] || "";
    if (original) original.value = found.original || "";
  }
  measure();
};
let taken = [];
const take = async (dropped, area = areas[0]) => {
  if (!dropped) return;
  tell(`Reading ${dropped.name} …`, false);
  try {
    const answer = await fetch(`${form.dataset.file}?name=${encodeURIComponent(dropped.name)}`, { method: "POST", body: dropped });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.detail);
    fill(area, told[0], dropped.name);
    if (several) {
      taken = told;
      several.replaceChildren(...told.map((each, i) => new Option(each.title || each.id, i)));
      several.parentElement.hidden = told.length < 2;
    }
    const others = told.length > 1 ? `the first of ${told.length} texts, ` : "";
    tell(`${dropped.name}: ${others}${room.textContent}`, room.classList.contains("full"));
    area.focus();
  } catch (error) {
    tell(`${error.message.startsWith(dropped.name) ? "" : `${dropped.name}: `}${error.message}`, true);
  }
};
several?.addEventListener("change", () => fill(areas[0], taken[several.value], ""));
for (const area of areas) {
  area.addEventListener("input", () => {
    if (original && area === areas[0]) original.value = ""; // it is no longer what the file says
    measure();
  });
}
file?.addEventListener("change", () => take(file.files[0]));
addEventListener("dragover", (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  document.body.classList.add("dragging");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dragging");
});
addEventListener("drop", (event) => {
  document.body.classList.remove("dragging");
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files[0], event.target.closest("textarea") || undefined);
});

// Earlier texts stay in this browser, only where the reader has asked for it.
const HISTORY = "quotes-history";
const MOST_KEPT = 20;
const keep = byId("keep");
const fields = ["text", "published", "publisher", "title", "original"];
const earlier = () => JSON.parse(kept.get(HISTORY) || "[]");
const store = (texts) => {
  kept.set(HISTORY, JSON.stringify(texts.slice(0, MOST_KEPT)));
  list();
};
const list = () => {
  keep.checked = kept.get(HISTORY) !== null;
  document.querySelector(".history ul").replaceChildren(...earlier().map((each, i) => {
    const item = make("li");
    const use = make("button", item, each.title || each.text.trim().slice(0, 80));
    use.addEventListener("click", () => {
      for (const name of fields) form.elements[name].value = each[name];
      measure();
      scrollTo(0, 0);
      areas[0].focus();
    });
    const forget = make("button", item, "Forget");
    forget.setAttribute("aria-label", `Forget ${use.textContent}`);
    forget.addEventListener("click", () => store(earlier().filter((_, other) => other !== i)));
    return item;
  }));
};
keep?.addEventListener("change", () => {
  if (keep.checked) store([]);
  else {
    kept.set(HISTORY, null);
    list();
  }
});
const note = () => {
  if (!keep?.checked) return;
  const now = Object.fromEntries(fields.map((name) => [name, form.elements[name].value]));
  store([now, ...earlier().filter((each) => each.text !== now.text)]);
};

// How long it takes is known from the last long text that the service has read.
let clock = 0;
const showProgress = () => {
  const started = performance.now();
  const seconds = size() / Number(form.dataset.speed);
  const bar = reading.querySelector("progress");
  const show = () => {
    const passed = (performance.now() - started) / 1000;
    if (seconds) bar.value = Math.min(0.98, passed / seconds);
    reading.querySelector("span").textContent = `${Math.round(passed)} s${seconds ? ` of about ${Math.max(1, Math.round(seconds))} s` : ""}`;
  };
  reading.hidden = false;
  show();
  clock = setInterval(show, 500);
};
form.addEventListener("submit", () => {
  send.disabled = true;
  note();
  showProgress();
});
addEventListener("pageshow", () => {
  clearInterval(clock);
  reading.hidden = true;
  measure();
  if (keep) list();
});
