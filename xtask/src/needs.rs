//! What the gate needs besides Rust: installed here when it may be, named when it may not.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Result, run};

/// A program and the Debian package that brings it.
struct Need {
    present: fn() -> bool,
    package: &'static str,
}

const POSTGRES: Need = Need { present: || initdb().is_some(), package: "postgresql" };
const CHROMIUM: Need = Need { present: || chromium().is_some(), package: "chromium" };
const NODE: Need = Need { present: || on_path("node"), package: "nodejs" };
const NPM: Need = Need { present: || on_path("npm"), package: "npm" };
const PDFTOTEXT: Need = Need { present: || on_path("pdftotext"), package: "poppler-utils" };
const PYTHON: Need = Need { present: python_with_venv, package: "python3-venv" };

/// Everything for `check`.
pub(crate) fn all() -> Result {
    have(&[POSTGRES, CHROMIUM, NODE, NPM, PYTHON, PDFTOTEXT])
}

/// What the tests on PostgreSQL need.
pub(crate) fn postgres() -> Result {
    have(&[POSTGRES])
}

/// What a browser needs, driven by a script.
pub(crate) fn browser() -> Result {
    have(&[CHROMIUM, NODE, NPM])
}

/// What the readers of calendars and documents need that the tests in a browser ask.
pub(crate) fn readers() -> Result {
    have(&[PYTHON, PDFTOTEXT])
}

/// The folder of PostgreSQL's programs, the newest version if there are several.
pub(crate) fn initdb() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut folders: Vec<PathBuf> = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    folders.retain(|folder| folder.join("initdb").exists());
    folders.sort();
    folders.pop()
}

fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named.into_iter().chain([PathBuf::from("/usr/bin/chromium")]).find(|path| path.exists())
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).exists())
}

/// Debian keeps what fills an environment in a package of its own.
fn python_with_venv() -> bool {
    let asked = Command::new("python3").args(["-I", "-c", "import ensurepip, venv"]).output();
    asked.is_ok_and(|answer| answer.status.success())
}

fn have(needs: &[Need]) -> Result {
    let missing = || needs.iter().filter(|need| !(need.present)()).map(|need| need.package).collect::<Vec<_>>();
    let packages = missing();
    if packages.is_empty() {
        return Ok(());
    }
    if is_root() && Path::new("/usr/bin/apt-get").exists() {
        let apt = |arguments: &[&str]| {
            let mut apt = Command::new("apt-get");
            apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
            apt
        };
        run("package lists", apt(&["update", "-qq"]))?;
        run("packages", apt(&["install", "-y", "-qq", "--no-install-recommends"]).args(&packages))?;
    }
    let missing = missing();
    if missing.is_empty() { Ok(()) } else { Err(format!("please install these packages first: {}", missing.join(" "))) }
}

/// Whether this runs as the system's administrator.
pub(crate) fn is_root() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().any(|line| line.starts_with("Uid:") && line.split_whitespace().nth(2) == Some("0"))
}
