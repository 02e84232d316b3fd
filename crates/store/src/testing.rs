//! Fresh, real databases for tests.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::Store;
use crate::db::{Db, sql};
use crate::migration::migrate_to;

/// The environment variable with the address of a PostgreSQL server that tests may fill.
pub const POSTGRES: &str = "MENTORPAR_TEST_POSTGRES";

/// The URLs of a new, empty database on each engine: SQLite in a folder of its own, and PostgreSQL if [`POSTGRES`]
/// names a server (`cargo xtask test` starts one).
///
/// # Panics
/// If a database cannot be made.
pub async fn empty() -> Vec<String> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("test_{}_{number}", std::process::id());
    let folder = std::env::temp_dir().join(format!("mentorpar-{name}"));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let sqlite = format!("sqlite:{}", folder.join("test.sqlite").display());
    let mut urls = vec![sqlite];
    if let Ok(server) = std::env::var(POSTGRES) {
        let db = Db::open(&server).await.expect("the test server answers");
        let Db::Postgres(pool) = &db else { panic!("{POSTGRES} must name a PostgreSQL server") };
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(pool)
            .await
            .expect("a new database");
        urls.push(format!("{}/{name}", server.rsplit_once('/').expect("an address with a database").0));
    } else {
        eprintln!("{POSTGRES} is not set: tested on SQLite only; `cargo xtask test` tests on both");
    }
    urls
}

/// A store in a new database on each engine.
///
/// # Panics
/// If a database cannot be made.
pub async fn fresh() -> Vec<Store> {
    let mut stores = Vec::new();
    for url in empty().await {
        stores.push(Store::open(&url).await.expect("a new database"));
    }
    stores
}

impl Store {
    /// Opens a database as a former version of the program left it: after so many migrations.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_former_for_test(url: &str, migrations: usize) -> crate::Result<Self> {
        let db = Db::open(url).await?;
        migrate_to(&db, migrations).await?;
        Ok(Self { db })
    }

    /// Runs a test's own statement, such as one that breaks a rule.
    ///
    /// # Errors
    /// What the database says.
    pub async fn run_for_test(&self, statement: &'static str) -> crate::Result<u64> {
        let mut tx = self.db.begin().await?;
        let touched = tx.run(sql(statement)).await?;
        tx.commit().await?;
        Ok(touched)
    }

    /// Every value of every row, to look for a word in.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dump_for_test(&self) -> crate::Result<String> {
        let mut dump = String::new();
        for (table, column) in self.live_columns().await? {
            let text = format!("SELECT COALESCE(CAST({column} AS TEXT), '') FROM {table}");
            for row in self.db.all(sql(text.leak())).await? {
                dump.push_str(&row.text(0)?);
                dump.push('\n');
            }
        }
        Ok(dump)
    }

    /// The same PostgreSQL database once more, with connections of its own, as another server has it; for SQLite, which
    /// has one server, the same store.
    ///
    /// # Panics
    /// If the database cannot be opened.
    #[must_use = "it is another server"]
    pub async fn again_for_test(&self) -> Self {
        let Db::Postgres(_) = &self.db else { return self.clone() };
        let row = self.db.first(sql("SELECT CAST(current_database() AS TEXT)")).await.expect("the database answers");
        let name = row.expect("a database has a name").text(0).expect("a name is text");
        let server = std::env::var(POSTGRES).expect("a PostgreSQL store is of a server");
        let url = format!("{}/{name}", server.rsplit_once('/').expect("an address with a database").0);
        Self::open(&url).await.expect("the same database once more")
    }

    /// The file of an SQLite database.
    pub async fn file_for_test(&self) -> Option<String> {
        let row = self.db.first(sql("SELECT file FROM pragma_database_list WHERE name = 'main'"));
        (self.engine() == crate::Engine::Sqlite).then_some(row.await.ok()??.text(0).ok()?)
    }
}
