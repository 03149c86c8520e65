// How long an edit takes until `trainboard serve` serves it and until a browser shows it:
//
//   cargo bench --bench compare -- --plan PLAN 10000
//   NODE_PATH=… node tests/benches/serve.mjs target/release/trainboard PLAN [RUNS]
//
// NODE_PATH is where Playwright is installed; CHROMIUM names the browser. The plan is edited and left as it was. Each
// figure is the median and the worst of RUNS edits (20), in milliseconds after the file was written.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import http from 'node:http';
import path from 'node:path';

const [program, plan, runs = '20'] = process.argv.slice(2);
const { chromium } = createRequire(import.meta.url)('playwright-core');
// After so long the server has judged the plan and rests.
const PORT = 4790, HOST = `http://localhost:${PORT}`, REST = 2000;

const server = spawn(program, ['serve', plan, '--port', PORT, '--as-of', '2026-11-21'], { stdio: ['ignore', 'ignore', 'inherit'] });
const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));
const agent = new http.Agent({ keepAlive: false });

function get(target) {
  return new Promise((resolve, reject) => {
    http.get(HOST + target, { agent }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part) => { body += part; }).on('end', () => resolve(body));
    }).on('error', reject);
  });
}

function holds(body, words) { return body.includes(words) || body.replace(/<[^>]*>/g, '').includes(words); }

function told(name, times) {
  const sorted = times.toSorted((one, other) => one - other);
  const [median, worst] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  console.log(`${name.padEnd(44)} ${median.toFixed(0).padStart(6)} ${worst.toFixed(0).padStart(6)}`);
}

// Edits `file` again and again, and measures until `words(run)` is in the answer to one request for `target`, which waits
// for the save before it, and then, with other edits, until the page in the browser has drawn it.
async function measure(name, page, { file, edited, target, words }) {
  const full = path.join(plan, file), before = readFileSync(full, 'utf8');
  const served = [], shown = [];
  for (let run = 0; run < Number(runs); run += 1) {
    await sleep(REST);
    writeFileSync(full, edited(before, run));
    const start = performance.now();
    if (!holds(await get(target), words(run))) throw new Error(`${target} is older than the save`);
    served.push(performance.now() - start);
  }
  writeFileSync(full, before);
  await page.goto(HOST + target);
  for (let run = 0; run < Number(runs); run += 1) {
    await sleep(REST);
    await page.evaluate(drawn, words(run));
    writeFileSync(full, edited(before, run));
    const start = performance.timeOrigin + performance.now();
    shown.push(await page.evaluate(() => window.seen) - start);
  }
  writeFileSync(full, before);
  await page.goto('about:blank');
  told(`${name}, bytes`, served);
  told(`${name}, screen`, shown);
}

// In the page: keeps in `seen` when `text` was drawn.
function drawn(text) {
  window.seen = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.body.textContent.includes(text)) return;
      observer.disconnect();
      // What is asked for before a frame is done once it is drawn.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
    });
    observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true });
  });
}

const begun = performance.now();
while (!(await get('/').catch(() => '')).includes('<main')) await sleep(5);
console.log(`first page after ${(performance.now() - begun).toFixed(0)} ms\n`);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  const train = 't36', release = readdirSync(path.join(plan, `trains/${train}/releases`))[0];
  const folder = `/releases/${release.replace('.md', '')}/`;
  await sleep(5000);
  await measure('a body', page, {
    file: `trains/${train}/releases/${release}`,
    edited: (text, run) => `${text}\nEdited ${run} times.\n`,
    target: folder,
    words: (run) => `Edited ${run} times.`,
  });
  // Dates of 2030 fall on other weekdays than those of the years of the plan.
  const day = (run) => 1 + run % 20;
  const weekday = (run) => 'Fri Sat Sun Mon Tue Wed Thu'.split(' ')[(day(run) - 1) % 7];
  await measure('the date of a train, on the list of trains', page, {
    file: `trains/${train}/index.md`,
    edited: (text, run) => text.replace(/^( +deployment: ).*$/m, (_, key) => `${key}2030-02-${String(day(run)).padStart(2, '0')}/2030-02-27`),
    target: '/trains/',
    words: (run) => `${weekday(run)} ${day(run)} Feb`,
  });
} finally {
  await browser.close();
  server.kill();
}
