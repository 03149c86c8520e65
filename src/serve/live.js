// Keeps a page that `trainboard serve` shows up to date, and says what is wrong with the plan.
//
// Only what changed between the page as it was sent and the page as it is sent now is carried over to the document, so
// that the scroll position, the focus, open details and the theme stay as the reader has them.
(function () {
  "use strict";
  var FOLDER = "/_trainboard/", LONGEST_WAIT = 5000;
  var source = null, known = "", last = "", isBusy = false, isDue = false, wait = 250;

  function parsed(text) { return new DOMParser().parseFromString(text, "text/html"); }
  function digest(page) {
    var script = page.querySelector("script[data-page]");
    return script ? script.dataset.page : "";
  }

  // The page as it was sent comes from the browser's own memory: scripts have changed the document since.
  function begin() {
    return fetch(location.href, { cache: "force-cache" }).then(function (answer) { return answer.text(); })
      .then(function (text) {
        var page = parsed(text);
        if (digest(page) === digest(document)) source = page;
      }).catch(function () { /* the first renewal loads the page anew */ });
  }

  function refresh() {
    isDue = true;
    if (document.hidden || isBusy) return;
    isDue = false;
    isBusy = true;
    fetch(location.href, { cache: "no-cache" }).then(function (answer) {
      // A page that was good stays when there is none now.
      return answer.status < 500 ? answer.text() : "";
    }).then(function (text) {
      var page = text && parsed(text);
      if (page && digest(page) !== digest(source || document)) renew(page);
    }).catch(function () { /* the server is gone; it says when it is back */ }).then(function () {
      isBusy = false;
      if (isDue) refresh();
    });
  }

  function scripts(page) {
    return Array.from(page.querySelectorAll("script[src]:not([data-page])"), function (script) {
      return script.getAttribute("src");
    }).join("\n");
  }

  function renew(page) {
    if (!source || scripts(page) !== scripts(source)) {
      location.reload();
      return;
    }
    var focused = document.activeElement && document.activeElement.id;
    element(document.documentElement, source.documentElement, page.documentElement);
    source = page;
    if (focused && (!document.activeElement || document.activeElement.id !== focused)) {
      var again = document.getElementById(focused);
      if (again) again.focus({ preventScroll: true });
    }
  }

  // Carries over to `live` what makes `now` another element than `old`, of which `live` was made.
  function element(live, old, now) {
    Array.from(old.attributes).forEach(function (attribute) {
      if (!now.hasAttribute(attribute.name)) live.removeAttribute(attribute.name);
    });
    Array.from(now.attributes).forEach(function (attribute) {
      if (old.getAttribute(attribute.name) !== attribute.value) live.setAttribute(attribute.name, attribute.value);
    });
    children(live, old, now);
  }

  function children(live, old, now) {
    var shown = Array.from(live.childNodes).filter(function (node) { return node !== host; });
    var before = Array.from(old.childNodes), after = Array.from(now.childNodes);
    function isAsSent(node, index) { return node.nodeName === before[index].nodeName; }
    if (shown.length !== before.length || !shown.every(isAsSent)) {
      // A script has built something here: it is replaced as a whole.
      if (live === document.documentElement) location.reload();
      else live.replaceChildren.apply(live, after.map(imported));
      return;
    }
    var start = 0, end = 0, most = Math.min(before.length, after.length);
    while (start < most && before[start].isEqualNode(after[start])) start++;
    while (end < most - start && before[before.length - 1 - end].isEqualNode(after[after.length - 1 - end])) end++;
    var behind = shown[before.length - end] || null, index = start;
    for (; index < Math.min(before.length, after.length) - end; index++) {
      node(shown[index], before[index], after[index]);
    }
    shown.slice(index, before.length - end).forEach(function (gone) { gone.remove(); });
    after.slice(index, after.length - end).forEach(function (added) { live.insertBefore(imported(added), behind); });
  }

  function node(live, old, now) {
    if (old.isEqualNode(now)) return;
    if (old.nodeName !== now.nodeName || old.id !== now.id) live.replaceWith(imported(now));
    else if (old.nodeType === Node.ELEMENT_NODE) element(live, old, now);
    else live.data = now.data;
  }

  function imported(node) { return document.importNode(node, true); }

  // What is wrong stands at the lower edge, outside the page, until it is mended or the reader has seen it.
  var host = document.createElement("div"), panel = null;

  function made(name, content, properties) {
    var made = Object.assign(document.createElement(name), properties);
    made.append.apply(made, content);
    return made;
  }

  function seen() {
    try { return sessionStorage.getItem("trainboard-seen"); } catch (_) { return null; }
  }

  function dismiss() {
    if (!panel || host.hidden) return;
    try { sessionStorage.setItem("trainboard-seen", known); } catch (_) { /* it comes back on the next page */ }
    host.hidden = true;
  }

  function tell(notice) {
    var text = notice ? notice.title + "\n" + notice.text : "";
    if (text === known) return;
    known = text;
    if (!panel) build();
    panel.status.textContent = notice ? notice.title : "";
    panel.report.textContent = notice ? notice.text : "";
    panel.details.open = Boolean(notice && notice.is_grave);
    panel.frame.className = notice && notice.is_grave ? "grave" : "";
    host.hidden = !notice || seen() === text;
  }

  function build() {
    panel = {};
    panel.status = made("p", [], { role: "status" });
    panel.report = made("pre", [], { tabIndex: 0 });
    panel.details = made("details", [made("summary", ["What is wrong"]), panel.report]);
    var close = made("button", ["Close (Esc)"], { type: "button", onclick: dismiss });
    panel.frame = made("section", [panel.status, close, panel.details], { ariaLabel: "What is wrong with the plan" });
    var style = made("link", [], { rel: "stylesheet", href: FOLDER + "live.css" });
    host.id = "trainboard-notice";
    host.attachShadow({ mode: "open" }).append(style, panel.frame);
    document.documentElement.append(host);
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") dismiss(); });
  }

  // A browser opens six connections to one server: of all its pages one listens, and tells the others.
  var channel = window.BroadcastChannel ? new BroadcastChannel("trainboard") : null, heard = "";

  function hear(text) {
    heard = text;
    var state = JSON.parse(text), version = state.run + "/" + state.version;
    if (version !== last) refresh();
    last = version;
    tell(state.notice);
  }

  function listen() {
    var events = new EventSource(FOLDER + "events");
    events.addEventListener("state", function (event) {
      wait = 250;
      if (channel) channel.postMessage(event.data);
      hear(event.data);
    });
    events.onerror = function () {
      events.close();
      setTimeout(listen, wait);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    };
  }

  function connect() {
    if (!channel || !navigator.locks) {
      listen();
      return;
    }
    channel.onmessage = function (message) {
      if (message.data) hear(message.data); else if (heard) channel.postMessage(heard);
    };
    channel.postMessage("");
    navigator.locks.request("trainboard", function () { return new Promise(listen); });
  }

  document.addEventListener("visibilitychange", function () { if (!document.hidden && isDue) refresh(); });
  begin().then(connect);
})();
