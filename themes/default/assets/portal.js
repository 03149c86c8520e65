// What the portal adds where scripts run. Every page is complete without it.
(function () {
  "use strict";
  var root = document.documentElement;

  // The reader's choice of theme is kept, where the browser lets us keep it. It is applied before the first paint.
  function remembered(name) {
    try { return localStorage.getItem(name); } catch (_) { return null; }
  }
  function remember(theme) {
    try { localStorage.setItem("theme", theme); } catch (_) { /* a private window: the choice holds for this page */ }
  }
  function isDark() {
    return (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  }
  var choice = remembered("theme");
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

  // The key / leads to the search field; there it can be switched off.
  document.addEventListener("keydown", function (event) {
    var field = document.getElementById("q"), link = document.querySelector("a.find");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || remembered("slash") === "off") return;
    if (!link || event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    if (field) field.focus(); else location.href = link.href;
  });

  // Days pass after a portal was built. The footer says so, distances that are told in days are told anew, and the
  // line of today moves on. What is judged, late or due, stays as of the day that the footer names.
  function catchUp() {
    function day(text) { return Date.parse(text.slice(0, 10)) / 864e5; }
    var built = document.querySelector(".foot time"), now = new Date();
    if (!built) return;
    var asOf = day(built.dateTime);
    var passed = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5 - asOf;
    if (!(passed > 0)) return;
    var words = new Intl.RelativeTimeFormat(root.lang, { numeric: "auto" });
    function told(days) { return isNaN(days) ? "" : words.format(days, "day"); }
    built.after(" (" + told(-passed) + ")");
    document.querySelectorAll("time ~ .far").forEach(function (far) {
      far.parentNode.querySelectorAll("time").forEach(function (time) {
        var left = day(time.dateTime) - asOf;
        if (far.textContent === told(left)) far.textContent = told(left - passed);
      });
    });
    document.querySelectorAll("path.today[data-day]").forEach(function (line) {
      line.setAttribute("transform", "translate(" + passed * line.dataset.day + ")");
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    catchUp();
    document.querySelectorAll("button.theme").forEach(themeSwitch);
    document.querySelectorAll('time[datetime*="T"]:not([datetime^="P"])').forEach(ownTime);
  });
})();
