//! Progress of long work, on a terminal only.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A sign of life with the name of what goes on, and how far it has come where that is known.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    pub(super) fn start(name: &str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::new_spinner().with_message(name.to_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(Some(bar))
    }

    /// Shows how far it has come, once that is known.
    pub(super) fn step(&self, done: usize, all: usize) {
        let Some(bar) = &self.0 else { return };
        if bar.length() != Some(all as u64) {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_length(all as u64);
        }
        bar.set_position(done as u64);
    }

    pub(super) fn end(self) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}
