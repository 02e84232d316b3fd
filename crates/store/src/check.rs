//! What must always hold, looked for in the database as it is.

use crate::Store;
use crate::db::sql;
use crate::error::Result;

/// Each: what it says if it does not hold, and a query that then finds something.
const MUST_HOLD: [(&str, &str); 4] = [
    (
        "mentor-places",
        "SELECT id FROM mentor WHERE used > capacity OR used <> \
         (SELECT COUNT(*) FROM pair WHERE pair.mentor = mentor.id AND pair.closed IS NULL)",
    ),
    ("mentee-pairs", "SELECT mentee FROM pair WHERE closed IS NULL GROUP BY mentee, programme HAVING COUNT(*) > 1"),
    (
        "mentee-state",
        "SELECT id FROM mentee WHERE CASE WHEN state = 'paired' THEN 1 ELSE 0 END <> CASE WHEN EXISTS \
         (SELECT 1 FROM pair WHERE pair.mentee = mentee.id AND pair.closed IS NULL) THEN 1 ELSE 0 END",
    ),
    (
        "application-person",
        "SELECT id FROM application WHERE state = 'accepted' AND NOT EXISTS \
         (SELECT 1 FROM mentor WHERE mentor.id = application.person) AND NOT EXISTS \
         (SELECT 1 FROM mentee WHERE mentee.id = application.person)",
    ),
];

impl Store {
    /// What does not hold that must, and of whom: nothing, if all is well. One scan of each table.
    ///
    /// # Errors
    /// What the database says.
    pub async fn faults(&self) -> Result<Vec<(&'static str, String)>> {
        let mut faults = Vec::new();
        for (name, query) in MUST_HOLD {
            for row in self.db.all(sql(query)).await? {
                faults.push((name, row.text(0)?));
            }
        }
        if let Some(place) = self.broken_link().await? {
            faults.push(("event-chain", place.to_string()));
        }
        Ok(faults)
    }
}
