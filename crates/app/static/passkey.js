// Buttons that make or use a passkey. They are hidden until the browser is known to be able to.
const able = window.PublicKeyCredential && "parseCreationOptionsFromJSON" in window.PublicKeyCredential;
const fault = document.querySelector("[data-passkey-fault]");

async function ask(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const said = await answer.json();
  if (said.detail) throw new Error(said.detail);
  return said;
}

async function use() {
  const { publicKey } = await ask("/passkey/challenge", {});
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);
  const credential = await navigator.credentials.get({ publicKey: options });
  return ask("/passkey/answer", credential.toJSON());
}

async function make(invitation) {
  const { publicKey } = await ask("/passkey/new/challenge", { invitation });
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(publicKey);
  const credential = await navigator.credentials.create({ publicKey: options });
  return ask("/passkey/new/answer", { invitation, credential: credential.toJSON() });
}

for (const button of document.querySelectorAll("[data-passkey]")) {
  button.hidden = !able;
  button.addEventListener("click", async () => {
    button.disabled = true;
    fault.textContent = "";
    try {
      const { to } = await (button.dataset.passkey === "make" ? make(button.dataset.invitation ?? "") : use());
      location.assign(to);
    } catch (error) {
      // What the browser says of a ceremony broken off is in its own words, and enough.
      // Cancelled or timed out: the browser's own words are for developers.
      fault.textContent = error.name === "NotAllowedError" ? fault.dataset.cancelled : error.message;
      button.disabled = false;
    }
  });
}
