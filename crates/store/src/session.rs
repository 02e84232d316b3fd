//! Sessions: browsers that are signed in.

use jiff::{SignedDuration, Timestamp};
use mentoring::{Appointment, Id};

use crate::Store;
use crate::account::{Account, account, appointment};
use crate::db::{Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::stamp::{Stamp, moment};

/// How somebody has proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a link mailed to their address.
    Link,
    /// With a passkey.
    Passkey,
    /// By a provider of identities.
    Provider,
    /// Not at all: by choosing a made-up person in the demo.
    Demo,
}

impl Way {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Passkey => "passkey",
            Self::Provider => "provider",
            Self::Demo => "demo",
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "passkey" => Self::Passkey,
            "provider" => Self::Provider,
            "demo" => Self::Demo,
            _ => Self::Link,
        }
    }

    /// Whether it is enough for staff, who see more than their own.
    pub fn is_strong(self) -> bool {
        self != Self::Link
    }
}

/// A session under its secret: what a request's cookie leads to.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its identity, which is no secret.
    pub id: Id,
    /// Who.
    pub account: Account,
    /// How they proved it.
    pub way: Way,
    /// What they are appointed to at this moment.
    pub appointments: Vec<Appointment>,
    /// When it was last seen, in UTC.
    pub seen_at: String,
    /// Whether it is to get a new cookie: its account has got a role since.
    pub renew: bool,
}

/// A session as listed to its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Its identity.
    pub id: Id,
    /// How it began.
    pub way: Way,
    /// What the browser called itself.
    pub device: String,
    /// When it began, in UTC.
    pub began_at: String,
    /// When it was last seen, in UTC.
    pub seen_at: String,
}

/// A session to begin.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Its identity.
    pub id: Id,
    /// Digest of the cookie.
    pub cookie: String,
    /// Who.
    pub account: Id,
    /// How they proved it.
    pub way: Way,
    /// What the browser calls itself.
    pub device: String,
    /// When it ends at the latest.
    pub ends_at: Timestamp,
}

/// A session that nobody has used for so long has ended.
const IDLE_STAFF: i64 = 2 * 3600;
const IDLE: i64 = 14 * 24 * 3600;
/// So long a cookie holds after it has been renewed, in seconds, for requests that were under way.
const GRACE: i64 = 60;
/// Being seen is written down this often, in seconds: not at every request.
const SEEN: i64 = 300;

impl Store {
    /// Begins a session.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin_session(&self, new: &NewSession, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let row: Vec<Value> = vec![
            new.id.as_str().into(),
            new.cookie.as_str().into(),
            new.account.as_str().into(),
            new.way.code().into(),
            new.device.as_str().into(),
            stamp.moment().into(),
            stamp.moment().into(),
            moment(new.ends_at).into(),
        ];
        let into = "INSERT INTO session (id, cookie, account, way, device, began_at, seen_at, ends_at) VALUES ";
        tx.insert(into, vec![row], "").await?;
        let seen = sql("UPDATE account SET seen_at = $1 WHERE id = $2");
        tx.run(seen.bind(stamp.moment()).bind(new.account.as_str())).await?;
        let way = serde_json::json!({ "way": new.way.code() });
        note(&mut tx, stamp, "account", new.account.as_str(), "signed-in", way).await?;
        tx.commit().await
    }

    /// The session of a cookie's digest, if it has not ended. It is asked for at every request, so that
    /// an ended session or appointment counts at once on every server.
    ///
    /// # Errors
    /// What the database says.
    pub async fn session(&self, cookie: &str, now: Timestamp) -> Result<Option<Session>> {
        let query = sql("SELECT session.id, session.way, session.seen_at, account.id, account.email, account.name, \
             account.language, COALESCE(appointment.role, ''), COALESCE(appointment.organisation, ''), \
             CASE WHEN session.cookie = $1 THEN session.renew ELSE 0 END \
             FROM session JOIN account ON account.id = session.account \
             LEFT JOIN appointment ON appointment.account = account.id AND appointment.ended_at IS NULL \
             WHERE session.id = (SELECT id FROM session WHERE cookie = $1 \
             UNION ALL SELECT id FROM session WHERE cookie_before = $1 AND cookie_before <> '' AND renewed_at > $2 LIMIT 1) \
             AND session.ends_at > $3 ORDER BY appointment.given_at, appointment.id");
        let grace = moment(now.saturating_sub(SignedDuration::from_secs(GRACE)).unwrap_or(now));
        let rows = self.db.all(query.bind(cookie).bind(grace).bind(moment(now))).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let mut appointments = Vec::new();
        for row in &rows {
            appointments.extend(appointment(row, 7)?);
        }
        let session = Session {
            id: Id::parse(&first.text(0)?).ok_or(Error::NotFound)?,
            way: Way::from_code(&first.text(1)?),
            seen_at: first.text(2)?,
            account: account(first, 3)?,
            appointments,
            renew: first.number(9)? == 1,
        };
        let idle = if session.appointments.is_empty() { IDLE } else { IDLE_STAFF };
        let idle_since =
            session.seen_at.parse::<Timestamp>().map_or(i64::MAX, |seen| now.as_second() - seen.as_second());
        if idle_since > idle {
            return Ok(None);
        }
        if idle_since > SEEN {
            let mut tx = self.db.begin().await?;
            let seen = sql("UPDATE session SET seen_at = $1 WHERE id = $2");
            tx.run(seen.bind(moment(now)).bind(session.id.as_str())).await?;
            tx.commit().await?;
        }
        Ok(Some(session))
    }

    /// Gives a session a new cookie, by the digests of the present and the new one; of several requests at
    /// the same time one does it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn renew_session(&self, present: &str, new: &str, now: Timestamp) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let renew = sql("UPDATE session SET cookie = $1, cookie_before = $2, renewed_at = $3, renew = 0 \
             WHERE cookie = $2 AND renew = 1");
        let done = tx.run(renew.bind(new).bind(present).bind(moment(now))).await? > 0;
        tx.commit().await?;
        Ok(done)
    }

    /// The sessions of an account, the latest seen first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sessions(&self, account: &Id, now: Timestamp) -> Result<Vec<SessionRow>> {
        let query = sql("SELECT id, way, device, began_at, seen_at FROM session \
             WHERE account = $1 AND ends_at > $2 ORDER BY seen_at DESC, id");
        let rows = self.db.all(query.bind(account.as_str()).bind(moment(now))).await?;
        let row = |row: &crate::db::Row| {
            Ok(SessionRow {
                id: Id::parse(&row.text(0)?).ok_or(Error::NotFound)?,
                way: Way::from_code(&row.text(1)?),
                device: row.text(2)?,
                began_at: row.text(3)?,
                seen_at: row.text(4)?,
            })
        };
        rows.iter().map(row).collect()
    }

    /// Ends one session of an account, or all of them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_session(&self, account: &Id, id: Option<&Id>, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let mut query = sql("DELETE FROM session WHERE account = ").value(account.as_str());
        if let Some(id) = id {
            query = query.push(" AND id = ").value(id.as_str());
        }
        let ended = tx.run(query).await?;
        note(&mut tx, stamp, "account", account.as_str(), "signed-out", serde_json::json!({ "sessions": ended }))
            .await?;
        tx.commit().await
    }
}
