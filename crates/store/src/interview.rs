//! Interviews: what a coordinator and an applicant have found out together.

use jiff::civil::Date;
use mentoring::{ApplicationState, Id};

use crate::application::{Answers, Application, held};
use crate::db::{Value, sql};
use crate::error::{Error, Result};
use crate::event::{last_actor, note};
use crate::stamp::Stamp;
use crate::within::Within;

/// The record of an interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    /// The day.
    pub day: Date,
    /// Answers that are not what the form says.
    pub answers: Answers,
    /// What else is to be remembered.
    pub words: String,
    /// How often it has been changed; 0 for one that is not kept yet.
    pub version: i64,
    /// Who wrote it last.
    pub by: String,
}

impl Application {
    /// The application as it is after the interview.
    #[must_use]
    pub fn after(mut self, interview: Option<&Interview>) -> Self {
        if let Some(interview) = interview {
            self.answers.extend(interview.answers.clone());
            self.answers.retain(|_, values| !values.is_empty());
        }
        self
    }
}

impl Within<'_> {
    /// The interview about an application, if there has been one.
    ///
    /// # Errors
    /// [`Error::NotFound`], or what the database says.
    pub async fn interview(&self, application: &Id) -> Result<Option<Interview>> {
        self.application(application).await?;
        self.store.interview(application).await
    }

    /// Keeps the record of an interview, if nobody else has changed it since its version was read.
    ///
    /// # Errors
    /// [`Error::Changed`], also if the application has been decided meanwhile; [`Error::NotFound`], or what the
    /// database says.
    pub async fn keep_interview(&self, application: &Id, interview: &Interview, stamp: &Stamp) -> Result<()> {
        self.application(application).await?;
        let mut tx = self.db().begin().await?;
        let known = held(&mut tx, application).await?;
        if known.state != ApplicationState::Sent {
            return Err(Error::Changed { by: last_actor(&mut tx, "application", application.as_str()).await? });
        }
        let answers = serde_json::to_string(&interview.answers)?;
        let (day, words) = (interview.day.to_string(), interview.words.as_str());
        let done = if interview.version == 0 {
            let row: Vec<Value> = vec![
                application.as_str().into(),
                day.into(),
                answers.into(),
                words.into(),
                stamp.moment().into(),
                stamp.by.as_str().into(),
            ];
            let into = "INSERT INTO interview (application, day, answers, words, changed_at, changed_by) VALUES ";
            tx.run(sql(into).rows(&[row]).push(" ON CONFLICT (application) DO NOTHING")).await?
        } else {
            let update =
                sql("UPDATE interview SET day = $1, answers = $2, words = $3, changed_at = $4, changed_by = $5, \
                 version = version + 1 WHERE application = $6 AND version = $7");
            let update = update.bind(day).bind(answers).bind(words).bind(stamp.moment()).bind(stamp.by.as_str());
            tx.run(update.bind(application.as_str()).bind(interview.version)).await?
        };
        if done == 0 {
            return Err(Error::Changed { by: last_actor(&mut tx, "application", application.as_str()).await? });
        }
        note(&mut tx, stamp, "application", application.as_str(), "interview-kept", serde_json::json!({})).await?;
        tx.commit().await
    }
}

impl crate::Store {
    /// The interview about an application, for a page that has made sure that it may be seen.
    ///
    /// # Errors
    /// What the database says.
    pub async fn interview(&self, application: &Id) -> Result<Option<Interview>> {
        let query = sql("SELECT day, answers, words, version, changed_by FROM interview WHERE application = ");
        let row = self.db.first(query.value(application.as_str())).await?;
        row.map(|row| {
            Ok(Interview {
                day: row.text(0)?.parse().map_err(|_| Error::NotFound)?,
                answers: row.json(1)?,
                words: row.text(2)?,
                version: row.number(3)?,
                by: row.text(4)?,
            })
        })
        .transpose()
    }
}
