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
      for (const [type, page] of Object.entries(pageOfEachType(portal))) {
        const here = await open(portal, page, faults, { ...options, bypassCSP: true });
        found.push(...here.map((fault) => `${type}: ${page}: ${fault}`));
      }
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
    assert.equal(await background(), dark);
  });
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
