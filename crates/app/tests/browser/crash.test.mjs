// The program is killed under load again and again: what was answered is there, and no mail is missing or comes more
// often than its lane allows. MENTORPAR_KILLS says how often; `cargo xtask browser` kills less.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { program } from "./program.mjs";
import { startServe } from "./serve.mjs";
import { startSmtp } from "./smtp.mjs";

const kills = Number(process.env.MENTORPAR_KILLS ?? 12);
const writers = 6;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Somebody who writes one interest form after another, and remembers what was answered. */
class Writer {
  constructor(number) {
    Object.assign(this, { number, step: 0, answered: [] });
  }

  post(serve, path, fields, cookie = "") {
    // Each from a network of its own, as many people are.
    const from = `2001:db8:${this.number.toString(16)}:${(this.step % 65536).toString(16)}::1`;
    const headers = { cookie, "x-forwarded-for": from };
    return fetch(serve.address + path, { method: "POST", redirect: "manual", headers, body: new URLSearchParams(fields) });
  }

  /** Writes until the program is gone. */
  async write(serve, mails) {
    for (;;) {
      const address = `w${this.number}.s${++this.step}@example.org`;
      try {
        const begun = await this.post(serve, "/apply/mentee", {});
        const cookie = begun.headers.getSetCookie()[0].split(";")[0];
        const path = begun.headers.get("location");
        const answer = await this.post(serve, path, { name: `Åsa ${this.step}`, email: address }, cookie);
        assert.equal(answer.status, 303);
        this.answered.push({ path, cookie, address, name: `Åsa ${this.step}` });
        mails.add(address);
      } catch (error) {
        if (error.code === "ERR_ASSERTION") throw error;
        return;
      }
    }
  }

  /** The latest that were answered are there, whole. */
  async check(serve) {
    for (const { path, cookie, address, name } of this.answered.slice(-3)) {
      const page = await (await fetch(serve.address + path, { headers: { cookie } })).text();
      assert.ok(page.includes(`value="${address}"`) && page.includes(`value="${name}"`), `${address} was answered and is lost`);
    }
  }
}

async function crash(name, database) {
  const smtp = await startSmtp();
  const options = ["--smtp", `smtp://127.0.0.1:${smtp.port}?tls=none`, "--sender", "mentor@example.se", "--proxy"];
  const mails = new Set();
  let serve;
  try {
    const all = Array.from({ length: writers }, (_, number) => new Writer(number));
    serve = await startServe({ database, options });
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
    const missing = () => {
      const found = count();
      return [...mails].filter((address) => !found.has(address));
    };
    for (let at = 0; missing().length && at < 400; at++) await wait(1000);
    await wait(3000);
    await serve.stop();
    execFileSync(program, ["check", "--database", database]);
    assert.deepEqual(missing(), [], "mails that never came");
    const often = [...count()].filter(([, times]) => times > 2);
    assert.deepEqual(often, [], "mails that came more than once too often");
    const twice = [...count()].filter(([, times]) => times === 2).length;
    console.log(`${name}: killed ${kills} times; ${mails.size} writes answered, ${smtp.mails.length} mails, ${twice} of them twice`);
  } finally {
    // Also when something is lost: nothing is left running.
    await serve?.kill();
    await smtp.stop();
  }
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
