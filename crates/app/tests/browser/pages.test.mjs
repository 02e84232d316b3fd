// Every page in both languages: no accessibility fault, no request to another host, no sideways scroll.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faults } from "./axe.mjs";
import { enter, enterAsMentor, makeRound, startBrowser, startDemo } from "./program.mjs";
import { ownPages, pages } from "./pages.mjs";

let demo, browser, stop;

before(async () => {
  demo = await startDemo();
  ({ browser, stop } = await startBrowser());
});
after(async () => {
  await stop();
  await demo.stop();
});

for (const language of ["sv", "en"]) {
  for (const [width, colorScheme] of [[1280, "light"], [320, "dark"]]) {
    test(`pages in ${language}, ${width} px, ${colorScheme}`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const page = await context.newPage();
      const elsewhere = [];
      const errors = [];
      page.on("request", (request) => request.url().startsWith(demo.address) || elsewhere.push(request.url()));
      page.on("console", (message) => message.type() === "error" && !message.text().includes("404") && errors.push(message.text()));
      await enter(page, demo.address, language);
      const round = await makeRound(page, demo.address);
      const check = async (page, name, path) => {
        await page.goto(demo.address + path);
        assert.deepEqual(await faults(page), [], name);
        assert.equal(await page.locator("html").getAttribute("lang"), language, name);
        assert.equal(await page.locator("h1").count(), 1, `${name} has one h1`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wide, 0, `${name} scrolls sideways`);
      };
      for (const [name, path] of Object.entries(await pages(page, demo.address, round))) await check(page, name, path);
      const own = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const theirs = await own.newPage();
      theirs.on("request", (request) => request.url().startsWith(demo.address) || elsewhere.push(request.url()));
      await enterAsMentor(theirs, demo.address, language);
      for (const [name, path] of Object.entries(await ownPages(theirs, demo.address))) await check(theirs, name, path);
      await own.close();
      assert.deepEqual(elsewhere, [], "requests to other hosts");
      assert.deepEqual(errors, [], "errors in the console");
      await context.close();
    });
  }
}

test("axe would find a fault", async () => {
  const page = await browser.newPage();
  await enter(page, demo.address, "sv");
  await page.evaluate(() => document.querySelector("main").append(document.createElement("img")));
  assert.match((await faults(page)).join(), /image-alt/);
  await page.close();
});
