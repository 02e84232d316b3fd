//! Jobs: work to be done at a time, kept until it is done, by whichever server comes first.

use jiff::{SignedDuration, Timestamp};
use mentoring::Id;

use crate::Store;
use crate::db::{Row, Tx, Value, sql};
use crate::error::{Error, Result};
use crate::stamp::moment;

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its identity.
    pub id: Id,
    /// What is to be done.
    pub kind: String,
    /// Its name, which no other job has.
    pub name: String,
    /// What it is about.
    pub facts: String,
    /// `waiting`, `done` or `failed`.
    pub state: String,
    /// How often it has been tried.
    pub attempts: i64,
    /// When it is due, in UTC.
    pub due_at: String,
    /// What went wrong the last time.
    pub fault: String,
}

const COLUMNS: &str = "id, kind, name, facts, state, attempts, due_at, fault";
/// So long a server has for a job before another may take it.
const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// How often a job is tried before somebody must look.
const TRIES: i64 = 8;

fn job(row: &Row) -> Result<Job> {
    Ok(Job {
        id: Id::parse(&row.text(0)?).ok_or(Error::NotFound)?,
        kind: row.text(1)?,
        name: row.text(2)?,
        facts: row.text(3)?,
        state: row.text(4)?,
        attempts: row.number(5)?,
        due_at: row.text(6)?,
        fault: row.text(7)?,
    })
}

async fn plan(tx: &mut Tx, [kind, name, facts]: [&str; 3], due: Timestamp, now: Timestamp) -> Result<()> {
    let row: Vec<Value> = vec![
        Id::of("job", &format!("{name} {}", moment(now))).as_str().into(),
        kind.into(),
        name.into(),
        facts.into(),
        "waiting".into(),
        moment(due).into(),
        moment(now).into(),
    ];
    let into = "INSERT INTO job (id, kind, name, facts, state, due_at, made_at) VALUES ";
    tx.insert(into, vec![row], " ON CONFLICT (name) DO NOTHING").await
}

impl Store {
    /// Plans a job, also if one of that name has ended, well or badly.
    ///
    /// # Errors
    /// What the database says.
    pub async fn plan_job_again(
        &self,
        kind: &str,
        name: &str,
        facts: &str,
        due: Timestamp,
        now: Timestamp,
    ) -> Result<()> {
        let mut tx = self.db.begin().await?;
        tx.run(sql("DELETE FROM job WHERE state <> 'waiting' AND name = ").value(name)).await?;
        plan(&mut tx, [kind, name, facts], due, now).await?;
        tx.commit().await
    }

    /// Plans a job, unless one of that name is known: several servers plan the same, and it is there once.
    ///
    /// # Errors
    /// What the database says.
    pub async fn plan_job(&self, kind: &str, name: &str, facts: &str, due: Timestamp, now: Timestamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        plan(&mut tx, [kind, name, facts], due, now).await?;
        tx.commit().await
    }

    /// Takes up a job that is due, for ten minutes.
    ///
    /// # Errors
    /// What the database says.
    pub async fn take_job(&self, now: Timestamp) -> Result<Option<Job>> {
        let mut tx = self.db.begin().await?;
        let lease = moment(now.saturating_add(LEASE).unwrap_or(now));
        let query = sql("UPDATE job SET attempts = attempts + 1, lease_until = ").value(lease);
        let query = query.push(" WHERE id = (SELECT id FROM job WHERE state = 'waiting' AND due_at <= ");
        let query = query.value(moment(now)).push(" AND lease_until <= ").value(moment(now));
        let query = query.push(" ORDER BY due_at, id LIMIT 1").push(tx.engine().skip_locked());
        let row = tx.first(query.push(") RETURNING ").push(COLUMNS)).await?;
        tx.commit().await?;
        row.as_ref().map(job).transpose()
    }

    /// Writes down how a job has ended; one that went wrong is tried again, a minute later and then twice
    /// as long each time, and fails after eight tries.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_job(&self, job: &Job, fault: Option<&str>, now: Timestamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let wait = SignedDuration::from_mins(1 << (job.attempts - 1).clamp(0, 10));
        let (state, due) = match fault {
            None => ("done", now),
            Some(_) if job.attempts >= TRIES => ("failed", now),
            Some(_) => ("waiting", now.saturating_add(wait).unwrap_or(now)),
        };
        let ended = (state != "waiting").then(|| moment(now));
        let query = sql("UPDATE job SET state = ").value(state).push(", due_at = ").value(moment(due));
        let query = query.push(", ended_at = ").value(ended).push(", fault = ").value(fault.unwrap_or_default());
        let query = query.push(", lease_until = '' WHERE id = ").value(job.id.as_str());
        tx.run(query.push(" AND attempts = ").value(job.attempts)).await?;
        tx.commit().await
    }

    /// Cancels a job that waits, by name; false if there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn cancel_job(&self, name: &str) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        // Gone, so that the same can be planned again.
        let done = tx.run(sql("DELETE FROM job WHERE state = 'waiting' AND name = ").value(name)).await?;
        tx.commit().await?;
        Ok(done > 0)
    }

    /// A job by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn job(&self, name: &str) -> Result<Option<Job>> {
        let query = sql("SELECT ").push(COLUMNS).push(" FROM job WHERE name = ").value(name);
        self.db.first(query).await?.as_ref().map(job).transpose()
    }

    /// Jobs that wait or have failed, then the latest that are done.
    ///
    /// # Errors
    /// What the database says.
    pub async fn jobs(&self) -> Result<Vec<Job>> {
        let query = sql("SELECT ").push(COLUMNS).push(
            " FROM job ORDER BY CASE state WHEN 'failed' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END, due_at DESC, id LIMIT 100",
        );
        self.db.all(query).await?.iter().map(job).collect()
    }

    /// Lets a job that has failed be tried again at once.
    ///
    /// # Errors
    /// [`Error::NotFound`] if none of that name has failed, or what the database says.
    pub async fn retry_job(&self, name: &str, now: Timestamp) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let query = sql("UPDATE job SET state = 'waiting', attempts = 0, ended_at = NULL, due_at = $1 \
             WHERE name = $2 AND state = 'failed'");
        if tx.run(query.bind(moment(now)).bind(name)).await? == 0 {
            return Err(Error::NotFound);
        }
        tx.commit().await
    }
}
