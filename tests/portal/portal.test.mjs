// The portal as people meet it: `node --test tests/portal`, which `tests/run` does after installing what it needs.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { build, desktop, end, open, pageOfEachType, phone } from "./site.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core");
const english = build("en-GB");
after(end);

/** What pages are held against: every rule of axe for WCAG 2.2 AA, and its own good practice. */
const rules = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
  preload: false,
};

/** Returns what axe finds on a page, one line for each element, and whether the page is wider than the screen. */
async function faults(tab) {
  await tab.addScriptTag({ path: axe });
  const { violations } = await tab.evaluate((rules) => window.axe.run(document, rules), rules);
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
  const excess = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return excess > 0 ? [...found, `${excess} px wider than the screen`] : found;
}

for (const [locale, portal, looks] of [
  ["en-GB", english, { desktop, phone }],
  ["he", build("he"), { phone: { ...phone, colorScheme: "light" } }],
]) {
  for (const [look, options] of Object.entries(looks)) {
    test(`every type of page is accessible, ${locale}, ${look}`, async () => {
      const found = [];
      const types = Object.entries(pageOfEachType(portal));
      const look = async ([type, page]) => {
        const here = await open(portal, page, faults, { ...options, bypassCSP: true });
        found.push(...here.map((fault) => `${type}: ${page}: ${fault}`));
      };
      // A few at a time: most of it is waiting for the browser.
      while (types.length) await Promise.all(types.splice(0, 4).map(look));
      assert.deepEqual(found, []);
    });
  }
}

/** Follows links by their words, as a reader would, and returns the heading of the page that they lead to. */
function follow(words) {
  return async (tab) => {
    for (const word of words) {
      await tab.locator("main, header, footer").getByRole("link", { name: word, exact: true }).first().click();
    }
    return tab.locator("h1").innerText();
  };
}

const paths = [
  [["2026 Q4"], "2026 Q4"],
  [["2026 Q4", "Go or no-go sheet"], "2026 Q4: go or no-go"],
  [["Year-end freeze"], "Year-end freeze"],
  [["Calendar of December 2026"], "December 2026"],
  [["What needs attention"], "What needs attention"],
  [["Q4 production night"], "Q4 production night"],
  [["Applications", "Payments Hub"], "Payments Hub"],
  [["Forward schedule"], "Forward schedule"],
  [["Registers", "Definitive library"], "Definitive library"],
  [["Reference", "turnover"], "kind: turnover"],
  [["2026 Q4", "Gate board"], "2026 Q4: gate board"],
  [["2026 Q4", "Who needs what by when"], "2026 Q4: program board"],
  [["Dependencies"], "Dependencies"],
  [["Environments", "Production"], "Production"],
  [["Reports", "How many deployments fail or are taken back?"], "Change failure rate"],
  [["Notes", "Customers and partners (11)"], "Release notes for Customers and partners"],
  [["History of the plan"], "History of the plan"],
  [["About this portal", "Release trains"], "Release trains"],
];
for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`what people look for is three clicks from home at most, ${how} scripts`, async () => {
    for (const [words, heading] of paths) {
      const found = await open(english, "index.html", follow(words), { ...desktop, javaScriptEnabled });
      assert.equal(found, heading, words.join(" > "));
    }
  });
}

/** What people type, and the page that has to be among the first three results. */
const queries = [
  ["fraud sentinel", "applications/fraud/index.html"],
  ["Year-end freze", "freezes/year-end/index.html"],
  ["HB-3002", "releases/payments-4.2/index.html"],
  ["4.1.1", "releases/payments-4.1.1/index.html"],
  ["hannah", "people/hannah/index.html"],
  ["freeze/overlap", "reference/rules/freeze/overlap/index.html"],
  ["scheme cut-over", "freezes/scheme-cutover-2026-11/index.html"],
];
test("search finds what people know, in a folder, with a typo too", async () => {
  await open(english, "search/index.html", async (tab) => {
    for (const [query, page] of queries) {
      await tab.locator("#q").fill(query);
      await tab.waitForFunction((page) => [...document.querySelectorAll("#results a")].slice(0, 3).some((link) => link.href.includes(page)), page, { timeout: 20_000 })
        .catch(async () => assert.fail(`${query}: ${(await tab.locator("#results a").allInnerTexts()).slice(0, 3)}`));
    }
    await tab.locator("#q").fill("qwertyuiop");
    await tab.getByText("Nothing found").waitFor();
  });
});

test("the key / leads to the search, which is used without a mouse and can be linked to", async () => {
  await open(english, "trains/2026-q4/index.html", async (tab) => {
    await tab.keyboard.press("/");
    await tab.waitForURL(/search\/index\.html/);
    await tab.locator("#q:focus").waitFor();
    await tab.keyboard.type("payments hub 4.2");
    await tab.waitForURL(/payments\+hub\+4\.2$/);
    await tab.locator("#results a").first().waitFor();
    const address = tab.url();
    await tab.keyboard.press("Enter");
    await tab.getByRole("heading", { level: 1, name: "Payments Hub 4.2" }).waitFor();
    await tab.goto(address);
    await tab.locator("#results a").first().waitFor();
    await tab.locator("select[name=kind]").selectOption({ label: "Turnover" });
    await tab.waitForFunction(() => [...document.querySelectorAll("#results a")].every((link) => link.href.includes("turnovers/")));
  });
});

test("the first key leads past the menu, and every control shows that it has the focus", async () => {
  await open(english, "trains/2026-q4/index.html", async (tab) => {
    await tab.keyboard.press("Tab");
    await tab.keyboard.press("Enter");
    assert.ok(tab.url().endsWith("#content"), tab.url());
    for (let press = 0; press < 12; press += 1) {
      await tab.keyboard.press("Tab");
      const outline = await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(outline, "none", await tab.evaluate(() => document.activeElement.outerHTML));
    }
  });
});

test("the theme is switched by keyboard and kept from page to page", async () => {
  await open(english, "index.html", async (tab) => {
    const background = () => tab.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await background();
    await tab.getByRole("button", { name: "Dark theme" }).press("Enter");
    const dark = await background();
    assert.notEqual(dark, light);
    await tab.getByRole("link", { name: "Applications", exact: true }).first().click();
    // The click does not wait for the next page, and a page without its style sheet has no background yet.
    await tab.waitForURL("**/applications/index.html");
    assert.equal(await background(), dark);
  });
});

test("days that pass after a build are told, and no page stumbles over them", async () => {
  for (const page of Object.values(pageOfEachType(english))) {
    // A few pages have no footer; they have to open without a word of complaint all the same.
    const day = (tab) => tab.evaluate(() => document.querySelector(".foot time")?.parentNode.innerText);
    const told = await open(english, page, day, { ...desktop, now: "2026-11-24T12:00:00Z" });
    assert.match(told ?? "3 days ago", /3 days ago/, page);
  }
});

test("without scripts nothing is offered that would need one", async () => {
  for (const page of Object.values(pageOfEachType(english))) {
    const dead = (tab) => tab.locator("button:visible, input:visible, select:visible").count();
    assert.equal(await open(english, page, dead, { ...desktop, javaScriptEnabled: false }), 0, page);
  }
});

test("print is light, whole and without the menu, from the dark theme too", async () => {
  await open(english, "trains/2026-q4/index.html", async (tab) => {
    const words = (await tab.locator("main").innerText()).length;
    await tab.emulateMedia({ media: "print", colorScheme: "dark" });
    const [red] = await tab.evaluate(() => getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).map(Number));
    assert.ok(red > 250, `the paper is ${red}`);
    assert.equal(await tab.locator("header.top nav:visible").count(), 0);
    assert.ok((await tab.locator("main").innerText()).length > 0.8 * words);
  }, { ...desktop, colorScheme: "dark" });
});
