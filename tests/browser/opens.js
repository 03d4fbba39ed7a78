// How long a report takes to open: node opens.js FILE. Five times; the time on the clock, and that of the page's own thread.
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"] });
for (let time = 0; time < 5; time += 1) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const watch = await page.context().newCDPSession(page);
  await watch.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(pathToFileURL(process.argv[2]).href);
  const clock = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
  const own = (await watch.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  console.log("on the clock " + (clock / 1000).toFixed(2) + " s, of the page's thread " + own.toFixed(2) + " s");
  await page.close();
}
await browser.close();
