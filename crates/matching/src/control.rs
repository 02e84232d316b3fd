//! Progress of, and an end to, a long run.

use std::sync::atomic::{AtomicBool, Ordering};

/// The run was cancelled; nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the run was cancelled")]
pub struct Cancelled;

/// Hears of progress and may cancel. The default does neither.
#[derive(Clone, Copy, Default)]
pub struct Control<'a> {
    /// Set to true, from any thread, to end the run with [`Cancelled`].
    pub cancel: Option<&'a AtomicBool>,
    /// Called now and then with the steps done and the steps in all.
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
}

impl Control<'_> {
    const EVERY: usize = 128;

    /// Asks whether to go on.
    ///
    /// # Errors
    /// [`Cancelled`] if the run has been cancelled.
    pub fn check(&self) -> Result<(), Cancelled> {
        let cancelled = self.cancel.is_some_and(|cancel| cancel.load(Ordering::Relaxed));
        if cancelled { Err(Cancelled) } else { Ok(()) }
    }

    pub(crate) fn step(&self, done: usize, all: usize) -> Result<(), Cancelled> {
        if !done.is_multiple_of(Self::EVERY) && done != all {
            return Ok(());
        }
        self.check()?;
        if let Some(progress) = self.progress {
            progress(done, all);
        }
        Ok(())
    }
}
