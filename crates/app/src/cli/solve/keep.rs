//! A long run that can be cut short and taken up.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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
    /// Why it could not be written down the last time.
    failed: Mutex<Option<std::io::Error>>,
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
        let kept = Self { path: path.to_owned(), from, failed: Mutex::default(), cancel: Arc::default() };
        // Before the work, not after it, is the time to be told that nothing can be kept.
        std::fs::File::create(kept.beside()).map_err(|error| no_file(path, &error, words))?;
        std::fs::remove_file(kept.beside()).map_err(|error| no_file(path, &error, words))?;
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
            let mut last = locked(&last);
            let due = last.is_none_or(|last| last.elapsed() >= EVERY) || self.cancel.load(Ordering::Relaxed);
            if due {
                // A run goes on without a checkpoint sooner than end for the want of one.
                *locked(&self.failed) = self.write(&reached()).err();
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
        let beside = self.beside();
        let written = std::fs::File::create(&beside)?;
        std::io::Write::write_all(&mut &written, &checkpoint.to_bytes())?;
        written.sync_all()?;
        std::fs::rename(&beside, &self.path)
    }

    /// Where it is written before it takes the place of the last.
    fn beside(&self) -> PathBuf {
        let mut beside = self.path.clone().into_os_string();
        beside.push(".new");
        beside.into()
    }

    /// What to tell of a run that was cut short.
    pub(super) fn cut_short(&self, words: Words) -> Stop {
        if let Some(error) = &*locked(&self.failed) {
            return no_file(&self.path, error, words);
        }
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

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
