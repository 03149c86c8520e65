// The search page. The index comes as script files, so that it works from a folder.
(() => {
  const by = (id) => document.getElementById(id);
  const form = document.querySelector("form.search"), say = form.dataset, input = by("q"), list = by("results"), rest = document.querySelector(".body");
  const FILTERS = ["kind", "train", "application", "audience"], PAGE = 20;
  const parts = {}, loads = {};
  let index, turn = 0, found = [], shown = 0, timer;

  window.trainboardSearch = (name, part) => { parts[name] = part; };
  const load = (path) => loads[path] ||= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = say.root + path;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });

  // As in src/search/words.rs.
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
  const DENSE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}";
  const isDense = new RegExp(`[${DENSE}]`, "u");
  const WORD = new RegExp(`[${DENSE}]+|(?:(?![${DENSE}])[\\p{Alphabetic}\\p{N}]|(?<=[0-9])\\.(?=[0-9]))+`, "gu");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[ßæœøłđðþıς]/g, (letter) => LETTERS[letter]);
  const wordsOf = (text) => (fold(text).match(WORD) || []).flatMap((word) => {
    if (!isDense.test(word)) return word.replace(/^v(?=[0-9])/, "");
    const run = [...word];
    return run.length < 2 ? run : run.slice(1).map((letter, at) => run[at] + letter);
  });

  // As in src/search/script.rs.
  const DIGIT = new Uint8Array(128);
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((digit, at) => { DIGIT[digit.charCodeAt()] = at; });
  function numbers(text, each) {
    for (let at = 0, value = 0, shift = 0; at < text.length; at++) {
      const digit = DIGIT[text.charCodeAt(at)];
      value |= (digit & 31) << shift;
      if (digit > 31) shift += 5; else { each(value); value = shift = 0; }
    }
  }

  function open() {
    const table = parts.entries, dictionary = parts.words;
    const [titles, places, summaries] = [table.titles, table.places, table.summaries].map((column) => column.split("\n"));
    const facts = [[], [], [], [], []];
    let cell = 0, last = "";
    numbers(table.facts, (fact) => facts[cell++ % 5].push(fact));
    const words = dictionary.words.split(" ").map((word) => last = last.slice(0, DIGIT[word.charCodeAt()]) + word.slice(1));
    const options = (name, values) => form[name].append(...values.map((value, at) => new Option(value, at + 1)));
    options("train", table.trains);
    options("application", table.applications);
    options("audience", table.audiences);
    [...form.kind.options].forEach((option, at) => { if (at && !facts[0].includes(at - 1)) option.remove(); });
    index = { table, titles, places, summaries, facts, words, common: new Set(dictionary.common), first: dictionary.parts, audiences: [[], ...table.groups] };
  }

  const partOf = (word) => index.first.findLastIndex((part) => part[1] <= word);
  function placesOf(word) {
    const at = partOf(word), name = "part-" + at;
    if (parts[name].split) parts[name] = parts[name].split(" ");
    return parts[name][word - index.first[at][1]];
  }

  // Letters that are wrong, missing, too many or swapped.
  function distance(word, other, most) {
    const width = Math.min(other.length, word.length + most);
    let before, row = Array.from({ length: width + 1 }, (_, at) => at);
    for (let i = 1; i <= word.length; i++) {
      const next = [i];
      let least = i;
      for (let j = 1; j <= width; j++) {
        const same = word[i - 1] === other[j - 1];
        let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + !same);
        if (before && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        next.push(cost);
        if (cost < least) least = cost;
      }
      if (least > most) return least;
      before = row;
      row = next;
    }
    return row[width];
  }

  // The words that `word` may mean: which, how well it fits, and whether as a whole.
  function meant(word, isAlike) {
    const most = isAlike && word.length > 2 ? word.length > 7 ? 2 : 1 : 0, near = [[], [], []];
    const third = word.length / 3 | 0, head = word.slice(0, third), tail = word.slice(-third);
    index.words.forEach((other, at) => {
      // Of versions, 20 means 20.0 rather than 2010.
      const fit = other === word ? 1 : other[word.length] === "." ? .9 : .4 + .4 * word.length / other.length;
      if (other.startsWith(word)) near[0].push([at, fit, fit === 1]);
      else if (Math.abs(other.length - word.length) <= most && (other.startsWith(head) || other.endsWith(tail))) {
        const off = distance(word, other, most);
        if (off <= most) near[off].push([at, .6 / off, true]);
      }
    });
    return near[0].concat(near[1].length ? near[1] : near[2]);
  }

  const WEIGHT = [1, 2.5, 5, 10];
  // How much each kind is asked for.
  const ASKED = [6, 3, 2, 3, 3, 1, 3, 2, 2, 5, 6, 2, 2, 4, 3, 5, 5, 2, 4, 2];

  function filtered() {
    const { facts, audiences } = index, [kind, train, application, audience] = FILTERS.map((name) => form[name].value);
    return (at) => (!kind || facts[0][at] == kind) && (!train || facts[2][at] == train)
      && (!application || facts[3][at] == application) && (!audience || audiences[facts[4][at]].includes(+audience));
  }

  // The entries with all words, or with as many as there are when `isLoose`, the best first.
  async function rank(query, words, isAlike, isLoose) {
    const { table, titles, places, facts, common } = index, size = titles.length, passes = filtered();
    const meanings = words.map((word) => meant(word, isAlike));
    await Promise.all([...new Set(meanings.flat().map((of) => partOf(of[0])))].map((part) => load(index.first[part][0])));
    const total = new Float32Array(size), has = new Uint8Array(size);
    let needed = 0;
    const isAny = words.every((word) => common.has(word));
    words.forEach((word, at) => {
      const best = new Float32Array(size), isNeeded = isAny || !common.has(word) && !(isAlike && [...common].some((it) => distance(word, it, 1) < 2));
      const begun = meanings[at].reduce((sum, fit) => sum + placesOf(fit[0]).length, 0);
      for (const [meaning, fit, isWhole] of meanings[at]) {
        const text = placesOf(meaning), rare = fit * Math.log(1 + size * 2 / (isWhole ? text.length : begun));
        let entry = 0;
        numbers(text, (fact) => {
          entry += fact >> 2;
          const score = WEIGHT[fact & 3] * rare;
          if (score > best[entry]) best[entry] = score;
        });
      }
      needed += isNeeded;
      best.forEach((score, entry) => { if (score) { total[entry] += score; has[entry] += isNeeded; } });
    });
    if (isLoose) needed = Math.max(1, has.reduce((most, of) => Math.max(most, of), 0));
    const results = [];
    for (let at = 0; at < size; at++) {
      if (has[at] < needed || !passes(at)) continue;
      const share = Math.min(1, query.length / titles[at].length);
      results.push([at, total[at] + 8 * share + ASKED[facts[0][at]] - facts[1][at] / 4 - (places[at][0] === "#" ? 4 : 0)]);
    }
    results.sort((one, other) => other[1] - one[1]);
    // What is called as the query says, or begins so, comes first; "nova team" is the team called "nova".
    const full = meanings.map((fits) => new Set(fits.filter((fit) => fit[2]).map((fit) => index.words[fit[0]])));
    const top = results.splice(0, 300);
    for (const result of top) {
      const kind = table.kinds[facts[0][result[0]]]?.[0], asked = full.filter((_, at) => words[at] !== kind);
      const alike = (text) => {
        const own = wordsOf(text);
        return !asked.length || !asked.every((set, at) => set.has(own[at])) ? 0 : own.length === asked.length ? 50 : 10;
      };
      const name = Math.max(alike(titles[result[0]]), alike(places[result[0]]));
      result[1] += name;
      result[2] = name > 10;
    }
    top.sort((one, other) => other[1] - one[1]);
    return Object.assign(top.concat(results).map((result) => result[0]), { isExact: top[0]?.[2] });
  }

  async function search() {
    const mine = ++turn, query = input.value.trim(), isFiltered = FILTERS.some((name) => form[name].value);
    by("nothing").lastChild.hidden = !isFiltered;
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
    if (!query && !isFiltered) return show([], "", false);
    try {
      if (!index) await ready(by("count").textContent = say.loading);
      const words = [...new Set(wordsOf(query))];
      let results = await rank(query, words), text = say.found;
      if (results.length < 3 && words.length && !results.isExact) {
        const alike = await rank(query, words, true);
        if (!results.length) text = say.alike;
        results = results.concat(alike.filter((at) => !results.includes(at)));
        if (!results.length && words.length > 1) { results = await rank(query, words, true, true); text = say.some; }
      }
      if (mine === turn) show(results, results.length ? text.replace("{count}", results.length) : say.none, !results.length);
    } catch (_) {
      if (mine === turn) show([], say.failed, true);
    }
  }

  function pathOf(at) {
    const { places, facts, table } = index, place = places[at];
    if (place[0] === "/") return place.slice(1);
    if (place[0] !== "#") return `${table.kinds[facts[0][at]][1]}/${place}/index.html`;
    return pathOf(whole(at)) + place;
  }
  const whole = (at) => { while (index.places[at][0] === "#") at--; return at; };

  function item(at) {
    const { titles, summaries, facts, table } = index, row = document.createElement("li"), link = document.createElement("a");
    const above = whole(at);
    link.href = say.root + encodeURI(pathOf(at));
    link.textContent = titles[at];
    const told = new Set([form.querySelector(`option[value="${facts[0][at]}"]`).text, titles[above], table.trains[facts[2][at] - 1], table.applications[facts[3][at] - 1]]);
    const around = document.createElement("span"), summary = document.createElement("p");
    around.textContent = [...told].filter((text) => text && text !== titles[at]).join(" · ");
    summary.textContent = summaries[at];
    row.append(link, " ", around, summary);
    return row;
  }

  function more() {
    list.append(...found.slice(shown, shown += PAGE).map(item));
    by("more").hidden = shown >= found.length;
  }
  function show(results, text, isNone) {
    found = results;
    shown = 0;
    list.replaceChildren();
    by("count").textContent = text;
    by("nothing").hidden = !isNone;
    rest.hidden = results.length > 0;
    more();
  }

  function keep() {
    const asked = new URLSearchParams();
    ["q", ...FILTERS].forEach((name) => {
      const field = form[name];
      if (field.value) asked.set(name, field.selectedOptions?.[0].text || field.value);
    });
    history.replaceState(null, "", "#" + (asked.toString() || "q"));
  }
  async function follow() {
    const asked = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : location.search);
    input.value = asked.get("q") || "";
    if (location.hash === "#q" || location.search) input.focus();
    if (![...asked.values()].some(Boolean)) return;
    rest.hidden = true;
    await ready().catch(() => {});
    FILTERS.forEach((name) => {
      for (const option of form[name].options) if (option.text === asked.get(name)) option.selected = true;
    });
    search();
  }
  const ready = () => Promise.all([load(say.entries), load(say.words)]).then(() => { if (!index) open(); });

  input.addEventListener("focus", () => ready().catch(() => {}));
  form.addEventListener("input", (event) => { if (event.target.name !== "slash") search(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.click(); });
  by("more").addEventListener("click", () => { const first = shown; more(); list.children[first]?.querySelector("a").focus(); });
  by("nothing").addEventListener("click", () => { FILTERS.forEach((name) => { form[name].value = ""; }); input.focus(); search(); });
  form.slash.addEventListener("change", () => { try { localStorage.setItem("slash", form.slash.checked ? "on" : "off"); } catch (_) { /* private */ } });
  document.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")], at = links.indexOf(document.activeElement), isInput = document.activeElement === input;
    if (!isInput && at < 0) return;
    if (event.key === "ArrowDown") (links[at + 1] || input).focus();
    else if (event.key === "ArrowUp") (isInput ? links.at(-1) || input : links[at - 1] || input).focus();
    else if (event.key === "Escape") { if (isInput) { input.value = ""; search(); } else input.focus(); }
    else return;
    event.preventDefault();
  });
  addEventListener("hashchange", follow);
  try { form.slash.checked = localStorage.getItem("slash") !== "off"; } catch (_) { /* private */ }
  form.hidden = false;
  follow();
})();
