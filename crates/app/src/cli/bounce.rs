//! `mentorpar bounce`: takes in a mail that has come back. A mail server runs it for the sender's address.

use std::io::Read;

use clap::Args;
use store::Store;

use super::{Stop, block_on, no_database, now};
use crate::mail::returned;
use crate::web::Words;

/// Larger than any report; what comes after is not read.
const MOST: u64 = 4 * 1024 * 1024;

/// Takes in a mail that has come back, as the mail server hands it over at standard input.
#[derive(Args)]
pub(super) struct Bounce {
    /// The database: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL", env = "MENTORPAR_DATABASE")]
    database: String,
}

impl Bounce {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        self.take_in(words).map_err(|stop| Stop::Later(stop.told(words).1))
    }

    fn take_in(&self, words: Words) -> Result<(), Stop> {
        let mut message = Vec::new();
        std::io::stdin().take(MOST).read_to_end(&mut message)?;
        block_on(async {
            let opened = Store::open_existing(&self.database).await;
            let store = opened.map_err(|error| no_database(&self.database, error, words))?;
            let mut known = 0;
            for it in returned(&message) {
                known += i64::from(store.return_mail(&it.mail, &it.recipient, &it.answer, now()).await?);
            }
            store.close().await;
            println!("{}", words.n("cli-bounced", known));
            Ok(())
        })?
    }
}
