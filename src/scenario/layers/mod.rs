//! Several files and the command's words to one tree: includes, layers, variants, `--set`, `--without`.

mod data;
mod fingerprint;
mod include;
mod load;
mod merge;
mod roles;
mod set;
mod shape;
mod tell;
mod variant;
mod word;

pub use data::{DataFile, DataFiles};
pub use load::{Layer, LayerKind, LoadOptions, Loaded, load};
pub use merge::Override;
pub use shape::DISTRIBUTIONS;
pub use variant::Variant;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
