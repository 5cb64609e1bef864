//! Threads, blocks and stops leave no trace.

use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use flashpoint::ensemble::{
    Ensemble, EnsembleError, EnsembleResult, Options, PILOT_RUNS, Precision, RowSink, Simulate, Watch,
    ensemble_runs_needed, run_ensemble, widest_interval,
};
use flashpoint::model::{Point, RunRecord};
use flashpoint::output::RunRows;

use super::fake::{Fake, all_tables, model};

const N_STEPS: u64 = 6;

fn quiet(stop: &AtomicBool) -> Watch<'_> {
    Watch { progress: &|_| {}, stop }
}

/// Runs with rows; gives the result and all rows.
fn with_rows(runs: std::ops::Range<u64>, options: Options, watch: Watch<'_>) -> (EnsembleResult, String) {
    let model = model(N_STEPS);
    let rows = RunRows::new(&model);
    let mut bytes = Vec::new();
    let mut write = |more: &[u8]| {
        bytes.extend_from_slice(more);
        Ok(())
    };
    let format = |record: &_, bytes: &mut _| rows.append(record, bytes);
    let sink = RowSink { format: &format, write: &mut write };
    let result = run_ensemble(&Fake { n_steps: N_STEPS }, &model, runs, options, watch, Some(sink)).unwrap();
    (result, String::from_utf8(bytes).unwrap())
}

#[test]
fn any_threads_and_blocks_give_the_same_bytes() {
    let model = model(N_STEPS);
    let stop = AtomicBool::new(false);
    let (first, first_rows) = with_rows(0..500, Options { threads: 1, block_size: 500 }, quiet(&stop));
    assert_eq!(first.finished, 0..500);
    assert_eq!(first_rows.lines().count(), 500);
    for threads in [1, 2, 3, 7] {
        for block_size in [0, 1, 13, 1000] {
            let (result, rows) = with_rows(0..500, Options { threads, block_size }, quiet(&stop));
            assert_eq!(all_tables(&model, &result.summary), all_tables(&model, &first.summary));
            assert_eq!(rows, first_rows);
        }
    }
}

#[test]
fn parts_of_the_range_merge_into_the_whole() {
    let model = model(N_STEPS);
    let stop = AtomicBool::new(false);
    let options = Options { threads: 2, block_size: 7 };
    let (whole, whole_rows) = with_rows(0..300, options, quiet(&stop));
    let (mut left, left_rows) = with_rows(0..123, options, quiet(&stop));
    let (right, right_rows) = with_rows(123..300, options, quiet(&stop));
    left.summary.merge(&right.summary);
    assert_eq!(all_tables(&model, &whole.summary), all_tables(&model, &left.summary));
    assert_eq!(whole_rows, left_rows + &right_rows);
}

#[test]
fn a_stop_leaves_exactly_the_first_runs() {
    let model = model(N_STEPS);
    for threads in [1, 2, 3, 7] {
        let stop = AtomicBool::new(false);
        let progress = |done: u64| {
            if done >= 100 {
                stop.store(true, Ordering::Relaxed);
            }
        };
        let options = Options { threads, block_size: 10 };
        let (stopped, rows) = with_rows(0..100_000, options, Watch { progress: &progress, stop: &stop });
        let end = stopped.finished.end;
        assert_eq!(stopped.finished.start, 0);
        assert!((100..=100 + 10 * threads as u64).contains(&end), "{end}");
        let fresh = AtomicBool::new(false);
        let (exact, exact_rows) = with_rows(0..end, options, quiet(&fresh));
        assert_eq!(stopped.summary.runs, end);
        assert_eq!(all_tables(&model, &stopped.summary), all_tables(&model, &exact.summary));
        assert_eq!(rows, exact_rows);
    }
}

#[test]
fn nothing_is_run_after_a_stop_or_of_an_empty_range() {
    let stop = AtomicBool::new(true);
    let (result, rows) = with_rows(5..50, Options { threads: 2, block_size: 1 }, quiet(&stop));
    assert_eq!((result.finished, result.summary.runs, rows.as_str()), (5..5, 0, ""));
    let go = AtomicBool::new(false);
    let (result, rows) = with_rows(5..5, Options::default(), quiet(&go));
    assert_eq!((result.finished, result.summary.runs, rows.as_str()), (5..5, 0, ""));
}

#[test]
fn progress_never_goes_back_and_ends_at_all() {
    let seen = Mutex::new(Vec::new());
    let stop = AtomicBool::new(false);
    let progress = |done| seen.lock().unwrap().push(done);
    with_rows(0..200, Options { threads: 3, block_size: 9 }, Watch { progress: &progress, stop: &stop });
    let seen = seen.into_inner().unwrap();
    assert!(seen.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(seen.last(), Some(&200));
}

#[test]
fn a_full_disk_is_an_error() {
    let model = model(N_STEPS);
    let stop = AtomicBool::new(false);
    let written = AtomicU64::new(0);
    let mut write = |_: &[u8]| {
        if written.fetch_add(1, Ordering::Relaxed) < 3 { Ok(()) } else { Err(io::ErrorKind::StorageFull.into()) }
    };
    let sink = RowSink { format: &|_, bytes| bytes.push(b'\n'), write: &mut write };
    let options = Options { threads: 3, block_size: 5 };
    let result = run_ensemble(&Fake { n_steps: N_STEPS }, &model, 0..100_000, options, quiet(&stop), Some(sink));
    assert!(matches!(result, Err(EnsembleError::Rows(error)) if error.kind() == io::ErrorKind::StorageFull));
    assert_eq!(written.into_inner(), 4);
}

#[test]
fn precision_is_reached_after_the_same_runs_on_any_threads() {
    let model = model(N_STEPS);
    let fake = Fake { n_steps: N_STEPS };
    let stop = AtomicBool::new(false);
    let precision = Precision { width: 0.02, first: PILOT_RUNS, cap: 1_000_000 };
    let results: Vec<_> = [1, 2, 5]
        .map(|threads| {
            let ensemble = Ensemble::new(&fake, &model, Options { threads, block_size: 0 }).unwrap();
            ensemble.run_until_precise(precision, quiet(&stop), &|_| {}, None).unwrap()
        })
        .into();
    for result in &results {
        assert!(result.reached);
        assert!(widest_interval(&result.ensemble.summary) <= 0.02);
        assert_eq!(result.ensemble.finished, results[0].ensemble.finished);
        // An outcome of one half decides: z^2 / 0.02^2 runs, rounded up to thousands, or a stage more.
        assert!((10_000..=11_000).contains(&result.ensemble.finished.end));
    }
    let needed = ensemble_runs_needed(&results[0].ensemble.summary, 0.001).unwrap();
    assert!((3_800_000..3_900_000).contains(&needed), "{needed}");
}

#[test]
fn the_cap_and_a_stop_end_it_without_reaching() {
    let model = model(N_STEPS);
    let fake = Fake { n_steps: N_STEPS };
    let ensemble = Ensemble::new(&fake, &model, Options { threads: 2, block_size: 0 }).unwrap();
    let stop = AtomicBool::new(false);
    let precision = Precision { width: 1e-4, first: 100, cap: 2500 };
    let capped = ensemble.run_until_precise(precision, quiet(&stop), &|_| {}, None).unwrap();
    assert_eq!((capped.reached, capped.ensemble.finished), (false, 0..2500));
    stop.store(true, Ordering::Relaxed);
    let stopped = ensemble.run_until_precise(precision, quiet(&stop), &|_| {}, None).unwrap();
    assert_eq!((stopped.reached, stopped.ensemble.finished), (false, 0..0));
}

/// Breaks down in run 30.
struct Broken;

impl Simulate for Broken {
    type Scratch = ();

    fn scratch(&self) {}

    fn run_at(&self, point: &Point, run: u64, (): &mut (), record: &mut RunRecord) {
        assert_ne!(run, 30, "this panic belongs to a test");
        Fake { n_steps: N_STEPS }.run_at(point, run, &mut (), record);
    }
}

#[test]
fn a_thread_that_breaks_down_leaves_nobody_waiting() {
    let model = model(N_STEPS);
    let stop = AtomicBool::new(false);
    let result = std::panic::catch_unwind(|| {
        let sink = RowSink { format: &|_, bytes| bytes.push(b'\n'), write: &mut |_| Ok(()) };
        run_ensemble(&Broken, &model, 0..100_000, Options { threads: 3, block_size: 1 }, quiet(&stop), Some(sink))
            .is_ok()
    });
    assert!(result.is_err());
}
