//! `mentorpar jobs`: what is to be done, what has been done, and what went wrong.

use clap::Args;
use mentoring::Say;
use store::Store;

use super::{Stop, block_on, no_database, now, say};
use crate::web::Words;

/// Lists the program's jobs, or lets one that has failed be tried again.
#[derive(Args)]
pub(super) struct Jobs {
    /// The database: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL", env = "MENTORPAR_DATABASE")]
    database: String,
    /// Name of a failed job to be tried again.
    #[arg(long, value_name = "NAME")]
    retry: Option<String>,
}

impl Jobs {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        block_on(async {
            let opened = Store::open_existing(&self.database).await;
            let store = opened.map_err(|error| no_database(&self.database, error, words))?;
            if let Some(name) = &self.retry {
                return match store.retry_job(name, now()).await {
                    Err(store::Error::NotFound) => Err(say(&Say::new("cli-no-job").with("x", name.as_str()), words)),
                    done => Ok(done?),
                };
            }
            let jobs = store.jobs().await?;
            store.close().await;
            if jobs.is_empty() {
                println!("{}", words.t("cli-no-jobs"));
            }
            for job in jobs {
                let state = match job.state.as_str() {
                    "waiting" => words.t("cli-job-waiting"),
                    "done" => words.t("cli-job-done"),
                    _ => words.t("cli-job-failed"),
                };
                println!("{}  {state}  {}  {}", words.moment(&job.due_at), job.name, job.fault);
            }
            Ok(())
        })?
    }
}
