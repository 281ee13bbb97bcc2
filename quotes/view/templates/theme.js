(() => {
  "use strict";
  const themes = [["", "as the system"], ["light", "light"], ["dark", "dark"]];
  const themeButton = document.getElementById("theme");
  const setTheme = (theme) => {
    const [value, name] = themes.find((each) => each[0] === theme) || themes[0];
    if (value) document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
    themeButton.querySelector("span").textContent = name;
    themeButton.dataset.now = value;
  };
  themeButton.addEventListener("click", () => {
    const at = themes.findIndex((each) => each[0] === themeButton.dataset.now);
    const next = themes[(at + 1) % themes.length][0];
    setTheme(next);
    try { localStorage.setItem("quotes-theme", next); } catch { /* a page from disk may have no storage */ }
  });
  let kept = "";
  try { kept = localStorage.getItem("quotes-theme") || ""; } catch { /* see above */ }
  setTheme(kept);
})();
