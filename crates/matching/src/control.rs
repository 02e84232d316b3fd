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

    pub(crate) fn step(&self, done: usize, all: usize) -> Result<(), Cancelled> {
        if !done.is_multiple_of(Self::EVERY) && done != all {
            return Ok(());
        }
        if self.cancel.is_some_and(|cancel| cancel.load(Ordering::Relaxed)) {
            return Err(Cancelled);
        }
        if let Some(progress) = self.progress {
            progress(done, all);
        }
        Ok(())
    }
}
