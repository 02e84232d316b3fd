// The whole way, from an application to a diploma, and then every exception: by the letters, in both languages, on both
// databases. Letters are read as they came over SMTP; the clock goes on by starting the program on a later day.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { faults } from "./axe.mjs";
import { enter, enterAsMentor, startBrowser, startDemo } from "./program.mjs";
import { startSmtp } from "./smtp.mjs";

/** A folder for a picture of each page, if somebody wants to look. */
const LOOK = process.env.MENTORPAR_LOOK;
if (LOOK) mkdirSync(LOOK, { recursive: true });

let browser, stop, smtp, folder;
before(async () => {
  ({ browser, stop } = await startBrowser());
  smtp = await startSmtp();
  folder = mkdtempSync(join(tmpdir(), "mentorpar-course-"));
});
after(async () => {
  await stop();
  await smtp.stop();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
/** A new database of each kind there is: its name, and its address. */
function databases() {
  const number = count++;
  const all = [["SQLite", `sqlite:${join(folder, `course-${number}.sqlite`)}`]];
  const server = process.env.MENTORPAR_TEST_POSTGRES;
  if (server) {
    const name = `course_${process.pid}_${number}`;
    execFileSync("psql", [server, "-qc", `CREATE DATABASE ${name}`]);
    all.push(["PostgreSQL", server.replace(/\/[^/]*$/, `/${name}`)]);
  }
  return all;
}

/** The words of a PDF file, as another program reads them. */
function words(pdf) {
  const file = join(folder, `paper-${count++}.pdf`);
  writeFileSync(file, pdf);
  return execFileSync("pdftotext", ["-layout", file, "-"]).toString();
}

/** A walk through the program: a phone for those who take part, a desk for staff. */
async function walk(language, database) {
  // What an earlier walk has not opened is none of this one's.
  for (const mail of smtp.mails) mail.used = true;
  const phone = await browser.newContext({ viewport: { width: 320, height: 800 }, colorScheme: "dark", locale: language });
  const desk = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const [page, staff] = [await phone.newPage(), await desk.newPage()];
  let demo;
  let shot = 0;
  const looked = async (name, on = page) => {
    assert.deepEqual(await faults(on), [], name);
    const wide = await on.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${name} scrolls sideways`);
    if (LOOK) await on.screenshot({ path: `${LOOK}/${language}-${String(shot++).padStart(2, "0")}-${name}.png`, fullPage: true });
  };
  const it = {
    phone, page, staff, looked,
    async day(today) {
      await demo?.stop();
      demo = await startDemo("--database", database, "--today", today, "--smtp-port", String(smtp.port));
      it.address = demo.address;
      await enter(staff, demo.address, language);
      await page.goto(`${demo.address}/language/${language}`);
    },
    /** The newest letter to an address that leads somewhere; on the phone that place is opened. */
    async letter(to, path, open = true, patience = 15000) {
      const fits = (mail) => mail.to.includes(to) && (!path || mail.links.some((link) => link.includes(`/${path}/`))) && !mail.used;
      const mail = await smtp.waitFor(fits, patience);
      mail.used = true;
      if (path !== "link") assert.ok(mail.parsed.replyTo?.value[0].address, "an answer reaches somebody");
      assert.ok(mail.subject && mail.text && mail.html, "text and page");
      assert.equal(mail.parsed.headers.get("auto-submitted"), "auto-generated");
      if (LOOK) writeFileSync(`${LOOK}/${language}-${String(shot++).padStart(2, "0")}-letter.txt`, `${mail.subject}\n\n${mail.text}`);
      if (path && open) {
        const link = mail.links.find((link) => link.includes(`/${path}/`));
        await page.goto(it.address + new URL(link).pathname);
        await looked(path);
      }
      return mail;
    },
    async press(locator, on = page) {
      await Promise.all([on.waitForNavigation(), locator.click()]);
    },
    /** Opens what is folded around an element. */
    async unfold(selector, on = page) {
      await on.locator("details", { has: on.locator(selector) }).first().locator("summary").first().click();
    },
    async end() {
      await phone.close();
      await desk.close();
      await demo?.stop();
    },
  };
  return it;
}

const pdfs = (mail) => mail.parsed.attachments.filter((it) => it.contentType === "application/pdf");
const calendars = (mail) => mail.parsed.attachments.filter((it) => it.filename === "invite.ics");

for (const language of ["sv", "en"]) {
  for (const [kind, database] of [["SQLite", 0], ["PostgreSQL", 1]]) {
    const missing = kind === "PostgreSQL" && !process.env.MENTORPAR_TEST_POSTGRES;
    test(`from an application to a diploma, in ${language}, on ${kind}`, { skip: missing }, async () => {
      const it = await walk(language, databases()[database][1]);
      const { page, staff, looked } = it;
      try {
        await it.day("2026-11-23");
        // An interview is booked by letter, held and written down; then the mentee waits.
        await staff.goto(`${it.address}/applications`);
        await it.press(staff.locator("tbody tr", { hasText: /Adept|Mentee/ }).locator("th a").first(), staff);
        const application = staff.url();
        const applicant = await staff.locator("h1").innerText();
        await it.unfold("#time-1", staff);
        await staff.locator("#time-1").fill("2026-11-25T10:00");
        await it.press(staff.locator("button[value=propose]"), staff);
        const asked = await smtp.waitFor((mail) => mail.links.some((link) => link.includes("/booking/")) && mail.text.includes(applicant.split(" ")[0]) && !mail.used);
        const mentee = asked.to[0];
        await it.letter(mentee, "booking");
        await it.press(page.locator("main form button[name=time]").first());
        const booked = await it.letter(mentee, "booking");
        assert.equal(calendars(booked).length, 1);
        await staff.goto(application);
        await looked("application", staff);
        await it.press(staff.locator("a[href$='/interview']"), staff);
        await staff.locator("#words").fill("Vågar mer än hen tror.");
        await it.press(staff.locator("main form button.button").first(), staff);
        assert.match(await staff.locator("main").innerText(), /Vågar mer/);
        await it.press(staff.locator("form[action$='/accept'] button"), staff);
        const accepted = await it.letter(mentee, "resume", false);
        assert.ok(accepted.subject);

        // A mentor for this one, now; both say yes, and accept the agreement.
        await it.press(staff.locator("a[href$='/match']"), staff);
        await looked("single", staff);
        const mentor = (await staff.locator(".card h2").first().innerText()).split("\n")[0];
        await it.press(staff.locator("main form button").first(), staff);
        await staff.goto(`${it.address}/pairs?q=${encodeURIComponent(applicant)}`);
        await it.press(staff.locator("tbody th a").first(), staff);
        const pair = new URL(staff.url()).pathname;
        const mentorMail = await staff.locator(".card a[href^='mailto:']").nth(1).innerText();
        for (const [email, who] of [[mentorMail, "mentor"], [mentee, "mentee"]]) {
          await it.letter(email, "answer");
          await it.press(page.locator("button[value=yes]"));
          await looked(`answered-${who}`);
        }
        // The mentee goes on from the yes to the agreement, the mentor by the letter.
        for (const email of [mentee, mentorMail]) {
          if (email === mentorMail) await it.letter(email, "agreement");
          assert.match(await page.locator("main").innerText(), new RegExp(email === mentee ? mentorMail : mentee));
          await page.locator("#independent").check();
          await it.press(page.locator("button[value=agree]"));
        }
        // The letters that they are a pair bring the agreement, and lead to a first time.
        const begun = await it.letter(mentorMail, "meet");
        const [agreement] = pdfs(begun);
        const text = words(agreement.content);
        for (const name of [applicant, mentor.split(" ")[0]]) assert.ok(text.includes(name), `${name} in ${text}`);
        await it.unfold("#time-1");
        await page.locator("#time-1").fill("2026-12-03T10:00");
        await page.locator("#place").fill("Kontoret, Storgatan 1");
        await it.press(page.locator("button[value=propose]"));
        await looked("meet-proposed");
        await it.letter(mentee, "booking");
        await it.press(page.locator("main form button[name=time]").first());
        assert.equal(calendars(await it.letter(mentorMail, "booking", false)).length, 1);

        // The mentee signs in by a letter, and writes in the room; the mentor answers by another.
        await page.goto(`${it.address}/door`);
        await page.locator("#email").fill(mentee);
        await it.press(page.locator("form[action='/door/mail'] button"));
        await it.letter(mentee, "link");
        await it.press(page.locator("form[action^='/link/'] button"));
        await page.goto(`${it.address}/mine${pair}/room`);
        await page.locator("#message").fill("Hej! Jag tar med budgeten.");
        await it.press(page.locator("form button.button").first());
        await it.unfold("#plan");
        await page.locator("#plan").fill("Tio nya kunder");
        await it.press(page.locator("button[value=goal]"));
        await looked("room");
        const written = await it.letter(mentorMail, "room");
        assert.ok(!written.raw.includes("budgeten"), "what was written stands in the room only");
        await page.locator("#message").fill("Bra, vi ses.");
        await it.press(page.locator("form button.button").first());
        assert.match(await page.locator("main").innerText(), /Bra, vi ses\./);
        assert.equal(await page.locator("#plan").count(), 0, "the link opens the messages only");

        // The day after, the mentor tells of it on a bad line: what was begun is kept, and sent later.
        await it.day("2026-12-04");
        await it.letter(mentorMail, "booking");
        await page.locator("#minutes").fill("75");
        await it.phone.setOffline(true);
        await page.locator("button[value=held]").click();
        await page.locator("[data-keep-status]", { hasText: /uppkoppling|no line/ }).waitFor();
        await Promise.all([page.waitForURL(/asked|booking/), page.waitForNavigation(), it.phone.setOffline(false)]);
        await page.locator("h2", { hasText: /nästa gång|meet next/ }).waitFor();
        await looked("met");
        await staff.goto(it.address + pair);
        assert.match(await staff.locator(".timeline").innerText(), /75/);
        await looked("pair-met", staff);

        // After a month who have met are asked how it goes; from the answer on to the next time.
        await it.day("2026-12-23");
        for (const email of [mentorMail, mentee]) {
          await it.letter(email, "follow-up");
          await page.locator("#answer-4").check();
          await it.press(page.locator("main form button.button"));
          await looked("answered-month");
        }
        await it.press(page.locator("a.button[href$='/meet']"));
        await it.unfold("#time-1");
        await page.locator("#time-1").fill("2027-01-12T10:00");
        await it.press(page.locator("button[value=propose]"));
        await looked("next-proposed");
        await it.letter(mentorMail, "booking", false);

        // A year later both say what it gave, and it is closed with a diploma for each.
        await it.day("2027-11-18");
        for (const [email, answer] of [[mentorMail, 9], [mentee, 10]]) {
          await it.letter(email, "follow-up");
          await page.locator("#reached-4").check();
          await page.locator(`#answer-${answer}`).check();
          await page.locator("#words").fill("Det har gett mod.");
          await it.press(page.locator("main form button.button"));
          await looked("evaluated");
        }
        await it.day("2027-11-25");
        const diploma = await smtp.waitFor((mail) => mail.to.includes(mentorMail) && pdfs(mail).length > 0 && !mail.used, 15000);
        const told = words(pdfs(diploma)[0].content);
        assert.ok(told.includes(applicant), told);
        await staff.goto(it.address + pair);
        await looked("pair-completed", staff);
        assert.match(await staff.locator("main").innerText(), /Det mesta|Most of it/);
        await staff.goto(`${it.address}/report?from=2026-11-01&until=2027-11-30`);
        await looked("report", staff);
        assert.match(await staff.locator("main").innerText(), /1/);
      } finally {
        await it.end();
      }
    });
  }

  test(`every exception, in ${language}`, async () => {
    const all = databases();
    const it = await walk(language, all[language === "sv" ? 0 : all.length - 1][1]);
    const { page, staff, looked } = it;
    try {
      await it.day("2026-11-23");
      const open = async (row) => {
        await staff.goto(`${it.address}/pairs?show=active`);
        await it.press(staff.locator("tbody th a").nth(row), staff);
        const [mentee, mentor] = await staff.locator(".card a[href^='mailto:']").allInnerTexts();
        return { path: new URL(staff.url()).pathname, mentee, mentor };
      };
      const pair = await open(0);
      // A break, its end, and a later end.
      await it.unfold("#pause", staff);
      await staff.locator("#pause").fill("2026-12-20");
      await it.press(staff.locator("button[value=pause]"), staff);
      for (const email of [pair.mentee, pair.mentor]) await it.letter(email);
      await looked("paused", staff);
      await it.press(staff.locator("button[value=resume]"), staff);
      await it.unfold("#extend", staff);
      await staff.locator("#extend").fill("2027-12-01");
      await it.press(staff.locator("button[value=extend]"), staff);
      for (const email of [pair.mentee, pair.mentor]) for (let letters = 0; letters < 2; letters++) await it.letter(email);

      // A second mentor: whoever a rule forbids is refused with the reason, somebody else is asked.
      const free = [];
      await staff.goto(`${it.address}/mentors?state=free&county=01`);
      for (const link of await staff.locator("tbody th a").all()) free.push(await link.getAttribute("href"));
      const mails = [];
      for (const profile of free) {
        await staff.goto(it.address + profile);
        mails.push((await staff.locator("main").innerText()).match(/\S+@example\.org/)[0]);
      }
      const ask = async (path, email) => {
        await staff.goto(it.address + path);
        await it.unfold("#companion", staff);
        await staff.locator("#companion").fill(email);
        await it.press(staff.locator("button[name=side][value=mentor]"), staff);
        return (await staff.locator(".summary-faults").count()) === 0;
      };
      assert.equal(await ask(pair.path, pair.mentor), false, "whoever takes part already is refused");
      await looked("companion-refused", staff);
      let [second, joined] = [undefined, pair];
      for (let row = 0; !second && row < 20; row++) {
        joined = await open(row);
        await it.press(staff.locator(".card h2 a[href^='/mentees/']"), staff);
        if (!/Stockholm|Solna|Sundbyberg|Nacka|Huddinge/.test(await staff.locator("main").innerText())) continue;
        for (const email of mails) {
          if (await ask(joined.path, email)) {
            second = email;
            break;
          }
        }
      }
      assert.ok(second, "somebody can join");
      await looked("companion", staff);
      await it.letter(second, "join");
      await page.locator("#independent").check();
      await it.press(page.locator("main form button.button").first());
      await looked("joined");
      for (const email of [joined.mentee, second]) await it.letter(email, "meet", false);

      // By the same letter the mentor asks for help; somebody else complains past the coordinator.
      await it.letter(joined.mentor, "meet");
      await it.unfold("#words");
      await page.locator("#words").fill("Vi hörs inte.");
      await it.press(page.locator("button[value=help]"));
      const own = await browser.newContext({ viewport: { width: 320, height: 800 } });
      const mentor = await own.newPage();
      await enterAsMentor(mentor, it.address, language);
      const complains = (await mentor.locator("main").innerText()).match(/\S+@example\.org/)[0];
      await looked("own-page", mentor);
      await mentor.goto(`${it.address}/mine/complaint`);
      await mentor.locator("#words").fill("Ingen svarar.");
      await it.press(mentor.locator("main form button.button"), mentor);
      await looked("complained", mentor);
      await own.close();
      await staff.goto(`${it.address}/home`);
      await looked("queue", staff);
      await staff.goto(it.address + joined.path);
      const members = await staff.locator(".card a[href^='mailto:']").allInnerTexts();
      await it.press(staff.locator("button[name=act][value=remind]").first(), staff);
      await looked("reminded", staff);
      // They wait a little, so that they can be taken back.
      for (const email of members) await it.letter(email, "meet", true, 40000);
      await staff.goto(`${it.address}/complaints`);
      await staff.locator("[id^=outcome]").first().fill("Jag har talat med samordnaren.");
      await it.press(staff.locator("main form button.button").first(), staff);
      await looked("complaints", staff);
      const answered = await smtp.waitFor((mail) => mail.text.includes("Jag har talat med samordnaren.") && !mail.used, 15000);
      assert.deepEqual(answered.to, [complains]);

      // Another mentor, without blame: straight to somebody new, who says no and rests.
      const changed = await open(1);
      await it.unfold("#why", staff);
      await staff.locator("#why").selectOption("change");
      await it.press(staff.locator("button[value=end]"), staff);
      await looked("ended", staff);
      await it.press(staff.locator("a[href$='/match']"), staff);
      await it.press(staff.locator("main form button").first(), staff);
      await staff.goto(`${it.address}/pairs?show=asked-mentor`);
      await it.press(staff.locator("tbody th a").first(), staff);
      const [menteeAgain, asked] = await staff.locator(".card a[href^='mailto:']").allInnerTexts();
      assert.equal(menteeAgain, changed.mentee);
      await it.letter(asked, "answer");
      await page.locator("details", { has: page.locator("button[value=no]") }).locator("summary").click();
      await page.locator("#no-time").check();
      await it.press(page.locator("button[value=no]"));
      await looked("no");
      await it.press(page.locator("button[value=rest]"));
      await looked("resting");

      // A mentor leaves: nobody is left behind.
      const left = await open(1);
      await staff.goto(it.address + left.path);
      await it.press(staff.locator(".card h2 a[href^='/mentors/']"), staff);
      await it.press(staff.locator("a[href$='/leave']"), staff);
      await looked("leaving", staff);
      await it.press(staff.locator("form[action$='/leave'] button"), staff);
      for (const email of [left.mentee, left.mentor]) await it.letter(email);
      await staff.goto(`${it.address}/home`);
      assert.match(await staff.locator("main").innerText(), /ny mentor|another mentor/);
      await looked("queue-after", staff);

      // An application is declined with a reason.
      await staff.goto(`${it.address}/applications`);
      await it.press(staff.locator("tbody th a").first(), staff);
      await staff.locator("#why").selectOption("elsewhere");
      await it.press(staff.locator("form[action$='/decline'] button"), staff);
      const no = await smtp.waitFor((mail) => /någon annan kan hjälpa bättre|somebody else can help better/i.test(mail.text) && !mail.used, 15000);
      assert.ok(no.links.length > 0);
    } finally {
      await it.end();
    }
  });
}
