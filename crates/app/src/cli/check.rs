//! `mentorpar check`: whether what must always hold does hold.

use clap::Args;
use mentoring::Say;
use store::Store;

use super::{Stop, block_on, no_database};
use crate::web::Words;

/// Looks whether everything that must hold in a database does: places, pairs, states, the chain of events.
#[derive(Args)]
pub(super) struct Check {
    /// The database: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL", env = "MENTORPAR_DATABASE")]
    database: String,
}

impl Check {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        block_on(async {
            let opened = Store::open_existing(&self.database).await;
            let store = opened.map_err(|error| no_database(&self.database, error, words))?;
            let (faults, end) = (store.faults().await?, store.chain_end().await?);
            store.close().await;
            if faults.is_empty() {
                println!("{}", words.t("cli-sound"));
                println!("{}", words.page(&Say::new("cli-chain").with("n", end.place).with("x", end.link)));
                return Ok(());
            }
            let told = |(name, whom): &(&'static str, String)| {
                let key = match *name {
                    "mentor-places" => "cli-fault-places",
                    "mentee-pairs" => "cli-fault-pairs",
                    "mentee-state" => "cli-fault-state",
                    "pair-state" | "phases" => "cli-fault-phase",
                    "event-chain" => "cli-fault-chain",
                    _ => "cli-fault-person",
                };
                words.page(&Say::new(key).with("x", whom.as_str()))
            };
            Err(Stop::Failed(faults.iter().map(told).collect::<Vec<_>>().join("\n")))
        })?
    }
}
