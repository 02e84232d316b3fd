//! `mentorpar erasures`: who has been erased, kept apart from the database, and applied to a copy put back.

use std::path::PathBuf;

use clap::Args;
use mentoring::Say;
use store::{Stamp, Store};

use super::{Stop, block_on, no_database, no_file, now, say};
use crate::clock::there;
use crate::web::Words;

/// Writes out who has been erased, as digests; or erases them again in a copy that was put back.
#[derive(Args)]
pub(super) struct Erasures {
    /// The database: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL", env = "MENTORPAR_DATABASE")]
    database: String,
    /// File that this verb wrote: whoever is in it is erased again.
    #[arg(long, value_name = "FILE")]
    again: Option<PathBuf>,
}

/// The lines of a ledger: a digest and a moment each. The number of the first line that is none, else.
fn read(text: &str) -> Result<Vec<(String, String)>, usize> {
    let entry = |(at, line): (usize, &str)| {
        let (person, moment) = line.split_once(' ').ok_or(at + 1)?;
        let known = mentoring::Id::parse(person).is_some() && moment.parse::<jiff::Timestamp>().is_ok();
        known.then(|| (person.to_owned(), moment.to_owned())).ok_or(at + 1)
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(entry).collect()
}

impl Erasures {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        block_on(async {
            let opened = Store::open_existing(&self.database).await;
            let store = opened.map_err(|error| no_database(&self.database, error, words))?;
            let Some(file) = &self.again else {
                let ledger = store.erased().await?;
                store.close().await;
                for (person, at) in ledger {
                    println!("{person} {at}");
                }
                return Ok(());
            };
            let text = std::fs::read_to_string(file).map_err(|error| no_file(file, &error, words))?;
            let ledger = read(&text).map_err(|line| {
                say(&Say::new("cli-no-erasure").with("x", file.display().to_string()).with("n", line), words)
            })?;
            let again = store.erase_again(&ledger, there(now()).date(), &Stamp::program("restore", now())).await?;
            store.close().await;
            println!("{}", words.n("cli-forgotten", again));
            Ok(())
        })?
    }
}
