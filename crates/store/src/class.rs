//! What every column holds, and why: the file `data.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use mentoring::Retention;
use serde::Deserialize;

use crate::Store;
use crate::db::sql;
use crate::error::Result;

/// A class of data: why it is kept, on what ground, for how long.
#[derive(Clone, Debug, Deserialize)]
pub struct Class {
    /// What it is, in Swedish.
    pub sv: String,
    /// In English.
    pub en: String,
    /// What it is for, in Swedish.
    pub purpose_sv: String,
    /// In English.
    pub purpose_en: String,
    /// The legal ground, in Swedish.
    pub ground_sv: String,
    /// In English.
    pub ground_en: String,
    /// How long it is kept, in Swedish.
    pub retention_sv: String,
    /// In English.
    pub retention_en: String,
    /// Whether it says something about a person: `yes` or `no`.
    pub export: String,
    /// What becomes of it when a person is erased: `delete`, `blank` or `keep`.
    pub erase: String,
}

#[derive(Deserialize)]
struct Data {
    class: BTreeMap<String, Class>,
    table: BTreeMap<String, BTreeMap<String, String>>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    // The lengths that organisations may choose stand in the domain, once.
    let Retention { refused, idle, rounds } = Retention::default();
    let mut text = include_str!("../data.toml").to_owned();
    for (name, months) in [("{refused}", refused), ("{idle}", idle), ("{rounds}", rounds)] {
        text = text.replace(name, &months.to_string());
    }
    toml::from_str(&text).expect("a test reads the file")
});

/// Classes of data about people, for the privacy notice.
///
/// # Panics
/// Never: a test reads the file.
pub fn classes() -> Vec<Class> {
    DATA.class.values().filter(|class| class.export == "yes" || class.erase == "blank").cloned().collect()
}

/// Every column that is classified: table, column, class.
pub fn columns() -> Vec<(&'static str, &'static str, &'static Class)> {
    let table = |(table, columns): (&'static String, &'static BTreeMap<String, String>)| {
        let column = move |(column, class): (&'static String, &'static String)| {
            Some((table.as_str(), column.as_str(), DATA.class.get(class)?))
        };
        columns.iter().filter_map(column)
    };
    DATA.table.iter().flat_map(table).collect()
}

impl Store {
    /// Every column that the database has: table and column.
    ///
    /// # Errors
    /// What the database says.
    pub async fn live_columns(&self) -> Result<Vec<(String, String)>> {
        let rows = self.db.all(sql(self.engine().columns())).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
    }
}
