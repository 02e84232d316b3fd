// The queue by keyboard. Keys count only while something in the queue, or what has just been done, has the focus, so
// that nobody meets them by accident (WCAG 2.2, 2.1.4). Everything else works without this.
const queue = document.querySelector("[data-queue]");
const done = document.querySelector("[data-done]");
const rows = queue ? [...queue.tBodies[0].rows] : [];

/** Goes to a line: its link, which says whom it is about. */
function go(at) {
  rows[Math.max(0, Math.min(at, rows.length - 1))]?.querySelector("a").focus();
}

function press(event) {
  // A key that is held down is pressed once.
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const at = rows.indexOf(event.target.closest("tr"));
  if (event.key === "ArrowDown") go(at + 1);
  else if (event.key === "ArrowUp" && at >= 0) go(at - 1);
  else if (event.key.toLowerCase() === "u" && done) done.querySelector("[data-undo]")?.click();
  else if (/^[1-9]$/.test(event.key) && at >= 0) rows[at].querySelectorAll("[data-act]")[event.key - 1]?.click();
  else return;
  event.preventDefault();
}

for (const part of [queue, done]) part?.addEventListener("keydown", press);
for (const hint of document.querySelectorAll("[data-keys], kbd[hidden]")) hint.hidden = false;
// After an act the page is another one: whoever works through the queue goes on from what has been done, or from the
// line where it has been taken back.
if (done) done.focus();
else document.getElementById(`flag-${new URLSearchParams(location.search).get("back")}`)?.querySelector("a").focus();
