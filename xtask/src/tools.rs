//! Tools that are installed once for all clones: for licences, for unused dependencies, and for reading calendars.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::{Result, cargo, root, run};

const DENY: (&str, &str) = ("cargo-deny", "0.20.2");
const MACHETE: (&str, &str) = ("cargo-machete", "0.9.2");

/// Licences, sources and bans of every dependency, as deny.toml says.
pub(crate) fn deny() -> Result {
    // A build fetches for its own platform only, and the licences of all are asked.
    run("crates of every platform", cargo(&["fetch", "--locked"]))?;
    let mut deny = Command::new(installed(DENY)?);
    run("licences", deny.args(["--offline", "check", "bans", "licenses", "sources"]).current_dir(root()))
}

/// No dependency that nothing uses.
pub(crate) fn machete() -> Result {
    run("unused dependencies", Command::new(installed(MACHETE)?).current_dir(root()))
}

fn installed((name, version): (&str, &str)) -> Result<PathBuf> {
    let folder = tools().join(format!("{name}-{version}"));
    let program = folder.join("bin").join(name);
    if !program.exists() {
        let install = cargo(&["install", name, "--version", version, "--locked", "--root"]);
        run(name, { install }.arg(&folder).env("CARGO_TARGET_DIR", tools().join("target")))?;
    }
    Ok(program)
}

/// A Python with the packages of a file of requirements. Another file or another Python is another environment.
pub(crate) fn python(requirements: &Path) -> Result<PathBuf> {
    let said = |error: std::io::Error| format!("{}: {error}", requirements.display());
    let version = Command::new("python3").arg("--version").output().map_err(|error| format!("python3: {error}"))?;
    let mut digest = DefaultHasher::new();
    (fs::read(requirements).map_err(said)?, version.stdout).hash(&mut digest);
    let folder = tools().join(format!("python-{:016x}", digest.finish()));
    let python = folder.join("bin/python");
    // Written last, so that what was cut short is begun again.
    let ready = folder.join("ready");
    if !(ready.exists() && python.exists()) {
        let mut make = Command::new("python3");
        run("an environment for Python", make.args(["-m", "venv", "--clear"]).arg(&folder))?;
        let mut install = Command::new(&python);
        install.args(["-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        install.args(["--require-hashes", "--only-binary", ":all:", "--requirement"]).arg(requirements);
        run("packages for Python", install)?;
        fs::write(&ready, "").map_err(|error| format!("{}: {error}", ready.display()))?;
    }
    Ok(python)
}

/// Outside the clone, so that every clone on the machine shares them.
fn tools() -> PathBuf {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_else(|| "/tmp".into())).join(".cache");
    cache.unwrap_or_else(home).join("mentorpar/tools")
}
