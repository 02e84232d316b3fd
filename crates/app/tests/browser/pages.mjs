// Every page worth looking at, with how to get there.
export async function pages(page, address, round) {
  const first = async (path, selector) => {
    await page.goto(address + path);
    return page.locator(selector).first().getAttribute("href");
  };
  const mentee = await first("/mentees", "tbody th a");
  const waiting = await first("/home", "tbody a[href^='/mentees/']");
  const theirs = await first("/home", "tbody a[href^='/pairs/']");
  const mentor = await first("/mentors", "tbody th a");
  await page.goto(`${round}?show=unmatched`);
  const unmatched = await page.locator(".row.unmatched .who a").first().getAttribute("href");
  await page.goto(round);
  const pair = await page.locator(".mentor a").first().getAttribute("href");
  // A form of one's own, filled in half-way.
  await page.goto(`${address}/apply/mentee`);
  await page.locator("main form button").click();
  const form = new URL(page.url()).pathname.replace("/you", "");
  await page.locator("#name").fill("Alva Ek");
  await page.locator("#email").fill("alva@example.org");
  await page.locator("main form button").first().click();
  await page.goto(`${address}${form}/programme`);
  await page.locator("#programme").selectOption("msf");
  await page.locator("#municipality").selectOption("1280");
  await page.locator("main form button").first().click();
  const application = await first("/applications", "tbody th a");
  const end = await first("/staff", "main a[href$='/end']");
  const letter = await first("/mail", "tbody th a");
  const path = new URL(round).pathname;
  await page.goto(`${round}/scenarios`);
  if ((await page.getByRole("link", { name: "På distans", exact: true }).count()) === 0) {
    await page.locator("#name").fill("På distans");
    await page.locator("#remote").check();
    await page.locator("#needs").fill("300");
    await page.locator("main form.stack > button").click();
    await page.waitForURL(/play=/);
  }
  return {
    front: "/",
    home: "/home",
    programme: "/programme",
    where: "/where?municipality=1280",
    privacy: "/privacy",
    accessibility: "/accessibility",
    site: "/site",
    "site-text": "/site/texts/front/sv",
    "site-story": "/site/stories/new",
    mine: "/mine",
    "apply-start": "/apply/mentor",
    "apply-you": `${form}/you`,
    "apply-programme": `${form}/programme`,
    "apply-conditions": `${form}/conditions`,
    "apply-company": `${form}/company`,
    "apply-needs": `${form}/needs`,
    "apply-style": `${form}/style`,
    "apply-meetings": `${form}/meetings`,
    "apply-check": `${form}/check`,
    "apply-status": form,
    "apply-withdraw": `${form}/withdraw`,
    applications: "/applications",
    application,
    staff: "/staff",
    "staff-end": end,
    "staff-new": "/staff/new",
    letters: "/letters/nystart-skane",
    retention: "/retention/nystart-skane",
    mail: "/mail",
    letter,
    sent: "/door/sent",
    passkey: "/passkey",
    door: "/door",
    about: "/about",
    missing: "/nothing/here",
    mentees: "/mentees",
    "mentees-none": "/mentees?q=zzzz",
    mentee,
    single: `${waiting}/match`,
    "mentee-edit": `${mentee}/edit`,
    "mentee-new": "/mentees/new",
    mentors: "/mentors?county=01",
    mentor,
    "mentor-edit": `${mentor}/edit`,
    "mentor-new": "/mentors/new",
    import: "/import",
    programmes: "/programmes",
    "programme-edit": "/programmes/muf",
    "programme-new": "/programmes/new",
    organisation: "/organisations/nystart-skane",
    "organisation-new": "/organisations/new",
    rounds: "/rounds",
    "round-new": "/rounds/new?effect=1",
    board: path,
    unmatched,
    compare: pair,
    scarcity: `${path}/scarcity`,
    scenarios: `${path}/scenarios`,
    "scenario-played": `${path}/scenarios?play=P%C3%A5%20distans`,
    "board-unmatched": `${path}?show=unmatched`,
    approval: `${path}/approval`,
    pairs: "/pairs",
    report: "/report?from=2025-06-01&by=county",
    "report-rows": "/pairs?figure=started&from=2025-06-01&until=2026-11-23&programme=msf",
    pair: theirs,
    health: "/health",
    complaints: "/complaints",
    interview: `${application}/interview`,
    leaving: `${mentor}/leave`,
  };
}

// What somebody who takes part sees: a mentor with a pair, with something written and a time proposed.
export async function ownPages(page, address) {
  await page.goto(`${address}/mine`);
  const pair = await page.locator("main h3 a[href^='/mine/pairs/']").first().getAttribute("href");
  await page.goto(address + pair + "/room");
  if ((await page.locator(".messages li").count()) === 0) {
    await page.locator("#message").fill("Hej! Ska vi ses på torsdag?\nJag tar med budgeten.");
    await page.locator("#file").setInputFiles({ name: "Budget 2027.csv", mimeType: "text/csv", buffer: Buffer.from("a;b") });
    await page.locator("form button.button").first().click();
    for (const [what, button] of [["Tio nya kunder till sommaren", "goal"], ["Ring tre kunder och fråga varför de köpte", "homework"]]) {
      await page.locator("details", { has: page.locator("#plan") }).locator("summary").click();
      await page.locator("#plan").fill(what);
      await page.locator(`button[value=${button}]`).click();
      await page.waitForLoadState();
    }
    await page.goto(address + pair);
    await page.locator("details", { has: page.locator("#time-1") }).locator("summary").click();
    await page.locator("#time-1").fill("2026-12-03T10:00");
    await page.locator("#time-2").fill("2026-12-04T13:30");
    await page.locator("#place").fill("Kontoret, Storgatan 1");
    await page.locator("button[value=propose]").click();
    await page.waitForLoadState();
  }
  await page.goto(`${address}/mine`);
  const booking = await page.locator("main h3 a[href^='/mine/bookings/']").first().getAttribute("href");
  return {
    "own-mine": "/mine",
    "own-pair": pair,
    "own-room": `${pair}/room`,
    "own-booking": booking,
    "own-complaint": "/mine/complaint",
    "own-conduct": "/mine/conduct",
  };
}
