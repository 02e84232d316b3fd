// A whole round: by keyboard alone, with and without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, startBrowser, startDemo } from "./program.mjs";

let browser, stop;

before(async () => {
  ({ browser, stop } = await startBrowser());
});
after(() => stop());

/** Moves the focus with the Tab key to what has this text or label. */
async function tabTo(page, name, most = 250) {
  for (let step = 0; step < most; step++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate((name) => {
      const focused = document.activeElement;
      const label = focused.getAttribute("aria-label") ?? focused.textContent.trim();
      const outline = getComputedStyle(focused).outlineStyle;
      return label.startsWith(name) ? { outline } : null;
    }, name);
    if (found) {
      assert.notEqual(found.outline, "none", `the focus on “${name}” is seen`);
      return;
    }
  }
  assert.fail(`“${name}” cannot be reached by keyboard`);
}

for (const javaScriptEnabled of [true, false]) {
  test(`a round by keyboard alone, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async () => {
    const demo = await startDemo();
    try {
      const context = await browser.newContext({ javaScriptEnabled });
      const page = await context.newPage();
      const complaints = [];
      page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
      await enter(page, demo.address, "en");
      const reach = javaScriptEnabled
        ? (name) => tabTo(page, name)
        : async (name) => {
            // Without scripts the page cannot be asked what has the focus: the control takes it itself.
            await page.getByRole("button", { name }).or(page.getByRole("link", { name })).first().focus();
          };
      await reach("New matching round");
      await page.keyboard.press("Enter");
      await page.waitForURL(/rounds\/new/);
      await reach("Match");
      if (!javaScriptEnabled) await page.getByRole("button", { name: "Match", exact: true }).focus();
      else while ((await page.evaluate(() => document.activeElement.tagName)) !== "BUTTON") await tabTo(page, "Match");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/rounds\/[0-9a-z]{13}/);
      assert.match(await page.locator(".board-head").innerText(), /Proven best/);

      await reach("Lock the pair of");
      await page.keyboard.press("Enter");
      await page.locator(".told").waitFor();
      assert.match(await page.locator(".told").innerText(), /Nobody changed mentor/);
      await page.locator(".row.locked").first().waitFor();

      await reach("Forbid the pair of");
      await page.keyboard.press("Enter");
      await page.locator(".row.changed").first().waitFor();

      await reach("Undo");
      await page.keyboard.press("Enter");
      await page.locator('input[name=version][value="4"]').first().waitFor({ state: "attached" });
      await page.locator(".row.locked").first().waitFor();

      // The alternatives of the first who can have any: opened, and one chosen.
      const row = page.locator(".row:has(details)").first();
      const who = await row.locator(".who a").innerText();
      await row.locator("summary").focus();
      await page.keyboard.press("Enter");
      if (javaScriptEnabled) {
        await row.getByRole("button", { name: /^Choose/ }).first().focus();
      } else {
        await row.getByRole("link", { name: "Show them on" }).focus();
        await page.keyboard.press("Enter");
        await page.waitForURL(/#others$/);
        await page.getByRole("button", { name: /^Choose/ }).first().focus();
      }
      await page.keyboard.press("Enter");
      if (javaScriptEnabled) {
        const chosen = page.locator(".row.locked", { hasText: who });
        await chosen.waitFor();
        await page.locator(".row.locked .acts button:focus").waitFor();
        assert.match(await page.evaluate(() => document.activeElement.closest(".row").textContent), new RegExp(who));
      } else {
        await page.getByText("Locked", { exact: true }).first().waitFor();
        await page.goBack();
        await page.goto(page.url().replace(/\/mentees.*/, ""));
      }
      assert.deepEqual(complaints, [], "the browser complains of nothing");

      // Somebody else acts in between: the second act is refused in words, and nothing is lost.
      const board = page.url().replace(/[?#].*/, "");
      await page.goto(board);
      const other = await context.newPage();
      await other.goto(board);
      await other.getByRole("button", { name: /^(Lock|Unlock) the pair/ }).first().click();
      await other.locator(".told").waitFor();
      await other.close();
      await page.getByRole("button", { name: /^Forbid the pair/ }).first().click();
      await page.getByText("has changed this", { exact: false }).waitFor();
      if (javaScriptEnabled) assert.equal(page.url(), board, "the address stays, so that the page can be loaded again");
      await page.goto(board);

      await reach("Look through and approve");
      await page.keyboard.press("Enter");
      await page.waitForURL(/approval/);
      await reach("Approve");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/pairs\?made=/);
      assert.match(await page.locator("main").innerText(), /Mentor asked/);
      await context.close();
    } finally {
      await demo.stop();
    }
  });
}

test("a file is imported in the browser", async () => {
  const demo = await startDemo();
  try {
    const page = await browser.newPage();
    await enter(page, demo.address, "sv");
    await page.goto(`${demo.address}/import`);
    const file = "Namn;E-post;Organisation;Program;Kommun;Ansökt;Behov\nÅsa Öberg;asa@example.org;utv-syd;muf;Karlskrona;2026-10-01;D2\n";
    await page.locator("#file").setInputFiles({ name: "adepter.csv", mimeType: "text/csv", buffer: Buffer.from(file, "latin1") });
    await page.getByRole("button", { name: "Titta på filen" }).click();
    await page.getByRole("button", { name: "Läs in 1 person" }).click();
    await page.waitForURL(/mentees/);
    await page.goto(`${demo.address}/mentees?q=ÖBERG`);
    assert.equal(await page.locator("tbody tr").count(), 1);
    await page.close();
  } finally {
    await demo.stop();
  }
});
