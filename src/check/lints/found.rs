//! All warnings of a scenario, one kind after the other.

use super::roots::Root;
use super::{chances, directions, divisors, never, outcomes, overwritten, randomness, roots, since, times, unread};
use crate::check::bounds::{Facts, Possible, Subject, View};
use crate::diagnostic::{Diagnostic, Sources};

/// What every warning is found from.
pub(super) struct Found<'a> {
    pub(super) subject: &'a Subject<'a>,
    /// As the scenario stands.
    pub(super) actual: &'a Facts<'a>,
    /// Whatever anybody may set.
    pub(super) free: &'a Facts<'a>,
    pub(super) roots: &'a [Root<'a>],
    pub(super) texts: &'a Sources,
}

/// Everything to warn of in a scenario without errors. Of a library that is checked alone only what no case can mend.
pub(in crate::check) fn warnings(
    subject: &Subject,
    possible: &Possible,
    texts: &Sources,
    alone: bool,
) -> Vec<Diagnostic> {
    let actual = Facts::new(subject, View::Actual, possible);
    let free = Facts::new(subject, View::Free, possible);
    let roots = roots::roots(subject);
    let found = Found { subject, actual: &actual, free: &free, roots: &roots, texts };
    let mut all = since::warnings(&found);
    if alone {
        return all;
    }
    all.extend(directions::warnings(&found));
    all.extend(chances::warnings(&found));
    all.extend(divisors::warnings(&found));
    all.extend(overwritten::warnings(&found));
    all.extend(times::warnings(&found));
    all.extend(outcomes::warnings(&found));
    all.extend(never::warnings(&found));
    all.extend(unread::warnings(&found));
    all.extend(randomness::warnings(&found));
    all
}
