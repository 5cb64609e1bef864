//! PRIM, the patient rule induction method: boxes in the space of inputs in which a kind of result is common.
//!
//! Friedman and Fisher (1999), "Bump hunting in high-dimensional data", Statistics and Computing 9(2), 123-143; for scenario discovery Bryant and Lempert
//! (2010), Technological Forecasting and Social Change 77(1), 34-49. Steps, objective and words are those of the EMA Workbench 2.5 (Kwakkel 2017,
//! Environmental Modelling & Software 96, 239-250), whose boxes it finds.

mod boxes;
mod data;
mod paste;
mod peel;
mod resample;
mod search;

pub use boxes::{Limit, PrimBox, QuasiP};
pub use data::{Column, PrimData};
pub use resample::{Reproduced, reproduced};
pub use search::{PrimOptions, best_box, find_box, find_boxes};
