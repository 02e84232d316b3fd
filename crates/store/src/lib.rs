//! All SQL of Mentorpar, one text for SQLite and PostgreSQL.
//!
//! One file a noun: its rows, its queries, its changes. A change is one transaction, with the events
//! it causes in it; a thing that somebody else changed meanwhile is never overwritten.
#![forbid(unsafe_code)]

mod account;
mod agreement;
mod application;
mod booking;
mod care;
mod chain;
mod check;
mod class;
mod companion;
mod complaint;
mod db;
mod dialect;
mod disposal;
mod entry;
mod erasure;
mod error;
mod event;
mod flag;
mod follow_up;
mod heading_map;
mod interview;
mod job;
mod kept;
mod link;
mod mail;
mod meeting;
mod mentee;
mod mentor;
mod migration;
mod organisation;
mod pair;
mod passkey;
mod person;
mod phase;
mod reading;
mod report;
mod round;
mod session;
mod setting;
mod stamp;
mod story;
#[cfg(feature = "testing")]
pub mod testing;
mod within;

pub use account::{Account, NewAppointment, StaffRow};
pub use agreement::Acceptance;
pub use application::{Answers, Application, Came, Double};
pub use booking::{Booked, BookingRow, OwnBooking};
pub use care::{Health, Pending};
pub use chain::ChainEnd;
pub use class::{Class, classes, columns};
pub use companion::Companion;
pub use complaint::Complaint;
pub use dialect::Engine;
pub use disposal::{Disposed, Reminded};
pub use entry::{EntryRow, Leftover};
pub use error::{Error, Result};
pub use event::Event;
pub use flag::{Flag, Raised};
pub use follow_up::{FollowUp, NewAnswer};
pub use interview::Interview;
pub use job::Job;
pub use link::{Link, NewLink};
pub use mail::{Fate, Lane, Mail, MailRow, NewMail};
pub use pair::{Accepted, Done, Lapse, Outcome, OwnPair, PairFilter, PairRow, Parties};
pub use passkey::PasskeyRow;
pub use person::{Filter, Page, Saved, Scope, Tally, sort_key};
pub use phase::Phase;
pub use reading::{OwnRecords, Reading};
pub use report::{Counted, ReportRow};
pub use round::{NewRound, Proposals, RoundRow, RoundState, Snapshot};
pub use session::{NewSession, Session, SessionRow, Way};
pub use stamp::Stamp;
pub use story::Story;
pub use within::Within;

use db::Db;

/// The database of one installation.
#[derive(Clone, Debug)]
pub struct Store {
    db: Db,
}

impl Store {
    /// Opens a database by URL, `sqlite:PATH` or `postgres://…`, and brings it up to date.
    ///
    /// # Errors
    /// [`Error::UnknownUrl`], [`Error::TooNew`], or what the database says.
    pub async fn open(url: &str) -> Result<Self> {
        let db = Db::open(url).await?;
        migration::migrate(&db).await?;
        Ok(Self { db })
    }

    /// Opens a database that exists and is one of this program's, and brings it up to date.
    ///
    /// # Errors
    /// [`Error::NotOurs`] if it is not, or as [`Store::open`].
    pub async fn open_existing(url: &str) -> Result<Self> {
        // An empty file would become a database by being opened.
        let is_there = |path: &str| std::fs::metadata(path).is_ok_and(|file| file.len() > 0);
        if url.starts_with("sqlite:") && !is_there(db::sqlite_path(url)) {
            return Err(Error::NotOurs);
        }
        let db = Db::open(url).await?;
        if db.all(db::sql("SELECT number FROM migration")).await.map_or(true, |rows| rows.is_empty()) {
            return Err(Error::NotOurs);
        }
        migration::migrate(&db).await?;
        Ok(Self { db })
    }

    /// Closes every connection: what is written is then in the file.
    pub async fn close(self) {
        self.db.close().await;
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        self.db.engine()
    }

    /// Writes a whole copy of an SQLite database to a new file while the program runs.
    ///
    /// # Errors
    /// [`Error::UnknownUrl`] on PostgreSQL, which has tools of its own; or what the database says.
    pub async fn copy_to(&self, path: &str) -> Result<()> {
        let Db::Sqlite { write, .. } = &self.db else { return Err(Error::UnknownUrl) };
        // An empty file of its owner alone, which SQLite then fills.
        db::make_private(path)?;
        sqlx::query("VACUUM INTO $1").bind(path).execute(write).await?;
        Ok(())
    }
}
