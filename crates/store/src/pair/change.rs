//! Acts on a pair: load, rule, save, with places, waiting list, phases, events and mails in one transaction.

use std::collections::HashMap;

use jiff::civil::Date;
use mentoring::{EndReason, Fluency, Id, Language, Mentee, Mentor, Pair, PairState, Say, Side, Step, Tongue};

use super::{COLUMNS, columns, pair};
use crate::Store;
use crate::account::address;
use crate::agreement::keep;
use crate::companion::{Companion, companions, hold, release_all};
use crate::db::{Tx, Value, sql};
use crate::entry::drop_room;
use crate::error::{Error, Result};
use crate::event::note;
use crate::flag::settle_found;
use crate::kept::some_in;
use crate::mail::{NewMail, queue};
use crate::phase::enter;
use crate::stamp::Stamp;
use crate::within::Within;

/// The two of a pair, and the language that each is written to in.
#[derive(Clone, Debug)]
pub struct Parties {
    /// The mentee.
    pub mentee: Mentee,
    /// The mentor.
    pub mentor: Mentor,
    /// The mentee's language.
    pub mentee_language: Language,
    /// The mentor's language.
    pub mentor_language: Language,
    /// Who takes part besides the two and has accepted the agreement; nobody where many pairs are asked for at once.
    pub companions: Vec<Companion>,
}

impl Parties {
    /// Name, address and language of one side.
    pub fn on(&self, side: Side) -> (&str, &str, Language) {
        match side {
            Side::Mentor => (&self.mentor.name, &self.mentor.email, self.mentor_language),
            Side::Mentee => (&self.mentee.name, &self.mentee.email, self.mentee_language),
        }
    }
}

/// A pair of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPair {
    /// The side one is on.
    pub side: Side,
    /// Who one is there.
    pub person: Id,
    /// Whether one takes part besides the two.
    pub companion: bool,
    /// The pair.
    pub row: super::PairRow,
}

/// What an act has done: the step, what was written with it, and who is told.
#[derive(Clone, Debug)]
pub struct Done {
    /// The step.
    pub step: Step,
    /// What somebody wrote; kept with the pair if not empty.
    pub words: String,
    /// Mails.
    pub mails: Vec<NewMail>,
    /// The agreement that somebody has accepted, word for word.
    pub accepted: Option<Accepted>,
}

/// An agreement as one of the two has read and accepted it.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// Who.
    pub side: Side,
    /// The language it was read in.
    pub language: Language,
    /// The text.
    pub body: String,
}

impl From<Step> for Done {
    fn from(step: Step) -> Self {
        Self { step, words: String::new(), mails: Vec::new(), accepted: None }
    }
}

/// The language that each address is written to in: that of the account, else of the latest application; not there
/// for whoever has neither.
pub(crate) async fn languages(tx: &mut Tx, emails: &[String]) -> Result<HashMap<String, Language>> {
    let mut found = HashMap::new();
    for some in emails.chunks(200) {
        for select in [
            "SELECT email, language, made_at FROM application WHERE email IN (",
            "SELECT email, language, created_at FROM account WHERE email IN (",
        ] {
            let mut query = sql(select);
            for (at, email) in some.iter().enumerate() {
                query = query.push(if at == 0 { "" } else { ", " }).value(email.as_str());
            }
            // The last one counts: accounts after applications, new ones after old ones.
            for row in tx.all(query.push(") ORDER BY 3")).await? {
                if let Some(language) = Language::from_tag(&row.text(1)?) {
                    found.insert(row.text(0)?, language);
                }
            }
        }
    }
    Ok(found)
}

/// The two of each pair; those who have been erased are there without a name.
pub(super) async fn parties(tx: &mut Tx, pairs: &[(Id, Id)]) -> Result<Vec<Parties>> {
    let (mentees, mentors): (Vec<Id>, Vec<Id>) = pairs.iter().cloned().unzip();
    let mentees = some_in::<Mentee>(tx, &mentees).await?;
    let mentors = some_in::<Mentor>(tx, &mentors).await?;
    let emails = mentees.values().map(|it| address(&it.email)).chain(mentors.values().map(|it| address(&it.email)));
    let languages = languages(tx, &emails.collect::<Vec<_>>()).await?;
    let language = |email: &str, spoken: &[(Tongue, Fluency)]| {
        languages.get(&address(email)).copied().unwrap_or_else(|| Language::to_write_in(spoken))
    };
    let party = |(mentee, mentor): &(Id, Id)| {
        let (mentee, mentor) = (mentees.get(mentee)?.clone(), mentors.get(mentor)?.clone());
        let (mentee_language, mentor_language) =
            (language(&mentee.email, &mentee.languages), language(&mentor.email, &mentor.languages));
        Some(Parties { mentee, mentor, mentee_language, mentor_language, companions: Vec::new() })
    };
    pairs.iter().map(|pair| party(pair).ok_or(Error::NotFound)).collect()
}

/// The two of a pair, and those who take part besides them.
async fn with_companions(tx: &mut Tx, pair: &Pair) -> Result<Parties> {
    let both = parties(tx, &[(pair.mentee.clone(), pair.mentor.clone())]).await?.pop();
    let mut both = both.ok_or(Error::NotFound)?;
    both.companions = companions(tx, &pair.id).await?;
    both.companions.retain(|it| it.agreed);
    Ok(both)
}

impl Within<'_> {
    /// The two of a pair, wherever they belong.
    ///
    /// # Errors
    /// [`Error::NotFound`], also if one of them has been erased; or what the database says.
    pub async fn both(&self, id: &Id) -> Result<(Mentee, Mentor)> {
        let known = self.pair(id).await?.pair;
        let all = self.store.everywhere();
        Ok((all.one::<Mentee>(&known.mentee).await?.0, all.one::<Mentor>(&known.mentor).await?.0))
    }

    /// A pair and its two, with the language that each is written to in.
    ///
    /// # Errors
    /// [`Error::NotFound`], also if one of them has been erased; or what the database says.
    pub async fn pair_and_parties(&self, id: &Id) -> Result<(Pair, Parties)> {
        let pair = self.pair(id).await?.pair;
        let mut tx = self.db().begin().await?;
        let both = with_companions(&mut tx, &pair).await?;
        Ok((pair, both))
    }

    /// Does something with a pair: the rule sees it as it is at this moment, and nobody else changes it
    /// meanwhile. A pair that ends gives the mentor's place back, and the mentee waits again if the rule of
    /// [`Pair::mentee_waits`] says so.
    ///
    /// # Errors
    /// [`Error::Refused`] with what the rule says; [`Error::NotFound`], or what the database says. Nothing has
    /// changed then.
    pub async fn change_pair(
        &self,
        id: &Id,
        rule: impl FnOnce(&mut Pair, &Parties) -> std::result::Result<Done, Say>,
        stamp: &Stamp,
    ) -> Result<Pair> {
        self.pair(id).await?;
        let mut tx = hold(self.db(), id).await?;
        let row = tx.first(sql(COLUMNS).push(" AND pair.id = ").value(id.as_str())).await?;
        let mut pair = pair(&row.ok_or(Error::NotFound)?)?;
        let before = pair.clone();
        let both = with_companions(&mut tx, &pair).await?;
        let done = rule(&mut pair, &both).map_err(Error::Refused)?;
        save(&mut tx, &before, &pair, &done, stamp).await?;
        tx.commit().await?;
        Ok(pair)
    }
}

/// The last day of a pair that is over.
fn last_day(pair: &Pair) -> Date {
    match pair.state {
        PairState::Over { on, .. } => on,
        _ => Date::MAX,
    }
}

async fn save(tx: &mut Tx, before: &Pair, pair: &Pair, done: &Done, stamp: &Stamp) -> Result<()> {
    let Done { step, words, mails, accepted } = done;
    let mut update = sql("UPDATE pair SET version = version + 1, reason = ").value(step.reason);
    const NAMES: [&str; 11] = [
        ", state = ",
        ", due = ",
        ", reminded = ",
        ", agreeing_since = ",
        ", mentor_agreed = ",
        ", mentee_agreed = ",
        ", started = ",
        ", planned = ",
        ", closed = ",
        ", pause_from = ",
        ", pause_until = ",
    ];
    for (name, value) in NAMES.into_iter().zip(columns(pair)) {
        // A database must know the type of a value even when there is none.
        let is_number = matches!(value, Value::Number(_));
        update = update.push(name).push(if is_number { "CAST(" } else { "" }).value(value);
        update = update.push(if is_number { " AS BIGINT)" } else { "" });
    }
    update = update.push(", words = ").value(words.as_str());
    tx.run(update.push(" WHERE id = ").value(pair.id.as_str())).await?;
    if before.state.code() != pair.state.code() {
        enter(tx, "pair", pair.id.as_str(), pair.state.code(), (step.kind, step.reason), stamp).await?;
    }
    if before.is_open() && !pair.is_open() {
        tx.run(sql("UPDATE mentor SET used = used - 1 WHERE id = ").value(pair.mentor.as_str())).await?;
        let waits = pair.mentee_waits(EndReason::from_code(step.reason));
        let free =
            sql("UPDATE mentee SET version = version + 1, state = ").value(if waits { "waiting" } else { "closed" });
        tx.run(free.push(" WHERE id = ").value(pair.mentee.as_str())).await?;
        release_all(tx, &pair.id, waits, last_day(pair)).await?;
        settle_found(tx, &pair.id, stamp).await?;
        if !pair.state.has_room() {
            drop_room(tx, pair.id.as_str()).await?;
        }
        let kind = if waits { "mentee-waits-again" } else { "mentee-done" };
        note(tx, stamp, "mentee", pair.mentee.as_str(), kind, serde_json::json!({ "pair": pair.id })).await?;
    }
    if let Some(Accepted { side, language, body }) = accepted {
        let digest = keep(tx, *language, body, stamp).await?;
        let row: Vec<Value> =
            vec![pair.id.as_str().into(), side.code().into(), digest.as_str().into(), stamp.moment().into()];
        tx.insert("INSERT INTO acceptance (pair, side, agreement, at) VALUES ", vec![row], "").await?;
    }
    for mail in mails {
        queue(tx, mail, stamp).await?;
    }
    let detail = serde_json::json!({ "reason": step.reason });
    note(tx, stamp, "pair", pair.id.as_str(), step.kind, detail).await
}

impl Store {
    /// Open pairs to which time does something on a day, the earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pairs_due(&self, day: Date) -> Result<Vec<Pair>> {
        let query = sql(COLUMNS).push(
            " AND (pair.state IN ('asked-mentor', 'asked-mentee') OR pair.state = 'agreeing' AND pair.reminded = 0 \
             OR pair.state = 'paused' AND pair.pause_until < ",
        );
        let rows = self.db.all(query.value(day.to_string()).push(") ORDER BY pair.due, pair.id")).await?;
        let mut pairs: Vec<Pair> = rows.iter().map(pair).collect::<Result<_>>()?;
        pairs.retain(|pair| pair.due(day).is_some());
        Ok(pairs)
    }

    /// The pairs of whoever has an address, the newest first of each side: for a page about oneself only. Those that
    /// one takes part in as a companion are there once one has accepted the agreement.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_pairs(&self, email: &str) -> Result<Vec<OwnPair>> {
        const AS_MENTOR: &str = " AND pair.id IN (SELECT companion.pair FROM companion JOIN mentor AS other \
             ON other.id = companion.person WHERE companion.side = 'mentor' AND (companion.ended IS NULL OR companion.until_end = 1) \
             AND companion.agreed_at IS NOT NULL AND LOWER(other.email) = ";
        const AS_MENTEE: &str = " AND pair.id IN (SELECT companion.pair FROM companion JOIN mentee AS other \
             ON other.id = companion.person WHERE companion.side = 'mentee' AND (companion.ended IS NULL OR companion.until_end = 1) \
             AND companion.agreed_at IS NOT NULL AND LOWER(other.email) = ";
        let email = address(email);
        let mut own = Vec::new();
        for (side, condition, end) in [
            (Side::Mentor, " AND LOWER(mentor.email) = ", ""),
            (Side::Mentee, " AND LOWER(mentee.email) = ", ""),
            (Side::Mentor, AS_MENTOR, ")"),
            (Side::Mentee, AS_MENTEE, ")"),
        ] {
            let query = sql(COLUMNS).push(condition).value(email.as_str()).push(end);
            for row in self.db.all(query.push(" ORDER BY pair.made DESC, pair.id")).await? {
                let row = super::pair_row(&row)?;
                let mut person = row.pair.on(side).clone();
                if !end.is_empty() {
                    let all = self.everywhere().companions(&row.pair.id).await?;
                    let found = all.into_iter().find(|it| it.side == side && address(&it.email) == email);
                    person = found.ok_or(Error::NotFound)?.person;
                }
                own.push(OwnPair { side, person, companion: !end.is_empty(), row });
            }
        }
        Ok(own)
    }
}
