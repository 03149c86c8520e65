// What the portal adds where scripts run. Every page is complete without it.
(function () {
  "use strict";
  var root = document.documentElement;

  // The reader's choice of theme is kept, where the browser lets us keep it. It is applied before the first paint.
  function remembered() {
    try { return localStorage.getItem("theme"); } catch (_) { return null; }
  }
  function remember(theme) {
    try { localStorage.setItem("theme", theme); } catch (_) { /* a private window: the choice holds for this page */ }
  }
  function isDark() {
    return (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  }
  var choice = remembered();
  if (choice === "dark" || choice === "light") root.dataset.theme = choice;

  function themeSwitch(button) {
    function show() { button.setAttribute("aria-pressed", String(isDark())); }
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
      show();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
    show();
    button.hidden = false;
  }

  // A moment also tells the reader's own time, on hover and to assistive technology.
  function ownTime(time) {
    var moment = new Date(time.dateTime);
    if (isNaN(moment)) return;
    time.title = moment.toLocaleString(root.lang, { dateStyle: "full", timeStyle: "long" });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("button.theme").forEach(themeSwitch);
    document.querySelectorAll('time[datetime*="T"]:not([datetime^="P"])').forEach(ownTime);
  });
})();
