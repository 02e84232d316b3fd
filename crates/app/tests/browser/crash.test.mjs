// The program is killed under load again and again: what was answered is there, and no mail is missing or comes more
// often than its lane allows. MENTORPAR_KILLS says how often; `cargo xtask browser` kills less.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startServe } from "./serve.mjs";
import { startSmtp } from "./smtp.mjs";

const kills = Number(process.env.MENTORPAR_KILLS ?? 12);
const writers = 6;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A writer of an interest form, who remembers what was answered. */
class Writer {
  constructor(number) {
    Object.assign(this, { number, step: 0, answered: 0 });
  }

  async begin(serve) {
    const begun = await fetch(`${serve.address}/apply/mentee`, { method: "POST", redirect: "manual" });
    this.cookie = begun.headers.getSetCookie()[0].split(";")[0];
    this.path = begun.headers.get("location");
  }

  address(step) {
    return `w${this.number}.s${step}@example.org`;
  }

  /** Saves one answer after another until the program is gone. */
  async write(serve, mails) {
    for (;;) {
      const step = ++this.step;
      try {
        const body = new URLSearchParams({ name: `Åsa ${step}`, email: this.address(step) });
        const answer = await fetch(serve.address + this.path, { method: "POST", redirect: "manual", headers: { cookie: this.cookie }, body });
        assert.equal(answer.status, 303);
        this.answered = step;
        mails.add(this.address(step));
      } catch (error) {
        if (error.code === "ERR_ASSERTION") throw error;
        return;
      }
    }
  }

  /** What was answered is there, or what was under way, whole. */
  async check(serve) {
    const page = await (await fetch(serve.address + this.path, { headers: { cookie: this.cookie } })).text();
    const kept = Number(page.match(/value="w\d+\.s(\d+)@/)?.[1] ?? 0);
    assert.ok(kept === this.answered || kept === this.step, `${kept} is kept, ${this.answered} was answered, ${this.step} under way`);
    // What has been seen stays, and the next one begins after it.
    this.answered = this.step = kept;
    if (kept) assert.ok(page.includes(`value="Åsa ${kept}"`), "an answer is there whole");
  }
}

async function crash(name, database) {
  const smtp = await startSmtp();
  const options = ["--smtp", `smtp://127.0.0.1:${smtp.port}?tls=none`, "--sender", "mentor@example.se"];
  const mails = new Set();
  const all = Array.from({ length: writers }, (_, number) => new Writer(number));
  let serve = await startServe({ database, options });
  for (const writer of all) await writer.begin(serve);
  for (let round = 0; round < kills; round++) {
    const writing = all.map((writer) => writer.write(serve, mails));
    await wait(30 + Math.random() * 250);
    await serve.kill();
    await Promise.all(writing);
    serve = await startServe({ database, options });
    for (const writer of all) await writer.check(serve);
  }
  // Mails in doubt are settled once the time of the server that was killed is up.
  const count = () => {
    const found = new Map();
    for (const mail of smtp.mails) found.set(mail.to[0], (found.get(mail.to[0]) ?? 0) + 1);
    return found;
  };
  const missing = () => [...mails].filter((address) => !count().has(address));
  for (let at = 0; missing().length && at < 400; at++) await wait(1000);
  await wait(3000);
  await serve.stop();
  await smtp.stop();
  assert.deepEqual(missing(), [], "mails that never came");
  const often = [...count()].filter(([, times]) => times > 2);
  assert.deepEqual(often, [], "mails that came more than once too often");
  const twice = [...count()].filter(([, times]) => times === 2).length;
  console.log(`${name}: killed ${kills} times; ${mails.size} writes answered, ${smtp.mails.length} mails, ${twice} of them twice`);
}

test("killed under load, SQLite", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mentorpar-crash-"));
  await crash("SQLite", `sqlite:${join(folder, "test.sqlite")}`);
  rmSync(folder, { recursive: true });
});

test("killed under load, PostgreSQL", { skip: !process.env.MENTORPAR_TEST_POSTGRES }, async () => {
  const server = process.env.MENTORPAR_TEST_POSTGRES;
  const name = `crash_${process.pid}`;
  execFileSync("psql", [server, "-qc", `CREATE DATABASE ${name}`]);
  await crash("PostgreSQL", server.replace(/\/[^/]*$/, `/${name}`));
});
