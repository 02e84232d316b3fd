//! The command line: one file a verb.

mod backup;
mod demo;
mod export;
mod import;
mod people;
mod progress;
mod propose;
mod serve;
mod solve;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use mentoring::{Language, Say};
use rand_core::{OsRng, TryRngCore};

use crate::web::Words;

/// Runs a mentoring programme: provably best matching, with a reason for every pair.
#[derive(Parser)]
#[command(name = "mentorpar", version, propagate_version = true)]
struct Arguments {
    /// Language of messages and files: sv or en. By default that of the locale.
    #[arg(long, global = true, value_name = "sv|en")]
    language: Option<String>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Starts the program with a made-up national year, to try it.
    Demo(demo::Demo),
    /// Starts the program on a database of your own.
    Serve(serve::Serve),
    /// Reads mentors or mentees into a database from a CSV or XLSX file.
    Import(import::Import),
    /// Matches mentors and mentees from two files, without a database.
    Propose(propose::Propose),
    /// Writes people or pairs of a database to a file.
    Export(export::Export),
    /// Solves an assignment problem of numbers, with proof.
    Solve(solve::Solve),
    /// Copies an SQLite database to a file while the program runs.
    Backup(backup::Backup),
    /// Puts a copy back in the place of a database.
    Restore(backup::Restore),
}

/// Why a verb could not be done.
#[derive(Debug)]
enum Stop {
    /// The input is at fault: exit code 2.
    Input(String),
    /// Something else failed: exit code 1.
    Failed(String),
}

impl<E: std::error::Error> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.to_string())
    }
}

/// A sentence of the pages, for the command line.
fn say(say: &Say, words: Words) -> Stop {
    Stop::Input(words.page(say))
}

/// Reads the arguments, does what they say, and answers with the exit code: 0 done, 1 failed, 2 bad
/// input.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    };
    let language = match &arguments.language {
        Some(tag) => {
            if let Some(language) = Language::from_tag(tag) {
                language
            } else {
                eprintln!("--language takes sv or en, not “{tag}”.");
                return ExitCode::from(2);
            }
        }
        None => locale().and_then(|locale| Language::from_tag(&locale)).unwrap_or(Language::English),
    };
    let words = Words { language };
    let done = match arguments.verb {
        Verb::Demo(demo) => demo.run(words),
        Verb::Serve(serve) => serve.run(words),
        Verb::Import(import) => import.run(words),
        Verb::Propose(propose) => propose.run(words),
        Verb::Export(export) => export.run(words),
        Verb::Solve(solve) => solve.run(),
        Verb::Backup(backup) => backup.run(words),
        Verb::Restore(restore) => restore.run(words),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Input(text)) => {
            eprintln!("{text}");
            ExitCode::from(2)
        }
        Err(Stop::Failed(text)) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

/// The one place that reads the clock.
#[allow(clippy::disallowed_methods, reason = "the edge of the program")]
fn now() -> Timestamp {
    Timestamp::now()
}

/// A random number from the system.
fn chance() -> u64 {
    OsRng.try_next_u64().expect("the system has random numbers")
}

/// Runs something asynchronous to its end.
fn block_on<T>(work: impl Future<Output = T>) -> Result<T, Stop> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    Ok(runtime.block_on(work))
}
