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
    /// Keeps the rows of a SELECT for the transaction, but for those who only refer to them: two who refer to
    /// the same rows in another order would wait for each other. SQLite has one writer at a time, so they are
    /// kept anyway.
    pub(crate) fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR NO KEY UPDATE",
        }
    }

    /// Keeps the row of a SELECT, passing over those that others keep.
    pub(crate) fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// Selects every table and column there is.
    pub(crate) fn columns(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "SELECT tables.name, columns.name FROM sqlite_master AS tables \
                 JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table' \
                 AND tables.name NOT LIKE 'sqlite%' ORDER BY 1, 2"
            }
            Self::Postgres => {
                "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns \
                 WHERE table_schema = 'public' ORDER BY 1, 2"
            }
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
