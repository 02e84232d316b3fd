//! Problems told by features, weights and rules: never a matrix, so that they can be as large as the memory holds people.
//!
//! A file in TOML names two sheets in CSV, of rows and of columns, and says for each feature what a value of a column is
//! worth to a row, or which values it may have at all.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use csv::StringRecord;
use matching::{Problem, Tables, TablesBuilder};
use mentoring::Say;

use super::named::{Sheet, listed};
use super::numbers::capacity_of;
use super::scheme::{Feature, Scheme};
use super::{Names, Open, understand};
use crate::fault::{Fault, Unread, about, at, on, whole};

/// Columns may have so many different values of a feature.
const MOST_VALUES: usize = 16;

/// A problem made of features, and what it was made of.
pub struct Features {
    /// What rows and columns are called.
    pub names: Names,
    /// What is odd but no fault.
    pub notes: Vec<Say>,
    scheme: Scheme,
    rows: Placed,
    columns: Placed,
}

/// A sheet, and under which heading each feature stands.
struct Placed {
    sheet: Sheet,
    headings: Vec<usize>,
}

impl Placed {
    fn new(sheet: Sheet, scheme: &Scheme) -> Result<Self, Fault> {
        let heading = |name: &String| sheet.find(name)?.ok_or_else(|| on(sheet.first, about("solve-no-feature", name)));
        let headings = scheme.features.keys().map(heading).collect::<Result<_, _>>()?;
        Ok(Self { sheet, headings })
    }

    fn value(&self, at: usize, feature: usize) -> &str {
        &self.sheet.lines[at].1[self.headings[feature]]
    }
}

impl Features {
    /// Reads a scheme in TOML and the files that it names, which are looked for beside it.
    ///
    /// # Errors
    /// What is wrong with which file, with its place.
    ///
    /// # Panics
    /// Never: what the engine would refuse is a fault of a file.
    pub fn read(file: &Path, open: Open) -> Result<(Self, Problem<Tables>), Unread> {
        let scheme = understand(file, open, Scheme::read)?;
        let beside = |named: &Path| file.parent().unwrap_or(Path::new("")).join(named);
        let (rows_file, columns_file) = (beside(&scheme.rows), beside(&scheme.columns));
        let placed = |text: &str| Placed::new(Sheet::read(text)?, &scheme);
        // By name, so that the order of the lines changes nothing; columns that a rule sees alike lie together.
        let mut rows = understand(&rows_file, open, placed)?;
        rows.sheet.lines.sort_by(|(_, a), (_, b)| a[0].cmp(&b[0]));
        let mut columns = understand(&columns_file, open, placed)?;
        let ruled = scheme.features.values().zip(&columns.headings).filter(|(feature, _)| !feature.allowed.is_empty());
        let order: Vec<usize> = ruled.map(|(_, &heading)| heading).chain([0]).collect();
        columns.sheet.lines.sort_by(|(_, a), (_, b)| {
            order
                .iter()
                .map(|&heading| a[heading].cmp(&b[heading]))
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        });

        let builder = TablesBuilder::new(columns.sheet.lines.len());
        let (builder, values) = planes(builder, &scheme, &columns).map_err(|fault| fault.of(&columns_file))?;
        let tables = points(builder, &scheme, &rows, &values).map_err(|fault| fault.of(&rows_file))?;
        let places = capacities(&columns.sheet).map_err(|fault| fault.of(&columns_file))?;
        let outside = vec![scheme.outside; rows.sheet.lines.len()];
        let problem = Problem::new(tables).and_then(|problem| problem.with_capacities(places));
        let problem = problem.and_then(|problem| problem.with_outside(outside)).expect("the files keep the limits");
        let names = Names { rows: rows.sheet.names(), columns: columns.sheet.names(), digits: 0 };
        let notes = notes(&scheme, &values, &columns_file);
        let features = Self { names, notes, scheme, rows, columns };
        let problem = features.pairs(problem, beside, open)?;
        Ok((features, problem))
    }

    /// Forbids and locks the pairs of the files that say so.
    fn pairs(
        &self,
        mut problem: Problem<Tables>,
        beside: impl Fn(&Path) -> PathBuf,
        open: Open,
    ) -> Result<Problem<Tables>, Unread> {
        let index = |names: &[String]| names.iter().cloned().zip(0..).collect::<HashMap<String, usize>>();
        let (rows, columns) = (index(&self.names.rows), index(&self.names.columns));
        for (file, lock) in [(&self.scheme.forbidden, false), (&self.scheme.locked, true)] {
            let Some(file) = file else { continue };
            let before = problem;
            let change = |text: &str| {
                let mut problem = before;
                for (line, [row, column]) in listed(text)? {
                    let known = |of: &HashMap<String, usize>, name: &str, field, key| {
                        of.get(name).copied().ok_or_else(|| at(line, field, about(key, name)))
                    };
                    let row = known(&rows, &row, 1, "solve-unknown-row")?;
                    let column = known(&columns, &column, 2, "solve-unknown-column")?;
                    let changed =
                        if lock { problem.with_locked(row, column) } else { problem.with_forbidden(row, column) };
                    problem = changed.map_err(|refusal| on(line, refused(refusal)))?;
                }
                Ok(problem)
            };
            problem = understand(&beside(file), open, change)?;
        }
        Ok(problem)
    }

    /// What each feature gives a pair, where it gives something.
    ///
    /// # Panics
    /// If there is no such row or column.
    pub fn why(&self, row: usize, column: usize) -> impl Iterator<Item = (&str, u16)> {
        self.scheme.features.iter().enumerate().filter_map(move |(at, (name, feature))| {
            let worth = feature.worth(self.rows.value(row, at), self.columns.value(column, at));
            (worth > 0).then_some((name.as_str(), worth))
        })
    }
}

fn refused(refusal: matching::Refusal) -> Say {
    match refusal {
        matching::Refusal::NotAllowed { .. } => Say::new("solve-not-allowed"),
        matching::Refusal::NoPlaceLeft(_) => Say::new("solve-no-place-left"),
        _ => Say::new("solve-locked"),
    }
}

/// The values of a feature among the columns, in order: their places are their codes.
type Values = (matching::Plane, Vec<String>);

/// A plane of codes for each feature.
fn planes(
    mut builder: TablesBuilder,
    scheme: &Scheme,
    columns: &Placed,
) -> Result<(TablesBuilder, Vec<Values>), Fault> {
    let mut all = Vec::new();
    for (feature, name) in scheme.features.keys().enumerate() {
        let count = columns.sheet.lines.len();
        let mut values: Vec<&str> = (0..count).map(|line| columns.value(line, feature)).collect();
        values.sort_unstable();
        values.dedup();
        if values.len() > MOST_VALUES {
            let say = about("solve-values", name).with("n", MOST_VALUES as u32).with("found", values.len() as u32);
            return Err(whole(say));
        }
        let code = |line| values.binary_search(&columns.value(line, feature)).expect("every value is among them") as u8;
        let plane = builder.plane((0..count).map(code));
        all.push((plane, values.into_iter().map(str::to_owned).collect()));
    }
    Ok((builder, all))
}

/// What a value of a row looks up in a plane: points, and the codes that it may not have.
type Wish = ([u16; MOST_VALUES], u16);

/// What a row with this value wishes for; nothing if the feature does not know the value.
fn wish(feature: &Feature, value: &str, columns: &[String]) -> Option<Wish> {
    let worth = |code: usize| columns.get(code).map_or(0, |column| feature.worth(value, column));
    let closed = columns.iter().enumerate().filter(|(_, column)| !feature.allows(value, column));
    feature
        .knows_row(value)
        .then(|| (std::array::from_fn(worth), closed.fold(0, |closed, (code, _)| closed | 1 << code)))
}

/// What every row looks up.
fn points(mut builder: TablesBuilder, scheme: &Scheme, rows: &Placed, values: &[Values]) -> Result<Tables, Fault> {
    // Many rows have the same value.
    let mut known: Vec<HashMap<&str, Wish>> = vec![HashMap::new(); values.len()];
    for (row, (line, _)) in rows.sheet.lines.iter().enumerate() {
        let (mut points, mut forbidden) = (Vec::new(), Vec::new());
        for (at_feature, (name, feature)) in scheme.features.iter().enumerate() {
            let value = rows.value(row, at_feature);
            let (plane, columns) = &values[at_feature];
            let wish = if let Some(wish) = known[at_feature].get(value) {
                *wish
            } else {
                let place = rows.headings[at_feature] + 1;
                let refused = || at(*line, place, unknown(value, name, feature));
                *known[at_feature].entry(value).or_insert(wish(feature, value, columns).ok_or_else(refused)?)
            };
            if !value.is_empty() {
                points.push((*plane, wish.0));
                forbidden.push((*plane, wish.1));
            }
        }
        builder.row(0, points, forbidden).map_err(|error| {
            on(*line, Say::new("solve-points").with("n", u32::from(Tables::MOST_POINTS)).with("found", error.sum))
        })?;
    }
    Ok(builder.build())
}

/// A value of a row that its feature does not know, and those that it knows.
fn unknown(value: &str, name: &str, feature: &Feature) -> Say {
    let known: BTreeSet<&str> = feature.points.keys().chain(feature.allowed.keys()).map(String::as_str).collect();
    let known = known.into_iter().collect::<Vec<_>>().join(", ");
    about("solve-value", value).with("feature", name).with("known", known)
}

/// One place each, if there is no column of places.
fn capacities(columns: &Sheet) -> Result<Vec<u32>, Fault> {
    let Some(place) = columns.find("places")? else { return Ok(vec![1; columns.lines.len()]) };
    let capacity = |(line, cells): &(usize, StringRecord)| match &cells[place] {
        "" => Ok(1),
        text => capacity_of(text).map_err(|what| at(*line, place + 1, what)),
    };
    columns.lines.iter().map(capacity).collect()
}

/// Values of columns that the scheme does not know: nobody gets anything for them, which may be a slip of the pen.
fn notes(scheme: &Scheme, values: &[Values], file: &Path) -> Vec<Say> {
    let note = |((name, feature), (_, values)): ((&String, &Feature), &Values)| {
        let unknown = values.iter().filter(|value| !feature.knows_column(value));
        let say = |value: &String| about("solve-unasked", value).with("feature", name.as_str());
        unknown.map(|value| say(value).with("file", file.display().to_string())).collect::<Vec<_>>()
    };
    scheme.features.iter().zip(values).flat_map(note).collect()
}
