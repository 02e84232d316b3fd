// A real OpenID Connect provider on this machine, that a test can also make misbehave.
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { interactionPolicy, Provider } from "oidc-provider";

const clientId = "mentorpar";
const clientSecret = "a-secret-for-tests-only-0123456789";

/** What the provider can do wrong; "code-reuse" and nothing are honest. */
export const faults = [
  "audience", "nonce", "issuer", "expired", "signature", "algorithm-none", "algorithm-hs256", "algorithm-hs256-secret",
  "unverified", "no-email", "state", "denied", "code-reuse",
];

const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The ID token with the fault in it; signed rightly unless the signature is the fault. */
function twist(idToken, fault) {
  const [header, claims] = idToken.split(".", 2).map((part) => JSON.parse(Buffer.from(part, "base64url")));
  const now = Math.floor(Date.now() / 1000);
  if (fault === "audience") claims.aud = "another-client";
  if (fault === "nonce") claims.nonce = "another-nonce";
  if (fault === "issuer") claims.iss = "http://another.example";
  if (fault === "expired") Object.assign(claims, { iat: now - 7200, exp: now - 3600 });
  if (fault === "algorithm-none") header.alg = "none";
  if (/^algorithm-hs256/.test(fault)) header.alg = "HS256";
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const secrets = { "algorithm-hs256": own.publicKey.export({ type: "spki", format: "pem" }), "algorithm-hs256-secret": clientSecret };
  let signature = Buffer.alloc(0);
  if (header.alg === "HS256") signature = createHmac("sha256", secrets[fault]).update(signed).digest();
  if (header.alg === "RS256") signature = sign("sha256", Buffer.from(signed), (fault === "signature" ? foreign : own).privateKey);
  return `${signed}.${signature.toString("base64url")}`;
}

/** Keeps the provider's things in memory; the one client is read anew each time, with the addresses it has then. */
function memory(client) {
  const kept = new Map();
  return (kind) => ({
    upsert: async (id, value) => void kept.set(`${kind} ${id}`, value),
    find: async (id) => (kind !== "Client" ? kept.get(`${kind} ${id}`) : id === clientId ? client() : undefined),
    findByUid: async (uid) => [...kept].find(([key, value]) => key.startsWith(`${kind} `) && value.uid === uid)?.[1],
    consume: async (id) => void (kept.get(`${kind} ${id}`).consumed = Math.floor(Date.now() / 1000)),
    destroy: async (id) => void kept.delete(`${kind} ${id}`),
    revokeByGrantId: async (grant) => [...kept].forEach(([key, value]) => value.grantId === grant && kept.delete(key)),
  });
}

const page = (problem) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Test provider</title>
<h1>Test provider</h1><p role="alert">${problem}</p>
<form method="post"><label for="login">Login</label> <input id="login" name="login" required autofocus> <button>Log in</button></form>
</html>`;

/**
 * Starts a provider whose client may return to the addresses in `redirect`. `accounts` goes from a login name to claims;
 * both may be changed while it runs. `authentication` is how the client shows its secret: client_secret_basic or _post.
 */
export async function startProvider({ hostile, redirect = [], accounts = {}, authentication = "client_secret_basic" } = {}) {
  let fault;
  let logins = 0;
  const setHostile = (name) => {
    if (name !== undefined && !faults.includes(name)) throw new Error(`no fault ${name}`);
    fault = name;
  };
  setHostile(hostile);

  const server = createServer();
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const issuer = `http://localhost:${server.address().port}`;

  const subject = (login) => accounts[login].sub ?? login;
  const policy = interactionPolicy.base();
  policy.remove("consent");
  const hour = 3600;
  const provider = new Provider(issuer, {
    adapter: memory(() => ({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [...redirect],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      token_endpoint_auth_method: authentication,
    })),
    acrValues: [...new Set(Object.values(accounts).flatMap(({ acr }) => acr ?? []))],
    claims: { openid: ["sub", "amr", "acr"], email: ["email", "email_verified"], profile: ["name"] },
    clientBasedCORS: () => false,
    conformIdTokenClaims: false,
    cookies: {
      keys: ["a-key-for-tests-only"],
      names: { interaction: "provider_interaction", resume: "provider_resume", session: "provider_session" },
    },
    features: { devInteractions: { enabled: false } },
    findAccount: async (ctx, id) => {
      const login = Object.keys(accounts).find((name) => subject(name) === id);
      if (login === undefined) return undefined;
      const claims = { ...accounts[login], sub: id };
      if (fault === "unverified") claims.email_verified = false;
      if (fault === "no-email") for (const name of ["email", "email_verified"]) delete claims[name];
      return { accountId: id, claims: async () => claims };
    },
    interactions: { policy, url: (ctx, { uid }) => `/login/${uid}` },
    jwks: { keys: [{ ...own.privateKey.export({ format: "jwk" }), kid: "a-key", use: "sig", alg: "RS256" }] },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    renderError: (ctx, out) => {
      ctx.type = "text/plain";
      ctx.body = Object.entries(out).map(([name, value]) => `${name}: ${value}\n`).join("");
    },
    responseTypes: ["code"],
    scopes: ["openid", "email", "profile"],
    ttl: { AccessToken: hour, AuthorizationCode: 60, Grant: hour, IdToken: hour, Interaction: hour, Session: hour },
  });

  provider.on("server_error", (ctx, error) => console.error(error));
  provider.use(async (ctx, next) => {
    // Forgets who was here before, so that every visit sees the form.
    ctx.req.headers.cookie = ctx.req.headers.cookie?.replace(/provider_session[^;]*/g, "forgotten=yes");
    if (ctx.path.startsWith("/login/")) return logIn(ctx);
    await next();
    if (ctx.body?.id_token && fault) ctx.body.id_token = twist(ctx.body.id_token, fault);
    const back = ctx.response.get("location");
    if (fault === "state" && /[?&]code=/.test(back)) ctx.set("location", back.replace(/([?&]state=)[^&]*/, "$1another-state"));
  });

  /** Shows the form, or takes it and goes on. */
  async function logIn(ctx) {
    const login = ctx.method === "POST" ? new URLSearchParams(await text(ctx.req)).get("login") : undefined;
    ctx.type = "html";
    if (!login || !Object.hasOwn(accounts, login)) {
      await provider.interactionDetails(ctx.req, ctx.res);
      ctx.body = page(login ? "There is no such login." : "");
      return;
    }
    logins += 1;
    const { acr, amr } = accounts[login];
    const result = fault === "denied" ? { error: "access_denied" } : { login: { accountId: subject(login), acr, amr } };
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
    ctx.status = 303;
  }

  server.on("request", provider.callback());
  return {
    issuer,
    clientId,
    clientSecret,
    setHostile,
    /** How many times the form was taken; ask the object each time. */
    get logins() {
      return logins;
    },
    async stop() {
      const ended = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await ended;
    },
  };
}
