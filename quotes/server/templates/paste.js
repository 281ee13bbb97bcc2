(() => {
  "use strict";
  const form = document.querySelector("form");
  const areas = [...form.querySelectorAll("textarea")];
  const room = document.getElementById("room");
  const button = form.querySelector("button");
  const file = document.getElementById("file");
  const most = Number(form.dataset.maxBytes);
  const first = room.textContent;
  const name = button.textContent;

  const measure = () => {
    const size = areas.reduce((sum, area) => sum + new TextEncoder().encode(area.value).length, 0);
    const over = size > most;
    room.classList.toggle("full", over);
    for (const area of areas) area.setAttribute("aria-invalid", String(over));
    const counted = `${size.toLocaleString("en")} of ${most.toLocaleString("en")} bytes`;
    room.textContent = over ? `Too long: ${counted}.` : size ? `${counted}.` : first;
    button.disabled = over;
  };

  const take = async (dropped, area = areas[0]) => {
    if (!dropped) return;
    if (dropped.size > most) {
      room.textContent = `${dropped.name} is too long: ${dropped.size.toLocaleString("en")} bytes.`;
      room.classList.add("full");
      return;
    }
    try {
      area.value = new TextDecoder("utf-8", { fatal: true }).decode(await dropped.arrayBuffer());
      const named = document.getElementById(area.dataset.name);
      if (named && !named.value) named.value = dropped.name.replace(/\.[^.]*$/, "");
      measure();
      room.textContent = `${dropped.name}: ${room.textContent}`;
      area.focus();
    } catch {
      room.textContent = `${dropped.name} is no text in UTF-8; save it as such, or paste its text.`;
      room.classList.add("full");
    }
  };

  for (const area of areas) area.addEventListener("input", measure);
  if (file) file.addEventListener("change", () => take(file.files[0]));
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
  form.addEventListener("submit", () => {
    button.disabled = true;
    button.textContent = "Reading …";
  });
  addEventListener("pageshow", () => {
    button.textContent = name;
    measure();
  });
})();
