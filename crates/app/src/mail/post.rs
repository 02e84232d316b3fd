//! The post: takes mails out of the outbox and hands them to a mail server.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message};
use mentoring::{Id, Side};
use percent_encoding::percent_decode_str;
use store::{Fate, Lane, Mail, NewLink};
use tokio::sync::Notify;
use webauthn_rs::prelude::Url;

use super::letter::Letter;
use super::letters::{Source, letter};
use super::pair::{COMPLETED, STARTED};
use super::template::{SIGN_IN, link as link_of};
use crate::calendar::Envelope;
use crate::clock::there;
use crate::secret::{digest, secret};
use crate::web::{App, Words};

/// Wakes whoever carries mail, so that a mail somebody waits for leaves at once.
#[derive(Default)]
pub struct Post(Notify);

impl Post {
    /// There is mail.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// Who carries mail.
#[derive(Clone, Debug)]
pub enum Carrier {
    /// A mail server.
    Smtp(Smtp),
    /// Nobody: in the demo letters are shown on a page and leave the machine never.
    Demo,
}

/// A mail server, and who writes.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether the connection begins with TLS; otherwise it is asked for by STARTTLS.
    pub implicit: bool,
    /// Whether to go on without TLS: to a server on this machine only.
    pub plain: bool,
    /// User and password.
    pub login: Option<(String, String)>,
    /// A certificate to trust besides the usual ones.
    pub certificate: Option<Vec<u8>>,
    /// The address that writes.
    pub sender: Address,
}

/// So long a server may take over each step.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the outbox is looked into when nobody wakes the post.
const ROUND: Duration = Duration::from_secs(2);
/// How long a mail is tried before it counts as refused.
const TRIED: SignedDuration = SignedDuration::from_hours(48);

/// What went wrong with a mail that is certainly not delivered.
struct Undelivered(Fate);

impl Smtp {
    /// A mail server by its address, `smtps://USER:PASSWORD@HOST:465` or `smtp://…:587`; nothing if it
    /// cannot be read. `smtp://` asks for TLS by STARTTLS and goes on without only on this machine, if
    /// the address ends in `?tls=none`.
    pub fn from_url(url: &str, sender: Address, certificate: Option<Vec<u8>>) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        let implicit = match url.scheme() {
            "smtps" => true,
            "smtp" => false,
            _ => return None,
        };
        let host = url.host_str()?.to_owned();
        let plain = url.query() == Some("tls=none");
        if plain && !matches!(host.as_str(), "localhost" | "127.0.0.1") {
            return None;
        }
        let login = match url.password() {
            Some(password) => {
                let decoded = |text| Some(percent_decode_str(text).decode_utf8().ok()?.into_owned());
                Some((decoded(url.username())?, decoded(password)?))
            }
            None => None,
        };
        let port = url.port().unwrap_or(if implicit { 465 } else { 587 });
        Some(Self { host, port, implicit, plain, login, certificate, sender })
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let hello = ClientId::Domain(self.sender.domain().to_owned());
        let mut tls = TlsParameters::builder(self.host.clone());
        if let Some(pem) = &self.certificate {
            tls = tls.add_root_certificate(Certificate::from_pem(pem)?);
        }
        let tls = tls.build()?;
        let server = (self.host.as_str(), self.port);
        let first = self.implicit.then(|| tls.clone());
        let mut connection = AsyncSmtpConnection::connect_tokio1(server, Some(PATIENCE), &hello, first, None).await?;
        if !self.implicit && !self.plain {
            // A server that offers no STARTTLS answers this with an error: nothing goes over in the clear.
            connection.starttls(tls, &hello).await?;
        }
        if let Some((user, password)) = &self.login {
            connection.auth(DEFAULT_MECHANISMS, &Credentials::new(user.clone(), password.clone())).await?;
        }
        Ok(connection)
    }

    /// Whether the server can be reached and lets us in.
    ///
    /// # Errors
    /// What it says, or what went wrong on the way.
    pub async fn check(&self) -> Result<(), String> {
        let mut connection = self.connect().await.map_err(|error| told(&error))?;
        let _ = connection.quit().await;
        Ok(())
    }

    /// Hands a message over as far as the moment when the server wants its text.
    async fn offer(
        &self,
        connection: &mut AsyncSmtpConnection,
        to: Address,
    ) -> Result<(), lettre::transport::smtp::Error> {
        connection.command(MailFrom::new(Some(self.sender.clone()), Vec::new())).await?;
        connection.command(Rcpt::new(to, Vec::new())).await?;
        connection.command(Data).await.map(drop)
    }
}

/// Whether it is day in Sweden: between seven and nine in the evening.
fn is_day(now: Timestamp) -> bool {
    (7..21).contains(&there(now).hour())
}

/// When a mail that could not be delivered is tried again: 5 s, then twice as long each time.
fn later(mail: &Mail, answer: String, now: Timestamp) -> Fate {
    let made = mail.made_at.parse().unwrap_or(now);
    if now.duration_since(made) > TRIED {
        return Fate::Refused(answer);
    }
    let wait = SignedDuration::from_secs(5 << (mail.attempts - 1).clamp(0, 13));
    Fate::Later(now.saturating_add(wait).unwrap_or(now), answer)
}

/// An error with its causes.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

/// What an error of the conversation means for a mail.
fn fate(error: &lettre::transport::smtp::Error, mail: &Mail, now: Timestamp) -> Fate {
    if error.is_permanent() { Fate::Refused(told(error)) } else { later(mail, told(error), now) }
}

/// Carries mail until the program ends.
pub async fn work(app: Arc<App>, carrier: Carrier) {
    let mut connection = None;
    loop {
        let end = match carry(&app, &carrier, &mut connection).await {
            Ok(true) => continue,
            Ok(false) => ROUND,
            Err(error) => {
                tracing::error!(error, "the post failed");
                ROUND * 5
            }
        };
        // A server does not wait for us for ever.
        connection = None;
        let _ = tokio::time::timeout(end, app.post.0.notified()).await;
    }
}

/// Carries one mail; false if none is due.
async fn carry(app: &App, carrier: &Carrier, connection: &mut Option<AsyncSmtpConnection>) -> Result<bool, String> {
    let said = |error: store::Error| error.to_string();
    let now = app.now();
    app.store.settle_mails(now).await.map_err(said)?;
    // What the demo carries reaches nobody, so that it wakes nobody either.
    let at_any_hour = app.demo() || is_day(now);
    let Some(mail) = app.store.take_mail(now, at_any_hour).await.map_err(said)? else { return Ok(false) };
    let refused = app.store.bounced(&mail.recipient).await.map_err(said)?;
    if let Some(answer) = refused.filter(|_| mail.lane != Lane::SignIn) {
        app.store.end_mail(&mail, &Fate::Refused(answer), "", "", now).await.map_err(said)?;
        return Ok(true);
    }
    let Some((letter, link)) = written(app, &mail).await.map_err(said)? else {
        app.store.end_mail(&mail, &Fate::Dropped, "", "", now).await.map_err(said)?;
        return Ok(true);
    };
    let kept = match (&link, app.demo()) {
        (Some((secret, _)), false) => letter.plain().replace(secret, "…"),
        _ => letter.plain(),
    };
    // Where the two of a pair meet is their own business, also in what staff see of their letters.
    let place = mail.facts["place"].as_str().filter(|place| !place.is_empty() && mail.facts["occasion"] == "meeting");
    let kept = place.map_or_else(|| kept.clone(), |place| kept.replace(place, "…"));
    let link = link.map(|(_, link)| link);
    let fate = match carrier {
        Carrier::Demo => {
            if !app.store.attempt_mail(&mail, link.as_ref(), now).await.map_err(said)? {
                return Ok(true);
            }
            Some(Fate::Sent)
        }
        Carrier::Smtp(smtp) => {
            let handed = match message(app, smtp, &mail, &letter) {
                // Nothing that a server could mend.
                Err(answer) => Err(Undelivered(Fate::Refused(answer))),
                Ok(text) => offer(smtp, connection, &mail, app.now()).await.map(|open| (open, text)),
            };
            match handed {
                Err(Undelivered(fate)) => Some(fate),
                Ok((open, text)) => {
                    if !app.store.attempt_mail(&mail, link.as_ref(), app.now()).await.map_err(said)? {
                        *connection = None;
                        return Ok(true);
                    }
                    match open.message(&text).await {
                        Ok(_) => Some(Fate::Sent),
                        Err(error) if error.is_response() || error.is_permanent() || error.is_transient() => {
                            Some(fate(&error, &mail, app.now()))
                        }
                        // The text was handed over and no answer came: in doubt until it is settled.
                        Err(_) => None,
                    }
                }
            }
        }
    };
    if !matches!(fate, Some(Fate::Sent)) {
        *connection = None;
    }
    if let Some(fate) = fate {
        app.store.end_mail(&mail, &fate, &letter.subject, &kept, app.now()).await.map_err(said)?;
    }
    Ok(true)
}

async fn offer<'a>(
    smtp: &Smtp,
    connection: &'a mut Option<AsyncSmtpConnection>,
    mail: &Mail,
    now: Timestamp,
) -> Result<&'a mut AsyncSmtpConnection, Undelivered> {
    let no_address = |_| Undelivered(Fate::Refused("not an address".to_owned()));
    let to: Address = mail.recipient.parse().map_err(no_address)?;
    if connection.is_none() {
        // Wrong credentials are no fault of the mail: it waits until they are mended.
        let connected = smtp.connect().await;
        *connection = Some(connected.map_err(|error| Undelivered(later(mail, told(&error), now)))?);
    }
    let Some(open) = connection else { return Err(Undelivered(later(mail, String::new(), now))) };
    smtp.offer(open, to).await.map_err(|error| Undelivered(fate(&error, mail, now)))?;
    Ok(open)
}

/// The letter of a mail, with the secret of its link; nothing if nobody is to have it.
async fn written(app: &App, mail: &Mail) -> store::Result<Option<(Letter, Option<(String, NewLink)>)>> {
    if mail.template == SIGN_IN && app.store.name_of(&mail.recipient).await?.is_none() {
        return Ok(None);
    }
    let (mut link, mut address) = (None, String::new());
    if let Some((path, new, holds)) = link_of(&mail.template, &mail.facts) {
        let secret = secret(app.chance);
        let now = app.now();
        address = format!("{}/{path}/{secret}", app.settings.url);
        let ends_at = now.saturating_add(holds).unwrap_or(now);
        link =
            Some((secret.clone(), NewLink { secret: digest(&secret), email: mail.recipient.clone(), ends_at, ..new }));
    }
    let sender = app.sender(&mail.organisation).await?;
    let (wording, _) = app.wording(&mail.organisation).await?;
    let desk = app.desk(&mail.organisation, &wording).await?;
    let source = Source {
        template: &mail.template,
        language: mail.language,
        facts: &mail.facts,
        link: &address,
        sender: &sender,
        wording: &wording,
        desk: &desk,
        home: &app.settings.url,
    };
    let Some(mut letter) = letter(&source) else { return Ok(None) };
    letter.papers = papers(app, mail).await;
    Ok(Some((letter, link)))
}

/// The documents that go with a mail: the agreement when a pair begins, the diploma when it has been completed. What
/// cannot be made any more, because one of the two has been erased, is left out.
async fn papers(app: &App, mail: &Mail) -> Vec<(String, Vec<u8>)> {
    let fact = |name: &str| mail.facts[name].as_str().unwrap_or_default();
    let (Some(pair), Some(side)) = (Id::parse(fact("pair")), Side::from_code(fact("side"))) else { return Vec::new() };
    let w = Words { language: mail.language };
    let (name, paper) = match mail.template.as_str() {
        STARTED => (w.t("paper-agreement-name"), app.agreement_paper(&pair, mail.language).await),
        COMPLETED => {
            let companion = mail.facts["companion"].as_str();
            (w.t("paper-diploma-name"), app.diploma_paper(&pair, (side, companion), mail.language).await)
        }
        _ => return Vec::new(),
    };
    match paper {
        Ok(paper) => vec![(name, paper)],
        Err(error) => {
            tracing::error!(pair = pair.as_str(), ?error, "a document could not be made");
            Vec::new()
        }
    }
}

/// The message on the wire. Its identity is the mail's, so that a second copy is known as one.
fn message(app: &App, smtp: &Smtp, mail: &Mail, letter: &Letter) -> Result<Vec<u8>, String> {
    let said = |error: lettre::error::Error| error.to_string();
    let to: Address = mail.recipient.parse().map_err(|_| "not an address".to_owned())?;
    let from = Mailbox::new(Some(letter.sender.clone()), smtp.sender.clone());
    let header =
        |name: &'static str, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned());
    let html = letter.html().map_err(|error| error.to_string())?;
    let answers = letter.answers.parse().ok().map(|answers| Mailbox::new(None, answers));
    let mut message = Message::builder();
    if let Some(answers) = answers {
        message = message.reply_to(answers);
    }
    let message = message
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(letter.subject.clone())
        .message_id(Some(format!("<{}@{}>", mail.id, smtp.sender.domain())))
        .date(app.now().into())
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("Content-Language", letter.language.tag()))
        .multipart(parts(app, smtp, mail, letter, html)?)
        .map_err(said)?;
    Ok(message.formatted())
}

/// The letter as text and as a page, with its documents; with a calendar entry a third way to read it, which mail programs offer to enter
/// (RFC 6047), and the same as a file for those that do not.
fn parts(app: &App, smtp: &Smtp, mail: &Mail, letter: &Letter, html: String) -> Result<MultiPart, String> {
    let text = MultiPart::alternative_plain_html(letter.plain(), html);
    let said = |error: lettre::message::header::ContentTypeErr| error.to_string();
    let pdf = || ContentType::parse("application/pdf").map_err(said);
    if !letter.papers.is_empty() {
        let mut mixed = MultiPart::mixed().multipart(text);
        for (name, paper) in &letter.papers {
            mixed = mixed.singlepart(Attachment::new(name.clone()).body(paper.clone(), pdf()?));
        }
        return Ok(mixed);
    }
    let Some(entry) = &letter.entry else { return Ok(text) };
    let from = smtp.sender.to_string();
    let envelope = Envelope { from: &from, sender: &letter.sender, to: &mail.recipient };
    let file = entry.invitation(app.settings.host(), envelope, Words { language: letter.language });
    let kind = format!("text/calendar; charset=utf-8; method={}", entry.method());
    let entered = SinglePart::builder().header(ContentType::parse(&kind).map_err(said)?).body(file.clone());
    let attached = Attachment::new("invite.ics".to_owned())
        .body(file, ContentType::parse("application/ics; charset=utf-8").map_err(said)?);
    Ok(MultiPart::mixed().multipart(text.singlepart(entered)).singlepart(attached))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_is_day_in_sweden() {
        let at = |text: &str| is_day(text.parse().unwrap());
        assert!(at("2026-11-23T06:00:00Z") && !at("2026-11-23T05:59:00Z"), "winter: an hour ahead");
        assert!(at("2026-07-01T05:00:00Z") && !at("2026-07-01T19:00:00Z"), "summer: two hours ahead");
    }

    #[test]
    fn a_mail_is_tried_for_two_days_and_less_often_each_time() {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let mail = |attempts, made_at: &str| Mail {
            id: Id::from_number(1),
            recipient: String::new(),
            template: String::new(),
            lane: Lane::Notice,
            language: mentoring::Language::Swedish,
            organisation: String::new(),
            facts: serde_json::Value::Null,
            attempts,
            made_at: made_at.to_owned(),
        };
        let wait = |attempts| match later(&mail(attempts, "2026-11-23T08:59:00Z"), String::new(), now) {
            Fate::Later(due, _) => due.duration_since(now).as_secs(),
            _ => -1,
        };
        assert_eq!([wait(1), wait(2), wait(3)], [5, 10, 20]);
        assert!(wait(500) > 0);
        assert!(matches!(later(&mail(9, "2026-11-20T00:00:00Z"), String::new(), now), Fate::Refused(_)));
    }
}
