// Mail over real SMTP with faults: what is refused, put off, cut or left in doubt, and what becomes of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startServe } from "./serve.mjs";
import { startSmtp } from "./smtp.mjs";

const plans = {};
const seen = [];
let smtp, serve;
const sender = ["--sender", "mentor@example.se"];

before(async () => {
  smtp = await startSmtp({
    answer: async (at) => {
      const to = at.to?.at(-1);
      if (at.step === "rcpt") seen.push(to);
      return plans[to]?.(at);
    },
  });
  serve = await startServe({ options: ["--smtp", `smtp://127.0.0.1:${smtp.port}?tls=none`, ...sender] });
});
after(async () => {
  await serve.stop();
  await smtp.stop();
});

const post = (path, fields, cookie = "") =>
  fetch(serve.address + path, { method: "POST", redirect: "manual", headers: { cookie }, body: new URLSearchParams(fields) });

/** An interest form begun, so that a mail goes to the address. */
async function mailTo(address) {
  const begun = await post("/apply/mentee", {});
  const cookie = begun.headers.getSetCookie()[0].split(";")[0];
  await post(begun.headers.get("location"), { name: "Åsa", email: address }, cookie);
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const count = (address) => smtp.mails.filter((mail) => mail.to.includes(address)).length;

test("a mail goes out once, with one identity, to one person", async () => {
  await mailTo("plain@example.org");
  const mail = await smtp.waitFor((mail) => mail.to.includes("plain@example.org"));
  assert.deepEqual(mail.to, ["plain@example.org"]);
  assert.match(mail.parsed.messageId, /^<[0-9a-z]{13}@example\.se>$/);
  await wait(2500);
  assert.equal(count("plain@example.org"), 1);
});

test("what is put off comes later, what is refused never comes again", async () => {
  let times = 0;
  plans["later@example.org"] = ({ step }) => (step === "rcpt" && times++ === 0 ? { code: 451, text: "4.7.1 Greylisted" } : undefined);
  plans["gone@example.org"] = ({ step }) => (step === "rcpt" ? { code: 550, text: "5.1.1 No such person" } : undefined);
  await mailTo("gone@example.org");
  await mailTo("later@example.org");
  await smtp.waitFor((mail) => mail.to.includes("later@example.org"), 15000);
  assert.equal(seen.filter((to) => to === "gone@example.org").length, 1);
  assert.equal(count("gone@example.org"), 0);
  assert.equal(count("later@example.org"), 1);
});

test("a connection cut before the text is no doubt: the mail comes once", async () => {
  for (const step of ["mail", "rcpt", "data"]) {
    const address = `cut-${step}@example.org`;
    let times = 0;
    plans[address] = (at) => (at.step === step && times++ === 0 ? "drop" : undefined);
    await mailTo(address);
    await smtp.waitFor((mail) => mail.to.includes(address), 15000);
    await wait(300);
    assert.equal(count(address), 1, step);
  }
});

test("header injection is refused", async () => {
  for (const address of ["a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "<a@example.org>"]) await mailTo(address);
  await wait(2500);
  assert.ok(smtp.mails.every((mail) => mail.to.length === 1 && !mail.raw.includes("Bcc:")));
  assert.equal(count("b@example.org"), 0);
});

test("mail waits for a server that is down, and for one that speaks no TLS it is not sent", async () => {
  const down = await startSmtp();
  const port = down.port;
  await down.stop();
  const waiting = await startServe({ options: ["--smtp", `smtp://127.0.0.1:${port}?tls=none`, ...sender] });
  const strict = await startServe({ options: ["--smtp", `smtp://127.0.0.1:${smtp.port}`, ...sender] });
  const address = serve.address;
  for (const [program, to] of [[waiting, "patient@example.org"], [strict, "strict@example.org"]]) {
    serve.address = program.address;
    await mailTo(to);
  }
  serve.address = address;
  await wait(1500);
  const up = await startSmtp({ port });
  await up.waitFor((mail) => mail.to.includes("patient@example.org"), 20000);
  assert.equal(count("strict@example.org"), 0, "nothing goes over in the clear unasked");
  await waiting.stop();
  await strict.stop();
  await up.stop();
});
