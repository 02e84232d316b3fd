//! MatrixMarket and CSV files of scores.

use std::collections::HashMap;
use std::path::Path;

use matching::{SCORE_LIMIT, Sparse};
use mentoring::Say;

use super::sheet::{has_cells, headed};
use crate::web::Words;

/// A fault in a file: where, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    line: Option<usize>,
    column: Option<usize>,
    what: Say,
}

impl Fault {
    /// The fault in words.
    pub(super) fn text(&self, words: Words) -> String {
        let what = words.page(&self.what);
        match (self.line, self.column) {
            (Some(line), Some(column)) => {
                let say = Say::new("solve-at").with("line", line.to_string()).with("column", column.to_string());
                words.page(&say.with("what", what))
            }
            (Some(line), None) => words.page(&Say::new("solve-line").with("line", line.to_string()).with("what", what)),
            _ => what,
        }
    }
}

pub(super) fn at(line: usize, column: usize, what: Say) -> Fault {
    Fault { line: Some(line), column: Some(column), what }
}

pub(super) fn on(line: usize, what: Say) -> Fault {
    Fault { line: Some(line), column: None, what }
}

pub(super) fn whole(what: Say) -> Fault {
    Fault { line: None, column: None, what }
}

/// A text about a word, and perhaps a number.
pub(super) fn about(key: &'static str, word: &str) -> Say {
    Say::new(key).with("x", word)
}

/// What rows and columns are called, and how many of a score's digits come after the decimal point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Names {
    pub(super) rows: Vec<String>,
    pub(super) columns: Vec<String>,
    pub(super) digits: u32,
}

impl Names {
    /// A number of steps as the number it stands for.
    pub(super) fn shown(&self, steps: i64) -> serde_json::Value {
        if self.digits == 0 { steps.into() } else { (steps as f64 / 10_f64.powi(self.digits as i32)).into() }
    }
}

/// Scores as whole numbers of a common smallest step.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numbers {
    pub(super) names: Names,
    entries: Vec<(u32, u32, i64)>,
}

impl Numbers {
    /// The engine's scores; least totals are greatest totals of the negated numbers.
    pub(super) fn scores(&self, minimise: bool) -> Result<Sparse, matching::BadScores> {
        let sign = if minimise { -1 } else { 1 };
        let entries = self.entries.iter().map(|&(row, column, score)| (row, column, (sign * score) as i32));
        Sparse::new(self.names.rows.len(), self.names.columns.len(), entries)
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

/// Reads scores by the file's ending.
pub(super) fn numbers(text: &str, file: &Path) -> Result<Numbers, Fault> {
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
    const MOST: u32 = 10_000_000;
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
    let digits = written.iter().map(|entry| decimals(entry.score)).max().unwrap_or(0);
    let mut seen: HashMap<(u32, u32), usize> = HashMap::with_capacity(written.len());
    let mut entries = Vec::with_capacity(written.len());
    for entry in written {
        let score = steps(entry.score, digits).map_err(|what| at(entry.line, entry.field, what))?;
        if let Some(first) = seen.insert((entry.row, entry.column), entry.line) {
            return Err(at(entry.line, 1, Say::new("solve-twice").with("n", first.to_string())));
        }
        entries.push((entry.row, entry.column, score));
    }
    Ok(Numbers { names: Names { rows, columns, digits }, entries })
}

/// Digits after the decimal point of a plain number.
fn decimals(text: &str) -> u32 {
    text.split_once('.').map_or(0, |(_, decimals)| decimals.trim_end_matches('0').len() as u32)
}

/// A decimal number in whole steps of the last of `digits` places.
fn steps(text: &str, digits: u32) -> Result<i64, Say> {
    if text.eq_ignore_ascii_case("nan") || text.to_ascii_lowercase().contains("inf") {
        return Err(about("solve-not-finite", text));
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let negative = whole.starts_with('-');
    let bare = whole.trim_start_matches(['-', '+']);
    let decimals = decimals.trim_end_matches('0');
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(bare) || !plain(decimals) || (bare.is_empty() && decimals.is_empty()) || whole.len() > bare.len() + 1 {
        return Err(about("solve-not-decimal", text));
    }
    let padded = format!("{bare}{decimals:0<width$}", width = digits as usize);
    let limit = i64::from(SCORE_LIMIT);
    match padded.parse::<i64>() {
        Ok(steps) if steps <= limit => Ok(if negative { -steps } else { steps }),
        _ => Err(about("solve-steps", text).with("n", limit.to_string())),
    }
}

/// Reads places by column name; columns not named have one place.
pub(super) fn capacities(text: &str, columns: &[String]) -> Result<Vec<u32>, Fault> {
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
    use mentoring::Language;

    fn fault(name: &str, text: &str) -> String {
        numbers(text, Path::new(name)).unwrap_err().text(Words { language: Language::English })
    }

    #[test]
    fn both_formats_say_the_same() {
        let csv = numbers("row,column,score\n1,1,0.5\n1,2,2\n2,1,1.25\n", Path::new("x.csv")).unwrap();
        let mtx = "%%MatrixMarket matrix coordinate real general\n% a note\n2 2 3\n1 1 0.5\n1 2 2\n2 1 1.25\n";
        assert_eq!(csv, numbers(mtx, Path::new("x.mtx")).unwrap());
        assert_eq!(csv.entries, [(0, 0, 50), (0, 1, 200), (1, 0, 125)]);
        let array = "%%MatrixMarket matrix array integer general\n2 2\n1\n2\n3\n4\n";
        assert_eq!(numbers(array, Path::new("x.mtx")).unwrap().entries, [(0, 0, 1), (1, 0, 2), (0, 1, 3), (1, 1, 4)]);
    }

    #[test]
    fn the_order_of_the_lines_changes_nothing() {
        let first = numbers("row,column,score\na,x,1\nb,y,2\n", Path::new("x.csv")).unwrap();
        let second = numbers("row,column,score\nb,y,2\na,x,1\n", Path::new("x.csv")).unwrap();
        assert_eq!(first.names, second.names);
    }

    #[test]
    fn bad_input_is_told_with_its_place() {
        assert_eq!(
            fault("x.txt", ""),
            "the file must end in .mtx (MatrixMarket), .csv (row,column,score) or .toml (features)"
        );
        assert_eq!(fault("x.csv", "a,b\n"), "line 1: the heading must be row,column,score");
        assert_eq!(
            fault("x.csv", "row,column,score\na,b,NaN\n"),
            "line 2, column 3: “NaN” is not a number that can be added up"
        );
        assert_eq!(
            fault("x.csv", "row,column,score\na,b,1\na,b,2\n"),
            "line 3, column 1: the pair stands on line 2 already"
        );
        assert_eq!(fault("x.csv", "row,column,score\na,b\n"), "line 2: 3 columns are needed, 2 are there");
        assert_eq!(fault("x.csv", "row,column,score\na,b,1e3\n"), "line 2, column 3: “1e3” is not a decimal number");
        assert!(fault("x.csv", "row,column,score\na,b,99999999999\n").starts_with("line 2, column 3: "));
        let mtx = |body: &str| fault("x.mtx", &format!("%%MatrixMarket matrix coordinate real general\n{body}"));
        assert_eq!(mtx("2 2 1\n3 1 5\n"), "line 3, column 1: the row “3” is not from 1 to 2");
        assert_eq!(mtx("2 2 2\n1 1 5\n"), "2 entries were promised, 1 are there");
        assert!(fault("x.mtx", "hello").starts_with("line 1: "));
        let columns = ["x".to_owned()];
        let told = |text: &str| capacities(text, &columns).unwrap_err().text(Words { language: Language::English });
        assert_eq!(told("column,capacity\nx,-1\n"), "line 2, column 2: the capacity -1 is negative");
        assert_eq!(told("column,capacity\ny,1\n"), "line 2, column 1: no pair has the column “y”");
    }
}
