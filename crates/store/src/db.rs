//! A thin layer over sqlx: one SQL text with `$1` placeholders, both databases.

use sqlx::postgres::{PgPoolOptions, PgRow};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous};
use sqlx::{AssertSqlSafe, PgPool, Postgres, Row as _, Sqlite, SqlitePool, Transaction};

use crate::dialect::Engine;
use crate::error::{Error, Result};

/// So long a connection to PostgreSQL is waited for.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// A pool of connections to either database.
#[derive(Clone, Debug)]
pub(crate) enum Db {
    /// Readers beside one writer: SQLite has one writer at a time, and waiting in a queue of one is
    /// faster than polling for the lock.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// A write transaction.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A value to bind.
#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    Number(i64),
    NoText,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::NoText, Self::Text)
    }
}

/// A statement and its values. Only program text may become SQL: values are always bound.
#[derive(Clone, Debug)]
pub struct Query {
    sql: String,
    values: Vec<Value>,
}

/// Starts a statement.
pub(crate) fn sql(text: &'static str) -> Query {
    Query { sql: text.to_owned(), values: Vec::new() }
}

impl Query {
    /// Binds the next placeholder.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Adds program text.
    pub(crate) fn push(mut self, text: &'static str) -> Self {
        self.sql.push_str(text);
        self
    }

    /// Adds a value as the next placeholder.
    pub(crate) fn value(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self.sql.push('$');
        self.sql.push_str(&self.values.len().to_string());
        self
    }

    /// Adds `(…, …), (…, …)` for several rows of values.
    pub(crate) fn rows(mut self, rows: &[Vec<Value>]) -> Self {
        for (at, row) in rows.iter().enumerate() {
            self.sql.push_str(if at == 0 { "(" } else { ", (" });
            for (at, value) in row.iter().enumerate() {
                if at > 0 {
                    self.sql.push_str(", ");
                }
                self = self.value(value.clone());
            }
            self.sql.push(')');
        }
        self
    }
}

/// A row of an answer; columns by place.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    pub(crate) fn text(&self, at: usize) -> Result<String> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(at)?,
            Self::Postgres(row) => row.try_get(at)?,
        })
    }

    pub(crate) fn maybe(&self, at: usize) -> Result<Option<String>> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(at)?,
            Self::Postgres(row) => row.try_get(at)?,
        })
    }

    pub(crate) fn number(&self, at: usize) -> Result<i64> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(at)?,
            Self::Postgres(row) => row.try_get(at)?,
        })
    }

    /// A JSON column.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self, at: usize) -> Result<T> {
        Ok(serde_json::from_str(&self.text(at)?)?)
    }
}

/// Binds a statement's values for one of the databases.
macro_rules! bound {
    ($query:expr) => {{
        let mut statement = sqlx::query(AssertSqlSafe($query.sql));
        for value in $query.values {
            statement = match value {
                Value::Text(text) => statement.bind(text),
                Value::Number(number) => statement.bind(number),
                Value::NoText => statement.bind(None::<String>),
            };
        }
        statement
    }};
}

/// The file of an SQLite address.
pub(crate) fn sqlite_path(url: &str) -> &str {
    url.trim_start_matches("sqlite:").trim_start_matches("//")
}

/// Makes the file of a new database for its owner alone; what SQLite puts beside it follows suit.
pub(crate) fn make_private(path: &str) -> Result<()> {
    let mut new = std::fs::OpenOptions::new();
    new.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
    match new.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Error::Database(sqlx::Error::Io(error))),
    }
}

impl Db {
    pub(crate) async fn open(url: &str) -> Result<Self> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Ok(Self::Postgres(
                PgPoolOptions::new().max_connections(8).acquire_timeout(PATIENCE).connect(url).await?,
            ));
        }
        if !url.starts_with("sqlite:") {
            return Err(Error::UnknownUrl);
        }
        let options = SqliteConnectOptions::new()
            .filename(sqlite_path(url))
            .create_if_missing(true)
            .foreign_keys(true)
            // What is deleted is overwritten: whoever is erased must not be found in the file.
            .pragma("secure_delete", "ON")
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: with less, a power cut can lose writes that were answered.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(std::time::Duration::from_secs(10));
        make_private(sqlite_path(url))?;
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let read = SqlitePoolOptions::new().max_connections(4).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { read, write })
    }

    pub(crate) async fn close(self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Reads outside a transaction.
    pub(crate) async fn all(&self, query: Query) -> Result<Vec<Row>> {
        Ok(match self {
            Self::Sqlite { read, .. } => bound!(query).fetch_all(read).await?.into_iter().map(Row::Sqlite).collect(),
            Self::Postgres(pool) => bound!(query).fetch_all(pool).await?.into_iter().map(Row::Postgres).collect(),
        })
    }

    pub(crate) async fn first(&self, query: Query) -> Result<Option<Row>> {
        Ok(self.all(query).await?.into_iter().next())
    }

    /// Begins a write transaction.
    pub(crate) async fn begin(&self) -> Result<Tx> {
        match self {
            // A deferred transaction that reads before it writes fails with "database is locked".
            Self::Sqlite { write, .. } => Ok(Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?)),
            // In a task of its own: a begin() cancelled half-way leaves the pooled connection inside a
            // transaction, and later writes on it vanish (sqlx 0.9.0, issue 4385).
            Self::Postgres(pool) => {
                let pool = pool.clone();
                let begun = tokio::spawn(async move { pool.begin().await }).await;
                Ok(Tx::Postgres(begun.map_err(|_| Error::Stopped)??))
            }
        }
    }
}

impl Tx {
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    pub(crate) async fn all(&mut self, query: Query) -> Result<Vec<Row>> {
        Ok(match self {
            Self::Sqlite(tx) => bound!(query).fetch_all(&mut **tx).await?.into_iter().map(Row::Sqlite).collect(),
            Self::Postgres(tx) => bound!(query).fetch_all(&mut **tx).await?.into_iter().map(Row::Postgres).collect(),
        })
    }

    pub(crate) async fn first(&mut self, query: Query) -> Result<Option<Row>> {
        Ok(self.all(query).await?.into_iter().next())
    }

    /// Runs a statement; returns how many rows it touched.
    pub(crate) async fn run(&mut self, query: Query) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(tx) => bound!(query).execute(&mut **tx).await?.rows_affected(),
            Self::Postgres(tx) => bound!(query).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Runs a whole migration.
    pub(crate) async fn script(&mut self, text: String) -> Result<()> {
        match self {
            Self::Sqlite(tx) => sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut **tx).await.map(|_| ())?,
            Self::Postgres(tx) => sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut **tx).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Inserts many rows with few statements.
    pub(crate) async fn insert(&mut self, into: &'static str, rows: Vec<Vec<Value>>, then: &'static str) -> Result<()> {
        const AT_A_TIME: usize = 200;
        for some in rows.chunks(AT_A_TIME) {
            self.run(sql(into).rows(some).push(then)).await?;
        }
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
