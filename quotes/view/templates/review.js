(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const given = JSON.parse($("data").textContent);
  const main = $("text");
  const editor = $("editor");
  const rows = $("rows");
  const bar = $("selection");
  const roles = { s: "speaker", c: "cue", o: "addressee", m: "medium", w: "when" };
  const labels = { speaker: "Who says it?", cue: "Which word attributes it?", addressee: "To whom?", medium: "Through what?", when: "When was it said?" };
  const states = { waiting: "waiting", accepted: "accepted", rejected: "rejected" };
  let articles = [];
  let items = []; // in the order of the texts
  let current = null;
  let selected = null; // {article, span}: words that are selected in a text
  let anchor = null; // word at which a selection by keys began
  let trail = []; // the articles of what was done, for undoing
  let using = ""; // role that the picker is open for

  const make = (name, text, parent) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (parent) parent.append(element);
    return element;
  };
  const say = (text) => { $("status").textContent = text; };
  const trouble = (text) => {
    $("trouble").textContent = text;
    $("trouble").hidden = !text;
  };

  // Places are code points; the browser counts UTF-16 units. `wide` has the places of what takes two.
  const before = (list, value) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const toUnit = (article, point) => point + before(article.wide, point);
  const toPoint = (article, unit) => unit - before(article.wideUnits, unit);
  const words = (article, span) => article.text.slice(toUnit(article, span[0]), toUnit(article, span[1]));
  const said = (item) => item.content.map((span) => words(item.article, span)).join(" … ").replace(/\s+/g, " ");

  const draw = (article, number) => {
    const section = make("article", undefined, main);
    const header = make("header", undefined, section);
    if (article.about) make("p", article.about, header).className = "kicker";
    const headline = article.paragraphs.findIndex((each) => each[2] !== "boilerplate");
    const isTitle = article.paragraphs[headline]?.[2] === "headline"; // then the text itself has the title
    if (!isTitle) make("h1", article.title, header).dir = "auto";
    article.blocks = article.paragraphs.map(([start, end, kind], at) => {
      const block = make(isTitle && at === headline ? "h1" : "p", words(article, [start, end]), section);
      block.dir = "auto";
      if (kind !== "text") block.className = kind;
      block.dataset.article = number;
      near.observe(Object.assign(block, { from: start, to: end }));
      return block;
    });
  };

  const wordsOf = (article) => {
    if (article.words) return article.words;
    article.words = [];
    for (const block of article.blocks) {
      const base = toUnit(article, block.from);
      for (const found of block.textContent.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’.,‐-][\p{L}\p{N}\p{M}]+)*/gu)) {
        const start = base + found.index;
        article.words.push([toPoint(article, start), toPoint(article, start + found[0].length)]);
      }
    }
    return article.words;
  };
  const wordAt = (article, point) => {
    // the word that holds a place, else the one after it
    const starts = article.starts || (article.starts = wordsOf(article).map((word) => word[0]));
    const at = before(starts, point + 1) - 1;
    if (at >= 0 && wordsOf(article)[at][1] > point) return at;
    return Math.min(at + 1, starts.length - 1);
  };

  const blockAt = (article, point) => {
    const starts = article.blockStarts || (article.blockStarts = article.blocks.map((block) => block.from));
    return article.blocks[Math.max(before(starts, point + 1) - 1, 0)];
  };
  const spot = (article, point) => {
    const block = blockAt(article, point);
    const node = block.firstChild;
    return [node, Math.min(toUnit(article, point) - toUnit(article, block.from), node.length)];
  };
  const rangeOf = (article, span) => {
    const range = document.createRange();
    range.setStart(...spot(article, span[0]));
    const [node, offset] = spot(article, Math.max(span[1] - 1, span[0]));
    range.setEnd(node, Math.min(offset + toUnit(article, span[1]) - toUnit(article, span[1] - 1), node.length));
    return range;
  };
  const still = (range) => new StaticRange(range);
  const place = (node, offset) => {
    const block = (node.nodeType === 3 ? node.parentNode : node).closest?.("[data-article]");
    if (!block) return null;
    const article = articles[block.dataset.article];
    if (node.nodeType !== 3) return { article, at: offset ? block.to : block.from };
    return { article, at: toPoint(article, toUnit(article, block.from) + offset) };
  };
  const placeUnder = (x, y) => {
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(x, y);
      return found && place(found.offsetNode, found.offset);
    }
    const found = document.caretRangeFromPoint(x, y);
    return found && place(found.startContainer, found.startOffset);
  };

  // Marks are painted over the text, which itself never changes.
  const canPaint = typeof Highlight === "function" && CSS.highlights;
  const paints = {};
  for (const name of ["waiting", "accepted", "rejected", "candidate", "said", "speaker", "cue", "addressee", "medium", "when"]) {
    paints[name] = canPaint ? new Highlight() : new Set();
    if (canPaint) CSS.highlights.set(`review-${name}`, paints[name]);
    paints[name].priority = name in states || name === "candidate" ? 0 : name === "said" ? 1 : 2;
  }
  if (!canPaint) trouble("This browser cannot mark words in the text; use a newer one.");
  const unpaint = (item) => {
    for (const range of item.ranges || []) paints[item.paint].delete(range);
    item.ranges = [];
  };
  const paint = (item) => {
    unpaint(item);
    item.paint = item.origin === "candidate" && item.decision === "waiting" ? "candidate" : item.decision;
    item.ranges = item.content.filter((span) => blockAt(item.article, span[0]).isNear).map((span) => still(rangeOf(item.article, span)));
    for (const range of item.ranges) paints[item.paint].add(range);
  };
  // Only what is near the window is painted: a browser goes through all marks for each that changes.
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      target.isNear = isIntersecting;
      const article = articles[target.dataset.article];
      for (const item of article ? article.items.values() : []) {
        if (item.content.some((span) => span[0] >= target.from && span[0] < target.to)) paint(item);
      }
    }
  }, { rootMargin: "100% 0px" });
  const spanOf = (item, role) => {
    const value = item[role];
    return role === "cue" ? value : value && value.span;
  };
  const paintCurrent = (content = current && current.content) => {
    for (const name of ["said", ...Object.values(roles)]) paints[name].clear();
    if (!current) return;
    for (const span of content) paints.said.add(still(rangeOf(current.article, span)));
    for (const role of Object.values(roles)) {
      const span = spanOf(current, role);
      if (span) paints[role].add(still(rangeOf(current.article, span)));
    }
  };

  // Handles at the borders of what was said.
  const handles = [];
  const overlay = make("div");
  overlay.className = "overlay";
  const setHandles = () => {
    for (const handle of handles.splice(0)) handle.remove();
    if (!current) return;
    const outer = main.getBoundingClientRect();
    current.content.forEach((span, piece) => {
      for (const edge of [0, 1]) {
        const point = edge ? span[1] - 1 : span[0];
        const box = rangeOf(current.article, [point, point + 1]).getClientRects()[0];
        if (!box) continue;
        const handle = make("button", undefined, overlay);
        handle.type = "button";
        handle.className = `handle ${edge ? "end" : "start"}`;
        handle.setAttribute("aria-label", `${edge ? "End" : "Start"} of the words said${current.content.length > 1 ? `, piece ${piece + 1}` : ""}; arrow keys move it`);
        handle.style.left = `${(edge ? box.right : box.left) - outer.left}px`;
        handle.style.top = `${box.top - outer.top}px`;
        handle.style.height = `${box.height}px`;
        handle.addEventListener("pointerdown", (event) => drag(event, handle, piece, edge, box));
        handle.addEventListener("keydown", (event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (!step) return;
          event.preventDefault();
          event.stopPropagation();
          queue(async () => {
            await moveBorder(piece, edge, step);
            handles[piece * 2 + edge]?.focus();
          });
        });
        handles.push(handle);
      }
    });
  };
  const bordered = (piece, edge, point) => {
    // the pieces with one border elsewhere, or null where that cannot be
    const pieces = current.content.map((span) => [...span]);
    pieces[piece][edge] = point;
    const [start, end] = pieces[piece];
    const free = (piece === 0 || pieces[piece - 1][1] <= start) && (piece + 1 === pieces.length || end <= pieces[piece + 1][0]);
    return start < end && free ? pieces : null;
  };
  const drag = (event, handle, piece, edge, box) => {
    event.preventDefault();
    const off = event.clientY - (box.top + box.height / 2);
    const item = current;
    let pieces = null;
    document.body.classList.add("dragging");
    const move = (moved) => {
      const at = placeUnder(moved.clientX, moved.clientY - off);
      if (!at || at.article !== item.article) return;
      const list = wordsOf(item.article);
      const here = wordAt(item.article, at.at);
      const near = [here - 1, here].filter((n) => list[n]).map((n) => list[n][edge]);
      const point = near.sort((one, other) => Math.abs(one - at.at) - Math.abs(other - at.at))[0];
      const next = bordered(piece, edge, point);
      if (!next) return;
      pieces = next;
      paintCurrent(pieces);
      const mark = rangeOf(item.article, edge ? [point - 1, point] : [point, point + 1]).getClientRects()[0];
      const outer = main.getBoundingClientRect();
      handle.style.left = `${(edge ? mark.right : mark.left) - outer.left}px`;
      handle.style.top = `${mark.top - outer.top}px`;
    };
    const end = (ended) => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      document.body.classList.remove("dragging");
      if (pieces && ended.type === "pointerup") queue(() => act({ do: "content", item: item.key, spans: pieces }, item.article));
      else { paintCurrent(); setHandles(); }
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  };
  const moveBorder = (piece, edge, step) => {
    const article = current.article;
    const list = wordsOf(article);
    const span = current.content[piece];
    const here = wordAt(article, edge ? span[1] - 1 : span[0]);
    const inside = list[here][0] < span[1] && list[here][1] > span[0] ? here : here - edge;
    const word = list[inside + step];
    const pieces = word && bordered(piece, edge, word[edge]);
    if (!pieces) return say("The border cannot go there.");
    return act({ do: "content", item: current.key, spans: pieces });
  };

  // The list.
  const who = (item) => (item.speaker ? item.speaker.name || (item.speaker.span ? `“${words(item.article, item.speaker.span)}”` : "Speaker not named") : "Speaker not named");
  const marks = { waiting: "", accepted: "✓", rejected: "✗" };
  const stateOf = (item) => {
    const known = [item.origin === "candidate" ? (item.decision === "waiting" ? "nearly taken" : `candidate, ${item.decision}`) : item.decision];
    if (item.origin === "added") known.push("added");
    if (item.corrected.length && item.origin !== "added") known.push(`corrected: ${item.corrected.join(", ")}`);
    if (item.optional) known.push("optional");
    return known.join(" · ");
  };
  const drawRow = (item) => {
    if (!item.row) {
      item.row = make("li");
      const button = make("button", undefined, item.row);
      button.type = "button";
      for (const name of ["number", "mark", "who", "line"]) make("span", undefined, button).className = name;
      button.lastChild.dir = button.children[2].dir = "auto";
      item.row.item = item;
    }
    const [number, mark, name, line] = item.row.firstChild.children;
    item.row.className = `${item.decision} ${item.origin}`;
    number.textContent = item.number;
    mark.textContent = item.corrected.length && item.decision === "accepted" ? "✎" : marks[item.decision];
    mark.title = stateOf(item);
    name.textContent = who(item);
    line.textContent = said(item).slice(0, 160);
    item.row.firstChild.setAttribute("aria-label", `${item.number}, ${stateOf(item)}: ${who(item)}: ${line.textContent}`);
  };
  const arrange = () => {
    // after statements came or went
    items = articles.flatMap((article) => [...article.items.values()].sort((one, other) => one.content[0][0] - other.content[0][0] || (one.key < other.key ? -1 : 1)));
    items.forEach((item, at) => { item.number = at + 1; });
    for (const item of items) drawRow(item);
    rows.replaceChildren(...items.map((item) => item.row));
  };
  const count = () => {
    const counted = items.filter((item) => item.origin !== "candidate");
    const has = (test) => items.filter(test).length;
    const done = counted.filter((item) => item.decision !== "waiting").length;
    const parts = [`${done} of ${counted.length} reviewed`];
    const more = {
      corrected: has((item) => item.origin === "extracted" && item.decision === "accepted" && item.corrected.length),
      rejected: has((item) => item.origin === "extracted" && item.decision === "rejected"),
      added: has((item) => item.origin !== "extracted" && item.decision === "accepted"),
      "nearly taken": has((item) => item.origin === "candidate" && item.decision === "waiting"),
    };
    for (const name in more) if (more[name]) parts.push(`${more[name]} ${name}`);
    $("done").textContent = parts.join(" · ");
    $("progress").max = counted.length || 1;
    $("progress").value = done;
  };

  // The statement that is worked on.
  const shownEntity = (item, role) => {
    const value = item[role];
    if (!value) return { cue: "none", medium: "nothing", when: "not told" }[role] || "nobody";
    if (role === "cue") return `“${words(item.article, value)}”`;
    if (role === "when") return `“${words(item.article, value.span)}” ${value.date || ""}`;
    const mention = value.span ? `“${words(item.article, value.span)}”` : "";
    const type = value.type === "unknown" ? "" : value.type;
    return [value.name || "not known who", value.name && mention === `“${value.name}”` ? "" : mention, type].filter(Boolean).join(" · ");
  };
  const show = () => {
    editor.hidden = !current;
    if (!current) return;
    const item = current;
    $("which").textContent = `${item.number} of ${items.length}`;
    $("state").textContent = `${stateOf(item)} · confidence ${item.confidence.toFixed(2)}`;
    $("said").textContent = said(item);
    $("said").className = item.kind;
    $("kind").value = item.kind;
    $("attitude").value = item.attitude;
    $("negated").checked = item.negated;
    $("optional").checked = item.optional;
    $("note").value = item.note;
    for (const role of Object.values(roles)) {
      $(role).textContent = shownEntity(item, role);
      $(role).parentNode.classList.toggle("corrected", item.corrected.includes(role));
    }
    for (const name of ["kind", "attitude", "negated"]) $(name).parentNode.classList.toggle("corrected", item.corrected.includes(name));
    const told = item.why && `${item.why}.`;
    $("why").textContent = item.origin === "added" ? told : `Rule: ${item.rule}. ${told}`;
    $("swap").hidden = !item.other;
    // What two reviewers say is read before deciding; how a statement was found may wait.
    editor.classList.toggle("settling", Boolean(item.why) && !/^(Speaker|Not taken): /.test(item.why));
    editor.dataset.decision = item.decision;
    for (const button of editor.querySelectorAll(".decide button")) {
      const meant = { a: "accepted", r: "rejected", z: "waiting" }[button.dataset.key];
      button.setAttribute("aria-pressed", String(meant === item.decision));
    }
    paintCurrent();
    setHandles();
  };
  const room = () => (getComputedStyle(editor).position === "fixed" ? editor.getBoundingClientRect().top : innerHeight);
  const toText = (item) => {
    const box = rangeOf(item.article, item.content[0]).getBoundingClientRect();
    const top = document.querySelector(".bar").getBoundingClientRect().bottom;
    const bottom = room();
    if (box.top >= top + 20 && box.bottom <= bottom - 40) return;
    scrollBy({ top: box.top - top - Math.max((bottom - top - box.height) / 3, 24), behavior: "instant" });
  };
  const choose = (item, scroll = true) => {
    if (current?.row) current.row.removeAttribute("aria-current");
    current = item || null;
    unselect();
    show();
    if (!current) return;
    current.row.setAttribute("aria-current", "true");
    const [outer, inner] = [rows.getBoundingClientRect(), current.row.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) rows.scrollTop += inner.top - outer.top - outer.height / 3;
    if (scroll) toText(current);
  };
  const told = (item) => `Statement ${item.number}, ${stateOf(item)}: ${who(item)}: ${said(item).slice(0, 120)}`;
  const step = (by) => {
    const next = items[Math.min(Math.max(items.indexOf(current) + by, 0), items.length - 1)];
    if (!next) return;
    choose(next);
    say(told(next));
  };
  const waiting = () => {
    const list = items.filter((item) => item.decision === "waiting");
    const rank = $("order").value === "confidence" ? (item) => -item.uncertainty : (item) => item.number;
    return list.sort((one, other) => (one.origin === "candidate") - (other.origin === "candidate") || rank(one) - rank(other) || one.number - other.number);
  };
  const onward = (done = "") => {
    const list = waiting();
    const later = $("order").value === "position" && list.find((item) => current && item.number > current.number);
    const next = later || list[list.indexOf(current) + 1] || list[0];
    if (next) choose(next);
    else show();
    say(`${done} ${next ? told(next) : "All is reviewed."}`);
  };

  // Asking the service: one action after another, each on the revision that is shown.
  let last = Promise.resolve();
  const queue = (work) => {
    last = last.then(work).catch((error) => trouble(String(error.message || error)));
    return last;
  };
  const ask = async (path, body) => {
    let answer;
    try {
      answer = await fetch(`v1/${path}`, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    } catch {
      throw new Error("The service does not answer. All that was done is saved: start 'quotes review' again, and open the address that it tells.");
    }
    return [answer.status, await answer.json()];
  };
  const keep = (article, record) => {
    const item = article.items.get(record.key) || {};
    unpaint(item);
    Object.assign(item, record, { article });
    article.items.set(item.key, item);
    paint(item);
    return item;
  };
  const act = async (action, article = current.article, shows = true) => {
    const [status, found] = await ask("actions", { article: articles.indexOf(article), revision: article.revision, action });
    if (status !== 200) {
      if (found.revision != null) {
        await reload();
        trouble("It was changed in another window; what you see now is how it is. Your last action was not done.");
      } else trouble(found.detail);
      return null;
    }
    trouble("");
    if (action.do !== "undo") trail.push(article);
    article.revision = found.revision;
    article.people = found.people;
    const isNew = found.items.some((record) => !article.items.has(record.key));
    const moved = action.do === "content" || found.removed.length > 0 || isNew || action.do === "undo";
    for (const key of found.removed) {
      unpaint(article.items.get(key));
      article.items.delete(key);
    }
    const changed = found.items.map((record) => keep(article, record));
    if (moved) arrange();
    else changed.forEach(drawRow);
    if (current && articles.every((each) => each.items.get(current.key) !== current)) current = null;
    count();
    if (action.do === "add" || action.do === "undo") choose(changed[0] || current || items[0]);
    else if (shows) show();
    return changed;
  };
  const load = (records) => {
    const key = current && [articles.indexOf(current.article), current.key];
    trail = [];
    near.disconnect();
    main.replaceChildren(overlay);
    for (const name in paints) paints[name].clear();
    articles = records.map((record) => ({ ...record, items: new Map() }));
    articles.forEach((article, number) => {
      article.wide = [];
      article.wideUnits = [];
      let point = 0;
      for (const char of article.text) {
        if (char.length > 1) {
          article.wide.push(point);
          article.wideUnits.push(point + article.wide.length);
        }
        point += 1;
      }
      draw(article, number);
      for (const item of records[number].items) keep(article, item);
    });
    arrange();
    count();
    current = null;
    choose((key && articles[key[0]].items.get(key[1])) || waiting()[0] || items[0]);
  };
  const reload = async () => load((await ask("review"))[1]);

  // Words that are selected, by pointer or by key.
  const unselect = () => {
    anchor = null;
    selected = null;
    bar.hidden = true;
    if (!getSelection().isCollapsed && main.contains(getSelection().anchorNode)) getSelection().removeAllRanges();
  };
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount || !main.contains(selection.anchorNode)) {
      if (!bar.contains(document.activeElement)) { selected = null; bar.hidden = true; }
      return;
    }
    const range = selection.getRangeAt(0);
    const [from, to] = [place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)];
    if (!from || !to || from.article !== to.article || from.at >= to.at) return;
    selected = { article: from.article, span: [from.at, to.at] };
    $("selected").textContent = words(from.article, selected.span).replace(/\s+/g, " ").slice(0, 80);
    bar.hidden = false;
  });
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  const stepWord = (by, grow) => {
    const article = (selected || current)?.article || articles[0];
    const list = wordsOf(article);
    if (!list.length) return;
    const first = wordAt(article, selected ? selected.span[0] : current ? current.content[0][0] : 0);
    const final = selected ? wordAt(article, selected.span[1] - 1) : first;
    if (!anchor || !grow || !selected) anchor = { from: by < 0 ? first : final };
    const edge = grow && anchor.to !== undefined ? anchor.to : by < 0 ? first : final;
    const to = Math.min(Math.max(selected || grow ? edge + by : edge, 0), list.length - 1);
    anchor = { from: grow ? anchor.from : to, to };
    const [start, end] = [Math.min(anchor.from, to), Math.max(anchor.from, to)];
    const range = rangeOf(article, [list[start][0], list[end][1]]);
    const held = anchor;
    getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    anchor = held;
    selected = { article, span: [list[start][0], list[end][1]] };
    const box = range.getBoundingClientRect();
    if (box.top < 80 || box.bottom > room() - 60) scrollBy({ top: box.top - room() / 3, behavior: "instant" });
  };
  const ours = () => {
    if (selected.article === current.article) return true;
    trouble("These words are of another article than the statement.");
    return false;
  };

  // Choosing from a list.
  const choicesFor = (role) => {
    const article = current.article;
    if (role === "cue") return [{ label: "None", action: { do: "cue", span: null } }];
    if (role === "when") {
      const seen = new Map();
      for (const item of article.items.values()) if (item.when) seen.set(String(item.when.span), item.when);
      const times = [...seen.values()].map((when) => ({ label: `“${words(article, when.span)}”`, more: when.date || "", action: { do: "when", span: when.span, date: when.date } }));
      return [{ label: "Not told", action: { do: "when", span: null } }, ...times];
    }
    const people = article.people.map((each) => ({ label: each.name, more: each.type === "unknown" ? "" : each.type, action: { do: "person", role, entity: each.entity } }));
    return [{ label: role === "medium" ? "Nothing" : "Nobody", action: { do: "nobody", role } }, ...people];
  };
  const drawChoices = () => {
    const wanted = $("find").value.trim().toLowerCase();
    const found = choicesFor(using).map((each, number) => ({ ...each, number })).filter((each) => !wanted || each.label.toLowerCase().includes(wanted));
    $("choices").replaceChildren(...found.map(({ label, more, action, number }) => {
      const line = make("li");
      const button = make("button", undefined, line);
      button.type = "button";
      button.dataset.number = number;
      make("kbd", number < 10 ? String(number) : "", button).ariaHidden = "true";
      make("span", label, button).dir = "auto";
      make("span", more || "", button).className = "count";
      button.addEventListener("click", () => { $("picker").close(); queue(() => act({ ...action, item: current.key })); });
      return line;
    }));
  };
  const pick = (role) => {
    using = role;
    $("picker-title").textContent = labels[role];
    $("find").value = "";
    $("type-line").hidden = !current[role] || role === "cue" || role === "when";
    $("date-line").hidden = role !== "when" || !current.when;
    if (!$("type-line").hidden) $("type").value = current[role].type;
    if (!$("date-line").hidden) $("date").value = current.when.date || "";
    drawChoices();
    $("picker").showModal();
    $("find").focus();
  };
  $("find").addEventListener("input", drawChoices);
  $("find").addEventListener("keydown", (event) => {
    const digit = /^\d$/.test(event.key) && !$("find").value;
    const wanted = digit ? `[data-number="${event.key}"]` : "button";
    if (!digit && event.key !== "Enter") return;
    event.preventDefault();
    $("choices").querySelector(wanted)?.click();
  });
  $("type").addEventListener("change", () => { $("picker").close(); queue(() => act({ do: "entity_type", item: current.key, role: using, value: $("type").value })); });
  $("date").addEventListener("change", () => { $("picker").close(); queue(() => act({ do: "when", item: current.key, span: current.when.span, date: $("date").value.trim() || null })); });

  const inRole = async (role) => {
    if (!selected) return pick(role);
    if (!ours()) return;
    const span = selected.span;
    const action = role === "cue" || role === "when" ? { do: role, span } : { do: "mention", role, span };
    if (await act({ ...action, item: current.key })) unselect();
  };
  const decide = async (name) => {
    if (await act({ do: name, item: current.key }, current.article, false)) onward(name === "accept" ? "Accepted." : "Rejected.");
  };
  const cycle = (field) => {
    const values = given[`${field}s`];
    return act({ do: "change", item: current.key, field, value: values[(values.indexOf(current[field]) + 1) % values.length] });
  };
  const setContent = async (spans) => {
    if (!selected) return say("Select the words first.");
    if (ours() && await act({ do: "content", item: current.key, spans: [...spans, selected.span] })) unselect();
  };
  const addNew = async () => {
    if (!selected) return say("Select the words of the statement first.");
    const { article, span } = selected;
    await act({ do: "add", spans: [span] }, article);
  };
  const splitHere = async () => {
    if (!selected || selected.article !== current.article) return say("Select the first word of the second part, then split.");
    const at = wordsOf(current.article)[wordAt(current.article, selected.span[0])][0];
    if (await act({ do: "split", item: current.key, at })) unselect();
  };
  const mergeNext = () => {
    const next = items.slice(items.indexOf(current) + 1).find((item) => item.article === current.article && item.decision !== "rejected" && item.paint !== "candidate");
    return next ? act({ do: "merge", item: current.key, other: next.key }) : say("No statement comes after it in this article.");
  };
  const exportAll = async () => {
    const [, found] = await ask("export", {});
    trouble(found.problems.join(" "));
    const done = found.files.length ? `Written: ${found.files.join(", ")}` : "Nothing new to write.";
    say(done);
    $("done").textContent = done;
  };
  const percent = (share) => (share.share === null ? "–" : `${(share.share * 100).toFixed(1)} %`);
  const showFigures = async () => {
    const [, found] = await ask("summary");
    const table = make("table");
    const line = (label, share) => {
      const row = make("tr", undefined, table);
      make("th", label, row).scope = "row";
      make("td", percent(share), row);
      make("td", share.share === null ? "" : `${(share.low * 100).toFixed(1)} to ${(share.high * 100).toFixed(1)} %`, row);
      make("td", `${share.right} of ${share.of}`, row);
    };
    line("Statements, and rightly found (precision)", found.precision);
    line("Right in every field", found.exact);
    line("Found of all that there are (recall)", found.recall);
    for (const field in found.fields) line(`Right: ${field}`, found.fields[field]);
    const note = make("p", `With 95 % probability the shares of all such articles are in these intervals${found.waiting ? `, if those reviewed were drawn at random: ${found.waiting} still wait` : ""}.`);
    note.className = "hint";
    $("figures-body").replaceChildren(table, note);
    $("figures").showModal();
  };

  const edges = { "[": [0, -1], "{": [0, 1], "}": [1, -1], "]": [1, 1] };
  const doKey = (key) => {
    if (key === "?") return $("help").showModal();
    if (key === "e") return exportAll();
    if (key === "y") return showFigures();
    if (key === "+" || key === "i") return addNew();
    if (!current) return undefined;
    if (key in roles) return inRole(roles[key]);
    if (key in edges) return moveBorder(edges[key][0] ? current.content.length - 1 : 0, ...edges[key]);
    const acts = {
      a: () => decide("accept"),
      r: () => decide("reject"),
      z: () => act({ do: "wait", item: current.key }),
      u: () => act({ do: "undo" }, trail.pop()),
      b: () => current.other && act({ do: "swap", item: current.key }),
      j: () => step(1),
      k: () => step(-1),
      f: () => onward(),
      d: () => cycle("kind"),
      t: () => cycle("attitude"),
      n: () => act({ do: "change", item: current.key, field: "negated", value: !current.negated }),
      p: () => act({ do: "optional", item: current.key, value: !current.optional }),
      v: () => setContent([]),
      V: () => setContent(current.content),
      x: splitHere,
      g: mergeNext,
      l: () => $("note").focus(),
      h: () => document.body.classList.toggle("listing") && current.row.firstChild.focus(),
    };
    return acts[key]?.();
  };
  const known = new Set(["?", "e", "y", "+", "i", ...Object.keys(roles), ...Object.keys(edges), ..."arzujkfdtnpvVxglhb"]);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const field = event.target.closest("input:not([type=checkbox]),select,textarea");
    if (field && !field.closest("dialog:not([open])")) return; // a box that was just closed may have the focus still
    if (event.key === "Escape") {
      document.body.classList.remove("listing");
      return void unselect();
    }
    if (!$("single-keys").checked) return;
    const arrows = { ArrowLeft: () => stepWord(-1, event.shiftKey), ArrowRight: () => stepWord(1, event.shiftKey), ArrowUp: () => step(-1), ArrowDown: () => step(1) };
    if (!(event.key in arrows) && !known.has(event.key)) return;
    event.preventDefault();
    queue(() => (arrows[event.key] || (() => doKey(event.key)))());
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-key]");
    if (button) queue(() => doKey(button.dataset.key));
  });
  rows.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (!row) return;
    document.body.classList.remove("listing");
    queue(() => { choose(row.item); });
  });
  main.addEventListener("click", (event) => {
    if (!getSelection().isCollapsed || event.target.closest(".handle")) return;
    const at = placeUnder(event.clientX, event.clientY);
    if (!at || !event.target.closest("[data-article]")) return;
    const size = (item) => item.content.reduce((sum, span) => sum + span[1] - span[0], 0);
    const here = [...at.article.items.values()].filter((item) => item.content.some((span) => span[0] <= at.at && at.at <= span[1])).sort((one, other) => size(one) - size(other));
    if (here.length) queue(() => { choose(here[(here.indexOf(current) + 1) % here.length], false); });
  });
  for (const name of ["kind", "attitude"]) $(name).addEventListener("change", () => queue(() => act({ do: "change", item: current.key, field: name, value: $(name).value })));
  $("negated").addEventListener("change", () => queue(() => act({ do: "change", item: current.key, field: "negated", value: $("negated").checked })));
  $("optional").addEventListener("change", () => queue(() => act({ do: "optional", item: current.key, value: $("optional").checked })));
  $("note").addEventListener("change", () => {
    const [item, text] = [current, $("note").value];
    queue(() => act({ do: "note", item: item.key, text }, item.article));
  });
  $("note").addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === "Escape") $("note").blur(); });
  $("order").addEventListener("change", () => queue(() => onward()));
  addEventListener("resize", setHandles);
  addEventListener("focus", () => queue(async () => {
    const [, records] = await ask("review");
    if (records.some((record, number) => record.revision !== articles[number].revision)) load(records);
  }));

  load(given.articles);
})();
