//! What must always hold, looked for in the database as it is.

use crate::Store;
use crate::db::sql;
use crate::error::Result;

/// Each: what it says if it does not hold, and a query that then finds something.
const MUST_HOLD: [(&str, &str); 7] = [
    (
        "mentor-places",
        "SELECT id FROM mentor WHERE used > capacity OR used <> \
         (SELECT COUNT(*) FROM pair WHERE pair.mentor = mentor.id AND pair.closed IS NULL) + \
         (SELECT COUNT(*) FROM companion WHERE companion.side = 'mentor' AND companion.person = mentor.id \
         AND companion.ended IS NULL)",
    ),
    ("mentee-pairs", "SELECT mentee FROM pair WHERE closed IS NULL GROUP BY mentee, programme HAVING COUNT(*) > 1"),
    (
        "mentee-state",
        "SELECT id FROM mentee WHERE CASE WHEN state = 'paired' THEN 1 ELSE 0 END <> CASE WHEN EXISTS \
         (SELECT 1 FROM pair WHERE pair.mentee = mentee.id AND pair.closed IS NULL) OR EXISTS \
         (SELECT 1 FROM companion WHERE companion.side = 'mentee' AND companion.person = mentee.id \
         AND companion.ended IS NULL) THEN 1 ELSE 0 END",
    ),
    (
        "pair-state",
        "SELECT id FROM pair WHERE CASE WHEN closed IS NULL THEN 1 ELSE 0 END <> CASE WHEN state IN \
         ('asked-mentor', 'asked-mentee', 'agreeing', 'active', 'paused') THEN 1 ELSE 0 END",
    ),
    (
        "companion-pair",
        "SELECT companion.id FROM companion JOIN pair ON pair.id = companion.pair \
         WHERE companion.ended IS NULL AND pair.closed IS NOT NULL",
    ),
    (
        "phases",
        "SELECT thing.id FROM (SELECT 'pair' AS noun, id, state FROM pair UNION ALL SELECT 'round', id, state \
         FROM round UNION ALL SELECT 'application', id, state FROM application \
         UNION ALL SELECT 'booking', id, state FROM booking) AS thing LEFT JOIN phase ON \
         phase.noun = thing.noun AND phase.subject = thing.id AND phase.until IS NULL \
         WHERE phase.state IS NULL OR phase.state <> thing.state",
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
