//! `mentorpar solve`: the engine for strangers who come with numbers, or with features.

mod features;
mod input;
mod keep;
mod sheet;

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use matching::{Control, Objective, Problem, Scores, check};

use super::progress::Progress;
use super::{Stop, no_file};
use crate::import;
use crate::web::Words;
use features::Features;
use input::{Fault, Names, capacities, numbers, whole};
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
        let numbers = read(&self.file, words, |text| numbers(text, &self.file))?;
        let places = match &self.capacities {
            None => vec![1; numbers.names.columns.len()],
            Some(path) => read(path, words, |text| capacities(text, &numbers.names.columns))?,
        };
        let problem = Problem::new(numbers.scores(self.minimise)?)?.with_capacities(places)?;
        self.answer(problem, &numbers.names, words, |_, _| None)
    }

    fn with_features(&self, words: Words) -> Result<(), Stop> {
        for (given, name) in [(self.capacities.is_some(), "--capacities"), (self.minimise, "--minimise")] {
            if given {
                return Err(super::say(&Say::new("solve-numbers-only").with("x", name), words));
            }
        }
        let (features, problem) = Features::read(&self.file, words)?;
        for note in &features.notes {
            eprintln!("{}", words.page(note));
        }
        self.answer(problem, &features.names, words, |row, column| Some(features.why(row, column)))
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
        let total = names.shown(sign * proof.total);
        let pairs = assignment.iter().enumerate().filter_map(|(row, column)| Some((row, (*column)?)));
        if self.json {
            let pair = |(row, column): (usize, usize)| {
                let score = solution.problem().score(row, column).map_or(0, i64::from);
                let mut pair = serde_json::json!({ "row": names.rows[row], "column": names.columns[column], "score": names.shown(sign * score) });
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
                .map(|((name, &price), &places)| (name.clone(), (places > 0).then(|| names.shown(price)).into()))
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

/// Reads a file, or says what is wrong with it and where.
fn read<T>(path: &Path, words: Words, meaning: impl FnOnce(&str) -> Result<T, Fault>) -> Result<T, Stop> {
    let bytes = std::fs::read(path).map_err(|error| no_file(path, &error, words))?;
    in_file(path, words, import::text(&bytes).map_err(whole).and_then(|text| meaning(&text)))
}

/// Names the file that is at fault.
fn in_file<T>(path: &Path, words: Words, meant: Result<T, Fault>) -> Result<T, Stop> {
    meant.map_err(|fault| Stop::Input(format!("{}: {}", path.display(), fault.text(words))))
}
