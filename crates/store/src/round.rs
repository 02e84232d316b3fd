//! Rounds: what they saw, what was done on them, what they propose.

use mentoring::{Act, Id, Mentee, Mentor, Scenario, Setting};

use crate::db::{Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::event::note;
use crate::phase::enter;
use crate::stamp::Stamp;
use crate::within::Within;

/// A round as listed.
#[derive(Clone, Debug)]
pub struct RoundRow {
    /// Its identity.
    pub id: Id,
    /// What the coordinator calls it.
    pub name: String,
    /// Code of the organisation whose round it is.
    pub organisation: String,
    /// Programmes, weights, rules, day.
    pub setting: Setting,
    /// Everything done on the board, in order.
    pub acts: Vec<Act>,
    /// Version of the program's rules it was made with.
    pub rules_version: String,
    /// Fingerprint of everything the round saw.
    pub fingerprint: String,
    /// Mentees in it.
    pub mentees: i64,
    /// Pairs proposed.
    pub pairs: i64,
    /// All points together.
    pub total: i64,
    /// What the check of the proof found, as JSON.
    pub proof: String,
    /// Whether it is still open.
    pub state: RoundState,
    /// Changes with every act.
    pub version: i64,
    /// When it was made, in UTC.
    pub created_at: String,
    /// Who made it.
    pub created_by: String,
    /// When it last changed, in UTC.
    pub changed_at: String,
    /// Who changed it last.
    pub changed_by: String,
}

/// How far a round has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundState {
    /// Proposals can be changed and approved.
    Open,
    /// At least some have been approved; it can no longer be changed.
    Approved,
}

impl RoundState {
    fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approved => "approved",
        }
    }
}

/// A round to keep.
#[derive(Clone, Debug)]
pub struct NewRound {
    /// Its identity.
    pub id: Id,
    /// What the coordinator calls it.
    pub name: String,
    /// Code of the organisation whose round it is.
    pub organisation: String,
    /// Programmes, weights, rules, day.
    pub setting: Setting,
    /// Version of the program's rules.
    pub rules_version: String,
    /// Fingerprint of everything the round sees.
    pub fingerprint: String,
    /// Everybody as they are now.
    pub people: Snapshot,
}

/// Everybody in a round as they were when it was made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The mentees.
    pub mentees: Vec<Mentee>,
    /// The mentors, available or not.
    pub mentors: Vec<Mentor>,
}

/// What a board proposes, to keep with the round.
#[derive(Clone, Debug)]
pub struct Proposals {
    /// Mentee, mentor and points.
    pub pairs: Vec<(Id, Id, u16)>,
    /// All points together.
    pub total: i64,
    /// What the check of the proof found, as JSON.
    pub proof: String,
}

const COLUMNS: &str = "SELECT id, name, setting, acts, rules_version, fingerprint, mentees, pairs, total, proof, state, \
     version, created_at, created_by, changed_at, changed_by, organisation FROM round WHERE 1 = 1";

fn round(row: &Row) -> Result<RoundRow> {
    Ok(RoundRow {
        id: Id::parse(&row.text(0)?).ok_or(Error::NotFound)?,
        name: row.text(1)?,
        setting: row.json(2)?,
        acts: row.json(3)?,
        rules_version: row.text(4)?,
        fingerprint: row.text(5)?,
        mentees: row.number(6)?,
        pairs: row.number(7)?,
        total: row.number(8)?,
        proof: row.text(9)?,
        state: if row.text(10)? == "open" { RoundState::Open } else { RoundState::Approved },
        version: row.number(11)?,
        created_at: row.text(12)?,
        created_by: row.text(13)?,
        changed_at: row.text(14)?,
        changed_by: row.text(15)?,
        organisation: row.text(16)?,
    })
}

async fn keep_proposals(tx: &mut Tx, round: &Id, proposals: &Proposals) -> Result<()> {
    tx.run(sql("DELETE FROM proposal WHERE round = $1").bind(round.as_str())).await?;
    let rows = proposals.pairs.iter().map(|(mentee, mentor, points)| {
        vec![round.as_str().into(), mentee.as_str().into(), mentor.as_str().into(), i64::from(*points).into()]
    });
    tx.insert("INSERT INTO proposal (round, mentee, mentor, points) VALUES ", rows.collect(), "").await
}

/// Fails unless the round is at `version` and open.
pub(crate) async fn expect_version(tx: &mut Tx, round: &Id, version: i64) -> Result<()> {
    let query = sql("SELECT version, changed_by, state FROM round WHERE id = $1").bind(round.as_str());
    let row = tx.first(query).await?.ok_or(Error::NotFound)?;
    if row.number(0)? != version || row.text(2)? != "open" {
        return Err(Error::Changed { by: row.text(1)? });
    }
    Ok(())
}

impl Within<'_> {
    /// Every round, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn rounds(&self) -> Result<Vec<RoundRow>> {
        let query = self.narrow(sql(COLUMNS), "organisation").push(" ORDER BY created_at DESC, id");
        self.db().all(query).await?.iter().map(round).collect()
    }

    /// One round.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn round(&self, id: &Id) -> Result<RoundRow> {
        let query = self.narrow(sql(COLUMNS).push(" AND id = ").value(id.as_str()), "organisation");
        let row = self.db().first(query).await?;
        round(&row.ok_or(Error::NotFound)?)
    }

    /// Keeps a new round with everything it saw and what it proposes.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the organisation is beyond the purview, or what the database says.
    pub async fn create_round(&self, new: &NewRound, proposals: &Proposals, stamp: &Stamp) -> Result<()> {
        if !self.purview.has(&new.organisation) {
            return Err(Error::NotFound);
        }
        let mut tx = self.db().begin().await?;
        let row: Vec<Value> = vec![
            new.id.as_str().into(),
            new.name.as_str().into(),
            serde_json::to_string(&new.setting)?.into(),
            "[]".into(),
            new.rules_version.as_str().into(),
            new.fingerprint.as_str().into(),
            (new.people.mentees.len() as i64).into(),
            (proposals.pairs.len() as i64).into(),
            proposals.total.into(),
            proposals.proof.as_str().into(),
            RoundState::Open.code().into(),
            stamp.moment().into(),
            stamp.by.as_str().into(),
            stamp.moment().into(),
            stamp.by.as_str().into(),
            new.organisation.as_str().into(),
        ];
        let into = "INSERT INTO round (id, name, setting, acts, rules_version, fingerprint, mentees, pairs, total, proof, \
             state, created_at, created_by, changed_at, changed_by, organisation) VALUES ";
        tx.insert(into, vec![row], "").await?;
        let mut people: Vec<Vec<Value>> = Vec::new();
        for mentee in &new.people.mentees {
            people.push(person(&new.id, "mentee", &mentee.id, serde_json::to_string(mentee)?));
        }
        for mentor in &new.people.mentors {
            people.push(person(&new.id, "mentor", &mentor.id, serde_json::to_string(mentor)?));
        }
        tx.insert("INSERT INTO round_person (round, role, person, profile) VALUES ", people, "").await?;
        keep_proposals(&mut tx, &new.id, proposals).await?;
        let detail = serde_json::json!({ "mentees": new.people.mentees.len(), "pairs": proposals.pairs.len() });
        enter(&mut tx, "round", new.id.as_str(), "open", ("round-made", ""), stamp).await?;
        note(&mut tx, stamp, "round", new.id.as_str(), "round-made", detail).await?;
        tx.commit().await
    }

    /// Everybody in a round as they were when it was made.
    ///
    /// # Errors
    /// What the database says.
    pub async fn round_people(&self, id: &Id) -> Result<Snapshot> {
        let query =
            sql("SELECT role, profile FROM round_person WHERE round = $1 ORDER BY role, person").bind(id.as_str());
        self.round(id).await?;
        let mut people = Snapshot::default();
        for row in self.db().all(query).await? {
            if row.text(0)? == "mentee" {
                people.mentees.push(row.json(1)?);
            } else {
                people.mentors.push(row.json(1)?);
            }
        }
        Ok(people)
    }

    /// The proposals kept with a round: mentee, mentor, points; by mentee.
    ///
    /// # Errors
    /// What the database says.
    pub async fn proposals(&self, id: &Id) -> Result<Vec<(Id, Id, u16)>> {
        let query =
            sql("SELECT mentee, mentor, points FROM proposal WHERE round = $1 ORDER BY mentee").bind(id.as_str());
        self.round(id).await?;
        let rows = self.db().all(query).await?;
        rows.iter()
            .map(|row| {
                let id = |at| Id::parse(&row.text(at)?).ok_or(Error::NotFound);
                Ok((id(0)?, id(1)?, row.number(2)? as u16))
            })
            .collect()
    }

    /// Keeps what was done on a round's board, if nobody else has done anything since `version`.
    ///
    /// # Errors
    /// [`Error::Changed`] if somebody has, or the round is approved; or what the database says.
    pub async fn save_round(
        &self,
        id: &Id,
        version: i64,
        acts: &[Act],
        proposals: &Proposals,
        stamp: &Stamp,
    ) -> Result<()> {
        self.round(id).await?;
        let mut tx = self.db().begin().await?;
        expect_version(&mut tx, id, version).await?;
        let touched = tx
            .run(
                sql(
                    "UPDATE round SET acts = $1, pairs = $2, total = $3, proof = $4, changed_at = $5, changed_by = $6, \
                     version = version + 1 WHERE id = $7 AND version = $8",
                )
                .bind(serde_json::to_string(acts)?)
                .bind(proposals.pairs.len() as i64)
                .bind(proposals.total)
                .bind(proposals.proof.as_str())
                .bind(stamp.moment())
                .bind(stamp.by.as_str())
                .bind(id.as_str())
                .bind(version),
            )
            .await?;
        if touched == 0 {
            return Err(Error::Changed { by: String::new() });
        }
        keep_proposals(&mut tx, id, proposals).await?;
        let detail = serde_json::json!({ "act": acts.last(), "acts": acts.len() });
        note(&mut tx, stamp, "round", id.as_str(), "round-changed", detail).await?;
        tx.commit().await
    }

    /// The scenarios of a round, by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn scenarios(&self, round: &Id) -> Result<Vec<Scenario>> {
        let query = sql("SELECT definition FROM scenario WHERE round = $1 ORDER BY name").bind(round.as_str());
        self.round(round).await?;
        self.db().all(query).await?.iter().map(|row| row.json(0)).collect()
    }

    /// Keeps a scenario under its name.
    ///
    /// # Errors
    /// [`Error::Taken`] if the round has one of that name, or what the database says.
    pub async fn keep_scenario(&self, round: &Id, scenario: &Scenario, stamp: &Stamp) -> Result<()> {
        self.round(round).await?;
        let mut tx = self.db().begin().await?;
        let keep = sql("INSERT INTO scenario (round, name, definition) VALUES ($1, $2, $3) \
             ON CONFLICT (round, name) DO NOTHING");
        let keep = keep.bind(round.as_str()).bind(scenario.name.as_str()).bind(serde_json::to_string(scenario)?);
        if tx.run(keep).await? == 0 {
            return Err(Error::Taken);
        }
        let detail = serde_json::json!({ "name": scenario.name });
        note(&mut tx, stamp, "round", round.as_str(), "scenario-kept", detail).await?;
        tx.commit().await
    }

    /// Drops a scenario.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_scenario(&self, round: &Id, name: &str, stamp: &Stamp) -> Result<()> {
        self.round(round).await?;
        let mut tx = self.db().begin().await?;
        tx.run(sql("DELETE FROM scenario WHERE round = $1 AND name = $2").bind(round.as_str()).bind(name)).await?;
        note(&mut tx, stamp, "round", round.as_str(), "scenario-dropped", serde_json::json!({ "name": name })).await?;
        tx.commit().await
    }
}

fn person(round: &Id, role: &'static str, id: &Id, profile: String) -> Vec<Value> {
    vec![round.as_str().into(), role.into(), id.as_str().into(), profile.into()]
}
