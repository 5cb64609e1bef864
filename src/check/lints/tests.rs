//! For each warning scenarios that bring it about, and scenarios of careful authors that must not.

mod support;

mod limits;
mod meaning;
mod measures;
mod reach;
mod times;
