//! Checks of licences and of unused dependencies, by tools that are installed once for all clones.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::{Result, cargo, root, run};

const DENY: (&str, &str) = ("cargo-deny", "0.20.2");
const MACHETE: (&str, &str) = ("cargo-machete", "0.9.2");

/// Licences, sources and bans of every dependency, as deny.toml says.
pub(crate) fn deny() -> Result {
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

/// Outside the clone, so that every clone on the machine shares them.
fn tools() -> PathBuf {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_else(|| "/tmp".into())).join(".cache");
    cache.unwrap_or_else(home).join("mentorpar/tools")
}
