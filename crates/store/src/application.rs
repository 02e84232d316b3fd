//! Applications: interest forms saved as they are filled in, sent, and decided.

use std::collections::BTreeMap;

use mentoring::{ApplicationState, DeclineReason, Id, Language, Mentee, Mentor, Part};

use crate::Store;
use crate::account::address;
use crate::db::{Query, Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::kept::{How, put};
use crate::mail::{NewMail, queue};
use crate::person::Saved;
use crate::phase::enter;
use crate::report::Counted;
use crate::stamp::Stamp;
use crate::within::Within;

/// Values of each answer, by the code of the question.
pub type Answers = BTreeMap<String, Vec<String>>;

/// An application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its identity.
    pub id: Id,
    /// What is applied for.
    pub part: Part,
    /// How far it has come.
    pub state: ApplicationState,
    /// Code of the organisation it has gone to; empty until it is sent.
    pub organisation: String,
    /// The applicant's language.
    pub language: Language,
    /// Everything answered.
    pub answers: Answers,
    /// When it was begun, in UTC.
    pub made_at: String,
    /// When it was sent, in UTC.
    pub sent_at: Option<String>,
    /// When it was decided, in UTC.
    pub decided_at: Option<String>,
    /// Who decided; empty if nobody has, or it was the applicant.
    pub decided_by: String,
    /// Why it was declined.
    pub reason: String,
    /// The mentor or mentee that came of it.
    pub person: Option<Id>,
}

impl Application {
    /// The first value of an answer.
    pub fn answer(&self, question: &str) -> &str {
        self.answers.get(question).and_then(|values| values.first()).map_or("", String::as_str)
    }
}

/// Somebody known already with the same address or organisation number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Double {
    /// `mentor`, `mentee` or `application`.
    pub noun: String,
    /// The identity.
    pub id: Id,
    /// The name.
    pub name: String,
    /// Whether the address is the same; otherwise it is the organisation number.
    pub by_email: bool,
}

/// What comes of an application that is accepted.
#[derive(Clone, Debug)]
pub enum Came {
    /// A mentor.
    Mentor(Box<Mentor>),
    /// A mentee.
    Mentee(Box<Mentee>),
}

const SELECT: &str = "SELECT id, part, state, organisation, language, answers, made_at, sent_at, decided_at, reason, \
     person, COALESCE(decided_by, '') FROM application WHERE 1 = 1";

fn application(row: &Row) -> Result<Application> {
    let id = |text: &str| Id::parse(text).ok_or(Error::NotFound);
    Ok(Application {
        id: id(&row.text(0)?)?,
        part: Part::from_code(&row.text(1)?).ok_or(Error::NotFound)?,
        state: ApplicationState::from_code(&row.text(2)?).ok_or(Error::NotFound)?,
        organisation: row.text(3)?,
        language: Language::from_tag(&row.text(4)?).unwrap_or_default(),
        answers: row.json(5)?,
        made_at: row.text(6)?,
        sent_at: row.maybe(7)?,
        decided_at: row.maybe(8)?,
        reason: row.text(9)?,
        person: row.maybe(10)?.map(|text| id(&text)).transpose()?,
        decided_by: row.text(11)?,
    })
}

/// The application as a transaction sees it, kept for it.
pub(crate) async fn held(tx: &mut Tx, id: &Id) -> Result<Application> {
    let query = sql(SELECT).push(" AND id = ").value(id.as_str()).push(tx.engine().for_update());
    application(&tx.first(query).await?.ok_or(Error::NotFound)?)
}

/// Writes what is looked for beside the answers.
fn set(query: Query, answers: &Answers) -> Result<Query> {
    let first = |question: &str| answers.get(question).and_then(|values| values.first()).cloned().unwrap_or_default();
    let query = query.push(", answers = ").value(serde_json::to_string(answers)?);
    let query = query.push(", email = ").value(address(&first("email"))).push(", name = ").value(first("name"));
    let number = mentoring::tidy_company_number(&first("company_number"));
    let query = query.push(", number = ").value(number).push(", programme = ").value(first("programme"));
    Ok(query.push(", municipality = ").value(first("municipality")))
}

impl Store {
    /// Begins an application.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin_application(&self, id: &Id, part: Part, language: Language, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let row: Vec<Value> = vec![
            id.as_str().into(),
            part.code().into(),
            ApplicationState::Draft.code().into(),
            language.tag().into(),
            "{}".into(),
            stamp.moment().into(),
            stamp.moment().into(),
        ];
        let into = "INSERT INTO application (id, part, state, language, answers, made_at, changed_at) VALUES ";
        tx.insert(into, vec![row], "").await?;
        enter(&mut tx, "application", id.as_str(), "draft", ("application-begun", ""), stamp).await?;
        note(&mut tx, stamp, "application", id.as_str(), "application-begun", serde_json::json!({})).await?;
        tx.commit().await
    }

    /// An application, for a page that has made sure that it is the applicant's own.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn application(&self, id: &Id) -> Result<Application> {
        let row = self.db.first(sql(SELECT).push(" AND id = ").value(id.as_str())).await?;
        application(&row.ok_or(Error::NotFound)?)
    }

    /// The applications of an address, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn applications_of(&self, email: &str) -> Result<Vec<Application>> {
        let query = sql(SELECT).push(" AND email = ").value(address(email)).push(" ORDER BY made_at DESC, id");
        self.db.all(query).await?.iter().map(application).collect()
    }

    /// Saves some answers, valid or not, as long as the application is a draft; the others stay. A mail
    /// may go with it.
    ///
    /// # Errors
    /// [`Error::Changed`] if it has been sent meanwhile, [`Error::NotFound`], or what the database says.
    pub async fn save_answers(&self, id: &Id, some: Answers, mail: Option<&NewMail>, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let mut known = held(&mut tx, id).await?;
        if known.state != ApplicationState::Draft {
            return Err(Error::Changed { by: known.answer("name").to_owned() });
        }
        known.answers.extend(some);
        known.answers.retain(|_, values| !values.is_empty());
        let query = set(sql("UPDATE application SET changed_at = ").value(stamp.moment()), &known.answers)?;
        tx.run(query.push(" WHERE id = ").value(id.as_str())).await?;
        if let Some(mail) = mail {
            queue(&mut tx, mail, stamp).await?;
        }
        tx.commit().await
    }

    /// Sends an application to an organisation, with the receipt; sending it again does nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn send_application(&self, id: &Id, organisation: &str, receipt: &NewMail, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let query = sql("UPDATE application SET state = 'sent', organisation = $1, sent_at = $2, changed_at = $2 \
             WHERE id = $3 AND state = 'draft'");
        if tx.run(query.bind(organisation).bind(stamp.moment()).bind(id.as_str())).await? == 0 {
            return held(&mut tx, id).await.map(drop);
        }
        queue(&mut tx, receipt, stamp).await?;
        enter(&mut tx, "application", id.as_str(), "sent", ("application-sent", ""), stamp).await?;
        let detail = serde_json::json!({ "organisation": organisation });
        note(&mut tx, stamp, "application", id.as_str(), "application-sent", detail).await?;
        tx.commit().await
    }

    /// Takes an application back.
    ///
    /// # Errors
    /// [`Error::Changed`] if it has been decided, [`Error::NotFound`], or what the database says.
    pub async fn withdraw_application(&self, id: &Id, stamp: &Stamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let known = held(&mut tx, id).await?;
        if !known.state.can_be_withdrawn() {
            return Err(Error::Changed { by: String::new() });
        }
        let query = sql("UPDATE application SET state = 'withdrawn', decided_at = $1, changed_at = $1 WHERE id = $2");
        tx.run(query.bind(stamp.moment()).bind(id.as_str())).await?;
        enter(&mut tx, "application", id.as_str(), "withdrawn", ("application-withdrawn", ""), stamp).await?;
        note(&mut tx, stamp, "application", id.as_str(), "application-withdrawn", serde_json::json!({})).await?;
        tx.commit().await
    }
}

/// The identity of whoever is accepted. People are known by their address: a mentee who has left, or ended
/// with a mentor, comes back as who they were. An identity once made of the address that has gone on to
/// another address is somebody else's by now; then it is made of the application.
async fn identity(tx: &mut Tx, noun: &'static str, made: &Id, email: &str, application: &Id) -> Result<Id> {
    let (known, other) = if noun == "mentor" {
        (
            "SELECT id, 'open' FROM mentor WHERE LOWER(email) = ",
            "SELECT id FROM mentor WHERE email <> '' AND LOWER(email) <> ",
        )
    } else {
        (
            "SELECT id, state FROM mentee WHERE LOWER(email) = ",
            "SELECT id FROM mentee WHERE email <> '' AND LOWER(email) <> ",
        )
    };
    let mut back = None;
    for row in tx.all(sql(known).value(email)).await? {
        if row.text(1)? != "closed" {
            return Err(Error::Taken);
        }
        back = Id::parse(&row.text(0)?);
    }
    if let Some(back) = back {
        return Ok(back);
    }
    let gone_on = tx.first(sql(other).value(email).push(" AND id = ").value(made.as_str())).await?.is_some();
    Ok(if gone_on { Id::of(noun, application.as_str()) } else { made.clone() })
}

impl Within<'_> {
    /// A page of applications that have been sent and are in a state, or that a figure of a report counts, the
    /// oldest first, and how many there are.
    ///
    /// # Errors
    /// What the database says.
    pub async fn applications(
        &self,
        state: ApplicationState,
        counted: &Counted,
        page: usize,
        size: usize,
    ) -> Result<(Vec<Application>, usize)> {
        let narrow = |start| {
            let mut query = sql(start).push(" AND organisation <> ''");
            if !counted.is_of_applications() {
                query = query.push(" AND state = ").value(state.code());
            }
            let query = counted.narrow_applications(query);
            self.narrow(query, "organisation")
        };
        let total = self.db().first(narrow("SELECT COUNT(*) FROM application WHERE 1 = 1")).await?;
        let query = narrow(SELECT).push(" ORDER BY sent_at, id LIMIT ").value(size as i64);
        let rows = self.db().all(query.push(" OFFSET ").value((page * size) as i64)).await?;
        let total = total.map_or(Ok(0), |row| row.number(0))? as usize;
        Ok((rows.iter().map(application).collect::<Result<_>>()?, total))
    }

    /// An application that has been sent here.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn application(&self, id: &Id) -> Result<Application> {
        let query = sql(SELECT).push(" AND organisation <> '' AND id = ").value(id.as_str());
        let row = self.db().first(self.narrow(query, "organisation")).await?;
        application(&row.ok_or(Error::NotFound)?)
    }

    /// Who within the purview has the same address or organisation number as an applicant.
    ///
    /// # Errors
    /// What the database says.
    pub async fn doubles(&self, of: &Application) -> Result<Vec<Double>> {
        let email = address(of.answer("email"));
        let number = mentoring::tidy_company_number(of.answer("company_number"));
        let mut doubles = Vec::new();
        for (noun, same_email) in [
            ("mentor", "SELECT id, name FROM mentor WHERE LOWER(email) = "),
            ("mentee", "SELECT id, name FROM mentee WHERE LOWER(email) = "),
        ] {
            let query = self.narrow(sql(same_email).value(email.as_str()), "organisation");
            self.collect(query, noun, true, &mut doubles).await?;
        }
        let others =
            sql("SELECT id, name FROM application WHERE organisation <> '' AND email = ").value(email.as_str());
        let others = self.narrow(others.push(" AND id <> ").value(of.id.as_str()), "organisation");
        self.collect(others, "application", true, &mut doubles).await?;
        if !number.is_empty() {
            let others =
                sql("SELECT id, name FROM application WHERE organisation <> '' AND number = ").value(number.as_str());
            let others = self.narrow(others.push(" AND id <> ").value(of.id.as_str()), "organisation");
            self.collect(others, "application", false, &mut doubles).await?;
            let mentees = sql("SELECT id, name FROM mentee WHERE number = ").value(number);
            self.collect(self.narrow(mentees, "organisation"), "mentee", false, &mut doubles).await?;
        }
        let mut seen = std::collections::BTreeSet::new();
        doubles.retain(|double| seen.insert(double.id.clone()));
        Ok(doubles)
    }

    async fn collect(&self, query: Query, noun: &str, by_email: bool, into: &mut Vec<Double>) -> Result<()> {
        for row in self.db().all(query).await? {
            let id = Id::parse(&row.text(0)?).ok_or(Error::NotFound)?;
            into.push(Double { noun: noun.to_owned(), id, name: row.text(1)?, by_email });
        }
        Ok(())
    }

    /// Accepts an application: the mentor or mentee is added, or brought up to date, in the same step, and told by
    /// the mails that `told` makes of the identity.
    ///
    /// # Errors
    /// [`Error::Changed`] if it has been decided or withdrawn, [`Error::Taken`] if they are a mentor, or a
    /// mentee who waits or has a mentor, already, [`Error::Elsewhere`] if the person is kept
    /// by another organisation, or what the database says.
    pub async fn accept(
        &self,
        id: &Id,
        came: &Came,
        told: impl FnOnce(&Id) -> Vec<NewMail>,
        stamp: &Stamp,
    ) -> Result<Id> {
        let mut tx = self.db().begin().await?;
        let (noun, made, email) = match came {
            Came::Mentor(mentor) => ("mentor", &mentor.id, address(&mentor.email)),
            Came::Mentee(mentee) => ("mentee", &mentee.id, address(&mentee.email)),
        };
        self.decide(&mut tx, id, sql("UPDATE application SET state = 'accepted'"), stamp).await?;
        let person = identity(&mut tx, noun, made, &email, id).await?;
        tx.run(sql("UPDATE application SET person = $1 WHERE id = $2").bind(person.as_str()).bind(id.as_str())).await?;
        let mut saved = Saved::default();
        match came {
            Came::Mentor(mentor) => {
                let mentor = Mentor { id: person.clone(), ..(**mentor).clone() };
                put(&mut tx, self, (&[mentor], How::Application), stamp, &mut saved).await?;
            }
            Came::Mentee(mentee) => {
                let mentee = Mentee { id: person.clone(), ..(**mentee).clone() };
                put(&mut tx, self, (&[mentee], How::Application), stamp, &mut saved).await?;
            }
        }
        for mail in told(&person) {
            queue(&mut tx, &mail, stamp).await?;
        }
        enter(&mut tx, "application", id.as_str(), "accepted", ("application-accepted", ""), stamp).await?;
        let detail = serde_json::json!({ "noun": noun, "person": person });
        note(&mut tx, stamp, "application", id.as_str(), "application-accepted", detail).await?;
        tx.commit().await?;
        Ok(person)
    }

    /// Declines an application, with the reason as a code and in words.
    ///
    /// # Errors
    /// [`Error::Changed`] if it has been decided or withdrawn, or what the database says.
    pub async fn decline(
        &self,
        id: &Id,
        (why, reason): (DeclineReason, &str),
        told: &NewMail,
        stamp: &Stamp,
    ) -> Result<()> {
        let mut tx = self.db().begin().await?;
        let query = sql("UPDATE application SET state = 'declined', reason = ").value(reason);
        self.decide(&mut tx, id, query, stamp).await?;
        queue(&mut tx, told, stamp).await?;
        enter(&mut tx, "application", id.as_str(), "declined", ("application-declined", why.code()), stamp).await?;
        note(
            &mut tx,
            stamp,
            "application",
            id.as_str(),
            "application-declined",
            serde_json::json!({ "reason": why.code() }),
        )
        .await?;
        tx.commit().await
    }

    async fn decide(&self, tx: &mut Tx, id: &Id, query: Query, stamp: &Stamp) -> Result<()> {
        let query = query.push(", decided_at = ").value(stamp.moment()).push(", changed_at = ").value(stamp.moment());
        let query = query.push(", decided_by = ").value(stamp.by.as_str()).push(" WHERE state = 'sent' AND id = ");
        if tx.run(self.narrow(query.value(id.as_str()), "organisation")).await? == 0 {
            let known = held(tx, id).await?;
            let by = crate::event::last_actor(tx, "application", known.id.as_str()).await?;
            return if self.purview.has(&known.organisation) {
                Err(Error::Changed { by })
            } else {
                Err(Error::NotFound)
            };
        }
        Ok(())
    }
}
