// The day after a mail to 10,000 people: open-loop load on `mentorpar serve`, with mail over real SMTP.
// Requests leave at their time however long others take, and count from then, so that no wait is hidden.
//
//   cargo build --release && (cd crates/app/tests/browser && npm ci) && node benches/web/load.mjs [postgres://…]
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
process.env.MENTORPAR_PROGRAM ??= join(root, "target/release/mentorpar");
const { program } = await import("../../crates/app/tests/browser/program.mjs");
const { startServe } = await import("../../crates/app/tests/browser/serve.mjs");
const { startSmtp } = await import("../../crates/app/tests/browser/smtp.mjs");

/** Requests a second at the national peak: 7 ask for a mail to sign in, 13 save a page of a form, 55 read. */
const PEAK = 75;
const VISITORS = 60;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

const folder = mkdtempSync(join(tmpdir(), "mentorpar-load-"));
const database = process.argv[2] ?? `sqlite:${join(folder, "load.sqlite")}`;
/** The addresses of everybody in a role. */
const addresses = (role) => {
  const file = join(folder, `${role}.csv`);
  execFileSync(program, ["export", role, file, "--database", database]);
  return readFileSync(file, "utf8").match(/[\w.åäöé-]+@example\.\w+/gi);
};

/** The national demo year, put into the database by the demo itself. */
async function fill() {
  const demo = spawn(program, ["demo", "--port", "0", "--database", database], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((done) => demo.stdout.on("data", (text) => String(text).includes("http") && done()));
  demo.kill("SIGINT");
  await new Promise((done) => demo.on("exit", done));
}

let network = 0;
/** From a network of its own each, as behind a proxy. */
const from = () => `10.${(network >> 16) & 255}.${(network >> 8) & 255}.${network++ & 255}`;

function ask(address, agent, { method = "GET", path, cookie = "", form }) {
  const body = form && new URLSearchParams(form).toString();
  const headers = { cookie, "x-forwarded-for": from(), ...(body && { "content-type": "application/x-www-form-urlencoded", "content-length": body.length }) };
  return new Promise((done) => {
    const request = http.request(address + path, { method, headers, agent }, (answer) => {
      answer.resume();
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers }));
      answer.on("error", () => done({ status: 0, headers: {} }));
    });
    request.on("error", () => done({ status: 0, headers: {} }));
    request.end(body);
  });
}

const cookies = (answer) => (answer.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]).join("; ");

/** Participants who have signed in by the link in their mail, each with a form begun. */
async function signIn(address, agent, smtp, emails) {
  const visitors = [];
  for (const email of emails) {
    const browser = cookies(await ask(address, agent, { method: "POST", path: "/door/mail", form: { email } }));
    const mail = await smtp.waitFor((it) => it.to.includes(email), 20_000);
    const link = new URL(mail.links.find((it) => it.includes("/link/"))).pathname;
    const session = cookies(await ask(address, agent, { method: "POST", path: link, cookie: browser }));
    const begun = await ask(address, agent, { method: "POST", path: "/apply/mentee" });
    visitors.push({ email, session, form: begun.headers.location.replace(/\/you$/, ""), cookie: cookies(begun) });
  }
  return visitors;
}

/** One request of the mix, by its number. */
function one(number, visitors, emails) {
  const at = number % PEAK;
  const visitor = visitors[number % visitors.length];
  if (at < 7) return { write: true, method: "POST", path: "/door/mail", form: { email: emails[number % emails.length] } };
  if (at < 20) return { write: true, method: "POST", path: `${visitor.form}/style`, cookie: visitor.cookie, form: { risk: 1 + (number % 5) } };
  if (at < 35) return { path: "/" };
  if (at < 45) return { path: "/where?municipality=1280" };
  if (at < 60) return { path: "/mine", cookie: visitor.session };
  return { path: `${visitor.form}/needs`, cookie: visitor.cookie };
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(0) ?? "–";

async function run(address, agent, times, seconds, visitors, emails) {
  const rate = PEAK * times;
  const reads = [], writes = [], status = {};
  const begin = performance.now();
  const under = [];
  for (let number = 0; number < rate * seconds; number++) {
    const due = begin + (number * 1000) / rate;
    if (due > performance.now()) await wait(due - performance.now());
    const request = one(number, visitors, emails);
    under.push(
      ask(address, agent, request).then((answer) => {
        status[answer.status] = (status[answer.status] ?? 0) + 1;
        if (answer.status !== 503) (request.write ? writes : reads).push(performance.now() - due);
      }),
    );
  }
  await Promise.all(under);
  for (const list of [reads, writes]) list.sort((a, b) => a - b);
  const took = (performance.now() - begin) / 1000;
  const told = Object.entries(status).map(([code, count]) => `${code}: ${count}`).join(", ");
  console.log(
    `| ${times} P | ${rate} | ${at(reads, 0.5)} / ${at(reads, 0.99)} | ${at(writes, 0.5)} / ${at(writes, 0.99)} | ${told} | ${took.toFixed(0)} s |`,
  );
}

await fill();
const emails = addresses("mentees");
const smtp = await startSmtp();
const options = ["--proxy", "--smtp", `smtp://127.0.0.1:${smtp.port}?tls=none`, "--sender", "mentor@example.se"];
const serve = await startServe({ database, options });
const agent = new http.Agent({ keepAlive: true, maxSockets: 4096 });
try {
  const visitors = await signIn(serve.address, agent, smtp, emails.slice(0, VISITORS));
  const others = emails.slice(VISITORS);
  console.log("| load | requests/s | read ms, median / p99 | write ms, median / p99 | answers | took |\n|---|---:|---:|---:|---|---:|");
  await run(serve.address, agent, 1, 5, visitors, others); // Warms up.
  await run(serve.address, agent, 1, 30, visitors, others);
  await run(serve.address, agent, 10, 20, visitors, others);
  await run(serve.address, agent, 40, 10, visitors, others);
  await wait(10_000);
  await run(serve.address, agent, 1, 20, visitors, others);
  console.log(`${smtp.mails.length} mails carried.`);
} finally {
  agent.destroy();
  await serve.stop();
  await smtp.stop();
  rmSync(folder, { recursive: true, force: true });
}
