//! A long run that can be cut short and taken up.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use matching::{Cancelled, Checkpoint, Control, Problem, Scores, Solution};
use mentoring::Say;

use super::input::Names;
use crate::cli::web::asked_to_end;
use crate::cli::{Stop, no_file, say};
use crate::web::Words;

/// So often at the most a run is written down.
const EVERY: Duration = Duration::from_mins(1);

/// A file with how far a run has come.
pub(super) struct Kept {
    path: PathBuf,
    from: Option<Checkpoint>,
    cancel: Arc<AtomicBool>,
}

impl Kept {
    /// Reads the file if it is there, and listens for whoever wants the run to end.
    pub(super) fn open(path: &Path, names: &Names, words: Words) -> Result<Self, Stop> {
        let from = match std::fs::read(path) {
            Ok(bytes) => {
                let fits = |from: &Checkpoint| {
                    (from.prices.len(), from.seats.len()) == (names.columns.len(), names.rows.len())
                };
                let refused = || say(&Say::new("solve-no-checkpoint").with("file", path.display().to_string()), words);
                Some(Checkpoint::from_bytes(&bytes).ok().filter(fits).ok_or_else(refused)?)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(no_file(path, &error, words)),
        };
        let cancel = Arc::new(AtomicBool::new(false));
        let kept = Self { path: path.to_owned(), from, cancel };
        kept.listen()?;
        Ok(kept)
    }

    fn listen(&self) -> Result<(), Stop> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let end = {
            let _inside = runtime.enter();
            asked_to_end()?
        };
        let cancel = Arc::clone(&self.cancel);
        std::thread::spawn(move || {
            runtime.block_on(end);
            cancel.store(true, Ordering::Relaxed);
        });
        Ok(())
    }

    /// Solves, writing down now and then how far it has come.
    pub(super) fn solve<S: Scores>(&self, problem: Problem<S>, control: Control) -> Result<Solution<S>, Cancelled> {
        let last: Mutex<Option<Instant>> = Mutex::new(None);
        let keep = |reached: &dyn Fn() -> Checkpoint| {
            let mut last = last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let due = last.is_none_or(|last| last.elapsed() >= EVERY) || self.cancel.load(Ordering::Relaxed);
            // A run goes on without a checkpoint sooner than end for the want of one.
            if due && self.write(&reached()).is_ok() {
                #[allow(clippy::disallowed_methods, reason = "only when to write depends on it")]
                last.replace(Instant::now());
            }
        };
        let control = Control { cancel: Some(&self.cancel), keep: Some(&keep), ..control };
        match &self.from {
            None => problem.solve(&control),
            Some(from) => problem.solve_from(from, &control),
        }
    }

    /// All of it or nothing, whenever the machine stops.
    fn write(&self, checkpoint: &Checkpoint) -> std::io::Result<()> {
        let mut beside = self.path.clone().into_os_string();
        beside.push(".new");
        let written = std::fs::File::create(&beside)?;
        std::io::Write::write_all(&mut &written, &checkpoint.to_bytes())?;
        written.sync_all()?;
        std::fs::rename(&beside, &self.path)
    }

    /// What to tell of a run that was cut short.
    pub(super) fn cut_short(&self, words: Words) -> Stop {
        Stop::Later(words.page(&Say::new("solve-cut-short").with("file", self.path.display().to_string())))
    }

    /// The answer is there: nothing is left to go on from.
    pub(super) fn done(self, words: Words) -> Result<(), Stop> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(no_file(&self.path, &error, words)),
            _ => Ok(()),
        }
    }
}
