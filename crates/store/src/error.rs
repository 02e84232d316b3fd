//! What can go wrong between the program and its database.

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The URL names no database that is known.
    #[error("the database URL must begin with sqlite: or postgres:")]
    UnknownUrl,
    /// Somebody else changed the thing first; nothing was written.
    #[error("changed by {by} since it was read")]
    Changed {
        /// Who changed it.
        by: String,
    },
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// A mentor has no place left; nothing was written.
    #[error("{mentor} has no place left")]
    NoPlace {
        /// The mentor's name.
        mentor: String,
    },
    /// A mentee named for approval has no proposal; nothing was written.
    #[error("a mentee has no proposal")]
    NotProposed,
    /// Something of this name exists already.
    #[error("the name is taken")]
    Taken,
    /// The file is not a database of this program.
    #[error("not a database of this program")]
    NotOurs,
    /// A mentee has an open pair in the programme already; nothing was written.
    #[error("{mentee} has an open pair already")]
    Paired {
        /// The mentee's name.
        mentee: String,
    },
    /// A pair breaks a rule by the records as they are now; nothing was written.
    #[error("{mentee} cannot be paired as proposed: a rule is broken")]
    Broken {
        /// The mentee's name.
        mentee: String,
        /// How, in words.
        why: mentoring::Say,
    },
    /// A rule refuses what was to be done; nothing was written.
    #[error("refused: {}", .0.key)]
    Refused(mentoring::Say),
    /// Somebody belongs to an organisation beyond the purview; nothing was written.
    #[error("{name} belongs to another organisation")]
    Elsewhere {
        /// The name given.
        name: String,
    },
    /// The address is appointed to something; nothing was erased.
    #[error("the address is appointed to something")]
    Appointed,
    /// The appointment is the last owner's; it stays.
    #[error("there must be an owner")]
    LastOwner,
    /// The last way into an account.
    #[error("the last way in cannot be removed")]
    LastKey,
    /// A mentor's capacity would fall below the open pairs.
    #[error("the mentor has {open} open pairs, so the capacity cannot be lower")]
    BelowOpenPairs {
        /// Open pairs.
        open: i64,
    },
    /// The database was made by a newer version of the program.
    #[error("the database is of version {found}, this program knows {known}: use a newer program")]
    TooNew {
        /// The version found.
        found: i64,
        /// The version this program knows.
        known: i64,
    },
    /// The program is shutting down.
    #[error("the program is stopping")]
    Stopped,
    /// The database said no.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A JSON column does not hold what it should.
    #[error("unreadable record: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// A result of the store.
pub type Result<T, E = Error> = std::result::Result<T, E>;
