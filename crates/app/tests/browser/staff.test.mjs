// Staff come in for real: setup link, passkey, invitation by a real mail, and everything in between.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "./program.mjs";
import { startServe } from "./serve.mjs";
import { startSmtp } from "./smtp.mjs";

let browser, stop, smtp, serve;

before(async () => {
  ({ browser, stop } = await startBrowser());
  smtp = await startSmtp({ tls: "starttls", user: "mentor@post", password: "p@ss:word" });
  const options = ["--smtp", `smtp://mentor%40post:p%40ss%3Aword@127.0.0.1:${smtp.port}`, "--smtp-certificate", smtp.certificate, "--sender", "mentor@example.se"];
  serve = await startServe({ options });
});
after(async () => {
  await stop();
  await serve.stop();
  await smtp.stop();
});

/** A browser of somebody's own with a device that holds passkeys. */
async function device() {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
  const verify = (isUserVerified) => session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  return { context, page, verify };
}

test("an owner founds the programme, invites a coordinator, and both work with passkeys", async () => {
  const owner = await device();
  assert.match(serve.first, /\/setup\//);
  await owner.page.goto(serve.first);
  await owner.page.getByRole("button", { name: /Continue|Fortsätt/ }).click();
  assert.match(await owner.page.locator("main").textContent(), /Write your name|Skriv ditt namn/);
  await owner.page.locator("#name").fill("Ågot Ägare");
  await owner.page.locator("#email").fill("Agot@Example.se");
  await owner.page.locator("main form button").click();
  await owner.page.waitForURL(/\/invitation\//);
  await owner.page.locator("[data-passkey=make]").click();
  await owner.page.waitForURL(`${serve.address}/home`);
  // The setup link is of no use to anybody else.
  const thief = await device();
  assert.equal((await thief.page.goto(serve.first)).status(), 410);

  await owner.page.goto(`${serve.address}/staff/new`);
  await owner.page.locator("#name").fill("Sam Örn");
  await owner.page.locator("#email").fill("sam@example.se");
  await owner.page.locator("#role").selectOption("coordinator");
  await owner.page.locator("main form button").click();
  await owner.page.waitForURL(`${serve.address}/staff`);
  const mail = await smtp.waitFor((mail) => mail.to.includes("sam@example.se"));
  assert.ok(mail.secure && mail.user === "mentor@post", "over TLS, signed in");
  assert.match(mail.text, /Ågot Ägare/);
  assert.ok(mail.html.includes("Ågot Ägare") && mail.html.includes(mail.links[0]), "both parts say the same");
  assert.equal(mail.parsed.headers.get("auto-submitted"), "auto-generated");

  const sam = await device();
  await sam.page.goto(mail.links[0]);
  await sam.page.locator("[data-passkey=make]").click();
  await sam.page.waitForURL(`${serve.address}/home`);
  assert.equal((await thief.page.goto(mail.links[0])).status(), 410, "an invitation counts once");
  assert.equal((await sam.page.goto(`${serve.address}/staff`)).status(), 403, "a coordinator does not see staff");

  // Out and in again with the passkey alone.
  await sam.page.goto(`${serve.address}/mine`);
  await sam.page.locator(".page-title button").click();
  await sam.page.waitForURL(`${serve.address}/door`);
  await sam.page.locator("[data-passkey=use]").click();
  await sam.page.waitForURL(`${serve.address}/home`);

  // A device that does not ask for a finger or a PIN is not enough.
  await sam.page.goto(`${serve.address}/mine`);
  await sam.page.locator(".page-title button").click();
  await sam.verify(false);
  await sam.page.locator("[data-passkey=use]").click();
  await sam.page.locator("[data-passkey-fault]:not(:empty)").waitFor();
  await sam.verify(true);

  // A link in a mail lets staff in to their own page only.
  await sam.page.locator("#email").fill("sam@example.se");
  await sam.page.locator("form[action='/door/mail'] button").click();
  const link = await smtp.waitFor((mail) => mail.to.includes("sam@example.se") && /\/link\//.test(mail.links[0]));
  const scanner = await browser.newContext();
  const robot = await scanner.newPage();
  await robot.goto(link.links[0]);
  await robot.locator("main form button").click();
  assert.match(await robot.locator(".code").textContent(), /^[0-9]{6}$/);
  await sam.page.goto(link.links[0]);
  await sam.page.locator("main form button").click();
  await sam.page.waitForURL(`${serve.address}/mine`);
  await sam.page.goto(`${serve.address}/mentees`);
  assert.equal(sam.page.url(), `${serve.address}/passkey`);
  await sam.page.locator("[data-passkey=use]").click();
  await sam.page.waitForURL(`${serve.address}/home`);

  // The owner ends the appointment: the coordinator is out at the next click.
  await owner.page.goto(`${serve.address}/staff`);
  await owner.page.getByRole("link", { name: /: Sam Örn/ }).click();
  await owner.page.getByRole("button", { name: "End", exact: true }).click();
  await owner.page.waitForURL(`${serve.address}/staff`);
  await sam.page.goto(`${serve.address}/mentees`);
  assert.equal(sam.page.url(), `${serve.address}/door`);
  for (const it of [owner, sam, thief]) await it.context.close();
  await scanner.close();
  assert.deepEqual(smtp.errors, []);
});

test("unsafe settings are refused with a sentence", async () => {
  const refused = async (options) => {
    await assert.rejects(startServe({ options }), (error) => /ended with 2: .{20,}/s.test(error.message), options.join(" "));
  };
  await refused(["--url", "http://mentor.example"]);
  await refused(["--address", "0.0.0.0"]);
  await refused(["--url", "https://mentor.example"]);
  await refused(["--smtp", "smtp://mail.example?tls=none", "--sender", "a@example.se"]);
  await refused(["--smtp", "smtp://mail.example"]);
  await refused(["--oidc", "http://login.example", "--oidc-client", "a", "--oidc-secret", "b"]);
});
