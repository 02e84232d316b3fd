// Staff come in by a provider of identities, and a provider that lies lets nobody in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "./program.mjs";
import { faults, startProvider } from "./provider.mjs";
import { startServe } from "./serve.mjs";
import { startSmtp } from "./smtp.mjs";

const redirect = [];
const agot = { sub: "s-1", email: "agot@example.se", email_verified: true, name: "Ågot", amr: ["pwd", "mfa"] };
const accounts = { agot, weak: { ...agot, sub: "s-2", amr: ["pwd"] }, stranger: { ...agot, sub: "s-3", email: "other@example.se" } };
let browser, stop, provider, serve, smtp;

before(async () => {
  ({ browser, stop } = await startBrowser());
  provider = await startProvider({ redirect, accounts });
  smtp = await startSmtp();
  const options = ["--oidc", provider.issuer, "--oidc-client", provider.clientId, "--oidc-secret", provider.clientSecret, "--oidc-name", "Exempel-ID"];
  serve = await startServe({ options: [...options, "--smtp", `smtp://127.0.0.1:${smtp.port}?tls=none`, "--sender", "mentor@example.se"] });
  redirect.push(`${serve.address}/provider/return`);
});
after(async () => {
  await stop();
  await serve.stop();
  await provider.stop();
  await smtp.stop();
});

/** Goes from a page of ours to the provider and back; answers with what is shown then. */
async function signIn(page, from, login) {
  await page.goto(from);
  await page.getByRole("link", { name: /Exempel-ID|organisation/ }).last().click();
  if (page.url().startsWith(provider.issuer)) {
    await page.getByLabel("Login").fill(login);
    await page.getByRole("button", { name: "Log in" }).click();
  }
  await page.waitForURL((url) => url.href.startsWith(serve.address));
  return { path: new URL(page.url()).pathname, text: await page.locator("main").textContent() };
}

test("an invitation ties the provider's word to an account, and nothing else does", async () => {
  const context = await browser.newContext({ locale: "en" });
  const page = await context.newPage();
  await page.goto(serve.first);
  await page.locator("#name").fill("Ågot Ägare");
  await page.locator("#email").fill("agot@example.se");
  await page.locator("main form button").click();
  await page.waitForURL(/\/invitation\//);
  const invitation = page.url();

  // The right address alone is not enough: without the invitation nobody is known.
  assert.match((await signIn(page, `${serve.address}/door`, "agot")).text, /not among the staff/);
  // With the invitation, but for another address, or one that the provider does not vouch for.
  assert.match((await signIn(page, invitation, "stranger")).text, /not among the staff/);
  for (const name of ["unverified", "no-email"]) {
    provider.setHostile(name);
    assert.match((await signIn(page, invitation, "agot")).text, /not among the staff/, name);
  }
  provider.setHostile();
  assert.match((await signIn(page, invitation, "weak")).text, /asked for a password only/);

  assert.equal((await signIn(page, invitation, "agot")).path, "/home");
  await page.goto(`${serve.address}/mine`);
  assert.match(await page.locator("main").textContent(), /the organisation's sign-in/);
  await page.locator(".page-title button").click();
  // From now on the identity is known, whatever address it has.
  accounts.agot.email = "agot.new@example.se";
  assert.equal((await signIn(page, `${serve.address}/door?back=%2Fpairs`, "agot")).path, "/pairs");
  await context.close();
});

for (const name of faults.filter((name) => !["unverified", "no-email", "code-reuse"].includes(name))) {
  test(`a provider that lies about ${name} lets nobody in`, async () => {
    const context = await browser.newContext({ locale: "en" });
    const page = await context.newPage();
    provider.setHostile(name);
    const { text } = await signIn(page, `${serve.address}/door`, "agot");
    provider.setHostile();
    assert.match(text, /cannot be trusted|broken off/, name);
    await page.goto(`${serve.address}/mine`);
    assert.equal(page.url(), `${serve.address}/door`);
    await context.close();
  });
}

test("coming back twice, or from another browser, lets nobody in", async () => {
  const context = await browser.newContext({ locale: "en" });
  const page = await context.newPage();
  let back;
  page.on("request", (request) => request.url().includes("/provider/return") && (back = request.url()));
  await signIn(page, `${serve.address}/door`, "agot");
  assert.match(await (await page.goto(back)).text(), /broken off/);
  const other = await browser.newContext({ locale: "en" });
  const thief = await other.newPage();
  assert.equal((await thief.goto(back)).status(), 422);
  await other.close();
  await context.close();
});
