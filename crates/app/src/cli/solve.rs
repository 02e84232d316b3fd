//! `mentorpar solve`: the engine for strangers who come with numbers, or with features.

mod keep;

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use files::problem::{Features, Names, capacities, numbers};
use files::{Fault, Unread, Why};
use matching::{Control, Objective, Problem, Scores, check};

use super::progress::Progress;
use super::{Stop, no_file};
use crate::web::Words;
use keep::Kept;
use mentoring::Say;

#[derive(Args)]
pub(super) struct Solve {
    /// The scores: .mtx, .csv with the heading row,column,score, or .toml with features.
    file: PathBuf,
    /// CSV with the heading column,capacity.
    #[arg(long, value_name = "FILE")]
    capacities: Option<PathBuf>,
    /// Numbers are costs: as many pairs as possible, at the least total.
    #[arg(long)]
    minimise: bool,
    /// As many pairs as possible, and then the best total.
    #[arg(long)]
    most_pairs: bool,
    /// Answer in JSON: total, pairs, prices, proven, seconds.
    #[arg(long)]
    json: bool,
    /// Keep in this file how far a long run has come, and go on from it.
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
}

impl Solve {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        if self.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
            return self.with_features(words);
        }
        let refused = |unread| unread_file(unread, words);
        let numbers = numbers(&self.file, &on_disk).map_err(refused)?;
        let places = match &self.capacities {
            None => vec![1; numbers.names.columns.len()],
            Some(path) => capacities(path, &on_disk, &numbers.names.columns).map_err(refused)?,
        };
        let problem = Problem::new(numbers.scores(self.minimise))?.with_capacities(places)?;
        self.answer(problem, &numbers.names, words, |_, _| None)
    }

    fn with_features(&self, words: Words) -> Result<(), Stop> {
        for (given, name) in [(self.capacities.is_some(), "--capacities"), (self.minimise, "--minimise")] {
            if given {
                return Err(super::say(&Say::new("solve-numbers-only").with("x", name), words));
            }
        }
        let (features, problem) = Features::read(&self.file, &on_disk).map_err(|unread| unread_file(unread, words))?;
        for note in &features.notes {
            eprintln!("{}", words.page(note));
        }
        self.answer(problem, &features.names, words, |row, column| {
            let points = features.why(row, column).map(|(name, points)| (name.to_owned(), points.into()));
            Some(serde_json::Value::Object(points.collect()))
        })
    }

    /// Solves, proves and prints.
    fn answer<S: Scores>(
        &self,
        problem: Problem<S>,
        names: &Names,
        words: Words,
        why: impl Fn(usize, usize) -> Option<serde_json::Value>,
    ) -> Result<(), Stop> {
        #[allow(clippy::disallowed_methods, reason = "seconds are part of the answer")]
        let start = Instant::now();
        let objective = if self.most_pairs || self.minimise { Objective::MostPairs } else { Objective::BestTotal };
        let problem = problem.with_objective(objective);
        let kept = self.checkpoint.as_deref().map(|path| Kept::open(path, names, words)).transpose()?;
        let progress = Progress::start(&self.file.display().to_string());
        let step = |done, all| progress.step(done, all);
        let control = Control { progress: Some(&step), ..Control::default() };
        let solved = match &kept {
            None => problem.solve(&control),
            Some(kept) => kept.solve(problem, control),
        };
        progress.end();
        let solution = match (solved, &kept) {
            (Err(_), Some(kept)) => return Err(kept.cut_short(words)),
            (solved, _) => solved?,
        };
        let assignment = solution.assignment();
        let certificate = solution.certificate();
        let proof = check(solution.problem(), &assignment, &certificate)?;
        if let Some(kept) = &kept {
            kept.proven();
        }
        let seconds = start.elapsed().as_secs_f64();
        let sign = if self.minimise { -1 } else { 1 };
        let total = shown(names, sign * proof.total);
        let pairs = assignment.iter().enumerate().filter_map(|(row, column)| Some((row, (*column)?)));
        if self.json {
            let pair = |(row, column): (usize, usize)| {
                let score = solution.problem().score(row, column).map_or(0, i64::from);
                let mut pair = serde_json::json!({ "row": names.rows[row], "column": names.columns[column], "score": shown(names, sign * score) });
                if let Some(why) = why(row, column) {
                    pair["points"] = why;
                }
                pair
            };
            let pairs: Vec<_> = pairs.map(pair).collect();
            let prices: serde_json::Map<_, _> = names
                .columns
                .iter()
                .zip(certificate.prices.as_slice())
                .zip(solution.problem().capacities())
                .map(|((name, &price), &places)| (name.clone(), (places > 0).then(|| shown(names, price)).into()))
                .collect();
            let answer = serde_json::json!({ "total": total, "pairs": pairs, "prices": prices, "proven": true, "seconds": seconds });
            println!("{answer}");
        } else {
            println!("row,column");
            for (row, column) in pairs {
                println!("{},{}", cell(&names.rows[row]), cell(&names.columns[column]));
            }
            let say = Say::new("solve-total").with("total", total.to_string()).with("pairs", proof.pairs.to_string());
            let say = say.with("looked", proof.looked_at.to_string()).with("seconds", format!("{seconds:.3}"));
            eprintln!("{}", words.page(&say));
        }
        kept.map_or(Ok(()), |kept| kept.done(words))
    }
}

/// A name as a cell of CSV.
fn cell(name: &str) -> std::borrow::Cow<'_, str> {
    if name.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", name.replace('"', "\"\"")).into()
    } else {
        name.into()
    }
}

/// A number of steps as the number it stands for.
fn shown(names: &Names, steps: i64) -> serde_json::Value {
    if names.digits == 0 { steps.into() } else { (steps as f64 / 10_f64.powi(names.digits as i32)).into() }
}

fn on_disk(file: &Path) -> std::io::Result<Vec<u8>> {
    std::fs::read(file)
}

/// Says why a file cannot be used.
fn unread_file(unread: Unread, words: Words) -> Stop {
    match unread.why {
        Why::Closed(error) => no_file(&unread.file, &error, words),
        Why::Fault(fault) => Stop::Input(format!("{}: {}", unread.file.display(), told(&fault, words))),
    }
}

/// A fault with its place, in words.
fn told(fault: &Fault, words: Words) -> String {
    let what = words.page(&fault.what);
    match (fault.line, fault.column) {
        (Some(line), Some(column)) => {
            let say = Say::new("solve-at").with("line", line.to_string()).with("column", column.to_string());
            words.page(&say.with("what", what))
        }
        (Some(line), None) => words.page(&Say::new("solve-line").with("line", line.to_string()).with("what", what)),
        _ => what,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mentoring::Language;

    fn words(unread: Unread) -> String {
        let Why::Fault(fault) = unread.why else { panic!("{unread:?}") };
        told(&fault, Words { language: Language::English })
    }

    fn fault(name: &str, text: &str) -> String {
        words(numbers(Path::new(name), &|_| Ok(text.into())).unwrap_err())
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
        let told = |text: &str| words(capacities(Path::new("x.csv"), &|_| Ok(text.into()), &columns).unwrap_err());
        assert_eq!(told("column,capacity\nx,-1\n"), "line 2, column 2: the capacity -1 is negative");
        assert_eq!(told("column,capacity\ny,1\n"), "line 2, column 1: no pair has the column “y”");
    }
}
