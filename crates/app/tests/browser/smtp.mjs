// A mail server on this machine that keeps what it is sent, and fails when a test plans it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

// Not an authority (CA:FALSE): rustls refuses an authority's own certificate as that of a server.
const wishes = `[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
[name]
CN = localhost
[extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1
`;

const words = ["drop", "hang", "drop-after-accept", "hang-after-accept"];

/** A certificate for localhost and 127.0.0.1 that signs itself, in a new folder. */
function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), "mentorpar-smtp-"));
  const [config, key, certificate] = ["openssl.cnf", "key.pem", "certificate.pem"].map((name) => join(folder, name));
  writeFileSync(config, wishes);
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"];
  execFileSync("openssl", ["req", ...kind, "-config", config, "-keyout", key, "-out", certificate], { stdio: "pipe" });
  return { folder, certificate, options: { key: readFileSync(key), cert: readFileSync(certificate) } };
}

/** One accepted message, as the tests want to look at it. */
async function read(raw, envelope) {
  const parsed = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const headers = Object.fromEntries(
    parsed.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(":") + 1).replace(/\r?\n(?=[ \t])/g, "").trim()]),
  );
  const text = parsed.text ?? "";
  const links = (text.match(/https?:\/\/[^\s<>"]+/g) ?? []).map((link) => link.replace(/[.,;:!?)\]]+$/, ""));
  return { ...envelope, raw: raw.toString(), parsed, headers, subject: parsed.subject, text, html: parsed.html || "", links };
}

/**
 * Starts a mail server; `tls` is "none", "starttls" or "implicit", and a `user` makes it ask for a login.
 * `answer({step, mail, from, to})` may give {code, text}, "drop", "hang", "drop-after-accept" or "hang-after-accept".
 */
export async function startSmtp({ tls = "none", user, password, answer = async () => undefined, port = 0 } = {}) {
  const made = tls === "none" ? undefined : makeCertificate();
  const [mails, errors, sockets] = [[], [], new Set()];
  let begun = 0;
  const numbers = new Map();

  const connectionOf = (session) => [...server.connections].find((connection) => connection.id === session.id);

  /** Asks the plan; calls `go` with nothing for OK or with an error, or not at all. */
  async function ask(step, session, to, go, accept = async () => {}) {
    const { mailFrom } = session.envelope ?? {};
    const from = (step === "mail" ? to : mailFrom)?.address;
    const mail = step === "connect" ? begun + 1 : numbers.get(session.id);
    const recipients = [...(session.envelope?.rcptTo ?? []), ...(step === "rcpt" ? [to] : [])].map(({ address }) => address);
    let planned;
    try {
      planned = await answer({ step, mail, from, to: recipients });
      if (planned && !planned.code && !words.includes(planned)) throw new Error(`unknown answer ${planned}`);
    } catch (error) {
      errors.push(error);
      planned = { code: 451, text: `the plan of the test failed: ${error.message}` };
    }
    if (!planned || /-after-accept$/.test(planned)) await accept({ from, to: recipients });
    if (!planned) go();
    else if (planned.code) go(Object.assign(new Error(planned.text ?? "planned by the test"), { responseCode: planned.code }));
    else if (/^drop/.test(planned)) connectionOf(session)?._socket.destroy();
  }

  const server = new SMTPServer({
    ...made?.options,
    name: "localhost",
    logger: false,
    secure: tls === "implicit",
    disabledCommands: [...(tls === "none" ? ["STARTTLS"] : []), ...(user ? [] : ["AUTH"])],
    authOptional: !user,
    disableReverseLookup: true,
    closeTimeout: 200,
    socketTimeout: 600000,
    onAuth(given, session, done) {
      if (given.username === user && given.password === password) done(null, { user });
      else done(Object.assign(new Error("Wrong user or password"), { responseCode: 535 }));
    },
    onConnect(session, done) {
      // The package has no place to answer DATA itself before it says 354.
      const connection = connectionOf(session);
      const takeData = connection.handler_DATA;
      connection.handler_DATA = (command, next) => {
        if (!session.envelope.rcptTo.length) return takeData.call(connection, command, next);
        ask("data", session, undefined, (error) => {
          if (!error) return takeData.call(connection, command, next);
          connection.send(error.responseCode, error.message);
          next();
        });
      };
      ask("connect", session, undefined, done);
    },
    onMailFrom(address, session, done) {
      begun += 1;
      numbers.set(session.id, begun);
      ask("mail", session, address, done);
    },
    onRcptTo(address, session, done) {
      ask("rcpt", session, address, done);
    },
    async onData(stream, session, done) {
      const raw = await buffer(stream).catch((error) => void errors.push(error));
      if (!raw) return;
      const { secure, user: login } = session;
      await ask("end", session, undefined, done, async (envelope) => {
        mails.push(await read(raw, { ...envelope, secure, user: login || undefined }));
      });
    },
  });
  server.on("error", (error) => errors.push(error));
  server.server.on("connection", (socket) => sockets.add(socket.on("close", () => sockets.delete(socket))));
  await new Promise((resolve, reject) => server.server.once("error", reject).listen(port, "127.0.0.1", resolve));

  return {
    host: "127.0.0.1",
    port: server.server.address().port,
    certificate: made?.certificate,
    mails,
    errors,
    /** The first accepted message that the predicate likes, now or within `ms`. */
    async waitFor(predicate = () => true, ms = 10000) {
      for (const end = Date.now() + ms; ; await pause(20)) {
        const found = mails.find(predicate);
        if (found) return found;
        if (Date.now() > end) throw new Error(`no such mail within ${ms} ms; there are: ${mails.map(({ to, subject }) => `${to} “${subject}”`).join(", ") || "none"}`);
      }
    },
    /** Cuts every connection, those that hang too, and removes the certificate. */
    async stop() {
      const ended = new Promise((resolve) => server.close(resolve));
      for (const connection of server.connections) connection._socket.destroy();
      for (const socket of sockets) socket.destroy();
      await ended;
      if (made) rmSync(made.folder, { recursive: true, force: true });
    },
  };
}
