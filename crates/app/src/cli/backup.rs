//! `mentorpar backup` and `mentorpar restore`.

use std::path::PathBuf;

use clap::Args;
use mentoring::Say;
use store::{Engine, Stamp, Store};

use super::{Stop, block_on, no_database, no_file, now, say, write_private};
use crate::clock::there;
use crate::web::Words;

/// Copies an SQLite database to a file while the program runs.
#[derive(Args)]
pub(super) struct Backup {
    /// File to write; it must not exist.
    file: PathBuf,
    /// The database: sqlite:PATH.
    #[arg(long, value_name = "URL", env = "MENTORPAR_DATABASE")]
    database: String,
}

/// Puts a copy back in the place of a database. Stop the program first.
#[derive(Args)]
pub(super) struct Restore {
    /// File that `backup` wrote.
    file: PathBuf,
    /// The database to replace: sqlite:PATH.
    #[arg(long, value_name = "URL", env = "MENTORPAR_DATABASE")]
    database: String,
    /// Replace a database that exists.
    #[arg(long)]
    replace: bool,
}

impl Backup {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        if self.file.exists() {
            return Err(say(&Say::new("cli-exists").with("x", self.file.display().to_string()), words));
        }
        block_on(async {
            let store = Store::open_existing(&self.database)
                .await
                .map_err(|error| no_database(&self.database, error, words))?;
            if store.engine() == Engine::Postgres {
                return Err(say(&Say::new("cli-postgres-backup"), words));
            }
            let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
            if folder.is_some_and(|folder| !folder.is_dir()) {
                let error = std::io::Error::from(std::io::ErrorKind::NotFound);
                return Err(no_file(&self.file, &error, words));
            }
            store.copy_to(&self.file.display().to_string()).await?;
            store.close().await;
            println!("{}", words.x("cli-backed-up", self.file.display().to_string()));
            Ok(())
        })?
    }
}

impl Restore {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        let Some(path) = self.database.strip_prefix("sqlite:") else {
            return Err(say(&Say::new("cli-postgres-backup"), words));
        };
        let path = PathBuf::from(path.trim_start_matches("//"));
        if path.exists() && !self.replace {
            return Err(say(&Say::new("cli-replace").with("x", path.display().to_string()), words));
        }
        // SQLite's journal stands beside a database that is open.
        if std::path::Path::new(&format!("{}-wal", path.display())).exists() {
            return Err(say(&Say::new("cli-in-use").with("x", path.display().to_string()), words));
        }
        block_on(async {
            // Opening it shows that it is a database of this program, and brings it up to date in a copy.
            let copy = path.with_extension("restoring");
            let bytes = std::fs::read(&self.file).map_err(|error| no_file(&self.file, &error, words))?;
            write_private(&copy, &bytes).map_err(|error| no_file(&copy, &error, words))?;
            let Ok(store) = Store::open_existing(&format!("sqlite:{}", copy.display())).await else {
                let _ = std::fs::remove_file(&copy);
                return Err(say(&Say::new("cli-not-a-backup").with("x", self.file.display().to_string()), words));
            };
            // Whoever has been erased since the copy was made must not come back with it.
            let (mut again, mut ledger_known) = (0, false);
            if path.exists()
                && let Ok(present) = Store::open_existing(&self.database).await
            {
                let ledger = present.erased().await?;
                present.close().await;
                let stamp = Stamp::program("restore", now());
                ledger_known = true;
                again = store.erase_again(&ledger, there(now()).date(), &stamp).await?;
            }
            store.close().await;
            std::fs::rename(&copy, &path)?;
            // The journal of the database that was replaced must not be applied to the new one.
            for ending in ["-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
                let _ = std::fs::remove_file(format!("{}{ending}", copy.display()));
            }
            println!("{}", words.x("cli-restored", path.display().to_string()));
            if !ledger_known {
                println!("{}", words.t("cli-no-ledger"));
            }
            if again > 0 {
                println!("{}", words.n("cli-forgotten", again));
            }
            Ok(())
        })?
    }
}
