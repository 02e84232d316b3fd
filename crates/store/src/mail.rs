//! The outbox: mails wait here from the transaction that causes them until a server has taken them.
//!
//! queued → attempting → sent, refused, expired or unknown. "Attempting" is committed before the text is
//! handed over, so that after a crash it is known which mails are in doubt. Exactly once does not exist
//! over SMTP: a sign-in mail or notice in doubt is sent once more, a campaign never.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use mentoring::{Id, Language};

use crate::Store;
use crate::account::address;
use crate::db::{Query, Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::link::{NewLink, make_link};
use crate::stamp::{Stamp, moment};
use crate::within::Within;

/// How urgent a mail is, and what becomes of one in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Somebody waits for it at the screen: at any hour; in doubt once more.
    SignIn,
    /// Something that concerns the reader has happened: by day; in doubt once more.
    Notice,
    /// To many: by day, with a way to leave; in doubt never again.
    Campaign,
}

impl Lane {
    /// Every lane, the most urgent first.
    pub const ALL: [Self; 3] = [Self::SignIn, Self::Notice, Self::Campaign];

    /// The stable code; their order is the order of urgency.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignIn => "1-sign-in",
            Self::Notice => "2-notice",
            Self::Campaign => "3-campaign",
        }
    }

    fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|lane| lane.code() == code).unwrap_or(Self::Campaign)
    }
}

/// A mail to send.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// What causes it. The same cause, address and template make one mail, however often it is queued.
    pub event: String,
    /// The address.
    pub recipient: String,
    /// Which text.
    pub template: &'static str,
    /// How urgent it is.
    pub lane: Lane,
    /// The reader's language.
    pub language: Language,
    /// Code of the organisation that speaks; empty for the programme itself.
    pub organisation: String,
    /// What the text says, by name.
    pub facts: serde_json::Value,
    /// Not before this moment.
    pub due_at: Timestamp,
    /// Of no use after this moment.
    pub ends_at: Timestamp,
}

/// A mail that this server is to send.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its identity, also that of the message on the wire.
    pub id: Id,
    /// The address.
    pub recipient: String,
    /// Which text.
    pub template: String,
    /// How urgent it is.
    pub lane: Lane,
    /// The reader's language.
    pub language: Language,
    /// Code of the organisation that speaks.
    pub organisation: String,
    /// What the text says.
    pub facts: serde_json::Value,
    /// How often it has been tried, this time included.
    pub attempts: i64,
    /// When it was queued, in UTC.
    pub made_at: String,
}

/// A mail as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailRow {
    /// Its identity.
    pub id: Id,
    /// The address.
    pub recipient: String,
    /// Which text.
    pub template: String,
    /// `queued`, `attempting`, `sent`, `refused`, `expired`, `dropped` or `unknown`.
    pub state: String,
    /// When it was queued, in UTC.
    pub made_at: String,
    /// When it was sent, in UTC.
    pub sent_at: Option<String>,
    /// The subject, once it has been put into words.
    pub subject: String,
    /// The text, without what must stay secret.
    pub body: String,
    /// What the receiving server said last.
    pub answer: String,
}

/// What became of a try.
#[derive(Clone, Debug)]
pub enum Fate {
    /// The server has taken it.
    Sent,
    /// The server is not there or says "not now": again at this moment.
    Later(Timestamp, String),
    /// The server says "never".
    Refused(String),
    /// Nobody is to have it after all.
    Dropped,
}

/// So long a server has to send a mail that it has taken up.
const LEASE: SignedDuration = SignedDuration::from_secs(120);

/// Takes the text out of the mails that an event like this has caused, and out of the outbox what waits there.
pub(crate) fn blank_mails(event: String) -> Query {
    sql("UPDATE mail SET facts = '{}', body = '', state = CASE WHEN state = 'queued' THEN 'dropped' \
         ELSE state END WHERE event LIKE ")
    .value(event)
}

/// Puts a mail into the outbox, in the transaction that causes it.
pub(crate) async fn queue(tx: &mut Tx, new: &NewMail, stamp: &Stamp) -> Result<()> {
    let id = Id::of("mail", &format!("{} {} {}", new.event, new.recipient, new.template));
    let row: Vec<Value> = vec![
        id.as_str().into(),
        new.event.as_str().into(),
        new.recipient.trim().into(),
        new.template.into(),
        new.lane.code().into(),
        new.language.tag().into(),
        new.organisation.as_str().into(),
        new.facts.to_string().into(),
        "queued".into(),
        moment(new.due_at).into(),
        moment(new.ends_at).into(),
        stamp.moment().into(),
    ];
    let into = "INSERT INTO mail (id, event, recipient, template, lane, language, organisation, facts, state, due_at, \
         ends_at, made_at) VALUES ";
    tx.insert(into, vec![row], " ON CONFLICT DO NOTHING").await
}

/// Enters an address that is refused for good: it gets no more notices until somebody signs in by a mail to it.
async fn bounce(tx: &mut Tx, recipient: &str, answer: &str, now: Timestamp) -> Result<()> {
    let bounce = sql("INSERT INTO bounce (address, at, answer) VALUES ($1, $2, $3) \
         ON CONFLICT (address) DO UPDATE SET at = excluded.at, answer = excluded.answer");
    tx.run(bounce.bind(address(recipient)).bind(moment(now)).bind(answer)).await.map(drop)
}

const LIST: &str =
    "SELECT id, recipient, template, state, made_at, sent_at, subject, body, answer FROM mail WHERE 1 = 1";

const NOT_STAFF: &str = " AND template NOT IN ('invitation', 'appointed', 'passkey-added')";

/// What goes past the coordinator stands on a page of its own, for those who read complaints.
const NO_COMPLAINTS: &str = " AND template NOT LIKE 'complaint-%'";

fn listed(row: &Row) -> Result<MailRow> {
    Ok(MailRow {
        id: Id::parse(&row.text(0)?).ok_or(Error::NotFound)?,
        recipient: row.text(1)?,
        template: row.text(2)?,
        state: row.text(3)?,
        made_at: row.text(4)?,
        sent_at: row.maybe(5)?,
        subject: row.text(6)?,
        body: row.text(7)?,
        answer: row.text(8)?,
    })
}

impl Store {
    /// Puts a mail into the outbox on its own.
    ///
    /// # Errors
    /// What the database says.
    pub async fn queue_mail(&self, new: &NewMail, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        queue(&mut tx, new, stamp).await?;
        tx.commit().await
    }

    /// Takes up the most urgent mail that is due, for two minutes; no other server gets it meanwhile.
    /// Mails that have outlived their use expire first. By night only sign-in mails leave.
    ///
    /// # Errors
    /// What the database says.
    pub async fn take_mail(&self, now: Timestamp, by_day: bool) -> Result<Option<Mail>> {
        let mut tx = self.db.begin().await?;
        let expire = sql("UPDATE mail SET state = 'expired' WHERE state = 'queued' AND ends_at <= ");
        tx.run(expire.value(moment(now))).await?;
        let lease = moment(now.saturating_add(LEASE).unwrap_or(now));
        let query = sql("UPDATE mail SET attempts = attempts + 1, lease_until = ").value(lease);
        let query = query.push(" WHERE id = (SELECT id FROM mail WHERE state = 'queued' AND due_at <= ");
        let query = query.value(moment(now)).push(" AND lease_until <= ").value(moment(now));
        let query = if by_day { query } else { query.push(" AND lane = '1-sign-in'") };
        let query = query.push(" ORDER BY lane, due_at, id LIMIT 1").push(tx.engine().skip_locked());
        let query =
            query.push(") RETURNING id, recipient, template, lane, language, organisation, facts, attempts, made_at");
        let row = tx.first(query).await?;
        tx.commit().await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Mail {
            id: Id::parse(&row.text(0)?).ok_or(Error::NotFound)?,
            recipient: row.text(1)?,
            template: row.text(2)?,
            lane: Lane::from_code(&row.text(3)?),
            language: Language::from_tag(&row.text(4)?).unwrap_or_default(),
            organisation: row.text(5)?,
            facts: row.json(6)?,
            attempts: row.number(7)?,
            made_at: row.text(8)?,
        }))
    }

    /// Says that a mail is about to be handed over, with the link in it, if it has one. False if another
    /// server has taken it up meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attempt_mail(&self, mail: &Mail, link: Option<&NewLink>, now: Timestamp) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let lease = moment(now.saturating_add(LEASE).unwrap_or(now));
        let query = sql("UPDATE mail SET state = 'attempting', lease_until = $1 \
             WHERE id = $2 AND attempts = $3 AND state = 'queued'");
        if tx.run(query.bind(lease).bind(mail.id.as_str()).bind(mail.attempts)).await? == 0 {
            return Ok(false);
        }
        if let Some(link) = link {
            make_link(&mut tx, link, now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Writes down what became of a try, with the subject and text as they may be kept.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_mail(&self, mail: &Mail, fate: &Fate, subject: &str, body: &str, now: Timestamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let (state, due, answer) = match fate {
            Fate::Sent => ("sent", now, ""),
            Fate::Later(due, answer) => ("queued", *due, answer.as_str()),
            Fate::Refused(answer) => ("refused", now, answer.as_str()),
            Fate::Dropped => ("dropped", now, ""),
        };
        let sent = matches!(fate, Fate::Sent).then(|| moment(now));
        let query = sql("UPDATE mail SET state = ").value(state).push(", due_at = ").value(moment(due));
        let query = query.push(", lease_until = '', sent_at = ").value(sent).push(", subject = ").value(subject);
        let query = query.push(", body = ").value(body).push(", answer = ").value(answer);
        let query = query.push(" WHERE id = ").value(mail.id.as_str()).push(" AND attempts = ").value(mail.attempts);
        tx.run(query.push(" AND state IN ('queued', 'attempting')")).await?;
        if let Fate::Refused(answer) = fate {
            bounce(&mut tx, &mail.recipient, answer, now).await?;
        }
        tx.commit().await
    }

    /// Writes down that a mail has come back after a server had taken it; false if it is none of ours, or
    /// was to somebody else.
    ///
    /// # Errors
    /// What the database says.
    pub async fn return_mail(&self, id: &Id, recipient: &str, answer: &str, now: Timestamp) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let update = sql("UPDATE mail SET state = 'refused', answer = $1 WHERE id = $2 AND LOWER(recipient) = $3 \
             AND state IN ('sent', 'unknown', 'refused')");
        let known = tx.run(update.bind(answer).bind(id.as_str()).bind(address(recipient))).await? > 0;
        if known {
            bounce(&mut tx, recipient, answer, now).await?;
        }
        tx.commit().await?;
        Ok(known)
    }

    /// Settles mails that a server was handing over when it stopped. Sign-in mails and notices are tried
    /// once more, so that there is at most one too many; campaigns, and those in doubt twice, become
    /// unknown. Answers how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn settle_mails(&self, now: Timestamp) -> Result<u64> {
        let mut tx = self.db.begin().await?;
        let query = sql("UPDATE mail SET doubts = doubts + 1, lease_until = '', \
             state = CASE WHEN doubts > 0 OR lane = '3-campaign' THEN 'unknown' ELSE 'queued' END \
             WHERE state = 'attempting' AND lease_until <= ");
        let settled = tx.run(query.value(moment(now))).await?;
        tx.commit().await?;
        Ok(settled)
    }

    /// The day on which a mail about an event was written, if one was.
    ///
    /// # Errors
    /// What the database says.
    pub async fn told_on(&self, event: &str) -> Result<Option<Date>> {
        let row = self.db.first(sql("SELECT MIN(made_at) FROM mail WHERE event = ").value(event)).await?;
        let at = row.map(|row| row.maybe(0)).transpose()?.flatten();
        Ok(at.and_then(|at| at.get(..10)?.parse().ok()))
    }

    /// The mails to an address, newest first: for a page about oneself only.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mails_to(&self, email: &str) -> Result<Vec<MailRow>> {
        let query = sql(LIST).push(" AND LOWER(recipient) = ").value(address(email));
        self.db.all(query.push(" ORDER BY made_at DESC, id")).await?.iter().map(listed).collect()
    }

    /// What the last server to refuse an address for good said.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bounced(&self, email: &str) -> Result<Option<String>> {
        let query = sql("SELECT answer FROM bounce WHERE address = ").value(address(email));
        self.db.first(query).await?.map(|row| row.text(0)).transpose()
    }
}

impl Within<'_> {
    /// A page of mails, newest first, and how many there are; only of one state if it is named, and those
    /// about appointments only to whoever may see `staff`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mails(&self, state: &str, staff: bool, page: usize, size: usize) -> Result<(Vec<MailRow>, usize)> {
        let narrow = |query: Query| {
            let query = self.narrow(query, "organisation").push(NO_COMPLAINTS).push(if staff { "" } else { NOT_STAFF });
            if state.is_empty() { query } else { query.push(" AND state = ").value(state) }
        };
        let total = self.db().first(narrow(sql("SELECT COUNT(*) FROM mail WHERE 1 = 1"))).await?;
        let query = narrow(sql(LIST)).push(" ORDER BY made_at DESC, id LIMIT ").value(size as i64);
        let rows = self.db().all(query.push(" OFFSET ").value((page * size) as i64)).await?;
        Ok((rows.iter().map(listed).collect::<Result<_>>()?, total.map_or(Ok(0), |row| row.number(0))? as usize))
    }

    /// One mail; one about an appointment only to whoever may see `staff`.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn mail(&self, id: &Id, staff: bool) -> Result<MailRow> {
        let query = self.narrow(sql(LIST).push(" AND id = ").value(id.as_str()), "organisation");
        let query = query.push(NO_COMPLAINTS).push(if staff { "" } else { NOT_STAFF });
        listed(&self.db().first(query).await?.ok_or(Error::NotFound)?)
    }
}
