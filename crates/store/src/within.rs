//! The part of the store that somebody may see.
//!
//! Everything that belongs to an organisation is asked for here and nowhere else, so that a question
//! without a purview cannot be written. What lies beyond it is answered as what does not exist.

use mentoring::Purview;

use crate::Store;
use crate::db::{Db, Query};

/// The store as one purview shows it.
#[derive(Clone, Copy)]
pub struct Within<'a> {
    pub(crate) store: &'a Store,
    pub(crate) purview: &'a Purview,
}

impl Store {
    /// The store as a purview shows it.
    pub fn within<'a>(&'a self, purview: &'a Purview) -> Within<'a> {
        Within { store: self, purview }
    }

    /// The whole store: for the operator at the command line and the program's own work, never for a page.
    pub fn everywhere(&self) -> Within<'_> {
        Within { store: self, purview: &Purview::Everywhere }
    }
}

impl Within<'_> {
    pub(crate) fn db(&self) -> &Db {
        &self.store.db
    }

    /// Adds the condition that a column with an organisation's code lies in the purview, to a statement
    /// that has a WHERE already.
    pub(crate) fn narrow(&self, query: Query, column: &'static str) -> Query {
        self.narrow_any(query, &[column])
    }

    /// The same for things that several organisations share: one of the columns must lie in the purview.
    pub(crate) fn narrow_any(&self, mut query: Query, columns: &[&'static str]) -> Query {
        let Purview::Of(codes) = self.purview else { return query };
        if codes.is_empty() {
            return query.push(" AND 1 = 0");
        }
        for (at, column) in columns.iter().enumerate() {
            query = query.push(if at == 0 { " AND (" } else { " OR " }).push(column).push(" IN (");
            for (at, code) in codes.iter().enumerate() {
                query = query.push(if at == 0 { "" } else { ", " }).value(code.as_str());
            }
            query = query.push(")");
        }
        query.push(")")
    }
}
