// Both interest forms, by keyboard alone: in both languages, with and without JavaScript, broken off and gone on with
// on another device; every mail on the way is read.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faults } from "./axe.mjs";
import { enter, startBrowser } from "./program.mjs";
import { startServe } from "./serve.mjs";
import { startSmtp } from "./smtp.mjs";

let browser, stop, smtp;
const serves = [];

before(async () => {
  ({ browser, stop } = await startBrowser());
  smtp = await startSmtp();
  const options = ["--smtp", `smtp://127.0.0.1:${smtp.port}?tls=none`, "--sender", "mentor@example.se"];
  serves.push(await startServe({ options }));
  const server = process.env.MENTORPAR_TEST_POSTGRES;
  if (server) {
    // A database of its own on the server of this run.
    const { execFileSync } = await import("node:child_process");
    const name = `apply_${process.pid}`;
    execFileSync("psql", [server, "-qc", `CREATE DATABASE ${name}`]);
    serves.push(await startServe({ options, database: server.replace(/\/[^/]*$/, `/${name}`) }));
  }
});
after(async () => {
  await stop();
  for (const serve of serves) await serve.stop();
  await smtp.stop();
});

/** Presses Tab until the element has the focus. */
async function tabTo(page, locator) {
  for (let at = 0; at < 200; at++) {
    if (await locator.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${locator} cannot be reached by keyboard`);
}

/** Writes, chooses or ticks by keyboard. */
async function fill(page, answers) {
  for (const [id, value] of Object.entries(answers)) {
    const field = page.locator(id.startsWith("[") ? id : `#${id}`).first();
    await tabTo(page, field);
    if (value === true) await page.keyboard.press("Space");
    else if ((await field.evaluate((element) => element.tagName)) === "SELECT") await choose(page, field, value);
    else await page.keyboard.type(value);
  }
}

/** Chooses an entry with the arrow keys. */
async function choose(page, field, text) {
  const at = await field.evaluate((element, text) => [...element.options].findIndex((option) => option.text === text), text);
  assert.ok(at > 0, `${text} can be chosen`);
  for (let step = 0; step < at; step++) await page.keyboard.press("ArrowDown");
  assert.equal(await field.evaluate((element) => element.selectedOptions[0].text), text);
}

/** Goes on, and looks at the page that comes. */
async function next(page, scripts) {
  await tabTo(page, page.locator("main form button.button").first());
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  if (scripts) {
    assert.deepEqual(await faults(page), [], page.url());
  }
  const size = (await page.content()).length;
  assert.ok(size < 60_000, `${page.url()} weighs ${size}`);
}

const texts = {
  sv: {
    programme: "Mentor Starta Företag", stage: "Idé", size: "Inga anställda", important: "Avgörande", language: "svenska", fluent: "Flytande", reach: "30 km",
    wrong: "är ingen e-postadress", received: "Vi har fått din anmälan", subject: "Vi har fått din intresseanmälan", go: "Fortsätt med din intresseanmälan", level: "Expert",
  },
  en: {
    programme: "Mentor Starta Företag", stage: "Idea", size: "No employees", important: "Decisive", language: "Swedish", fluent: "Fluent", reach: "30 km",
    wrong: "is not an e-mail address", received: "We have your form", subject: "We have your interest form", go: "Go on with your interest form", level: "Expert",
  },
};

/** The option of a list whose text is, or begins like, what is wanted; the second if nothing is. */
async function some(page, id, like) {
  const all = await page.locator(id.startsWith("[") ? id : `#${id}`).first().evaluate((element) => [...element.options].map((option) => option.text));
  return all.find((text) => text.toLowerCase().startsWith(like.toLowerCase())) ?? all[1];
}

for (const language of ["sv", "en"]) {
  for (const scripts of [true, false]) {
    for (const part of ["mentee", "mentor"]) {
      test(`a ${part} applies in ${language}, JavaScript ${scripts ? "on" : "off"}`, async () => {
        for (const [number, serve] of serves.entries()) {
          const words = texts[language];
          const address = `${part}.${language}.${scripts}.${number}@example.org`;
          const context = await browser.newContext({ javaScriptEnabled: scripts, locale: language, viewport: { width: 320, height: 700 } });
          let page = await context.newPage();
          await page.goto(`${serve.address}/apply/${part}`);
          await next(page, scripts);
          // A wrong address is told, and kept.
          await fill(page, { name: "Åsa Öberg-O’Neill", email: "asa.example.org" });
          await next(page, scripts);
          assert.match(await page.locator(".fault").first().textContent(), new RegExp(words.wrong));
          assert.equal(await page.locator("#email").inputValue(), "asa.example.org");
          await tabTo(page, page.locator("#email"));
          await page.keyboard.press("Control+A");
          await page.keyboard.type(address);
          await next(page, scripts);
          await fill(page, part === "mentee" ? { programme: words.programme } : { "[name=programmes]": true });
          await fill(page, { municipality: "Malmö" });
          await next(page, scripts);
          // Broken off here: the last page is not sent, but kept while it is written where scripts run. On another
          // device the mail leads back.
          const kept = scripts && page.waitForResponse((answer) => answer.status() === 204);
          await fill(page, { "condition-adult": true, "condition-time": true });
          await kept;
          await context.close();
          const mail = await smtp.waitFor((mail) => mail.to.includes(address) && mail.subject === words.go);
          assert.equal(mail.links.length, 1);
          assert.equal(mail.parsed.headers.get("content-language"), language);
          const other = await browser.newContext({ javaScriptEnabled: scripts, locale: language, viewport: { width: 320, height: 700 } });
          page = await other.newPage();
          await page.goto(mail.links[0]);
          await next(page, scripts);
          assert.match(await page.locator("main").textContent(), /Åsa Öberg-O’Neill/);
          const path = page.url().replace(/\/check$/, "");
          await page.goto(`${path}/conditions`);
          assert.equal(await page.locator("#condition-time").isChecked(), scripts, "what was written is there, if scripts run");
          await fill(page, { ...(!scripts && { "condition-adult": true, "condition-time": true }), conditions_note: "Vi startar i vår." });
          await next(page, scripts);
          if (part === "mentee") {
            await fill(page, { company: "Öbergs Bröd", stage: await some(page, "stage", words.stage), size: await some(page, "size", words.size) });
            await next(page, scripts);
            await fill(page, { "[name=needs]": await some(page, "[name=needs]", "x"), "[name=needs-grade]": await some(page, "[name=needs-grade]", words.important), about: "Jag vill lära mig\nräkna på priser." });
            await next(page, scripts);
            await next(page, scripts);
            await fill(page, { "[name=languages]": await some(page, "[name=languages]", words.language), "[name=languages-grade]": await some(page, "[name=languages-grade]", words.fluent), reach: await some(page, "reach", words.reach) });
          } else {
            await fill(page, { "[name=competences]": await some(page, "[name=competences]", "x"), "[name=competences-grade]": await some(page, "[name=competences-grade]", words.level), about: "Trettio år i bageri." });
            await next(page, scripts);
            await next(page, scripts);
            await next(page, scripts);
            await fill(page, { capacity: "2", "[name=languages]": await some(page, "[name=languages]", words.language), "[name=languages-grade]": await some(page, "[name=languages-grade]", words.fluent) });
          }
          await next(page, scripts);
          assert.equal(new URL(page.url()).pathname.split("/").pop(), "check", await page.locator("main").textContent());
          assert.match(await page.locator("main").textContent(), /Malmö/);
          await next(page, scripts);
          assert.match(await page.locator("main").textContent(), new RegExp(words.received));
          const receipt = await smtp.waitFor((mail) => mail.to.includes(address) && mail.subject === words.subject);
          assert.match(receipt.text, /Åsa Öberg-O’Neill/);
          assert.ok(receipt.html.includes(receipt.links[0]));

          // Somebody else does not see it, with or without its address.
          const stranger = await browser.newContext({ javaScriptEnabled: scripts });
          const peeping = await stranger.newPage();
          await peeping.goto(path);
          assert.equal(new URL(peeping.url()).pathname, "/door");
          await stranger.close();
          await other.close();
        }
      });
    }
  }
}
