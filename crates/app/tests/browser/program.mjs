// Starts the program's demo on a free port, and a browser; ends both.
import { spawn } from "node:child_process";
import { chromium } from "playwright-core";

export const program = process.env.MENTORPAR_PROGRAM;
if (!program) throw new Error("MENTORPAR_PROGRAM must name the built program; run `cargo xtask browser`");

/** The demo seen from a fixed day, so that every run shows the same. */
export async function startDemo(...options) {
  const day = options.includes("--today") ? [] : ["--today", "2026-11-23"];
  const child = spawn(program, ["demo", "--small", "--port", "0", ...day, "--language", "en", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  const address = await new Promise((resolve, reject) => {
    child.stdout.on("data", (text) => {
      said += text;
      const found = said.match(/http:\/\/[0-9.:]+/);
      if (found) resolve(found[0]);
    });
    child.on("exit", (code) => reject(new Error(`the demo ended with ${code}: ${said}`)));
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  return { address, stop: () => (child.kill("SIGINT"), ended) };
}

/** A browser with an empty profile. */
export async function startBrowser() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return { browser, stop: () => browser.close() };
}

/** Goes in as the first person at the door. */
export async function enter(page, address, language) {
  await page.goto(`${address}/language/${language}`);
  await page.goto(`${address}/door`);
  await page.locator("form[action='/door'] button").click();
  await page.waitForURL(`${address}/home`);
}

/** Goes in as the mentor at the door, who has a pair. */
export async function enterAsMentor(page, address, language) {
  await page.goto(`${address}/language/${language}`);
  await page.goto(`${address}/door`);
  await page.locator("form[action='/door'] input[name=account]").nth(-2).check();
  await page.locator("form[action='/door'] button").click();
  await page.waitForURL(`${address}/mine`);
}

/** Makes a round with everything as the form proposes it; answers with its address. */
export async function makeRound(page, address) {
  await page.goto(`${address}/rounds/new`);
  await page.locator("main form button.button").first().click();
  await page.waitForURL(/\/rounds\/[0-9a-z]{13}/);
  return page.url();
}
