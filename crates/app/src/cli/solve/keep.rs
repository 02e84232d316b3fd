//! A long run that can be cut short and taken up.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use files::problem::Names;
use matching::{Cancelled, Checkpoint, Control, Problem, Scores, Solution};
use mentoring::Say;

use crate::cli::web::asked_to_end;
use crate::cli::{Stop, no_file, say};
use crate::web::Words;

/// So often at the most a run is written down.
const EVERY: Duration = Duration::from_mins(1);

/// A file with how far a run has come.
pub(super) struct Kept {
    from: Option<Checkpoint>,
    run: Arc<Run>,
}

/// What the run and whoever listens for its end have in common.
struct Run {
    path: PathBuf,
    /// Why it could not be written down the last time.
    failed: Mutex<Option<std::io::Error>>,
    cancel: AtomicBool,
    /// The pairing is written down; what is left can only be done from its beginning.
    proving: AtomicBool,
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
        let run = Run {
            path: path.to_owned(),
            failed: Mutex::default(),
            cancel: AtomicBool::new(false),
            proving: AtomicBool::new(false),
        };
        // Before the work, not after it, is the time to be told that nothing can be kept.
        run.try_beside().map_err(|error| no_file(&run.beside(), &error, words))?;
        let kept = Self { from, run: Arc::new(run) };
        kept.listen(words)?;
        Ok(kept)
    }

    fn listen(&self, words: Words) -> Result<(), Stop> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let end = {
            let _inside = runtime.enter();
            asked_to_end()?
        };
        let run = Arc::clone(&self.run);
        std::thread::spawn(move || {
            runtime.block_on(end);
            run.cancel.store(true, Ordering::SeqCst);
            if run.proving.load(Ordering::SeqCst) {
                let (code, text) = run.cut_short(words).told(words);
                eprintln!("{text}");
                std::process::exit(code.into());
            }
        });
        Ok(())
    }

    /// Solves, writing down now and then how far it has come, and at the end the pairing.
    pub(super) fn solve<S: Scores>(&self, problem: Problem<S>, control: Control) -> Result<Solution<S>, Cancelled> {
        let last: Mutex<Option<Instant>> = Mutex::new(None);
        let keep = |reached: &dyn Fn() -> Checkpoint| {
            let mut last = locked(&last);
            let due = last.is_none_or(|last| last.elapsed() >= EVERY) || self.run.cancel.load(Ordering::Relaxed);
            if due {
                self.run.keep(&reached());
                #[allow(clippy::disallowed_methods, reason = "only when to write depends on it")]
                last.replace(Instant::now());
            }
        };
        let control = Control { cancel: Some(&self.run.cancel), keep: Some(&keep), ..control };
        let solution = match &self.from {
            None => problem.solve(&control),
            Some(from) => problem.solve_from(from, &control),
        }?;
        self.run.keep(&Checkpoint::of(&solution));
        // Whoever wants an end from here on has it at once; whoever wanted it just before, now.
        self.run.proving.store(true, Ordering::SeqCst);
        control.check()?;
        Ok(solution)
    }

    /// What to tell of a run that was cut short.
    pub(super) fn cut_short(&self, words: Words) -> Stop {
        self.run.cut_short(words)
    }

    /// The proof is there; only the answer is still to be told.
    pub(super) fn proven(&self) {
        self.run.proving.store(false, Ordering::SeqCst);
    }

    /// The answer is there: nothing is left to go on from.
    pub(super) fn done(self, words: Words) -> Result<(), Stop> {
        let path = &self.run.path;
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(no_file(path, &error, words)),
            _ => Ok(()),
        }
    }
}

impl Run {
    /// Where it is written before it takes the place of the last.
    fn beside(&self) -> PathBuf {
        let mut beside = self.path.clone().into_os_string();
        beside.push(".new");
        beside.into()
    }

    /// Whether something can be written there. What is left of an earlier run may go; nothing of anybody else's.
    fn try_beside(&self) -> std::io::Result<()> {
        let beside = self.beside();
        match std::fs::read(&beside) {
            Ok(bytes) if !Checkpoint::is_begun(&bytes) => return Err(std::io::ErrorKind::AlreadyExists.into()),
            _ => {}
        }
        std::fs::File::create(&beside)?;
        std::fs::remove_file(&beside)
    }

    /// A run goes on without a checkpoint sooner than end for the want of one.
    fn keep(&self, checkpoint: &Checkpoint) {
        *locked(&self.failed) = self.write(checkpoint).err();
    }

    /// All of it or nothing, whenever the machine stops.
    fn write(&self, checkpoint: &Checkpoint) -> std::io::Result<()> {
        let beside = self.beside();
        let written = std::fs::File::create(&beside)?;
        std::io::Write::write_all(&mut &written, &checkpoint.to_bytes())?;
        written.sync_all()?;
        std::fs::rename(&beside, &self.path)
    }

    fn cut_short(&self, words: Words) -> Stop {
        if let Some(error) = &*locked(&self.failed) {
            return no_file(&self.path, error, words);
        }
        Stop::Later(words.page(&Say::new("solve-cut-short").with("file", self.path.display().to_string())))
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
