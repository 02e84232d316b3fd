// Calendar files and feeds, read by a parser and a calendar server that are not ours.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { enter, enterAsMentor, startBrowser, startDemo } from "./program.mjs";
import { startSmtp } from "./smtp.mjs";

const python = process.env.MENTORPAR_PYTHON;
if (!python) throw new Error("MENTORPAR_PYTHON must name a Python with requirements.txt; run `cargo xtask browser`");

/** Looks for modules in no folder but the installed ones: the helper is named like one of Python's own. */
const ALONE = ["-I"];

const PLACE = "Kontoret, Storgatan 1; våning 2 – Åre";

/** Gives the helper orders and reads its answers. */
function ask(...orders) {
  return new Promise((resolve, reject) => {
    const child = execFile(python, [...ALONE, "calendar.py"], { cwd: import.meta.dirname, maxBuffer: 1e8 }, (error, said) =>
      error ? reject(error) : resolve(JSON.parse(said)),
    );
    child.stdin.end(JSON.stringify(orders));
  });
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** A calendar server with an empty folder of its own. */
async function startCalendars() {
  const folder = mkdtempSync(join(tmpdir(), "mentorpar-calendar-"));
  let said;
  // It takes no port 0, so that another process may be quicker to a port that was free.
  for (let tries = 0; tries < 5; tries++) {
    const port = await freePort();
    const settings = ["--config", "", "--server-hosts", `127.0.0.1:${port}`, "--auth-type", "none", "--rights-type", "authenticated"];
    const child = spawn(python, [...ALONE, "-m", "radicale", ...settings, "--storage-filesystem-folder", folder], { stdio: ["ignore", "ignore", "pipe"] });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    said = "";
    const ready = new Promise((resolve) => child.stderr.on("data", (text) => (said += text).includes("server ready") && resolve(true)));
    if (await Promise.race([ready, ended.then(() => false)])) {
      const stop = async () => {
        child.kill("SIGTERM");
        await ended;
        rmSync(folder, { recursive: true, force: true });
      };
      return { address: `http://127.0.0.1:${port}`, stop };
    }
  }
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`the calendar server does not start: ${said}`);
}

let smtp, demo, calendars, browser, page, feed, pair, email, mentee;
const stops = [];

before(async () => {
  smtp = await startSmtp();
  stops.push(() => smtp.stop());
  calendars = await startCalendars();
  stops.push(() => calendars.stop());
  demo = await startDemo("--smtp-port", String(smtp.port));
  stops.push(() => demo.stop());
  const started = await startBrowser();
  stops.push(() => started.stop());
  browser = started.browser;
  page = await (await browser.newContext()).newPage();
  await enterAsMentor(page, demo.address, "en");
  email = await page.locator("dl.facts dd").first().innerText();
  const link = page.locator("main h3 a[href^='/mine/pairs/']").first();
  mentee = await link.innerText();
  pair = await link.getAttribute("href");
  await page.locator("form[action='/mine/calendar'] button[value=make]").click();
  feed = demo.address + new URL(await page.locator("#address").inputValue()).pathname;
});

after(async () => {
  for (const stop of stops.reverse()) await stop();
});

/** Fills in the form for times, on the page of a pair or of a booking, and sends it by a button. */
async function plan(path, times, button, { place = PLACE, minutes = 90 } = {}) {
  await page.goto(demo.address + path);
  await page.locator("details", { has: page.locator("#time-1") }).locator("summary").click();
  for (const [at, time] of times.entries()) await page.locator(`#time-${at + 1}`).fill(time);
  await page.locator("#length").fill(String(minutes));
  await page.locator("#how-place").check();
  await page.locator("#place").fill(place);
  await page.locator(`button[value=${button}]`).click();
  await page.waitForLoadState();
}

/** The letters that an act causes, one to each of the two, with the calendar file in them. */
async function told(act) {
  const since = smtp.mails.length;
  await act();
  const ours = () => smtp.mails.slice(since).filter(({ raw }) => raw.includes("text/calendar"));
  for (const end = Date.now() + 10000; ours().length < 2; await pause(20)) {
    assert.ok(Date.now() < end, `no letters with a calendar file; the page says: ${await page.locator("main").innerText()}`);
  }
  const letters = ours();
  assert.equal(letters.length, 2);
  const parts = await ask(...letters.map(({ raw }) => ["mail", raw]));
  const both = letters.map((letter, at) => ({ letter, to: letter.to[0], ...one(parts[at], letter) }));
  const [mentor, theirs] = [both.find(({ to }) => to === email), both.find(({ to }) => to !== email)];
  assert.ok(mentor && theirs, "one letter to each");
  assert.equal(mentor.event.uid, theirs.event.uid, "both have the same event");
  assert.deepEqual(mentor.event.starts, theirs.event.starts);
  assert.deepEqual(mentor.event.ends, theirs.event.ends);
  assert.equal(mentor.file.method, theirs.file.method);
  assert.equal(mentor.event.status, theirs.event.status);
  return { mentor, mentee: theirs, ...mentor };
}

/** The one event of a letter: as another way to read it, and the same as a file. */
function one(parts, letter) {
  assert.equal(parts.length, 2, letter.subject);
  const [entered, attached] = parts;
  // RFC 6047, 2.4: the method stands in the header as in the file, and the letters are named.
  assert.equal(entered.kind, "text/calendar");
  assert.equal(entered.within, "multipart/alternative");
  assert.equal(entered.charset, "utf-8");
  assert.equal(entered.method, entered.file.method);
  assert.equal(attached.within, "multipart/mixed");
  assert.equal(attached.disposition, "attachment");
  assert.equal(attached.name, "invite.ics");
  assert.equal(attached.text, entered.text);
  const { file, text } = entered;
  sound(file);
  assert.equal(file.events.length, 1);
  const event = file.events[0];
  // RFC 5546, 3.2.2 and 3.2.5: who asks whom.
  assert.deepEqual(event.organizer.map(({ address }) => address), [`mailto:${letter.from}`]);
  assert.equal(event.organizer[0].CN, letter.parsed.from.value[0].name);
  assert.deepEqual(event.attendees.map(({ address }) => address), [`mailto:${letter.to[0]}`]);
  return { file, text, event };
}

function sound(file) {
  assert.deepEqual(file.faults, []);
  assert.equal(file.version, "2.0");
  assert.deepEqual([...new Set(file.inside)], ["VEVENT"], "times are in UTC, so that no zone is needed");
}

/** That an event lasts from a moment to another, written in UTC, and is at a time by the clocks of Sweden. */
function lasts(event, starts, ends, there) {
  assert.deepEqual(event.starts, { written: starts, zone: null, there });
  assert.equal(event.ends.written, ends);
  assert.equal(event.ends.zone, null);
}

async function readFeed() {
  const answer = await fetch(feed);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "text/calendar; charset=utf-8");
  const text = await answer.text();
  const [file] = await ask(["read", text]);
  assert.equal(file.method, null, "a method would make it a letter, not a calendar");
  return { text, file, of: (uid) => file.events.filter((event) => event.uid === uid) };
}

/** A collection of its own on the server. */
async function collection(name) {
  const url = `${calendars.address}/somebody/${name}/`;
  assert.deepEqual(await ask(["make", url]), [201]);
  return url;
}

const uids = (events) => events.map(({ uid }) => uid);

/** Books a time that the two have agreed on. */
const agreed = (time, options) => told(() => plan(pair, [time], "agreed", options));
/** The address of the booking that an event is of. */
const bookingOf = ({ uid }) => `/mine/bookings/${uid.split("@")[0]}`;

test("an invitation, a change and a cancellation are one event", async () => {
  const before = smtp.mails.length;
  await plan(pair, ["2026-12-03T10:00", "2026-12-04T13:30"], "propose");
  const asked = await smtp.waitFor((mail) => smtp.mails.indexOf(mail) >= before && mail.links.some((link) => link.includes("/booking/")));
  assert.ok(!asked.raw.includes("text/calendar"), "times to choose from are nothing for a calendar yet");

  // The mentee chooses, on a device that is not signed in.
  const other = await (await browser.newContext()).newPage();
  const link = asked.links.find((link) => link.includes("/booking/"));
  const made = await told(async () => {
    await other.goto(demo.address + new URL(link).pathname);
    await other.locator("button[name=time]").first().click();
    await other.waitForLoadState();
  });
  assert.equal(made.mentee.to, asked.to[0]);
  assert.equal(made.file.method, "REQUEST");
  assert.equal(made.event.status, "CONFIRMED");
  assert.equal(made.event.location, PLACE);
  assert.match(made.event.description, /: 0[0-9 -]+$/, "the other one's number");
  assert.ok(made.mentor.event.summary.endsWith(` ${mentee}`), made.mentor.event.summary);
  lasts(made.event, "20261203T090000Z", "20261203T103000Z", "2026-12-03T10:00");
  const { uid } = made.event;
  const home = await collection("life");
  const mine = `${home}meeting.ics`;
  const winter = ["between", home, "20261203T090000Z", "20261203T103000Z"];
  assert.deepEqual((await ask(["put", mine, made.text], winter)).map((it) => (it.length ? uids(it) : it)), [201, [uid]]);
  const inFeed = (await readFeed()).of(uid);
  assert.equal(inFeed.length, 1);
  lasts(inFeed[0], "20261203T090000Z", "20261203T103000Z", "2026-12-03T10:00");
  assert.equal(inFeed[0].sequence, made.event.sequence);

  // Moved to another time of the year, when clocks are two hours ahead.
  const moved = await told(() => plan(bookingOf(made.event), ["2027-04-15T10:00"], "agreed", { minutes: 60 }));
  assert.equal(moved.file.method, "REQUEST");
  assert.equal(moved.event.uid, uid);
  assert.equal(moved.event.status, "CONFIRMED");
  for (const side of ["mentor", "mentee"]) {
    assert.ok(moved[side].event.sequence > made[side].event.sequence, "a calendar takes the change as newer");
    assert.ok(moved[side].event.stamp >= made[side].event.stamp);
    assert.deepEqual(moved[side].event.organizer, made[side].event.organizer);
  }
  lasts(moved.event, "20270415T080000Z", "20270415T090000Z", "2027-04-15T10:00");
  const summer = ["between", home, "20270415T080000Z", "20270415T090000Z"];
  // The server refuses one event at two places: what it takes as the change is the same event.
  const [twice, again, inWinter, inSummer] = await ask(["put", `${home}another.ics`, moved.text], ["put", mine, moved.text], winter, summer);
  assert.equal(twice, 409);
  assert.ok([201, 204].includes(again), String(again));
  assert.deepEqual(uids(inWinter), []);
  assert.deepEqual(uids(inSummer), [uid]);
  lasts((await readFeed()).of(uid)[0], "20270415T080000Z", "20270415T090000Z", "2027-04-15T10:00");

  const off = await told(async () => {
    await page.goto(demo.address + bookingOf(made.event));
    await page.locator("details", { has: page.locator("button[value=cancel]") }).locator("summary").click();
    await page.locator("button[value=cancel]").click();
    await page.waitForLoadState();
  });
  assert.equal(off.file.method, "CANCEL");
  assert.equal(off.event.uid, uid);
  assert.equal(off.event.status, "CANCELLED");
  for (const side of ["mentor", "mentee"]) {
    assert.ok(off[side].event.sequence > moved[side].event.sequence);
    assert.deepEqual(off[side].event.organizer, made[side].event.organizer);
    assert.deepEqual(off[side].event.attendees, made[side].event.attendees);
  }
  lasts(off.event, "20270415T080000Z", "20270415T090000Z", "2027-04-15T10:00");
  const [last, left] = await ask(["put", mine, off.text], summer);
  assert.ok([201, 204].includes(last), String(last));
  assert.deepEqual(left.map(({ status, sequence }) => [status, sequence]), [["CANCELLED", off.event.sequence]]);
  assert.deepEqual((await readFeed()).of(uid), [], "what is called off is out of the feed");
});

test("around the nights when the clocks change, times are those of the clocks", async () => {
  // The hour from two to three is no time: the form says so, and nothing comes of it.
  const [letters, events] = [smtp.mails.length, (await readFeed()).file.events.length];
  for (const button of ["agreed", "propose"]) {
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await plan(pair, ["2027-03-28T02:30"], button);
    assert.equal((await answer).status(), 422);
    const fault = await page.getByRole("alert").innerText();
    assert.match(fault, /Clocks go forward that night/);
    assert.ok(fault.includes("2027-03-28T02:30"), fault);
  }
  await page.goto(`${demo.address}/mine`);
  assert.equal(await page.locator("main h3 a[href^='/mine/bookings/']").count(), events);

  // The same time of the evening before and after is not the same time of the world.
  const before = await agreed("2027-03-27T19:00", { minutes: 60 });
  lasts(before.event, "20270327T180000Z", "20270327T190000Z", "2027-03-27T19:00");
  const after = await agreed("2027-03-28T19:00", { minutes: 60 });
  lasts(after.event, "20270328T170000Z", "20270328T180000Z", "2027-03-28T19:00");
  assert.notEqual(before.event.uid, after.event.uid);
  // An hour that begins in winter and ends in summer is an hour.
  const night = await told(() => plan(bookingOf(after.event), ["2027-03-28T01:30"], "agreed", { minutes: 60 }));
  lasts(night.event, "20270328T003000Z", "20270328T013000Z", "2027-03-28T01:30");
  assert.equal(night.event.ends.there, "2027-03-28T03:30");
  // In autumn the clocks show half past two twice: it is the first.
  const autumn = await told(() => plan(bookingOf(after.event), ["2027-10-31T02:30"], "agreed", { minutes: 60 }));
  lasts(autumn.event, "20271031T003000Z", "20271031T013000Z", "2027-10-31T02:30");
  assert.equal(autumn.event.ends.there, "2027-10-31T02:30");
  // None but these has been told of since the refusals.
  const sent = smtp.mails.slice(letters).filter(({ links }) => links.some((link) => link.includes("/booking/")));
  assert.equal(sent.length, 8);
});

let record;

/** Staff give the mentee another name; answers with the name that the mentor sees then. */
async function rename(name) {
  const staff = await (await browser.newContext()).newPage();
  await enter(staff, demo.address, "en");
  if (!record) {
    await staff.goto(`${demo.address}/mentees?q=${encodeURIComponent(mentee)}`);
    record = demo.address + (await staff.locator("tbody th a", { hasText: mentee }).getAttribute("href"));
  }
  await staff.goto(`${record}/edit`);
  const form = await staff.locator("main form.stack").evaluate((form) => [...new FormData(form)]);
  // Past the browser, which lets no line break into a field of one line.
  const fields = new URLSearchParams(form.map(([key, value]) => [key, key === "name" ? name : value]));
  const headers = { "content-type": "application/x-www-form-urlencoded", origin: demo.address };
  const answer = await staff.context().request.post(record, { headers, data: fields.toString() });
  assert.ok([200, 422].includes(answer.status()), String(answer.status()));
  await staff.context().close();
  await page.goto(`${demo.address}/mine`);
  mentee = await page.locator("main h3 a[href^='/mine/pairs/']").first().evaluate((link) => link.textContent);
  return mentee;
}

test("what people write comes through letter by letter, in lines of 75 octets", async () => {
  // More than one line, in letters of one to four octets, so that a fold would fall within a letter.
  const long = `Ärenden: ${"å😀–x, ".repeat(40)}; slut`;
  assert.ok([...long].length < 300);
  const first = await agreed("2027-01-14T15:00", { place: long, minutes: 45 });
  for (const side of ["mentor", "mentee"]) {
    assert.equal(first[side].event.location, long);
    assert.equal(first[side].file.folded, true);
  }
  // Everything that means something in such a file.
  const name = 'Åsa "Ek", Lund; \\ Öst: 50 %';
  assert.equal(await rename(name), name);
  const place = 'C:\\mapp\\ny, "våning 2"; 日本 \\n är ingen ny rad';
  const second = await told(() => plan(bookingOf(first.event), ["2027-01-15T15:00"], "agreed", { place, minutes: 45 }));
  assert.equal(second.event.uid, first.event.uid);
  for (const side of ["mentor", "mentee"]) assert.equal(second[side].event.location, place);
  assert.ok(second.mentor.event.summary.endsWith(` ${name}`), second.mentor.event.summary);
  const { file, of } = await readFeed();
  sound(file);
  assert.equal(of(first.event.uid)[0].summary, second.mentor.event.summary);
  assert.equal(of(first.event.uid)[0].location, place);
});

test("a calendar server takes the feed event by event and gives it back", async () => {
  const { file, text } = await readFeed();
  sound(file);
  assert.ok(file.events.length >= 3, "the tests before have left some");
  assert.equal(new Set(uids(file.events)).size, file.events.length);
  const home = await collection("feed");
  const windows = file.events.map(({ starts, ends }) => ["between", home, starts.written, ends.written]);
  const [answers, ...found] = await ask(["each", home, text], ...windows);
  assert.equal(answers.length, file.events.length);
  const known = ({ uid, starts, ends, summary, location, sequence, status }) => ({ uid, starts, ends, summary, location, sequence, status });
  for (const [at, event] of file.events.entries()) {
    assert.equal(answers[at].status, 201);
    assert.deepEqual(answers[at].back.map(known), [known(event)]);
    // The server finds it by its own idea of when it is.
    assert.deepEqual(found[at].filter(({ uid }) => uid === event.uid).map(known), [known(event)]);
  }
});

test("a line break in a name is no line of the file", async () => {
  // The form may refuse such a name or mend it; a calendar must be sound, and say what the page says.
  const shown = await rename("Eva\r\nATTENDEE:mailto:nobody@example.org\rX-OTHER:yes");
  const { mentor, mentee: theirs } = await agreed("2027-02-10T08:15");
  const squeezed = (text) => text.replace(/\s+/g, "");
  assert.ok(squeezed(mentor.event.summary).endsWith(squeezed(shown)), mentor.event.summary);
  assert.deepEqual(mentor.event.names, theirs.event.names);
  const { file, text } = await readFeed();
  sound(file);
  const home = await collection("names");
  const [answers] = await ask(["each", home, text]);
  assert.deepEqual(answers.map(({ status }) => status), file.events.map(() => 201));
});
