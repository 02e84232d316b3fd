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
  };
}
