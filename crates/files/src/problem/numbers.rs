//! MatrixMarket and CSV files of scores.

use std::collections::HashMap;
use std::path::Path;

use matching::{SCORE_LIMIT, Sparse};
use mentoring::Say;

use super::named::{has_cells, headed};
use super::{MOST, Names, Open, understand};
use crate::fault::{Fault, Unread, about, at, on, whole};

/// Scores as whole numbers of a common smallest step.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// What rows and columns are called.
    pub names: Names,
    entries: Vec<(u32, u32, i64)>,
}

impl Numbers {
    /// The engine's scores; least totals are greatest totals of the negated numbers.
    ///
    /// # Panics
    /// Never: what the engine would refuse is a fault of the file.
    pub fn scores(&self, minimise: bool) -> Sparse {
        let sign = if minimise { -1 } else { 1 };
        let entries = self.entries.iter().map(|&(row, column, score)| (row, column, (sign * score) as i32));
        Sparse::new(self.names.rows.len(), self.names.columns.len(), entries).expect("the file was looked through")
    }
}

/// An entry as written: its line, row, column and score.
struct Written<'a> {
    line: usize,
    row: u32,
    column: u32,
    score: &'a str,
    field: usize,
}

/// Reads scores by the file's ending: `.mtx` (MatrixMarket, coordinate or array) or `.csv` (row,column,score).
///
/// # Errors
/// What is wrong with the file, with its place.
pub fn numbers(file: &Path, open: Open) -> Result<Numbers, Unread> {
    understand(file, open, |text| meant(text, file))
}

fn meant(text: &str, file: &Path) -> Result<Numbers, Fault> {
    match file.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("mtx") => matrix_market(text),
        Some("csv") => csv(text),
        _ => Err(whole(Say::new("solve-ending"))),
    }
}

fn matrix_market(text: &str) -> Result<Numbers, Fault> {
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    let banner = lines.next().map(|(_, line)| line.to_ascii_lowercase()).unwrap_or_default();
    let words: Vec<&str> = banner.split_whitespace().collect();
    let [start, "matrix", layout @ ("coordinate" | "array"), "real" | "integer", "general"] = words.as_slice() else {
        return Err(on(1, Say::new("solve-banner")));
    };
    if *start != "%%matrixmarket" {
        return Err(at(1, 1, Say::new("solve-begin")));
    }
    let mut lines = lines.filter(|(_, line)| !line.starts_with('%') && !line.trim().is_empty());
    let (line, sizes) = lines.next().ok_or_else(|| whole(Say::new("solve-no-sizes")))?;
    let sizes: Vec<u32> = sizes
        .split_whitespace()
        .enumerate()
        .map(|(field, size)| size.parse().map_err(|_| at(line, field + 1, about("solve-size", size))))
        .collect::<Result<_, _>>()?;
    let array = *layout == "array";
    let (rows, columns, count) = match (sizes.as_slice(), array) {
        (&[rows, columns], true) => (rows, columns, u64::from(rows) * u64::from(columns)),
        (&[rows, columns, count], false) => (rows, columns, u64::from(count)),
        _ => {
            return Err(on(line, Say::new("solve-sizes").with("n", if array { 2_u32 } else { 3 })));
        }
    };
    if rows > MOST || columns > MOST {
        return Err(on(line, Say::new("solve-too-large").with("n", MOST.to_string())));
    }
    let mut written = Vec::new();
    for (line, entry) in lines {
        let fields: Vec<&str> = entry.split_whitespace().collect();
        if array {
            let [score] = fields.as_slice() else {
                return Err(on(line, Say::new("solve-one-number")));
            };
            let place = written.len() as u64;
            if place >= count {
                return Err(on(line, Say::new("solve-too-many").with("n", count.to_string())));
            }
            // Arrays are written column by column.
            written.push(Written {
                line,
                row: (place % u64::from(rows)) as u32,
                column: (place / u64::from(rows)) as u32,
                score,
                field: 1,
            });
        } else {
            let [row, column, score] = fields.as_slice() else {
                return Err(on(line, Say::new("solve-three")));
            };
            let index = |text: &str, most: u32, field: usize, key: &'static str| match text.parse::<u32>() {
                Ok(index) if (1..=most).contains(&index) => Ok(index - 1),
                _ => Err(at(line, field, about(key, text).with("n", most.to_string()))),
            };
            written.push(Written {
                line,
                row: index(row, rows, 1, "solve-row")?,
                column: index(column, columns, 2, "solve-column")?,
                score,
                field: 3,
            });
        }
    }
    if written.len() as u64 != count {
        return Err(whole(
            Say::new("solve-promised").with("n", count.to_string()).with("found", written.len().to_string()),
        ));
    }
    let names = |count: u32| (1..=count).map(|index| index.to_string()).collect();
    finish(names(rows), names(columns), &written)
}

fn csv(text: &str) -> Result<Numbers, Fault> {
    let lines = headed(text, &["row", "column", "score"], "solve-heading")?;
    // By name, so that the order of the lines changes nothing.
    let names = |field: usize| {
        let mut names: Vec<String> =
            lines.iter().filter_map(|(_, cells)| cells.get(field)).map(str::to_owned).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let (rows, columns) = (names(0), names(1));
    let index = |names: &[String]| {
        names.iter().enumerate().map(|(at, name)| (name.clone(), at as u32)).collect::<HashMap<_, _>>()
    };
    let (by_row, by_column) = (index(&rows), index(&columns));
    let mut written = Vec::new();
    for (line, cells) in &lines {
        has_cells(*line, cells, 3)?;
        let (row, column, score) = (&cells[0], &cells[1], &cells[2]);
        if row.is_empty() || column.is_empty() {
            return Err(at(*line, if row.is_empty() { 1 } else { 2 }, Say::new("solve-no-name")));
        }
        written.push(Written { line: *line, row: by_row[row], column: by_column[column], score, field: 3 });
    }
    finish(rows, columns, &written)
}

/// Makes whole numbers of the scores, exactly, and refuses what stands twice.
fn finish(rows: Vec<String>, columns: Vec<String>, written: &[Written]) -> Result<Numbers, Fault> {
    let at_score = |entry: &Written, what| at(entry.line, entry.field, what);
    let scores: Vec<Decimal> = written
        .iter()
        .map(|entry| Decimal::read(entry.score).map_err(|what| at_score(entry, what)))
        .collect::<Result<_, _>>()?;
    let finest = (0..scores.len()).max_by_key(|&at| (scores[at].decimals.len(), std::cmp::Reverse(at)));
    let digits = finest.map_or(0, |at| scores[at].decimals.len());
    let mut seen: HashMap<(u32, u32), usize> = HashMap::with_capacity(written.len());
    let mut entries = Vec::with_capacity(written.len());
    for (entry, score) in written.iter().zip(&scores) {
        let Some(steps) = score.steps(digits) else {
            // Either it is too large by itself, or another one is too fine for it.
            let is_large = score.steps(score.decimals.len()).is_none();
            let fault = if is_large { entry } else { finest.map_or(entry, |at| &written[at]) };
            return Err(at_score(fault, about("solve-steps", fault.score).with("n", SCORE_LIMIT.to_string())));
        };
        if let Some(first) = seen.insert((entry.row, entry.column), entry.line) {
            return Err(at(entry.line, 1, Say::new("solve-twice").with("n", first.to_string())));
        }
        entries.push((entry.row, entry.column, steps));
    }
    Ok(Numbers { names: Names { rows, columns, digits: digits as u32 }, entries })
}

/// A plain decimal number as written.
struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    /// Without zeros at their end.
    decimals: &'a str,
}

impl<'a> Decimal<'a> {
    /// Exact scores have no more digits after the point.
    const MOST_DECIMALS: usize = 18;

    fn read(text: &'a str) -> Result<Self, Say> {
        if text.eq_ignore_ascii_case("nan") || text.to_ascii_lowercase().contains("inf") {
            return Err(about("solve-not-finite", text));
        }
        let (signed, decimals) = text.split_once('.').unwrap_or((text, ""));
        let whole = signed.strip_prefix(['-', '+']).unwrap_or(signed);
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || !plain(decimals) || (whole.is_empty() && decimals.is_empty()) {
            return Err(about("solve-not-decimal", text));
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > Self::MOST_DECIMALS {
            return Err(about("solve-decimals", text).with("n", Self::MOST_DECIMALS as u32));
        }
        Ok(Self { negative: signed.starts_with('-'), whole, decimals })
    }

    /// The number in whole steps of the last of `digits` places; nothing if those are more than a score may have.
    fn steps(&self, digits: usize) -> Option<i64> {
        let places = self
            .whole
            .bytes()
            .chain(self.decimals.bytes())
            .chain(std::iter::repeat_n(b'0', digits - self.decimals.len()));
        let steps = places.skip_while(|&digit| digit == b'0').try_fold(0, |steps, digit| {
            let steps = 10 * steps + i64::from(digit - b'0');
            (steps <= i64::from(SCORE_LIMIT)).then_some(steps)
        })?;
        Some(if self.negative { -steps } else { steps })
    }
}

/// Reads places by column name, under the heading column,capacity; columns not named have one place.
///
/// # Errors
/// What is wrong with the file, with its place.
pub fn capacities(file: &Path, open: Open, columns: &[String]) -> Result<Vec<u32>, Unread> {
    understand(file, open, |text| places(text, columns))
}

fn places(text: &str, columns: &[String]) -> Result<Vec<u32>, Fault> {
    let lines = headed(text, &["column", "capacity"], "solve-heading-capacity")?;
    let by_name: HashMap<&str, usize> = columns.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let mut places = vec![1; columns.len()];
    let mut seen: HashMap<usize, usize> = HashMap::new();
    for (line, cells) in lines {
        has_cells(line, &cells, 2)?;
        let (name, capacity) = (&cells[0], &cells[1]);
        let column = *by_name.get(name).ok_or_else(|| at(line, 1, about("solve-no-column", name)))?;
        if let Some(first) = seen.insert(column, line) {
            return Err(at(line, 1, Say::new("solve-column-twice").with("n", first.to_string())));
        }
        places[column] = capacity_of(capacity).map_err(|what| at(line, 2, what))?;
    }
    Ok(places)
}

/// A number of places, as written.
pub(super) fn capacity_of(text: &str) -> Result<u32, Say> {
    match text.parse::<i64>() {
        Ok(negative) if negative < 0 => Err(about("solve-negative", &negative.to_string())),
        Ok(places) if places <= 1_000_000 => Ok(places as u32),
        _ => Err(about("solve-capacity", text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Numbers, Fault> {
        meant(text, Path::new(name))
    }

    #[test]
    fn both_formats_say_the_same() {
        let csv = read("x.csv", "row,column,score\n1,1,0.5\n1,2,2\n2,1,1.25\n").unwrap();
        let mtx = "%%MatrixMarket matrix coordinate real general\n% a note\n2 2 3\n1 1 0.5\n1 2 2\n2 1 1.25\n";
        assert_eq!(csv, read("x.mtx", mtx).unwrap());
        assert_eq!(csv.entries, [(0, 0, 50), (0, 1, 200), (1, 0, 125)]);
        let array = "%%MatrixMarket matrix array integer general\n2 2\n1\n2\n3\n4\n";
        assert_eq!(read("x.mtx", array).unwrap().entries, [(0, 0, 1), (1, 0, 2), (0, 1, 3), (1, 1, 4)]);
    }

    #[test]
    fn the_order_of_the_lines_changes_nothing() {
        let first = read("x.csv", "row,column,score\na,x,1\nb,y,2\n").unwrap();
        let second = read("x.csv", "row,column,score\nb,y,2\na,x,1\n").unwrap();
        assert_eq!(first.names, second.names);
    }

    #[test]
    fn numbers_are_exact_or_refused() {
        let entry =
            |score: &str| Ok::<_, Fault>(read("x.csv", &format!("row,column,score\na,b,{score}\n"))?.entries[0].2);
        let key = |score: &str| entry(score).unwrap_err().what.key;
        assert_eq!((entry("-0.25"), entry("+.5"), entry("7."), entry("-0.0")), (Ok(-25), Ok(5), Ok(7), Ok(0)));
        assert_eq!(entry("000000000000000000000000000000268435456"), Ok(1 << 28));
        assert_eq!((key("268435457"), key("99999999999999999999999")), ("solve-steps", "solve-steps"));
        assert_eq!(entry("0.000000000000000001"), Ok(1));
        assert_eq!(key("0.0000000000000000001"), "solve-decimals");
        let told = read("x.csv", "row,column,score\na,b,1\na,c,0.000000000001\n").unwrap_err();
        assert_eq!((told.line, told.what.key), (Some(3), "solve-steps"), "what is too fine, not what is whole");
        assert_eq!((entry(".0"), entry("-.000")), (Ok(0), Ok(0)));
        assert_eq!(
            (key("--1"), key("."), key("1,5"), key("")),
            ("solve-not-decimal", "solve-not-decimal", "solve-fields", "solve-not-decimal")
        );
    }
}
