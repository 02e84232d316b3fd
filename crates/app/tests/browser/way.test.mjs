// From an approved proposal to a pair that takes a break, by the letters alone, in both languages.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { faults } from "./axe.mjs";
import { enter, makeRound, startBrowser, startDemo } from "./program.mjs";

/** A folder for a picture of each page, if somebody wants to look. */
const LOOK = process.env.MENTORPAR_LOOK;
if (LOOK) mkdirSync(LOOK, { recursive: true });

/** The subjects, in the one language or the other: a letter is written in the language its reader speaks. */
const PROPOSED = /Ett förslag till dig|A proposal for you/;
const BOTH = /Ni har båda sagt ja|You have both said yes/;

const WORDS = {
  sv: {
    no: "Nej, inte den här gången",
    wants: /vill ha hjälp/,
  },
  en: {
    no: "No, not this time",
    wants: /wants help/,
  },
};

for (const [language, say] of Object.entries(WORDS)) {
  test(`two people become a pair by their letters, in ${language}`, async () => {
    const demo = await startDemo();
    const { browser, stop } = await startBrowser();
    try {
      const staff = await (await browser.newContext()).newPage();
      const phone = await browser.newContext({ viewport: { width: 320, height: 800 }, colorScheme: "dark" });
      const page = await phone.newPage();
      await page.goto(`${demo.address}/language/${language}`);
      let shot = 0;
      const looked = async (name, on = page) => {
        assert.deepEqual(await faults(on), [], name);
        const wide = await on.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wide, 0, `${name} scrolls sideways`);
        if (LOOK) await on.screenshot({ path: `${LOOK}/${language}-${String(shot++).padStart(2, "0")}-${name}.png`, fullPage: true });
      };
      await enter(staff, demo.address, language);
      const round = await makeRound(staff, demo.address);
      await staff.goto(`${round}/approval`);
      await staff.locator("main form button.button").last().click();
      await staff.waitForURL(/\/pairs\?made=/);
      await looked("pairs", staff);

      /** The link in the newest letter with a subject, to the address or to anybody. */
      const letter = async (subject, to = "") => {
        for (let tries = 0; tries < 100; tries++) {
          await staff.goto(`${demo.address}/mail`);
          const row = staff.locator("tbody tr", { hasText: subject }).filter({ hasText: to });
          if ((await row.count()) > 0) {
            await row.first().getByRole("link").click();
            const link = staff.locator(".letter a").first();
            if ((await link.count()) > 0) {
              await looked("letter", staff);
              return { link: await link.getAttribute("href"), text: await staff.locator(".letter").innerText() };
            }
          }
          await new Promise((done) => setTimeout(done, 100));
        }
        throw new Error(`no letter ${subject} to ${to}`);
      };

      const proposed = await letter(PROPOSED);
      const answer = demo.address + proposed.link.replace(/^https?:\/\/[^/]+/, "");
      await page.goto(answer);
      await looked("answer-mentor");
      // The no is there, with its reasons, and nothing is sent by opening it.
      await page.getByText(say.no).click();
      await looked("answer-no");
      await page.locator("button[value=yes]").click();
      await looked("answered-mentor");
      assert.equal(await page.locator("button[value=yes]").count(), 0);

      // Staff find the pair, and answer for the mentee, who has telephoned.
      const mentee = (await page.locator("h1").innerText()).replace(/^(Du och|You and) /, "");
      await staff.goto(`${demo.address}/pairs?q=${encodeURIComponent(mentee)}`);
      await staff.locator("tbody th a").first().click();
      const pair = staff.url();
      await looked("pair-asked", staff);
      await staff.locator("details", { has: staff.locator("button[value=yes]") }).locator("summary").click();
      await staff.locator("button[value=yes]").click();
      await staff.waitForURL(pair);

      // Both accept the agreement by the links in their letters.
      for (const side of [0, 1]) {
        const email = await staff.locator(".card a[href^='mailto:']").nth(side).innerText();
        const both = await letter(BOTH, email);
        assert.match(both.text, /@example/, "how to reach the other one");
        await page.goto(demo.address + both.link.replace(/^https?:\/\/[^/]+/, ""));
        await looked("agreement");
        await page.locator("button[value=agree]").click();
        await looked("agreement-unticked");
        await page.locator("#independent").check();
        await page.locator("button[value=agree]").click();
        await looked("agreed");
        await staff.goto(pair);
      }
      await looked("pair-active", staff);

      // A break, asked-for help, and its settlement.
      await staff.locator("summary", { has: staff.locator("xpath=..//button[@value='pause']") }).first().click();
      await staff.locator("#pause").fill("2026-12-20");
      await staff.locator("button[value=pause]").click();
      await staff.locator("button[value=resume]").waitFor();
      await looked("pair-paused", staff);
      await staff.locator("button[value=resume]").click();
      await staff.locator("button[value=pause]").waitFor({ state: "attached" });
      await page.locator("summary", { has: page.locator("xpath=..//button[@value='help']") }).click();
      await page.locator("#words").fill("Vi hörs aldrig.");
      await page.locator("button[value=help]").click();
      await looked("help-sent");
      await staff.goto(`${demo.address}/home`);
      assert.match(await staff.locator("main").innerText(), say.wants);
      await looked("home", staff);
      await staff.goto(pair);
      await looked("pair-flag", staff);
      await staff.locator("[id^=outcome]").fill("Ringde båda.");
      await staff.locator("section.warn button:not([name])").click();
      await staff.waitForURL(pair);
      assert.equal(await staff.locator("section.warn").count(), 0);
    } finally {
      await stop();
      await demo.stop();
    }
  });
}
