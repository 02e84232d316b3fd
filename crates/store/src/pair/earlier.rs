//! Pairs that were made elsewhere, such as last year's.

use jiff::Span;
use jiff::civil::Date;
use mentoring::{Ending, Id, PAIR_MONTHS, Pair, PairState, Term};

use super::columns;
use crate::Store;
use crate::db::{Value, sql};
use crate::error::Result;

impl Store {
    /// Adds pairs that were made elsewhere, such as last year's; an open one takes a place.
    ///
    /// Each is programme, mentee, mentor, first day, last day.
    ///
    /// # Errors
    /// What the database says, such as that a mentor has no place; nothing is added then.
    pub async fn put_earlier_pairs(&self, pairs: &[(String, Id, Id, Date, Option<Date>)]) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let mut phases: Vec<Vec<Value>> = Vec::new();
        let rows = pairs.iter().map(|(programme, mentee, mentor, started, closed)| {
            let id = Id::of("pair", &format!("{programme} {mentee} {mentor} {started}"));
            let term = Term { from: *started, until: started.saturating_add(Span::new().months(PAIR_MONTHS)) };
            // Whoever ended well before the year was over ended early; why is not known.
            let state = match closed {
                None => PairState::Active { term },
                Some(on) if on.saturating_add(Span::new().days(70)) < term.until => {
                    PairState::Over { how: Ending::Early, on: *on, term: Some(term) }
                }
                Some(on) => PairState::Over { how: Ending::Completed, on: *on, term: Some(term) },
            };
            let day = |day: &Date| format!("{day}T00:00:00.000000Z");
            let phase = |state: &str, since: &Date, until: Option<&Date>| {
                vec![
                    Value::from("pair"),
                    id.as_str().into(),
                    state.into(),
                    day(since).into(),
                    until.map(day).into(),
                    "before".into(),
                ]
            };
            phases.push(phase("active", started, closed.as_ref()));
            phases.extend(closed.as_ref().map(|on| phase(state.code(), on, None)));
            let pair = Pair { id, programme: programme.clone(), mentee: mentee.clone(), mentor: mentor.clone(), state };
            let facts = [&pair.id, &pair.mentee, &pair.mentor].map(|id| Value::from(id.as_str()));
            let made = [programme.as_str().into(), started.to_string().into()];
            facts.into_iter().chain(made).chain(columns(&pair)).collect()
        });
        let into = "INSERT INTO pair (id, mentee, mentor, programme, made, state, due, reminded, agreeing_since, \
             mentor_agreed, mentee_agreed, started, planned, closed, pause_from, pause_until) VALUES ";
        let rows = rows.collect();
        tx.insert(into, rows, "").await?;
        tx.insert("INSERT INTO phase (noun, subject, state, since, until, cause) VALUES ", phases, "").await?;
        tx.run(sql(
            "UPDATE mentor SET used = (SELECT COUNT(*) FROM pair WHERE pair.mentor = mentor.id AND pair.closed IS NULL)",
        ))
        .await?;
        tx.run(sql("UPDATE mentee SET state = 'paired' WHERE EXISTS \
             (SELECT 1 FROM pair WHERE pair.mentee = mentee.id AND pair.closed IS NULL)"))
            .await?;
        tx.run(sql("UPDATE mentee SET state = 'closed' WHERE state = 'waiting' AND EXISTS \
             (SELECT 1 FROM pair WHERE pair.mentee = mentee.id)"))
            .await?;
        tx.commit().await
    }
}
