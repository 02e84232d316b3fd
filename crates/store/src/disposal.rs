//! Keeping no longer than promised: once a night, by the classes of `data.toml` and what each organisation
//! has chosen.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use mentoring::{Farewell, Idle, Language, Retention};

use crate::Store;
use crate::chain::cut_chain;
use crate::db::{Tx, sql};
use crate::erasure::{blank_rounds, erase_address, erase_applications};
use crate::error::Result;
use crate::mail::{NewMail, queue};
use crate::stamp::{Stamp, moment};

/// What a day's disposal has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Disposed {
    /// Rows removed.
    pub rows: u64,
    /// Reminders queued.
    pub reminded: u64,
    /// People erased.
    pub people: u64,
}

/// Somebody idle who is to be reminded.
#[derive(Clone, Debug)]
pub struct Reminded {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// Language of mails.
    pub language: Language,
    /// Code of an organisation that they took part at; empty if they took part nowhere.
    pub organisation: String,
    /// Which reminder it is.
    pub step: Farewell,
    /// The day on which they are erased if they do not come back.
    pub erased_on: Date,
    /// What makes it one mail however often it is queued.
    pub event: String,
}

/// The name of the setting in which an organisation's retention stands.
fn name(organisation: &str) -> String {
    format!("retention {organisation}")
}

/// Everything that says when an address was last in use, and whether it is now: address, organisation,
/// name, language, since, open.
const PARTS: &str = "WITH part (email, organisation, name, language, since, open) AS (\
     SELECT email, '', name, language, CASE WHEN seen_at > created_at THEN seen_at ELSE created_at END, \
     CASE WHEN EXISTS (SELECT 1 FROM appointment WHERE account = account.id AND ended_at IS NULL) THEN 1 ELSE 0 END \
     FROM account WHERE email NOT LIKE 'erased %' \
     UNION ALL SELECT LOWER(email), organisation, name, '', changed_at, CASE WHEN state = 'closed' THEN 0 ELSE 1 END \
     FROM mentee WHERE email <> '' \
     UNION ALL SELECT LOWER(email), organisation, name, '', changed_at, CASE WHEN used = 0 THEN 0 ELSE 1 END \
     FROM mentor WHERE email <> '' \
     UNION ALL SELECT LOWER(mentee.email), mentee.organisation, mentee.name, '', pair.closed, 0 \
     FROM pair JOIN mentee ON mentee.id = pair.mentee WHERE pair.closed IS NOT NULL AND mentee.email <> '' \
     UNION ALL SELECT LOWER(mentor.email), mentor.organisation, mentor.name, '', pair.closed, 0 \
     FROM pair JOIN mentor ON mentor.id = pair.mentor WHERE pair.closed IS NOT NULL AND mentor.email <> '' \
     UNION ALL SELECT LOWER(mentee.email), mentee.organisation, mentee.name, '', companion.ended, 0 \
     FROM companion JOIN mentee ON mentee.id = companion.person AND companion.side = 'mentee' \
     WHERE companion.ended IS NOT NULL AND mentee.email <> '' \
     UNION ALL SELECT LOWER(mentor.email), mentor.organisation, mentor.name, '', companion.ended, 0 \
     FROM companion JOIN mentor ON mentor.id = companion.person AND companion.side = 'mentor' \
     WHERE companion.ended IS NOT NULL AND mentor.email <> '' \
     UNION ALL SELECT email, organisation, name, language, changed_at, \
     CASE WHEN state IN ('draft', 'sent') THEN 1 ELSE 0 END FROM application WHERE email <> '' \
     UNION ALL SELECT email, '', name, '', COALESCE(ended_at, since), CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END \
     FROM complaint WHERE email <> '') ";

/// The day of a moment or day as the database holds it.
fn day_of(stored: &str) -> Option<Date> {
    stored.get(..10)?.parse().ok()
}

fn months_before(day: Date, months: u8) -> String {
    day.saturating_sub(Span::new().months(months)).to_string()
}

/// An address that nobody has used for long, with every organisation that it took part at.
struct Silent {
    reminded: Reminded,
    organisations: Vec<String>,
    since: Date,
}

/// Addresses without anything open and not in use since a day.
async fn silent(tx: &mut Tx, before: &str) -> Result<Vec<Silent>> {
    let query = sql(PARTS).push(
        "SELECT email, organisation, name, language, since FROM part WHERE email IN (SELECT email \
         FROM part GROUP BY email HAVING MAX(open) = 0 AND MAX(since) < ",
    );
    let mut all: BTreeMap<String, Silent> = BTreeMap::new();
    for row in tx.all(query.value(before).push(") ORDER BY email, since, organisation")).await? {
        let (email, organisation, name, language) = (row.text(0)?, row.text(1)?, row.text(2)?, row.text(3)?);
        let Some(since) = day_of(&row.text(4)?) else { continue };
        let entry = all.entry(email.clone()).or_insert_with(|| Silent {
            reminded: Reminded {
                email,
                name: String::new(),
                language: Language::Swedish,
                organisation: String::new(),
                step: Farewell::First,
                erased_on: since,
                event: String::new(),
            },
            organisations: Vec::new(),
            since,
        });
        entry.since = entry.since.max(since);
        if !name.is_empty() {
            entry.reminded.name = name;
        }
        if !organisation.is_empty() {
            entry.reminded.organisation.clone_from(&organisation);
            entry.organisations.push(organisation);
        }
        entry.reminded.language = Language::from_tag(&language).unwrap_or(entry.reminded.language);
    }
    Ok(all.into_values().collect())
}

/// When a reminder was queued, if it was.
async fn queued(tx: &mut Tx, email: &str, event: &str) -> Result<Option<Date>> {
    let query = sql("SELECT MIN(made_at) FROM mail WHERE event = $1 AND LOWER(recipient) = $2");
    let row = tx.first(query.bind(event).bind(email)).await?;
    Ok(row.map(|row| row.maybe(0)).transpose()?.flatten().and_then(|at| day_of(&at)))
}

impl Store {
    /// How long an organisation keeps what it answers for, and the version of that; the programme's own
    /// lengths where it has chosen none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn retention(&self, organisation: &str) -> Result<(Retention, i64)> {
        match self.setting(&name(organisation)).await? {
            Some((value, version)) => Ok((serde_json::from_str(&value)?, version)),
            None => Ok((Retention::default(), 0)),
        }
    }

    /// Chooses how long an organisation keeps what it answers for, if nobody else has since `version`.
    ///
    /// # Errors
    /// [`crate::Error::Changed`], or what the database says.
    pub async fn retain(&self, organisation: &str, retention: Retention, version: i64, stamp: &Stamp) -> Result<()> {
        self.set(&name(organisation), &serde_json::to_string(&retention)?, version, stamp).await
    }

    /// Organisations that have chosen lengths of their own, by code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn retentions(&self) -> Result<BTreeMap<String, Retention>> {
        let mut all = BTreeMap::new();
        for row in self.db.all(sql("SELECT name, value FROM setting WHERE name LIKE 'retention %'")).await? {
            let (setting, value) = (row.text(0)?, row.text(1)?);
            if let Some(organisation) = setting.strip_prefix("retention ") {
                all.insert(organisation.to_owned(), serde_json::from_str(&value)?);
            }
        }
        all.retain(|_, retention| *retention != Retention::default());
        Ok(all)
    }

    /// Removes what has been kept as long as promised, reminds those who have been away for long, and
    /// erases those who did not come back. Once a day is enough; twice does no harm.
    ///
    /// # Errors
    /// What the database says. Nothing has changed then.
    pub async fn dispose(
        &self,
        now: Timestamp,
        day: Date,
        reminder: &(dyn Fn(&Reminded) -> NewMail + Sync),
    ) -> Result<Disposed> {
        let own = self.retentions().await?;
        let stamp = Stamp::program("disposal", now);
        let mut tx = self.db.begin().await?;
        let mut disposed = Disposed::default();
        by_class(&mut tx, now, &mut disposed).await?;
        by_organisation(&mut tx, day, &own, &mut disposed).await?;
        let of = |organisation: &String| own.get(organisation).copied().unwrap_or_default();
        let shortest = own.values().map(|it| it.idle).chain([Retention::default().idle]).min().unwrap_or_default();
        // Two months more than a reminder is sent ahead.
        for silent in silent(&mut tx, &months_before(day, shortest.saturating_sub(3))).await? {
            let Silent { mut reminded, organisations, since } = silent;
            // Who took part at several is kept as long as the most patient of them keeps.
            let months = organisations.iter().map(of).map(|it| it.idle).max();
            let months = months.unwrap_or(Retention::default().idle);
            let (first, last) = (format!("idle first {since}"), format!("idle last {since}"));
            let idle = Idle {
                since,
                months,
                first: queued(&mut tx, &reminded.email, &first).await?,
                last: queued(&mut tx, &reminded.email, &last).await?,
            };
            reminded.erased_on = idle.erased_on(day);
            match idle.due(day) {
                None => {}
                Some(Farewell::Erase) => {
                    erase_address(&mut tx, &reminded.email, day, &stamp).await?;
                    disposed.people += 1;
                }
                Some(step) => {
                    reminded.event = if step == Farewell::First { first } else { last };
                    reminded.step = step;
                    queue(&mut tx, &reminder(&reminded), &stamp).await?;
                    disposed.reminded += 1;
                }
            }
        }
        tx.commit().await?;
        self.forget().await?;
        Ok(disposed)
    }
}

/// What goes by its class, whatever the organisation.
async fn by_class(tx: &mut Tx, now: Timestamp, disposed: &mut Disposed) -> Result<()> {
    let days = |count: i64| moment(now.saturating_sub(SignedDuration::from_hours(24 * count)).unwrap_or(now));
    for (statement, before) in [
        ("DELETE FROM link WHERE ends_at < ", days(1)),
        ("DELETE FROM session WHERE ends_at < ", days(0)),
        ("DELETE FROM mail WHERE state NOT IN ('queued', 'attempting') AND made_at < ", days(365)),
        ("DELETE FROM bounce WHERE at < ", days(365)),
        ("DELETE FROM reading WHERE at < ", days(730)),
        ("DELETE FROM appointment WHERE ended_at < ", days(5 * 365)),
        ("DELETE FROM job WHERE state IN ('done', 'failed') AND ended_at < ", days(90)),
    ] {
        disposed.rows += tx.run(sql(statement).value(before)).await?;
    }
    disposed.rows += cut_chain(tx, &days(5 * 365)).await?;
    let texts = sql("UPDATE mail SET subject = '', body = '', facts = '{}' \
         WHERE (facts <> '{}' OR body <> '') AND state NOT IN ('queued', 'attempting') AND made_at < ");
    disposed.rows += tx.run(texts.value(days(30))).await?;
    let hour = now.as_second() / 3600 - 48;
    disposed.rows += tx.run(sql("DELETE FROM attempt WHERE CAST(stretch AS BIGINT) < ").value(hour)).await?;
    disposed.rows += erase_applications(tx, "state = 'draft' AND changed_at < ", &days(90)).await?;
    disposed.rows += erase_applications(tx, "state = 'sent' AND changed_at < ", &days(730)).await?;
    Ok(())
}

/// What goes when the organisation that answers for it says so.
async fn by_organisation(
    tx: &mut Tx,
    day: Date,
    own: &BTreeMap<String, Retention>,
    disposed: &mut Disposed,
) -> Result<()> {
    let of = |organisation: &str| own.get(organisation).copied().unwrap_or_default();
    let query = sql("SELECT id, organisation, changed_at FROM application WHERE state IN ('declined', 'withdrawn') \
         AND changed_at < ");
    for row in tx.all(query.value(months_before(day, *Retention::REFUSED.start()))).await? {
        let (id, organisation, changed) = (row.text(0)?, row.text(1)?, row.text(2)?);
        if changed < months_before(day, of(&organisation).refused) {
            disposed.rows += erase_applications(tx, "id = ", &id).await?;
        }
    }
    let query = sql("SELECT id, organisation, created_at FROM round WHERE EXISTS \
         (SELECT 1 FROM round_person WHERE round_person.round = round.id) AND created_at < ");
    for row in tx.all(query.value(months_before(day, *Retention::ROUNDS.start()))).await? {
        let (id, organisation, created) = (row.text(0)?, row.text(1)?, row.text(2)?);
        if created < months_before(day, of(&organisation).rounds) {
            disposed.rows += blank_rounds(tx, "round = ", &id).await?;
        }
    }
    Ok(())
}
