//! The progress bar: on a terminal only, on standard error only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that knows how many runs are done; invisible where it is not wanted.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for so many runs.
    pub(in crate::cli) fn new(runs: u64, visible: bool) -> Self {
        let target = if visible { ProgressDrawTarget::stderr_with_hz(8) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(runs), target);
        let style = ProgressStyle::with_template("{bar:32} {human_pos} of {human_len} runs, {per_sec}, {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        if visible {
            bar.enable_steady_tick(Duration::from_millis(250));
        }
        Self { bar }
    }

    /// So many runs are done.
    pub(in crate::cli) fn done(&self, runs: u64) {
        self.bar.set_position(runs);
    }

    /// So many runs are to be done.
    pub(in crate::cli) fn expect(&self, runs: u64) {
        self.bar.set_length(runs);
    }

    /// Does something that prints, with the bar out of the way.
    pub(in crate::cli) fn pause(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    /// Removes the bar.
    pub(in crate::cli) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
