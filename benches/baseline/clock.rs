//! Time of this thread on a processor, so that other work on the machine counts for nobody.

use std::time::{Duration, Instant};

/// Where Linux says how long a thread has run.
const SCHEDULER: &str = "/proc/thread-self/schedstat";

fn on_processor() -> Option<Duration> {
    let text = std::fs::read_to_string(SCHEDULER).ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}

/// How long something takes: on a processor where the system tells that, else by the wall.
pub(crate) fn time(work: impl FnOnce()) -> Duration {
    let (start, wall) = (on_processor(), Instant::now());
    work();
    let wall = wall.elapsed();
    match (start, on_processor()) {
        (Some(start), Some(end)) => end - start,
        _ => wall,
    }
}
