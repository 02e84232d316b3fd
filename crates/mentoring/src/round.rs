//! A matching round: people and a setting, made ready for the engine.

use std::borrow::Cow;
use std::sync::Arc;

use matching::{Objective, Plane, Problem, Tables, TablesBuilder};
use rustc_hash::FxHashMap;

use crate::criteria::{Feature, add_terms, given, join};
use crate::id::Id;
use crate::mentee::Mentee;
use crate::mentor::Mentor;
use crate::rules::{Setting, by_feature, by_pair, outside_round, unavailable};
use crate::traits::Crowd;

/// The people of a round in a stable order, and the engine's view of them.
///
/// Rows are the mentees who take part, by identity. Columns are the mentors who can be proposed, by
/// place and identity, so that neighbours in the columns are neighbours on the map.
#[derive(Debug)]
pub struct Round {
    setting: Setting,
    mentees: Vec<Mentee>,
    mentors: Vec<Mentor>,
    columns: Vec<u32>,
    /// The columns in the order of their mentors' identities.
    by_id: Vec<u32>,
    tables: Arc<Tables>,
    exceptions: Vec<(u32, u32)>,
}

impl Round {
    /// Makes a round ready. Time and memory grow with the people and with the number of different
    /// features they ask for (places, sets of languages), not with the pairs.
    ///
    /// The order of the people given does not matter. Mentees outside the round are left out;
    /// mentors who cannot be proposed are kept, so that the reason can be told.
    ///
    /// # Panics
    /// If the weights sum to more than [`crate::Weights::MOST`] points.
    pub fn new(setting: Setting, mentees: Vec<Mentee>, mentors: Vec<Mentor>) -> Self {
        for programme in &setting.programmes {
            programme.weights.check().expect("weights are checked where they are set");
        }
        let mut mentees: Vec<_> =
            mentees.into_iter().filter(|mentee| outside_round(mentee, &setting).is_none()).collect();
        mentees.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let mut mentors = mentors;
        mentors.sort_unstable_by(|a, b| {
            (&a.programmes, a.remote, a.municipality, &a.id).cmp(&(&b.programmes, b.remote, b.municipality, &b.id))
        });
        let columns: Vec<u32> =
            (0..mentors.len() as u32).filter(|&at| unavailable(&mentors[at as usize], &setting).is_empty()).collect();
        let available: Vec<&Mentor> = columns.iter().map(|&at| &mentors[at as usize]).collect();
        let tables = Arc::new(tables(&mentees, &available, &setting));
        let mut by_id: Vec<u32> = (0..columns.len() as u32).collect();
        by_id.sort_unstable_by_key(|&column| &available[column as usize].id);
        let exceptions = exceptions(&mentees, &available, &by_id, &setting);
        Self { setting, mentees, mentors, columns, by_id, tables, exceptions }
    }

    /// The setting.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// The mentees who take part: the engine's rows.
    pub fn mentees(&self) -> &[Mentee] {
        &self.mentees
    }

    /// Every mentor considered, available or not.
    pub fn mentors(&self) -> &[Mentor] {
        &self.mentors
    }

    /// The number of mentors who can be proposed: the engine's columns.
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The mentor of a column.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn mentor(&self, column: usize) -> &Mentor {
        &self.mentors[self.columns[column] as usize]
    }

    /// The row of a mentee.
    pub fn row_of(&self, mentee: &Id) -> Option<usize> {
        self.mentees.binary_search_by(|known| known.id.cmp(mentee)).ok()
    }

    /// The column of a mentor.
    pub fn column_of(&self, mentor: &Id) -> Option<usize> {
        let at = self.by_id.binary_search_by(|&column| self.mentor(column as usize).id.cmp(mentor)).ok()?;
        Some(self.by_id[at] as usize)
    }

    /// Whether a rule about the two together forbids the pair.
    pub fn is_exception(&self, row: usize, column: usize) -> bool {
        self.exceptions.binary_search(&(row as u32, column as u32)).is_ok()
    }

    /// The engine's problem.
    ///
    /// # Panics
    /// Never: points and places of people keep within the engine's ranges.
    pub fn problem(&self) -> Problem<Arc<Tables>> {
        let places = (0..self.columns()).map(|column| self.mentor(column).free_places()).collect();
        let objective = if self.setting.most_pairs { Objective::MostPairs } else { Objective::BestTotal };
        let mut problem = Problem::new(Arc::clone(&self.tables))
            .and_then(|problem| problem.with_capacities(places))
            .expect("points and places of people keep within the engine's ranges")
            .with_objective(objective);
        for &(row, column) in &self.exceptions {
            problem = problem.with_forbidden(row as usize, column as usize).expect("the pair exists and is not locked");
        }
        problem
    }
}

fn tables(mentees: &[Mentee], mentors: &[&Mentor], setting: &Setting) -> Tables {
    let crowd = Crowd::of(mentors);
    let mut builder = TablesBuilder::new(mentors.len());
    let mut planes: FxHashMap<Feature, Plane> = FxHashMap::default();
    let (mut rules, mut points, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for mentee in mentees {
        let programme = setting.programme_of(mentee).expect("mentees of other programmes are left out");
        let mut plane = |feature: Feature| {
            *planes.entry(feature).or_insert_with_key(|feature| builder.plane(feature.plane(&crowd)))
        };
        let broken_by = by_feature(mentee, programme, setting).into_iter();
        rules.extend(broken_by.map(|(_, feature, forbidden)| {
            debug_assert!(feature.guest().is_none(), "values are forbidden in a plane of their own");
            (plane(feature), forbidden)
        }));
        add_terms(mentee, programme, &mut found);
        join(&mut found);
        points.extend(found.drain(..).map(|term| (plane(term.feature), term.points)));
        let given = given(mentee, programme, mentee.waited(setting.today)).iter().map(|(_, points)| points).sum();
        builder.row(given, points.drain(..), rules.drain(..)).expect("the weights keep within the engine's range");
    }
    builder.build()
}

/// The pairs that a rule about the two together forbids, found through indexes, not by trying all.
fn exceptions(mentees: &[Mentee], mentors: &[&Mentor], by_id: &[u32], setting: &Setting) -> Vec<(u32, u32)> {
    let mut by_number: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    let mut by_email: FxHashMap<Cow<str>, Vec<u32>> = FxHashMap::default();
    for (column, mentor) in mentors.iter().enumerate() {
        let column = column as u32;
        let own = mentor.company.as_ref();
        for number in own.and_then(|company| company.number.as_ref()).into_iter().chain(&mentor.conflicts) {
            by_number.entry(number).or_default().push(column);
        }
        by_email.entry(lower(&mentor.email)).or_default().push(column);
    }
    let known =
        |id: &Id| by_id.binary_search_by(|&column| mentors[column as usize].id.cmp(id)).ok().map(|at| by_id[at]);
    let mut pairs = Vec::new();
    for (row, mentee) in mentees.iter().enumerate() {
        let number = mentee.company.as_ref().and_then(|company| company.number.as_deref());
        let mut suspects: Vec<u32> =
            number.and_then(|number| by_number.get(number)).into_iter().flatten().copied().collect();
        suspects.extend(by_email.get(&lower(&mentee.email)).into_iter().flatten());
        suspects.extend(mentee.earlier.iter().chain(&mentee.excluded).filter_map(known));
        suspects.sort_unstable();
        suspects.dedup();
        let programme = setting.programme_of(mentee).expect("mentees of other programmes are left out");
        suspects.retain(|&column| !by_pair(mentee, mentors[column as usize], programme).is_empty());
        pairs.extend(suspects.into_iter().map(|column| (row as u32, column)));
    }
    pairs
}

/// An address as addresses are compared; nearly all are written so.
fn lower(email: &str) -> Cow<'_, str> {
    if email.bytes().any(|letter| letter.is_ascii_uppercase()) {
        Cow::Owned(email.to_ascii_lowercase())
    } else {
        Cow::Borrowed(email)
    }
}
