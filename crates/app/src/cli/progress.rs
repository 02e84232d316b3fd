//! Progress of long work, on a terminal only.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::ProgressBar;

/// A sign of life with the name of what goes on.
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

    pub(super) fn end(self) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}
