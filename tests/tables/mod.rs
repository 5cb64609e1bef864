//! Statistics, ensembles and tables, on records made by hand: whatever plays the runs, these must come out.

mod fake;

mod ensemble;
mod estimators;
mod files;
mod folder;
mod laws;
mod package;
mod page;
mod terminal;
