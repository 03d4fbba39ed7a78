// The report in a real browser, used as people use it. `run.sh` starts it.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { hostile, shipped } from "./study.js";

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const PANEL = /^#(find\?|cell-|source-|outcome-|name-|proposed-)/;
let browser, report, changes;

before(async () => {
  ({ report, changes } = shipped());
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ARGS });
});
after(() => browser && browser.close());

// A page that fails the test on any error, refusal by the policy, dialog, or request that leaves the file.
async function open(file, hash = "", options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const wrong = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) wrong.push(message.text()); });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("dialog", (dialog) => { wrong.push("dialog: " + dialog.message()); dialog.dismiss(); });
  page.on("request", (request) => { if (!/^(file|blob):/.test(request.url())) wrong.push("asked for " + request.url()); });
  await page.goto(pathToFileURL(file).href + hash);
  return { page, quiet: () => assert.deepEqual(wrong, []) };
}
const visible = (page, what) => page.locator(what).filter({ visible: true });
const views = (page) => page.evaluate(() => [...document.querySelectorAll("nav a[href^='#']")].map((a) => a.getAttribute("href")));
const go = (page, hash) => page.evaluate((hash) => { location.hash = hash; return new Promise((done) => setTimeout(done, 30)); }, hash);

test("opens at once, with one section, charts drawn and nothing asked of a network", async () => {
  const { page, quiet } = await open(report);
  // Time of the page's own thread: how busy the machine is besides says nothing of the page.
  const watch = await page.context().newCDPSession(page);
  await watch.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.reload();
  const took = (await watch.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  assert.ok(took < 1, "loaded in " + took + " s");
  assert.equal(await visible(page, "main > section").count(), 2, "overview and scorecard");
  assert.equal(await visible(page, "figure.chart .drawing svg").count(), 2);
  for (const view of await views(page)) {
    await go(page, view);
    assert.ok(await visible(page, "main > section h2").count() > 0, view + " shows something");
    const undrawn = await page.evaluate(() => [...document.querySelectorAll("figure.chart")].filter((figure) => figure.checkVisibility() && !figure.querySelector(".drawing svg")).length);
    assert.equal(undrawn, 0, view + ": every chart is drawn");
  }
  quiet();
  await page.close();
});

test("every figure opens the sentences that made it", async () => {
  const { page, quiet } = await open(report);
  const addresses = new Map();
  for (const view of await views(page)) {
    await go(page, view);
    const found = await page.evaluate(() => [...document.querySelectorAll("main a")].map((a) => [a.getAttribute("href"), a.closest("td.n") ? a.textContent.trim() : null]));
    for (const [href, text] of found) if (PANEL.test(href) && (text || !addresses.has(href))) addresses.set(href, text);
  }
  assert.ok(addresses.size > 300, addresses.size + " figures");
  const empty = await page.evaluate(async (addresses) => {
    const empty = [];
    for (const address of addresses) {
      location.hash = address;
      await new Promise((done) => addEventListener("hashchange", done, { once: true }));
      const panel = document.getElementById("panel");
      if (!panel.open || !panel.querySelector(".quote a, .quote blockquote") || !panel.querySelector("h2").textContent) empty.push(address);
    }
    return empty;
  }, [...addresses.keys()]);
  assert.deepEqual(empty, [], "figures that open nothing");
  // The count of a theme is the number of documents that its panel tells of.
  const themes = await page.evaluate(() => JSON.parse(document.getElementById("data").textContent).themes.map((theme) => theme.n));
  for (const [theme, n] of themes.entries()) {
    await go(page, "#find?t=" + theme);
    assert.match(await page.locator("#panel-body > p").first().textContent(), new RegExp("^" + n + " document"));
  }
  quiet();
  await page.close();
});

test("from a figure to its sentence, to its document, to the patterns of its score", async () => {
  const { page, quiet } = await open(report);
  await page.locator("#overview table.themes td[data-label=Documents] a").first().click();
  await page.locator("#panel figure.quote mark").first().waitFor();
  await page.locator("#panel details.sum summary").first().click();
  assert.match(await page.locator("#panel .formula").first().textContent(), /^1 − \(1 − [\d.]+\).* = [\d.]+$/);
  assert.ok(await page.locator("#panel details.sum[open] code").count() > 0);
  // Each part of the sum shows the words of the sentence that it comes from.
  const said = (await page.locator("#panel figure.quote blockquote").first().textContent()).toLowerCase();
  const parts = await page.locator("#panel figure.quote").first().locator("details.sum[open] li").allTextContents();
  for (const part of parts) assert.ok(said.includes(/^“([^”]+)”/.exec(part)[1].toLowerCase()), part);
  await page.locator("#panel .source a").first().click();
  assert.equal(await page.locator("#panel[open]").count(), 0);
  await page.locator("#document .wanted mark").first().waitFor();
  assert.match(await page.title(), / – /);
  // Every passage of the document is there, in its order.
  const numbers = await page.locator("#document .number").allTextContents();
  assert.deepEqual(numbers.map(Number), numbers.map((_, at) => at));
  await page.goBack();
  assert.equal(await page.locator("#panel[open]").count(), 1, "back leads to the sentences");
  // The same from a chart.
  await go(page, "#overview");
  await page.locator("#overview figure[data-chart=stances] svg a").first().click();
  await page.locator("#panel figure.quote mark").first().waitFor();
  quiet();
  await page.close();
});

test("documents are filtered, ordered, turned, and read one by one", async () => {
  const { page, quiet } = await open(report, "#documents");
  const state = page.locator("#page-state");
  assert.match(await state.textContent(), /^50 documents of 50, page 1 of 2$/);
  await page.locator("#next-page").click();
  assert.match(await state.textContent(), /page 2 of 2$/);
  await page.locator("#document-search").fill("leadership");
  const few = Number((await state.textContent()).split(" ")[0]);
  assert.ok(few > 0 && few < 50);
  await page.locator("#documents .chart-bar button").first().click();
  assert.equal(await visible(page, "#document-rows tr").count(), Math.min(few, 25));
  await page.locator("#document-search").fill("");
  await page.locator("#document-theme").selectOption("0");
  const shaded = await page.evaluate(() => [...document.querySelectorAll("#document-rows tr")].every((row) => row.querySelectorAll("td")[1].querySelector("strong")));
  assert.ok(shaded, "all have the theme");
  await page.locator("#document-rows a").first().click();
  await visible(page, "#document h2").waitFor();
  quiet();
  await page.close();
});

test("any two sides make an evidence map", async () => {
  const { page, quiet } = await open(report, "#outcomes");
  const [rows, columns] = [page.locator("#outcomes .controls select").nth(0), page.locator("#outcomes .controls select").nth(1)];
  for (const [down, across] of [["theme", "outcome"], ["outcome", "theme"], ["kind", "theme"], ["theme", "year"], ["kind", "year"], ["outcome", "kind"]]) {
    await rows.selectOption(down);
    await columns.selectOption(across);
    assert.equal(await visible(page, "article.map").count(), 1);
    assert.ok(await visible(page, "article.map svg a").count() > 3, down + " × " + across);
  }
  quiet();
  await page.close();
});

test("by keyboard alone", async () => {
  const { page, quiet } = await open(report);
  const focus = () => page.evaluate(() => ({ tag: document.activeElement.tagName, text: document.activeElement.textContent.slice(0, 40), href: document.activeElement.getAttribute("href") }));
  const tabTo = async (fits, limit = 200) => {
    for (let n = 0; n < limit; n += 1) {
      await page.keyboard.press("Tab");
      if (fits(await focus())) return;
    }
    assert.fail("never reached");
  };
  await page.keyboard.press("Tab");
  assert.equal((await focus()).href, "#main", "the first stop skips to the findings");
  await tabTo(({ href }) => href === "#co-occurrence");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(50);
  assert.equal((await focus()).tag, "H2", "the heading of the section is read");
  await tabTo(({ tag, href }) => tag === "a" && PANEL.test(href));
  const from = (await focus()).href;
  await page.keyboard.press("Enter");
  await page.locator("#panel figure.quote").first().waitFor();
  for (let n = 0; n < 12; n += 1) {
    await page.keyboard.press("Tab");
    // A browser's own bar counts as the body; the page behind is out of reach.
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.getElementById("panel").contains(document.activeElement)), "focus stays in the panel");
  }
  await page.keyboard.press("Escape");
  await page.waitForTimeout(50);
  assert.equal(await page.locator("#panel[open]").count(), 0);
  assert.equal((await focus()).href, from, "focus goes back to the figure");
  await tabTo(({ text }) => text === "Table", 60).catch(() => {});
  quiet();
  await page.close();
});

// Contrast of WCAG 2 between the text of elements and what lies behind it.
function faintTexts() {
  const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const ground = getComputedStyle(at).backgroundColor;
      if (/^rgb/.test(ground) && (numbers(ground)[3] ?? 1) === 1) return ground;
    }
    return "rgb(255,255,255)";
  };
  const faint = new Set();
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest("svg, :disabled, [aria-hidden=true], script, [class^=heat-]")) continue;
    const [text, ground] = [light(numbers(getComputedStyle(element).color)), light(numbers(behind(element)))];
    const contrast = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    if (contrast < 4.5) faint.add(element.tagName + "." + element.className + " " + contrast.toFixed(2) + ": " + element.textContent.slice(0, 30));
  }
  return [...faint];
}

for (const [name, options] of [["light", {}], ["dark", { colorScheme: "dark" }], ["phone", { viewport: { width: 390, height: 844 }, hasTouch: true }], ["dark phone", { colorScheme: "dark", viewport: { width: 390, height: 844 } }]]) {
  test("fits its window, and can be read: " + name, async () => {
    const { page, quiet } = await open(report, "", options);
    for (const view of [...await views(page), "#document-3", "#find?t=1"]) {
      await go(page, view);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, view + " is " + wide + " pixels too wide");
      assert.deepEqual(await page.evaluate(faintTexts), [], view);
      if (process.env.SHOTS) await page.screenshot({ path: process.env.SHOTS + "/" + name.replace(" ", "-") + view.replace(/[^a-z0-9]+/gi, "-") + ".png", fullPage: true });
    }
    quiet();
    await page.close();
  });
}

test("charts are saved as SVG and PNG, in colours of their own", async () => {
  const { page, quiet } = await open(report, "#outcomes", { colorScheme: "dark" });
  const saved = async (button) => {
    const [file] = await Promise.all([page.waitForEvent("download"), visible(page, "#outcomes button").getByText(button).last().click()]);
    return { name: file.suggestedFilename(), bytes: fs.readFileSync(await file.path()) };
  };
  const vector = await saved("Save SVG"), text = vector.bytes.toString();
  assert.equal(vector.name, "evidence-map-theme-outcome.svg");
  assert.match(text, /^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  assert.ok(!/var\(|<script|<a /.test(text), "it stands alone");
  assert.ok(text.includes("rgb(43, 108, 176)"), "in the colours of paper");
  const pixels = await saved("Save PNG");
  assert.equal(pixels.bytes.subarray(1, 4).toString(), "PNG");
  assert.ok(pixels.bytes.readUInt32BE(16) > 1000 && pixels.bytes.length > 10_000, "it is not empty");
  quiet();
  await page.close();
});

test("without script every table is there to read", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(report).href);
  const sections = page.locator("main > section:not(:empty)");
  assert.equal(await sections.filter({ visible: true }).count(), await sections.count());
  const tables = page.locator("figure.chart table");
  assert.ok(await tables.count() > 10);
  assert.equal(await tables.filter({ visible: true }).count(), await tables.count());
  await context.close();
});

test("on paper everything is there", async () => {
  const { page, quiet } = await open(report);
  await page.pdf();
  await page.emulateMedia({ media: "print" });
  const hidden = await page.evaluate(() => [...document.querySelectorAll("main > section:not(#document)")].filter((section) => !section.checkVisibility({ contentVisibilityAuto: true }) || section.offsetHeight < 20).map((section) => section.id));
  assert.deepEqual(hidden, []);
  const undrawn = await page.evaluate(() => [...document.querySelectorAll("figure.chart")].filter((figure) => !figure.querySelector("svg")).length);
  assert.equal(undrawn, 0);
  quiet();
  await page.close();
});

test("what changed since the last run adds up", async () => {
  const { page, quiet } = await open(changes);
  assert.match(await page.locator(".headline").textContent(), /^48 documents, before 50\./);
  const wrong = await page.evaluate(() => {
    const tenths = (text) => Math.round(Number(text.replace("−", "-").replace("+", "")) * 10);
    return [...document.querySelectorAll("article.change table")].filter((table) => {
      const points = [...table.querySelectorAll("tbody td:nth-child(2)")].map((cell) => tenths(cell.textContent));
      return points.slice(0, -1).reduce((sum, part) => sum + part, 0) !== points.at(-1);
    }).length;
  });
  assert.equal(wrong, 0);
  assert.equal(await page.locator("#documents li").count(), 2);
  assert.ok(await page.locator("article.change li code").count() > 0, "with the patterns behind it");
  await page.locator("article.change h3 a").first().click();
  await visible(page, "section.theme h2").waitFor();
  quiet();
  await page.close();
});

test("no text becomes an element, an attribute or a request", async () => {
  const { page, quiet } = await open(hostile());
  const n = await page.evaluate(() => JSON.parse(document.getElementById("data").textContent).documents.length);
  for (const view of [...await views(page), "#find?t=0", "#find?t=1&u=0", "#name-0-0", "#outcome-0", "#cell-0-0-0", ...Array.from({ length: n }, (_, at) => "#document-" + at)]) {
    await go(page, view);
    const strange = await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) =>
      [...element.attributes].some(({ name, value }) => /^on/i.test(name) || /^\s*(javascript|data):/i.test(value))
      || element.matches("img, iframe, object, embed, base, link, form:not(.controls), video, audio, math, template, textarea, style:not(head > style)")
      || element.matches("script:not([type='application/json'])") && ![...document.scripts].slice(0, 1).includes(element) && !element.matches("body > script")
      || element.matches("a") && !/^(#|changes\.html$|https:\/\/doi\.org\/)/.test(element.getAttribute("href") || "#")
      || element.matches("meta") && element.parentElement !== document.head).map((element) => element.outerHTML.slice(0, 100)));
    assert.deepEqual(strange, [], view);
  }
  assert.equal(await page.evaluate(() => document.querySelectorAll("script:not([type])").length), 3, "our scripts alone");
  quiet();
  await page.close();
});
