//! Scenarios side by side: what is worked out of runs that are made twice, held against runs made in full, exact answers and other commands.

mod laws;
