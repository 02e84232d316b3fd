//! `mentorpar export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use mentoring::{Mentee, Mentor};
use store::{Filter, PairFilter, Store};

use super::import::lists;
use super::{Stop, block_on, no_database, no_file, write_private};
use crate::export::FileKind;
use crate::import::table;
use crate::record::{Person, Role};
use crate::web::{Words, pairs_table};

/// Writes people or pairs of a database to a file.
#[derive(Args)]
pub(super) struct Export {
    /// What to write.
    #[arg(value_enum)]
    what: What,
    /// File to write: .xlsx or .csv.
    file: PathBuf,
    /// The database: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL", env = "MENTORPAR_DATABASE")]
    database: String,
}

/// What to write.
#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// Mentors, as a file that can be read in again.
    Mentors,
    /// Mentees, as a file that can be read in again.
    Mentees,
    /// Pairs.
    Pairs,
}

impl Export {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        const ALL: usize = 10_000_000;
        let name = self.file.display().to_string();
        let kind = FileKind::of_name(&name).ok_or_else(|| Stop::Input(words.x("cli-out", name.as_str())))?;
        block_on(async {
            let store = Store::open_existing(&self.database)
                .await
                .map_err(|error| no_database(&self.database, error, words))?;
            let lists = lists(&store).await?;
            let everybody = Filter::default();
            let table = match self.what {
                What::Mentors => {
                    let people = store.everywhere().list::<Mentor>(&everybody, 0, ALL).await?.people;
                    let people: Vec<_> = people.into_iter().map(|mentor| Person::Mentor(Box::new(mentor))).collect();
                    table(Role::Mentors, &people, &lists, words.language)
                }
                What::Mentees => {
                    let people = store.everywhere().list::<Mentee>(&everybody, 0, ALL).await?.people;
                    let people: Vec<_> = people.into_iter().map(|mentee| Person::Mentee(Box::new(mentee))).collect();
                    table(Role::Mentees, &people, &lists, words.language)
                }
                What::Pairs => pairs_table(store.everywhere().pairs(&PairFilter::default(), 0, ALL).await?.0, words),
            };
            store.close().await;
            let bytes = table.file(kind, words.language)?;
            write_private(&self.file, &bytes).map_err(|error| no_file(&self.file, &error, words))?;
            println!("{}", words.n("cli-written", table.rows.len()));
            Ok(())
        })?
    }
}
