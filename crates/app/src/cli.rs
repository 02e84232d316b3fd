//! The command line: one file a verb.

mod backup;
mod bounce;
mod check;
mod demo;
mod erasures;
mod export;
mod help;
mod import;
mod invite;
mod jobs;
mod people;
mod progress;
mod propose;
mod serve;
mod solve;
mod web;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
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
    #[allow(dead_code, reason = "found before the arguments are understood, so that their faults are told in it")]
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
    /// Prints a link by which somebody who is appointed makes a new passkey.
    Invite(invite::Invite),
    /// Looks whether everything that must hold in a database does: places, pairs, states.
    Check(check::Check),
    /// Takes in a mail that has come back, as the mail server hands it over at standard input.
    Bounce(bounce::Bounce),
    /// Writes out who has been erased, as digests; or erases them again in a copy that was put back.
    Erasures(erasures::Erasures),
    /// Lists the program's jobs, or lets one that has failed be tried again.
    Jobs(jobs::Jobs),
    /// Reads mentors or mentees into a database from a CSV or XLSX file.
    Import(import::Import),
    /// Matches mentors and mentees from two files, without a database.
    ///
    /// The files are those that the program's templates describe; columns that are missing are assumed
    /// the same for every row, and the answer says what was assumed.
    Propose(propose::Propose),
    /// Writes people or pairs of a database to a file.
    Export(export::Export),
    /// Solves an assignment problem of numbers or features, with proof.
    ///
    /// FILE is MatrixMarket (.mtx, coordinate or array) or CSV with the heading row,column,score. Rows want
    /// one place each; a column has one place unless --capacities says otherwise. Pairs that are not in
    /// the file are not allowed; in an array all are. With features, weights and rules in a .toml file no
    /// pairs are needed at all: docs/solve.md shows how.
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
    /// Something else failed, told already: exit code 1.
    Failed(String),
    /// The same, where whoever calls is to try again: exit code 75.
    Later(String),
    /// The same, to be put into words.
    Error(Box<dyn std::error::Error + Send + Sync>),
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Error(Box::new(error))
    }
}

impl Stop {
    /// The exit code and the text.
    fn told(self, words: Words) -> (u8, String) {
        match self {
            Self::Input(text) => (2, text),
            Self::Failed(text) => (1, text),
            Self::Later(text) => (75, text),
            Self::Error(error) => {
                let store = error.downcast_ref().and_then(crate::web::told);
                let file = error.downcast_ref().map(|error| no_access(error, words));
                (1, store.map(|say| words.page(&say)).or(file).unwrap_or_else(|| error.to_string()))
            }
        }
    }
}

/// A sentence of the pages, for the command line.
fn say(say: &Say, words: Words) -> Stop {
    Stop::Input(words.page(say))
}

/// Why a file cannot be had, in words.
fn no_access(error: &std::io::Error, words: Words) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => words.t("cli-no-file"),
        std::io::ErrorKind::PermissionDenied => words.t("cli-no-right"),
        std::io::ErrorKind::IsADirectory => words.t("cli-is-folder"),
        std::io::ErrorKind::AlreadyExists => words.t("cli-is-other"),
        _ => error.to_string(),
    }
}

/// A file that cannot be had.
fn no_file(file: &Path, error: &std::io::Error, words: Words) -> Stop {
    let say = Say::new("cli-file").with("file", file.display().to_string()).with("x", no_access(error, words));
    Stop::Input(words.page(&say))
}

/// Writes a file that nobody else on the machine can read: there are people in it.
fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(bytes)
}

/// A database that cannot be opened; a password in its address is not told.
fn no_database(url: &str, error: store::Error, words: Words) -> Stop {
    let shown = match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    };
    match error {
        store::Error::NotOurs => say(&Say::new("cli-no-database").with("x", shown), words),
        store::Error::Database(why) => {
            let say = Say::new("cli-database").with("x", shown).with("why", why.to_string());
            Stop::Failed(words.page(&say))
        }
        other => other.into(),
    }
}

/// The language that the arguments name, or else that of the locale.
///
/// It is looked for before the arguments are understood, so that their faults are told in it.
fn language(arguments: &[String]) -> Result<Language, String> {
    let named = arguments.iter().enumerate().find_map(|(at, argument)| match argument.strip_prefix("--language") {
        Some("") => arguments.get(at + 1).map(String::as_str),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .and_then(|locale| Language::from_tag(&locale))
        .unwrap_or(Language::English);
    match named {
        Some(tag) => Language::from_tag(tag).ok_or_else(|| Words { language: locale }.x("cli-language", tag)),
        None => Ok(locale),
    }
}

/// Reads the arguments, does what they say, and answers with the exit code: 0 done, 1 failed, 2 bad
/// input, 75 to be tried again, as mail servers understand it.
pub fn run() -> ExitCode {
    let given: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let words = match language(&given) {
        Ok(language) => Words { language },
        Err(text) => {
            eprintln!("{text}");
            return ExitCode::from(2);
        }
    };
    let understood = help::in_words(Arguments::command(), words).try_get_matches_from(std::env::args_os());
    let arguments = match understood.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) => {
            match help::fault(&error, words) {
                Some(text) => eprintln!("{text}"),
                None => drop(error.print()),
            }
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let done = match arguments.verb {
        Verb::Demo(demo) => demo.run(words),
        Verb::Serve(serve) => serve.run(words),
        Verb::Invite(invite) => invite.run(words),
        Verb::Check(check) => check.run(words),
        Verb::Bounce(bounce) => bounce.run(words),
        Verb::Erasures(erasures) => erasures.run(words),
        Verb::Jobs(jobs) => jobs.run(words),
        Verb::Import(import) => import.run(words),
        Verb::Propose(propose) => propose.run(words),
        Verb::Export(export) => export.run(words),
        Verb::Solve(solve) => solve.run(words),
        Verb::Backup(backup) => backup.run(words),
        Verb::Restore(restore) => restore.run(words),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            let (code, text) = stop.told(words);
            eprintln!("{text}");
            ExitCode::from(code)
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
