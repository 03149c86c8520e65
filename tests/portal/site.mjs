// A portal to look at: builds the sample plan and opens its pages from the folder, as somebody who unpacked it would.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const house = fileURLToPath(new URL("../..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "trainboard-portal-"));

/** Builds the sample plan in the language `locale` and returns the folder of the portal. */
export function build(locale) {
  const plan = join(scratch, `plan-${locale}`);
  cpSync(join(house, "sample-site"), plan, { recursive: true });
  const config = join(plan, "trainboard.yaml");
  writeFileSync(config, readFileSync(config, "utf8").replace(/^locale: .*$/m, `locale: ${locale}`));
  const portal = join(scratch, locale);
  const build = ["run", "--locked", "--quiet", "--", "build", plan, "-o", portal, "--as-of", builtOn.slice(0, 10), "--quiet"];
  execFileSync("cargo", build, { cwd: house, stdio: ["ignore", "ignore", "inherit"] });
  return portal;
}

/** Returns one page of each type that the portal has, the first by address: `{ train: "trains/2026-q3/index.html" }`. */
export function pageOfEachType(portal) {
  const pages = readdirSync(portal, { recursive: true }).filter((path) => path.endsWith(".html"));
  const types = {};
  for (const page of pages.sort()) {
    const type = /data-page-type="([^"]+)"/.exec(readFileSync(join(portal, page), "utf8"))?.[1];
    if (type) types[type] ??= page;
  }
  return types;
}

/** Returns the address of a page in the folder of a portal. */
export function address(portal, page) {
  return pathToFileURL(join(portal, page.split("#")[0])).href + (page.includes("#") ? "#" + page.split("#")[1] : "");
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** What people look with; each is an option of the browser's own. */
export const desktop = { viewport: { width: 1280, height: 800 }, colorScheme: "light" };
export const phone = { viewport: { width: 360, height: 740 }, colorScheme: "dark" };

/** The day for which portals are built; clocks show it unless a test lets days pass. */
export const builtOn = "2026-11-21T12:00:00Z";

/**
 * Opens a page, lets `visit` look at it, and returns what `visit` returns. Anything that the browser complains of while
 * the page is open, or that it asks of another origin, is a failure.
 */
export async function open(portal, page, visit, { now = builtOn, ...options } = desktop) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  try {
    await context.clock.setFixedTime(now);
    const tab = await context.newPage();
    const complaints = [];
    tab.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    tab.on("pageerror", (error) => complaints.push(String(error)));
    // What a page still asks for when the reader follows a link is given up, and nobody misses it.
    const isGivenUp = (request) => request.failure()?.errorText === "net::ERR_ABORTED";
    tab.on("requestfailed", (request) => isGivenUp(request) || complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
    tab.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(`asked for ${request.url()}`);
    });
    await tab.goto(address(portal, page));
    const seen = await visit(tab);
    if (complaints.length) throw new Error(`${page}: ${complaints.join("\n")}`);
    return seen;
  } finally {
    await context.close();
  }
}

/** Ends the browser and removes what was built. */
export async function end() {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}
