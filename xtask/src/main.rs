//! The project's own tasks. `cargo xtask check` is the one gate, at a desk and in CI.
#![forbid(unsafe_code)]

mod needs;
mod postgres;
mod tools;

use std::borrow::BorrowMut;
use std::env;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use postgres::Postgres;

/// What ends a task early.
type Result<T = ()> = std::result::Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["check"] => check(),
        ["test", rest @ ..] => test(rest),
        ["browser"] => browser(),
        ["look", folder, pages @ ..] => look(folder, pages),
        _ => {
            Err("use: cargo xtask check | test [ARGUMENTS OF cargo test] | browser | look FOLDER [PAGE ...]".to_owned())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("xtask: {text}");
            ExitCode::FAILURE
        }
    }
}

/// Everything that must hold before a change lands.
fn check() -> Result {
    needs::all()?;
    run("formatting", cargo(&["fmt", "--all", "--check"]))?;
    run("lints", cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    tools::deny()?;
    tools::machete()?;
    test(&["--workspace"])?;
    run("documentation", cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    browser()?;
    println!("xtask: everything holds");
    Ok(())
}

/// Tests on both databases: PostgreSQL is started for the run and stopped after it.
fn test(arguments: &[&str]) -> Result {
    needs::postgres()?;
    let postgres = Postgres::start()?;
    run("tests on both databases", cargo(&["test"]).args(arguments).env("MENTORPAR_TEST_POSTGRES", postgres.url()))
}

/// Tests in a real browser, against the built program.
fn browser() -> Result {
    needs::browser()?;
    needs::postgres()?;
    needs::readers()?;
    let (folder, program) = browser_tests()?;
    let python = tools::python(&folder.join("requirements.txt"))?;
    let postgres = Postgres::start()?;
    let mut node = Command::new("node");
    let node = node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).current_dir(folder);
    let node = node.env("MENTORPAR_PROGRAM", program).env("MENTORPAR_PYTHON", python);
    run("tests in a browser", node.env("MENTORPAR_TEST_POSTGRES", postgres.url()))
}

/// Pictures of pages in every width, scheme and language.
fn look(folder: &str, pages: &[&str]) -> Result {
    needs::browser()?;
    let into = env::current_dir().map_err(|error| error.to_string())?.join(folder);
    let (tests, program) = browser_tests()?;
    let mut node = Command::new("node");
    let node = node.arg("look.mjs").arg(into).args(pages).current_dir(tests);
    run("pictures", node.env("MENTORPAR_PROGRAM", program))
}

/// The folder of the browser tests with their packages, and the program they try.
fn browser_tests() -> Result<(PathBuf, PathBuf)> {
    run("program", cargo(&["build", "--package", "mentorpar"]))?;
    let folder = root().join("crates/app/tests/browser");
    run("packages for the browser tests", Command::new("npm").args(["ci", "--silent"]).current_dir(&folder))?;
    Ok((folder, target().join("debug/mentorpar")))
}

/// The project's folder.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Where cargo builds.
fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).current_dir(root());
    cargo
}

/// Runs a step and names it if it fails.
fn run(name: &str, mut command: impl BorrowMut<Command>) -> Result {
    let command = command.borrow_mut();
    println!("xtask: {name}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name}: {status}")),
        Err(error) => Err(format!("{name}: {error}")),
    }
}
