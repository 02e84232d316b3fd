//! `mentorpar import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use mentoring::Say;
use store::{Stamp, Store};

use super::people::Source;
use super::serve::ready;
use super::{Stop, block_on, no_database, now};
use crate::clock::there;
use crate::import::{Assumed, Outlook};
use crate::record::{Lists, Role, apart};
use crate::web::Words;

/// Reads mentors or mentees into a database from a CSV or XLSX file.
#[derive(Args)]
pub(super) struct Import {
    /// Who are in the file.
    #[arg(value_enum)]
    who: Who,
    /// The file.
    file: PathBuf,
    /// The database: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL", env = "MENTORPAR_DATABASE")]
    database: String,
    /// Code of the organisation, if the file has no column for it.
    #[arg(long, default_value = "")]
    organisation: String,
    /// Code of the programme, if the file has no column for it.
    #[arg(long, default_value = "")]
    programme: String,
    /// The mentors are approved and have accepted conduct and confidentiality, if the file does not say.
    #[arg(long)]
    approved: bool,
    /// Say what would happen, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Mentors or mentees.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Who {
    /// Mentors.
    Mentors,
    /// Mentees.
    Mentees,
}

impl Who {
    pub(super) fn role(self) -> Role {
        match self {
            Self::Mentors => Role::Mentors,
            Self::Mentees => Role::Mentees,
        }
    }
}

impl Import {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        block_on(async {
            let store = ready(&self.database).await.map_err(|error| no_database(&self.database, error, words))?;
            let lists = lists(&store).await?;
            let role = self.who.role();
            let assumed = Assumed {
                organisation: self.organisation.clone(),
                programme: self.programme.clone(),
                approved: self.approved,
            };
            let source = Source { role, file: &self.file, assumed, lists: &lists, words };
            let preview = source
                .look(async |ids| Ok((store.everywhere().some(&ids).await?, store.everywhere().some(&ids).await?)))
                .await?;
            let count = |outlook| preview.count(outlook);
            if !self.json {
                source.tell(&preview);
            }
            let (new, changed, same) = (count(Outlook::New), count(Outlook::Changed), count(Outlook::Same));
            if !self.dry_run {
                let (mentors, mentees) = apart(preview.people);
                let stamp = Stamp::program("import", now());
                store.everywhere().put_people(&mentors, &mentees, &stamp).await?;
            }
            if self.json {
                println!(
                    "{}",
                    serde_json::json!({ "new": new, "changed": changed, "same": same, "kept": !self.dry_run })
                );
            } else {
                let key = if self.dry_run { "cli-would-import" } else { "cli-imported" };
                println!("{}", words.page(&Say::new(key).with("new", new).with("changed", changed).with("same", same)));
            }
            Ok(())
        })?
    }
}

/// The lists of a database, as of today.
pub(super) async fn lists(store: &Store) -> Result<Lists, Stop> {
    let today = there(now()).date();
    Ok(Lists { organisations: store.organisations().await?, programmes: store.programmes().await?, today })
}
