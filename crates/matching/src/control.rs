//! Progress of, and an end to, a long run.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::checkpoint::Checkpoint;

/// The run was cancelled; nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the run was cancelled")]
pub struct Cancelled;

/// Is given a way to have a checkpoint, and may take it.
pub type Keep<'a> = dyn Fn(&dyn Fn() -> Checkpoint) + Sync + 'a;

/// Hears of progress, may cancel and may keep what has been reached. The default does none of it.
#[derive(Clone, Copy, Default)]
pub struct Control<'a> {
    /// Set to true, from any thread, to end the run with [`Cancelled`].
    pub cancel: Option<&'a AtomicBool>,
    /// Called now and then with the steps done and the steps in all.
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Called now and then, and before a cancelled run ends, with a way to have a [`Checkpoint`]: taking one costs time
    /// and memory in the size of rows and columns, so that it is for the caller to say when.
    pub keep: Option<&'a Keep<'a>>,
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

    /// Lets what has been reached be kept, and asks whether to go on.
    pub(crate) fn pause(&self, reached: &dyn Fn() -> Checkpoint) -> Result<(), Cancelled> {
        let keep = || self.keep.into_iter().for_each(|keep| keep(reached));
        keep();
        // Whoever cancelled after that has nothing kept yet.
        self.check().inspect_err(|_| keep())
    }

    /// The same, and tells now and then how far it has come.
    pub(crate) fn step(&self, (done, all): (usize, usize), reached: &dyn Fn() -> Checkpoint) -> Result<(), Cancelled> {
        if let Some(progress) = self.progress
            && (done.is_multiple_of(Self::EVERY) || done == all)
        {
            progress(done, all);
        }
        self.pause(reached)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cancelled_just_after_a_checkpoint_is_kept_once_more() {
        let (cancel, kept) = (AtomicBool::new(false), std::sync::atomic::AtomicUsize::new(0));
        let keep = |_: &dyn Fn() -> Checkpoint| {
            cancel.store(true, Ordering::Relaxed);
            kept.fetch_add(1, Ordering::Relaxed);
        };
        let control = Control { cancel: Some(&cancel), keep: Some(&keep), ..Control::default() };
        let nothing = || Checkpoint { prices: Vec::new(), seats: Vec::new() };
        assert_eq!(control.pause(&nothing), Err(Cancelled));
        assert_eq!(kept.load(Ordering::Relaxed), 2);
    }
}
