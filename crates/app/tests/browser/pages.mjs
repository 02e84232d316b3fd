// Every page worth looking at, with how to get there.
export async function pages(page, address, round) {
  const first = async (path, selector) => {
    await page.goto(address + path);
    return page.locator(selector).first().getAttribute("href");
  };
  const mentee = await first("/mentees", "tbody th a");
  const mentor = await first("/mentors", "tbody th a");
  await page.goto(`${round}?show=unmatched`);
  const unmatched = await page.locator(".row.unmatched .who a").first().getAttribute("href");
  await page.goto(round);
  const pair = await page.locator(".mentor a").first().getAttribute("href");
  const path = new URL(round).pathname;
  return {
    home: "/",
    door: "/door",
    about: "/about",
    missing: "/nothing/here",
    mentees: "/mentees",
    "mentees-none": "/mentees?q=zzzz",
    mentee,
    "mentee-edit": `${mentee}/edit`,
    mentors: "/mentors?county=01",
    mentor,
    "mentor-edit": `${mentor}/edit`,
    import: "/import",
    rounds: "/rounds",
    "round-new": "/rounds/new?effect=1",
    board: path,
    unmatched,
    compare: pair,
    scarcity: `${path}/scarcity`,
    scenarios: `${path}/scenarios`,
    approval: `${path}/approval`,
    pairs: "/pairs",
  };
}
