// Starts the program as it is used for real, on a database of its own; ends it, or kills it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program } from "./program.mjs";

/** `mentorpar serve` with options; answers with its address, the first owner's way in, and ways to end it. */
export async function startServe({ database, options = [], environment = {}, port = 0 } = {}) {
  const folder = database ? undefined : mkdtempSync(join(tmpdir(), "mentorpar-serve-"));
  const url = database ?? `sqlite:${join(folder, "test.sqlite")}`;
  const child = spawn(program, ["serve", "--database", url, "--port", String(port), "--language", "en", ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const address = await new Promise((resolve, reject) => {
    child.stdout.on("data", (text) => {
      said += text;
      // The way in is printed after the address; both are there once the line has ended.
      const found = said.match(/Open (http:\S+)\/ /);
      if (found) setTimeout(() => resolve(found[1]), 50);
    });
    child.on("exit", (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
  });
  return {
    address,
    database: url,
    first: said.match(/http:\S+\/(?:setup|invitation)\/\S+/)?.[0],
    said: () => said,
    kill: () => (child.kill("SIGKILL"), ended),
    stop: async () => {
      child.kill("SIGINT");
      await ended;
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}
