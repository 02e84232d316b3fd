// Forms that survive a bad line: what is written is kept on the device as it is written, and a form that could not be
// sent is sent when the line is back. Everything else works without this.
const forms = document.querySelectorAll("form[data-keep]");
const name = (form) => `keep ${form.dataset.keep}`;
const read = (form) => {
  try {
    return JSON.parse(localStorage.getItem(name(form)) ?? "null");
  } catch {
    return null;
  }
};
const write = (form, kept) => {
  try {
    if (kept) localStorage.setItem(name(form), JSON.stringify(kept));
    else localStorage.removeItem(name(form));
  } catch {
    // A device that keeps nothing: the form then works as any other.
  }
};

const fields = (form, button) => {
  const data = new FormData(form, button);
  return [...data].filter(([, value]) => typeof value === "string");
};

function tell(form, text) {
  form.querySelector("[data-keep-status]").textContent = text;
}

/** Puts back what was begun. */
function restore(form, kept) {
  for (const [key, value] of kept.fields) {
    const field = form.elements.namedItem(key);
    if (field instanceof RadioNodeList) {
      for (const one of field) if (one.value === value) one.checked = true;
    } else if (field && field.type !== "submit" && field.type !== "hidden") {
      field.value = value;
    }
  }
  const details = form.closest("details");
  if (details) details.open = true;
}

/** Whether somebody has to sign in again first: nothing has been sent then. */
const isDoor = (answer) => answer.redirected && /^\/(door|passkey)\b/.test(new URL(answer.url).pathname);

const underway = new Set();

/** Sends what waits, once at a time; on success goes where the answer leads. */
async function send(form, kept) {
  if (underway.has(form)) return;
  underway.add(form);
  try {
    await deliver(form, kept);
  } finally {
    underway.delete(form);
  }
}

async function deliver(form, kept) {
  let answer;
  try {
    const body = new URLSearchParams(kept.fields);
    answer = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(20000) });
  } catch {
    write(form, { ...kept, waits: true });
    tell(form, form.dataset.waits);
    return;
  }
  if (answer.status >= 500 || answer.status === 429) {
    write(form, { ...kept, waits: true });
    tell(form, form.dataset.waits);
    return;
  }
  if (isDoor(answer)) {
    write(form, { ...kept, waits: true });
    location.assign(answer.url);
    return;
  }
  write(form, null);
  if (answer.ok) {
    location.assign(answer.url);
    return;
  }
  // What was wrong stands on the answer itself: it is asked for once more, as any form does.
  const again = document.createElement("form");
  again.method = "post";
  again.action = form.action;
  for (const [key, value] of kept.fields) {
    const field = document.createElement("input");
    [field.type, field.name, field.value] = ["hidden", key, value];
    again.append(field);
  }
  document.body.append(again);
  again.submit();
}

for (const form of forms) {
  const kept = read(form);
  if (kept) {
    restore(form, kept);
    if (kept.waits) {
      tell(form, form.dataset.waits);
      send(form, kept);
    }
  }
  form.addEventListener("input", () => write(form, { fields: fields(form) }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const now = { fields: fields(form, event.submitter) };
    write(form, now);
    tell(form, form.dataset.sending);
    send(form, now);
  });
  addEventListener("online", () => {
    const waiting = read(form);
    if (waiting?.waits) send(form, waiting);
  });
}
