// The search page. It reads the index that src/search.rs writes, as script files, so that it also works from a folder.
(() => {
  "use strict";
  const by = (id) => document.getElementById(id);
  const form = document.querySelector("form.search"), say = form.dataset, input = by("q"), list = by("results");
  const FILTERS = ["kind", "train", "application", "audience"], PAGE = 20;
  const parts = {}, loads = {};
  let index, turn = 0, found = [], shown = 0, timer;

  // Files of the index hand over what they hold by calling this.
  window.trainboardSearch = (name, part) => { parts[name] = part; };
  const load = (path) => loads[path] ||= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = say.root + path;
    script.onload = resolve;
    script.onerror = () => { delete loads[path]; reject(); };
    document.head.append(script);
  });

  // Words, taken apart as in src/search/words.rs.
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
  const DENSE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}";
  const isDense = new RegExp(`[${DENSE}]`, "u");
  const WORD = new RegExp(`[${DENSE}]+|(?:(?![${DENSE}])[\\p{Alphabetic}\\p{N}]|(?<=[0-9])\\.(?=[0-9]))+`, "gu");
  const fold = (text) => /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : text.normalize("NFKD").replace(/\p{M}/gu, "")
    .toLowerCase().replace(/\p{M}/gu, "").replace(/[ßæœøłđðþıς]/g, (letter) => LETTERS[letter]);
  const wordsOf = (text) => (fold(text).match(WORD) || []).flatMap((word) => {
    if (!isDense.test(word)) return word.replace(/^v(?=[0-9])/, "");
    const run = [...word];
    return run.length < 2 ? run : run.slice(1).map((letter, at) => run[at] + letter);
  });

  // Numbers, as in src/search/script.rs: calls `each` with every one of `text`.
  const DIGIT = new Uint8Array(128);
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((digit, at) => { DIGIT[digit.charCodeAt()] = at; });
  function numbers(text, each) {
    for (let at = 0, value = 0, shift = 0; at < text.length; at++) {
      const digit = DIGIT[text.charCodeAt(at)];
      value |= (digit & 31) << shift;
      if (digit > 31) shift += 5; else { each(value); value = shift = 0; }
    }
  }
  // A set of the letters of a word, to dismiss most words without measuring how far off they are.
  const lettersOf = (word) => { let set = 0; for (let at = 0; at < word.length; at++) set |= 1 << (word.charCodeAt(at) & 31); return set; };
  const count = (set) => { let bits = 0; for (; set; set &= set - 1) bits++; return bits; };

  function open() {
    const table = parts.entries, dictionary = parts.words;
    const [titles, places, summaries] = [table.titles, table.places, table.summaries].map((column) => column.split("\n"));
    const facts = [[], [], [], [], []];
    let cell = 0, last = "";
    numbers(table.facts, (fact) => facts[cell++ % 5].push(fact));
    const words = dictionary.words.split(" ").map((word) => last = last.slice(0, DIGIT[word.charCodeAt()]) + word.slice(1));
    const options = (name, values) => {
      const order = values.map((value, at) => [value, at + 1]).sort((one, other) => one[0] < other[0] ? -1 : 1);
      form[name].append(...order.map(([value, number]) => new Option(value, number)));
    };
    options("train", table.trains);
    options("application", table.applications);
    const audiences = [...new Set(table.audiences.flat())].sort();
    form.audience.append(...audiences.map((name) => new Option(name, name)));
    const kinds = new Set(facts[0]);
    [...form.kind.options].forEach((option, at) => { if (at && !kinds.has(at - 1)) option.remove(); });
    FILTERS.forEach((name) => { form[name].disabled = form[name].length < 2; });
    index = { table, titles, places, summaries, facts, words, letters: words.map(lettersOf), common: new Set(dictionary.common), first: dictionary.parts };
  }

  // Which part tells where a word is found.
  const partOf = (word) => index.first.findLastIndex((part) => part[1] <= word);
  function found_in(word) {
    const at = partOf(word), name = "part-" + at;
    if (typeof parts[name] === "string") parts[name] = parts[name].split(" ");
    return parts[name][word - index.first[at][1]];
  }

  // How many letters are wrong, missing, too many or swapped in `word`, of which `other` or its beginning was meant.
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
      if (least > most) return 9;
      before = row;
      row = next;
    }
    return other.length <= word.length + most ? row[width] : 9;
  }

  // The words of the index that `word` may mean, each with how well it fits.
  function meant(word, isAlike) {
    const fits = [];
    index.words.forEach((other, at) => {
      if (other.startsWith(word)) fits.push([at, other === word ? 1 : .4 + .4 * word.length / other.length]);
    });
    if (!isAlike || word.length < 3) return fits;
    const most = word.length > 7 ? 2 : 1, letters = lettersOf(word), near = [];
    index.words.forEach((other, at) => {
      if (count(letters & ~index.letters[at]) > most || Math.abs(other.length - word.length) > most) return;
      const off = distance(word, other, most);
      if (off && off <= most) (near[off] ||= []).push([at, .6 / off]);
    });
    return fits.concat(near[1] || near[2] || []);
  }

  const WEIGHT = [1, 2.5, 5, 10];
  // How much each kind is asked for, in the order of the table; the portal's own pages come last.
  const ASKED = [6, 3, 2, 3, 3, 1, 3, 2, 2, 5, 6, 2, 2, 4, 3, 5, 5, 2, 4, 2];

  // The entries that the filters leave, as a test.
  function filtered() {
    const { table, facts } = index, kind = form.kind.value;
    const wanted = kind === "portal" ? table.kinds.length : table.kinds.findIndex((it) => it[0] === kind);
    const { value: audience } = form.audience;
    return (at) => (!kind || facts[0][at] === wanted)
      && ["train", "application"].every((name, column) => !form[name].value || facts[2 + column][at] == form[name].value)
      && (!audience || table.audiences[facts[4][at] - 1]?.includes(audience));
  }

  // Ranks the entries with the words of `query`: all of them, or as many as there are when `isLoose`.
  async function rank(query, words, isAlike, isLoose) {
    const { titles, places, facts, common } = index, size = titles.length, passes = filtered();
    const meanings = words.map((word) => meant(word, isAlike));
    await Promise.all([...new Set(meanings.flat().map((of) => partOf(of[0])))].map((part) => load(index.first[part][0])));
    const total = new Float32Array(size), has = new Uint8Array(size);
    let needed = 0;
    const isAny = words.every((word) => common.has(word));
    words.forEach((word, at) => {
      const best = new Float32Array(size), isNeeded = isAny || !common.has(word);
      for (const [meaning, fit] of meanings[at]) {
        const text = found_in(meaning);
        const rare = Math.log(1 + size * 2 / text.length) * fit;
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
    const whole = words.join(" "), is = (text) => wordsOf(text).join(" ");
    const top = results.splice(0, 300);
    for (const result of top) {
      const title = is(titles[result[0]]);
      result[1] += title === whole || is(places[result[0]]) === whole ? 50 : title.startsWith(whole) ? 10 : 0;
    }
    return top.sort((one, other) => other[1] - one[1]).concat(results).map((result) => result[0]);
  }

  async function search() {
    const mine = ++turn, query = input.value.trim(), isFiltered = FILTERS.some((name) => form[name].value);
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
    if (!query && !isFiltered) return show([], "", false);
    const late = setTimeout(() => { if (mine === turn && !index) by("count").textContent = say.loading; }, 200);
    try {
      if (!index) { await ready(); if (mine !== turn) return; }
      const words = [...new Set(wordsOf(query))];
      let results = await rank(query, words), text = say.found;
      if (results.length < 3 && words.length) {
        const alike = await rank(query, words, true);
        if (!results.length) text = say.alike;
        results = results.concat(alike.filter((at) => !results.includes(at)));
        if (!results.length && words.length > 1) { results = await rank(query, words, true, true); text = say.some; }
      }
      if (mine === turn) show(results, results.length ? text.replace("{count}", results.length) : say.none, !results.length);
    } catch (_) {
      if (mine === turn) show([], say.failed, true);
    } finally { clearTimeout(late); }
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
    const kind = table.kinds[facts[0][at]]?.[0] || "portal", above = whole(at);
    link.href = say.root + pathOf(at);
    link.textContent = titles[at];
    const told = [form.querySelector(`option[value="${kind}"]`)?.text];
    if (above !== at) told.push(titles[above]);
    told.push(table.trains[facts[2][at] - 1], table.applications[facts[3][at] - 1]);
    const around = document.createElement("span");
    around.textContent = [...new Set(told)].filter((text) => text && text !== titles[at]).join(" · ");
    row.append(link, " ", around);
    if (summaries[at]) row.append(Object.assign(document.createElement("p"), { textContent: summaries[at] }));
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
    document.querySelector(".body").hidden = results.length > 0;
    more();
  }

  // What is searched for is kept in the address, so that it can be linked to.
  function keep() {
    const asked = new URLSearchParams();
    ["q", ...FILTERS].forEach((name) => {
      const field = form[name], number = name === "train" || name === "application";
      if (field.value) asked.set(name, number ? field.selectedOptions[0].text : field.value);
    });
    try { history.replaceState(null, "", "#" + (asked.toString() || "q")); } catch (_) { /* not from every folder */ }
  }
  async function follow() {
    const asked = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : location.search);
    input.value = asked.get("q") || "";
    if (location.hash === "#q" || location.search) input.focus();
    if (![...asked.values()].some(Boolean)) return;
    document.querySelector(".body").hidden = true;
    await ready().catch(() => {});
    FILTERS.forEach((name) => {
      const wanted = asked.get(name), option = [...form[name].options].find((it) => wanted && (it.value === wanted || it.text === wanted));
      if (option) form[name].value = option.value;
    });
    search();
  }
  const ready = () => Promise.all([load(say.entries), load(say.words)]).then(() => { if (!index) open(); });

  input.addEventListener("focus", () => ready().catch(() => {}));
  form.addEventListener("input", (event) => { if (event.target.name !== "slash") search(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.click(); });
  by("more").addEventListener("click", () => { const first = shown; more(); list.children[first]?.querySelector("a").focus(); });
  by("nothing").addEventListener("click", () => { FILTERS.forEach((name) => { form[name].value = ""; }); input.focus(); search(); });
  form.slash.addEventListener("change", () => { try { localStorage.setItem("slash", form.slash.checked ? "on" : "off"); } catch (_) { /* it holds for this page */ } });
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
  try { form.slash.checked = localStorage.getItem("slash") !== "off"; } catch (_) { /* a private window */ }
  form.hidden = false;
  follow();
})();
