//! `mentorpar invite`: a way in for staff who have lost theirs.

use clap::Args;
use mentoring::Say;
use store::{Stamp, Store};

use super::{Stop, block_on, chance, no_database, now, say};
use crate::settings::Settings;
use crate::web::{App, Words, invite};

/// Prints a link by which somebody who is appointed makes a new passkey.
#[derive(Args)]
pub(super) struct Invite {
    /// The address of whoever is appointed.
    email: String,
    /// The database: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL", env = "MENTORPAR_DATABASE")]
    database: String,
    /// The address that people reach the program by.
    #[arg(long, value_name = "URL", env = "MENTORPAR_URL", default_value = "http://localhost:8080")]
    url: String,
}

impl Invite {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        block_on(async {
            let opened = Store::open_existing(&self.database).await;
            let store = opened.map_err(|error| no_database(&self.database, error, words))?;
            let unknown = || say(&Say::new("cli-no-staff").with("x", self.email.as_str()), words);
            let account = store.account_by_email(&self.email).await?.ok_or_else(unknown)?;
            if store.appointments(&account.id).await?.is_empty() {
                return Err(unknown());
            }
            let url = self.url.trim_end_matches('/').to_owned();
            let app = App::new(store, now, chance, Settings { url, ..Settings::default() });
            let secret = invite(&app, &account.email).await?;
            app.store.note_invitation(&account.id, &Stamp::program("operator", now())).await?;
            let link = format!("{}/invitation/{secret}", app.settings.url);
            println!("{}", words.page(&Say::new("cli-invited").with("name", account.name).with("x", link)));
            Ok(())
        })?
    }
}
