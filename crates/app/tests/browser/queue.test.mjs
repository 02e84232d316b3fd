// The queue by keyboard: one key for an act, one to take it back, and none outside the queue.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, startBrowser, startDemo } from "./program.mjs";

let browser, stop;

before(async () => {
  ({ browser, stop } = await startBrowser());
});
after(() => stop());

const first = (page) => page.locator("[data-queue] tbody tr").first();

test("a flag is seen to and taken back by one key each", async () => {
  const demo = await startDemo();
  try {
    const page = await (await browser.newContext()).newPage();
    await enter(page, demo.address, "en");
    await page.goto(`${demo.address}/home`);
    assert.ok(await page.locator("[data-keys]").isVisible());
    const who = await first(page).locator("a").innerText();
    const focused = () => page.evaluate(() => document.activeElement.textContent.trim());

    await page.locator("h1").click();
    await page.keyboard.press("1");
    await page.keyboard.press("ArrowDown");
    assert.ok(page.url().endsWith("/home"), "outside the queue no key does anything");

    await first(page).locator("a").focus();
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await focused(), who);
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(), who);
    await page.keyboard.press("9");
    assert.ok(page.url().endsWith("/home"), "there is no ninth act");
    await page.keyboard.press("1");
    await page.waitForURL(/home\?pair=/);
    assert.match(await focused(), /I have called/);
    assert.notEqual(await first(page).locator("a").innerText(), who, "it rests");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), await first(page).locator("a").innerText(), "on with the queue");
    await page.keyboard.press("u");
    await page.waitForURL(/home\?back/);
    assert.equal(await first(page).locator("a").innerText(), who, "taken back");
    assert.equal(await focused(), who, "and one stands where one was");
  } finally {
    await demo.stop();
  }
});

test("the same without JavaScript", async () => {
  const demo = await startDemo();
  try {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await enter(page, demo.address, "sv");
    await page.goto(`${demo.address}/home`);
    assert.ok(!(await page.locator("[data-keys]").isVisible()), "keys that are not there are not promised");
    const who = await first(page).locator("a").innerText();
    await first(page).getByRole("button", { name: "Jag har ringt" }).click();
    await page.getByRole("button", { name: "Ångra" }).click();
    assert.equal(await first(page).locator("a").innerText(), who);
  } finally {
    await demo.stop();
  }
});
