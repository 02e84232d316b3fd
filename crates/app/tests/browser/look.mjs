// Pictures of every page: 1280 and 320 px wide, light and dark, both languages.
// node look.mjs FOLDER [PAGE ...]
import { mkdirSync } from "node:fs";
import { enter, enterAsMentor, makeRound, startBrowser, startDemo } from "./program.mjs";
import { ownPages, pages } from "./pages.mjs";

const [folder, ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const demo = await startDemo();
const { browser, stop } = await startBrowser();
let round;
for (const language of ["sv", "en"]) {
  for (const [width, scheme] of [[1280, "light"], [320, "dark"], [1280, "dark"], [320, "light"]]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    const page = await context.newPage();
    await enter(page, demo.address, language);
    round ??= await makeRound(page, demo.address);
    for (const [name, path] of Object.entries(await pages(page, demo.address, round))) {
      if (wanted.length && !wanted.includes(name)) continue;
      await page.goto(demo.address + path);
      await page.screenshot({ path: `${folder}/${name}-${language}-${width}-${scheme}.png`, fullPage: true });
    }
    const own = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    const theirs = await own.newPage();
    await enterAsMentor(theirs, demo.address, language);
    for (const [name, path] of Object.entries(await ownPages(theirs, demo.address))) {
      if (wanted.length && !wanted.includes(name)) continue;
      await theirs.goto(demo.address + path);
      await theirs.screenshot({ path: `${folder}/${name}-${language}-${width}-${scheme}.png`, fullPage: true });
    }
    await own.close();
    await context.close();
  }
}
await stop();
await demo.stop();
