//! The only file that asks which database it is.

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, embedded.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Engine {
    /// Keeps the rows of a SELECT for the transaction. SQLite has one writer at a time, so they are kept anyway.
    pub(crate) fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }

    /// Keeps the row of a SELECT, passing over those that others keep.
    pub(crate) fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// A migration in the engine's own words.
    pub(crate) fn words(self, migration: &str) -> String {
        match self {
            Self::Sqlite => migration
                .replace(" BIGINT", " INTEGER")
                .replace("SERIAL KEY", "INTEGER PRIMARY KEY")
                .replace("\n);", "\n) STRICT;"),
            Self::Postgres => migration.replace("SERIAL KEY", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
        }
    }
}
