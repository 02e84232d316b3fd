//! `mentorpar solve`: the engine for strangers who come with numbers.

mod input;

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use matching::{Control, Objective, Problem, check};

use super::progress::Progress;
use super::{Stop, no_file};
use crate::web::Words;
use input::{Numbers, capacities, numbers};
use mentoring::Say;

#[derive(Args)]
pub(super) struct Solve {
    /// The scores: .mtx, or .csv with the heading row,column,score.
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
}

impl Solve {
    pub(super) fn run(self, words: Words) -> Result<(), Stop> {
        let text = std::fs::read_to_string(&self.file).map_err(|error| no_file(&self.file, &error, words))?;
        let faulty =
            |path: &PathBuf, fault: input::Fault| Stop::Input(format!("{}: {}", path.display(), fault.text(words)));
        let numbers = numbers(&text, &self.file).map_err(|fault| faulty(&self.file, fault))?;
        let places = match &self.capacities {
            None => vec![1; numbers.columns.len()],
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| no_file(path, &error, words))?;
                capacities(&text, &numbers.columns).map_err(|fault| faulty(path, fault))?
            }
        };
        self.solve(&numbers, places, words)
    }

    fn solve(&self, numbers: &Numbers, places: Vec<u32>, words: Words) -> Result<(), Stop> {
        #[allow(clippy::disallowed_methods, reason = "seconds are part of the answer")]
        let start = Instant::now();
        let scores = numbers.scores(self.minimise)?;
        let objective = if self.most_pairs || self.minimise { Objective::MostPairs } else { Objective::BestTotal };
        let problem = Problem::new(scores)?.with_capacities(places)?.with_objective(objective);
        let progress = Progress::start(&self.file.display().to_string());
        let step = |done, all| progress.step(done, all);
        let solution = problem.solve(&Control { progress: Some(&step), cancel: None })?;
        progress.end();
        let assignment = solution.assignment();
        let certificate = solution.certificate();
        let proof = check(solution.problem(), &assignment, &certificate)?;
        let seconds = start.elapsed().as_secs_f64();
        let sign = if self.minimise { -1 } else { 1 };
        let total = numbers.shown(sign * proof.total);
        let pairs = assignment.iter().enumerate().filter_map(|(row, column)| Some((row, (*column)?)));
        if self.json {
            let pairs: Vec<_> = pairs
                .map(|(row, column)| {
                    let score = solution.problem().score(row, column).map_or(0, i64::from);
                    serde_json::json!({ "row": numbers.rows[row], "column": numbers.columns[column], "score": numbers.shown(sign * score) })
                })
                .collect();
            let prices: serde_json::Map<_, _> = numbers
                .columns
                .iter()
                .zip(certificate.prices.as_slice())
                .map(|(name, &price)| (name.clone(), numbers.shown(price)))
                .collect();
            let answer = serde_json::json!({ "total": total, "pairs": pairs, "prices": prices, "proven": true, "seconds": seconds });
            println!("{answer}");
        } else {
            println!("row,column");
            for (row, column) in pairs {
                println!("{},{}", numbers.rows[row], numbers.columns[column]);
            }
            let say = Say::new("solve-total").with("total", total.to_string()).with("pairs", proof.pairs.to_string());
            let say = say.with("looked", proof.looked_at.to_string()).with("seconds", format!("{seconds:.3}"));
            eprintln!("{}", words.page(&say));
        }
        Ok(())
    }
}
