(() => {
  "use strict";
  const records = JSON.parse(document.getElementById("data").textContent);
  const main = document.getElementById("text");
  const aside = document.getElementById("statements");
  const status = document.getElementById("status");
  const nothing = document.getElementById("nothing");
  const confidence = document.getElementById("confidence");
  const speakers = [...document.querySelectorAll("#by-speaker input")];
  const kinds = [...document.querySelectorAll("#by-kind input")];
  const cards = [...aside.querySelectorAll("[data-card]")];
  const tags = { speaker: "speaker", cue: "cue", addressee: "to", medium: "through", when: "when" };
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const places = records.map(() => []);
  const shown = records.map(() => true);
  let chosen = 0;

  const numbers = (element) => element.dataset.n.split(" ").map(Number);
  const reference = (n) => document.getElementById(`ref-${n}`);
  const opener = (n) => cards[n - 1].querySelector("h3 button");

  for (const element of main.querySelectorAll("[data-n]")) {
    for (const n of numbers(element)) places[n - 1].push(element);
    for (const role in tags) if (element.classList.contains(role)) element.dataset.tag = tags[role];
  }

  const make = (name, text, parent) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (parent) parent.append(element);
    return element;
  };

  const pairs = (lines, panel) => {
    const list = make("dl", undefined, panel);
    for (const [label, text] of lines) {
      make("dt", label, list);
      make("dd", text, list).dir = "auto";
    }
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = make("textarea", undefined, document.body);
      area.value = text;
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };

  const fillPanel = (n) => {
    const panel = document.getElementById(`panel-${n}`);
    if (panel.firstChild) return;
    const record = records[n - 1];
    const button = make("button", "Copy as a citation", panel);
    button.type = "button";
    button.className = "copy";
    button.addEventListener("click", async () => {
      const done = await copy(record.citation);
      button.textContent = done ? "Copied" : "Copying is not allowed here";
      status.textContent = done ? `Citation of statement ${n} copied.` : "The browser did not allow copying.";
      setTimeout(() => { button.textContent = "Copy as a citation"; }, 2500);
      button.focus();
    });
    pairs(record.lines, panel);
    if (record.why.length) {
      make("h4", "Why", panel);
      pairs(record.why, panel);
    }
  };

  const mark = (n, on) => {
    for (const element of places[n - 1]) element.classList.toggle("on", on);
    cards[n - 1].classList.toggle("on", on);
    opener(n).setAttribute("aria-expanded", String(on));
    document.getElementById(`panel-${n}`).hidden = !on;
  };

  const choose = (n) => {
    if (chosen) mark(chosen, false);
    chosen = n;
    main.classList.toggle("chosen", n > 0);
    if (!n) return;
    fillPanel(n);
    mark(n, true);
  };

  // Only the list is scrolled where it scrolls by itself; on a narrow page it lies below the text.
  const listScrolls = () => getComputedStyle(aside).position === "sticky";
  const showCard = (n) => {
    const card = cards[n - 1];
    if (!listScrolls()) return;
    const outer = aside.getBoundingClientRect();
    const inner = card.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      aside.scrollBy({ top: inner.top - outer.top - 24, behavior: still.matches ? "auto" : "smooth" });
    }
  };
  const showPlace = (n) => {
    const place = document.getElementById(`place-${n}`) || reference(n);
    if (place) place.scrollIntoView({ block: "center" });
  };
  const toCard = (n) => {
    choose(n);
    opener(n).focus({ preventScroll: listScrolls() });
    showCard(n);
  };
  const toText = (n) => {
    choose(n);
    const link = reference(n);
    if (link) link.focus({ preventScroll: true });
    showPlace(n);
  };

  const within = (element) => {
    // The innermost statement first; a second click goes on to the one around it.
    const found = [];
    for (let at = element; at && at !== main; at = at.parentElement) {
      if (at.dataset.n) found.push(...numbers(at).filter((n) => shown[n - 1]));
    }
    return [...new Set(found)];
  };

  main.addEventListener("click", (event) => {
    const link = event.target.closest("a.ref");
    if (link) {
      event.preventDefault();
      toCard(Number(link.dataset.n));
      return;
    }
    if (!getSelection().isCollapsed) return;
    const candidates = within(event.target.closest("[data-n]"));
    if (!candidates.length) return;
    const next = candidates[(candidates.indexOf(chosen) + 1) % candidates.length];
    choose(next === chosen ? 0 : next);
    if (chosen) showCard(chosen);
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
      showCard(n);
      if (listScrolls()) showPlace(n);
    }
  });

  aside.addEventListener("keydown", (event) => {
    const card = event.target.closest("[data-card]");
    if (!card) return;
    const visible = cards.filter((each) => !each.hidden);
    const at = visible.indexOf(card);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: visible.length - 1 };
    if (event.key === "Escape") toText(Number(card.dataset.card));
    else if (event.key in steps && visible[steps[event.key]]) {
      const n = Number(visible[steps[event.key]].dataset.card);
      opener(n).focus({ preventScroll: listScrolls() });
      showCard(n);
    } else return;
    event.preventDefault();
  });

  const filter = () => {
    const wanted = new Set(speakers.filter((box) => box.checked).map((box) => Number(box.value)));
    const manners = new Set(kinds.filter((box) => box.checked).map((box) => box.value));
    const least = Number(confidence.value);
    records.forEach((record, i) => {
      shown[i] = wanted.has(record.speaker) && manners.has(record.kind) && record.confidence >= least;
      cards[i].hidden = !shown[i];
    });
    for (const element of main.querySelectorAll("[data-n]")) {
      element.classList.toggle("off", !numbers(element).some((n) => shown[n - 1]));
    }
    if (chosen && !shown[chosen - 1]) choose(0);
    const count = shown.filter(Boolean).length;
    nothing.hidden = count > 0;
    document.querySelector("output").textContent = least.toFixed(2);
    status.textContent = count === records.length ? "" : `${count} of ${records.length} shown`;
  };
  for (const box of [...speakers, ...kinds]) box.addEventListener("change", filter);
  confidence.addEventListener("input", filter);
  for (const button of document.querySelectorAll("[data-all]")) {
    button.addEventListener("click", () => {
      for (const box of speakers) box.checked = Boolean(button.dataset.all);
      filter();
    });
  }

  // On a telephone the text comes first: the filters are there when they are asked for.
  const narrow = matchMedia("(max-width: 50rem)");
  const fold = () => { document.getElementById("filter-box").open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();

  const fromAddress = () => {
    const found = /^#(?:card|ref|place)-(\d+)$/.exec(location.hash);
    if (found && records[found[1] - 1]) toText(Number(found[1]));
  };
  addEventListener("hashchange", fromAddress);
  filter(); // a browser that goes back keeps what was checked
  fromAddress();
})();
