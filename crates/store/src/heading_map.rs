//! What a person once said the headings of a file mean.

use crate::Store;
use crate::db::sql;
use crate::error::Result;

impl Store {
    /// The meaning kept for these headings, as JSON.
    ///
    /// # Errors
    /// What the database says.
    pub async fn heading_map(&self, headings: &str) -> Result<Option<String>> {
        let found = self.db.first(sql("SELECT meaning FROM heading_map WHERE headings = $1").bind(headings)).await?;
        found.map(|row| row.text(0)).transpose()
    }

    /// Keeps the meaning of headings.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_heading_map(&self, headings: &str, meaning: &str) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let keep = sql("INSERT INTO heading_map (headings, meaning) VALUES ($1, $2) \
             ON CONFLICT (headings) DO UPDATE SET meaning = excluded.meaning");
        tx.run(keep.bind(headings).bind(meaning)).await?;
        tx.commit().await
    }
}
